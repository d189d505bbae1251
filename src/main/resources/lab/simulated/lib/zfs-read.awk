# zfs get, zfs list, zfs version.

function types_of(text,   k, i, list, all) {
    k = split(text, list, ",")
    all = ""
    for (i = 1; i <= k; i++) {
        if (list[i] == "filesystem" || list[i] == "fs") all = all "f"
        else if (list[i] == "volume" || list[i] == "vol") all = all "v"
        else if (list[i] == "snapshot" || list[i] == "snap") all = all "s"
        else if (list[i] == "all") all = all "fvs"
        else if (list[i] != "bookmark") { err("invalid type '" list[i] "'"); usage() }
    }
    return all
}

# The datasets a reading command is about, into PICK[1..NPICK]; a missing one is said, the others go on (status 1).
function pick(types, depth,   i, name) {
    NPICK = 0
    if (NARG == 0) {
        for (i = 1; i <= ND; i++) if (index(types, TYPE[ORDER[i]]) && (depth < 0 || depth_of(ORDER[i]) <= depth)) PICK[++NPICK] = ORDER[i]
        return
    }
    for (i = 1; i <= NARG; i++) {
        name = resolve(ARG[i])
        if (index(name, "#")) refuse("bookmarks")
        if (!(name in TYPE)) { err("cannot open '" ARG[i] "': " missing_why(name)); STATUS = 1; continue }
        if (depth == 0 && !index(types, TYPE[name])) {
            err("cannot open '" name "': operation not applicable to datasets of this type"); STATUS = 1
            continue
        }
        pick_below(name, types, depth)
    }
    if (NARG < 2) return
    NPICK = 0
    for (i = 1; i <= ND; i++) if (ORDER[i] in PICKED) PICK[++NPICK] = ORDER[i]
}

function missing_why(name,   why) {
    why = name_wrong(name, "fvs", 0)
    return why == "" ? "dataset does not exist" : why
}

function depth_of(name,   c) { c = gsub(/[\/@]/, "", name); return c }

function pick_below(name, types, depth,   i, base) {
    if (depth == 0) { if (!(name in PICKED)) { PICK[++NPICK] = name; PICKED[name] = 1 } return }
    base = depth_of(name)
    for (i = 1; i <= ND; i++) {
        if (ORDER[i] != name && !is_under(ORDER[i], name)) continue
        if (!index(types, TYPE[ORDER[i]]) || (ORDER[i] in PICKED)) continue
        if (depth > 0 && depth_of(ORDER[i]) - base > depth) continue
        PICK[++NPICK] = ORDER[i]
        PICKED[ORDER[i]] = 1
    }
}

# A path stands for the file system mounted there.
function resolve(name,   i, best, best_length, mp) {
    if (substr(name, 1, 1) != "/") return name
    best = ""
    for (i = 1; i <= ND; i++) {
        if (!(ORDER[i] in MOUNT)) continue
        mp = MOUNT[ORDER[i]]
        if ((name == mp || substr(name, 1, length(mp) + 1) == mp "/") && length(mp) > best_length) { best = ORDER[i]; best_length = length(mp) }
    }
    return best == "" ? name : best
}

# V as it is shown: sizes for people without -p, times as dates.
function shown(p, exact) {
    if (V == "-") return V
    if (p == "creation" || p == "snapshots_changed") return exact ? V : strftime("%a %b %e %k:%M %Y", V)
    if (exact) return V
    if (p ~ /ratio$/) return V "x"
    if (KIND[p] != "n" || p ~ /^(guid|createtxg|objsetid|userrefs|pbkdf2iters)$/) return V
    if (V == "0" && p ~ /^(ref)?(quota|reservation)$/) return "none"
    return V ~ /^[0-9]+$/ ? nice(V + 0, p ~ /(count|limit)$/ ? "" : p == "special_small_blocks" ? "" : "B") : V
}

function known_property(p) { return p in KIND || is_user_prop(p) || p ~ /^written[@#]/ }

function zfs_get(   bad, types, depth, fields, k, i, j, m, props, list, hp, exact, sources, p, shown_value, w1, w2, w3, row, rows, s) {
    bad = getopts("Hrpd:o:t:s:", 2)
    if (bad != "") bad_option(bad)
    if (NARG == 0) { err("missing property argument"); usage() }
    types = "t" in OPT ? types_of(OPT["t"]) : "fvs"
    depth = "d" in OPT ? OPT["d"] + 0 : "r" in OPT ? -1 : 0
    fields = "o" in OPT ? OPT["o"] : "name,property,value,source"
    if (fields == "all") fields = "name,property,value,received,source"
    m = split(fields, hp, ",")
    for (i = 1; i <= m; i++) if (hp[i] !~ /^(name|property|value|received|source)$/) { err("invalid column name '" hp[i] "'"); usage() }
    sources = "s" in OPT ? "," OPT["s"] "," : ""
    exact = "p" in OPT
    k = get_properties(ARG[1], list)
    for (i = 2; i <= NARG; i++) ARG[i - 1] = ARG[i]
    NARG--
    pick(types, NARG == 0 && depth == 0 ? -1 : depth)
    rows = 0
    for (i = 1; i <= NPICK; i++) {
        for (j = 1; j <= k; j++) {
            p = list[j]
            if (p == "*") { rows = get_all(PICK[i], hp, m, exact, sources, rows); continue }
            rows = get_row(PICK[i], p, hp, m, exact, sources, rows)
        }
    }
    if (!("H" in OPT)) print_columns(rows, hp, m)
}

function get_properties(text, list,   k, i, want) {
    k = split(text, want, ",")
    for (i = 1; i <= k; i++) {
        list[i] = want[i] == "all" ? "*" : want[i] == "space" ? "*" : real_name(want[i])
        if (want[i] == "space") refuse("zfs get space")
        if (list[i] != "*" && !known_property(list[i])) { err("bad property list: invalid property '" want[i] "'"); usage() }
    }
    return k
}

function get_all(name, hp, m, exact, sources, rows,   j, k, list, t, at) {
    t = TYPE[name]
    for (j = 1; j <= NPROPS; j++) {
        if (!index(TYPES[PROPS[j]], t) || PROPS[j] == "receive_resume_token" && V == "-") continue
        if ((PROPS[j] == "origin" && ORIGIN[name] == "") || PROPS[j] ~ /^(receive_resume_token|snapshots_changed)$/) continue
        if ((PROPS[j] == "encryptionroot" || PROPS[j] == "keystatus") && encryption_root(name) == "") continue
        rows = get_row(name, PROPS[j], hp, m, exact, sources, rows)
    }
    for (at = name; at != ""; at = parent_of(at)) {
        k = split(HAS[at] " " HAS_RECEIVED[at], list, " ")
        for (j = 1; j <= k; j++) if (is_user_prop(list[j]) && list[j] !~ /^offx\.lab:/ && !((name, list[j]) in SHOWN_USER)) {
            SHOWN_USER[name, list[j]] = 1
            rows = get_row(name, list[j], hp, m, exact, sources, rows)
        }
    }
    return rows
}

function get_row(name, p, hp, m, exact, sources, rows,   c, text, line, s) {
    if (p ~ /^written[@#]/) { V = n(written(name, TYPE[name])); S = "-" } else look(name, p)
    text = shown(p, exact)
    if (sources != "") {
        s = S == "-" ? "none" : S
        sub(/ from .*/, "", s)
        if (!index(sources, "," s ",")) return rows
    }
    rows++
    if ("H" in OPT && m == 4 && OPT["o"] == "") { print name "\t" p "\t" text "\t" S; return rows }
    line = ""
    for (c = 1; c <= m; c++) {
        s = hp[c] == "name" ? name : hp[c] == "property" ? p : hp[c] == "value" ? text : hp[c] == "source" ? S : received_text(name, p, exact)
        if ("H" in OPT) line = line (c > 1 ? "\t" : "") s
        else { CELL[rows, c] = s; if (length(s) > WIDTH[c]) WIDTH[c] = length(s) }
    }
    if ("H" in OPT) print line
    return rows
}

function received_text(name, p, exact,   keep) {
    if (!((name, p) in RECEIVED)) return "-"
    V = RECEIVED[name, p]
    return shown(p, exact)
}

function print_columns(rows, hp, m,   i, c, line) {
    if (rows == 0) return
    for (c = 1; c <= m; c++) if (length(hp[c]) > WIDTH[c]) WIDTH[c] = length(hp[c])
    for (i = 0; i <= rows; i++) {
        line = ""
        for (c = 1; c < m; c++) line = line sprintf("%-" WIDTH[c] "s  ", i == 0 ? toupper(hp[c]) : CELL[i, c])
        print line (i == 0 ? toupper(hp[m]) : CELL[i, m])
    }
}

function zfs_list(   bad, types, depth, k, i, j, list, want, exact, line, text, only) {
    bad = getopts("HprDd:o:t:s:S:", 2)
    if (bad != "") bad_option(bad)
    k = split("o" in OPT ? OPT["o"] : "name,used,available,referenced,mountpoint", want, ",")
    if (OPT["o"] == "space") k = split("name,available,used,usedbysnapshots,usedbydataset,usedbyrefreservation,usedbychildren", want, ",")
    for (j = 1; j <= k; j++) {
        list[j] = real_name(want[j])
        if (list[j] == "all") refuse("zfs list -o all")
        if (list[j] != "name" && !known_property(list[j])) { err("bad property list: invalid property '" want[j] "'"); usage() }
    }
    types = "t" in OPT ? types_of(OPT["t"]) : "fv"
    depth = "d" in OPT ? OPT["d"] + 0 : "r" in OPT ? -1 : 0
    only = "t" in OPT && types ~ /^s*$/
    if (NARG == 0) pick(types, "d" in OPT ? depth : -1)
    else {
        if (!("t" in OPT)) for (i = 1; i <= NARG; i++) if (index(ARG[i], "@")) types = "fvs"
        if (only && depth == 0 && !("d" in OPT)) pick_snapshots()
        else pick(types, depth)
    }
    sort_picked()
    exact = "p" in OPT
    if (NPICK == 0 && !STATUS) { if (!("H" in OPT)) print "no datasets available" > "/dev/stderr"; return }
    for (i = 1; i <= NPICK; i++) {
        line = ""
        for (j = 1; j <= k; j++) {
            if (list[j] == "name") text = PICK[i]
            else if (list[j] ~ /^written[@#]/) text = n(written(PICK[i], TYPE[PICK[i]]))
            else { look(PICK[i], list[j]); text = shown(list[j], exact) }
            if ("H" in OPT) line = line (j > 1 ? "\t" : "") text
            else { CELL[i, j] = text; if (length(text) > WIDTH[j]) WIDTH[j] = length(text) }
        }
        if ("H" in OPT) print line
    }
    if (!("H" in OPT) && NPICK > 0) print_list(list, k)
}

# `zfs list -t snapshot FS` shows the snapshots of that file system alone.
function pick_snapshots(   i, name) {
    for (i = 1; i <= NARG; i++) {
        name = resolve(ARG[i])
        if (!(name in TYPE)) { err("cannot open '" ARG[i] "': " missing_why(name)); STATUS = 1; continue }
        pick_below(name, "s", TYPE[name] == "s" ? 0 : 1)
    }
}

# zprop_width: room for the heading and for every value that there can be. 2.1 takes `referenced` for the health of a pool.
function least_width(p,   i, m, values, w) {
    w = length(p in COLUMN ? COLUMN[p] : toupper(p))
    if (KIND[p] == "n" && w < 5) w = 5
    if (p == "referenced" && !is_22()) w = 8
    m = KIND[p] == "i" ? split(VALUES[p] (p == "compression" ? " zstd-fast-1000" : p == "acltype" ? " posixacl" : ""), values, " ") : 0
    for (i = 1; i <= m; i++) if (length(values[i]) > w) w = length(values[i])
    return w
}

function print_list(list, k,   i, j, line, right, head, least) {
    for (j = 1; j <= k; j++) {
        least = least_width(list[j])
        if (least > WIDTH[j]) WIDTH[j] = least
    }
    for (i = 0; i <= NPICK; i++) {
        line = ""
        for (j = 1; j <= k; j++) {
            head = i > 0 ? CELL[i, j] : list[j] in COLUMN ? COLUMN[list[j]] : toupper(list[j])
            right = KIND[list[j]] == "n"
            if (j > 1) line = line "  "
            line = line (right ? sprintf("%" WIDTH[j] "s", head) : j == k ? head : sprintf("%-" WIDTH[j] "s", head))
        }
        print line
    }
}

# -s and -S: stable insertion, by number or text; the order by name is what ties fall back to.
function sort_picked(   keys, k, i, j, x, v, name, up, p) {
    if (!("s" in OPT) && !("S" in OPT)) return
    if ("s" in OPT && "S" in OPT) refuse("zfs list with -s and -S together")
    up = "s" in OPT
    k = split(up ? OPT["s"] : OPT["S"], keys, "\n")
    if (k > 1) refuse("zfs list with more than one sort property")
    p = real_name(keys[1])
    if (p != "name" && !known_property(p)) { err("invalid property '" keys[1] "'"); usage() }
    for (i = 1; i <= NPICK; i++) SORTED[i] = p == "name" ? PICK[i] : p == "guid" ? sprintf("%20s", value_of(PICK[i], p)) : value_of(PICK[i], p)
    for (i = 2; i <= NPICK; i++) {
        name = PICK[i]; v = SORTED[i]
        for (j = i - 1; j >= 1 && sorts_after(SORTED[j], v, up, p); j--) { PICK[j + 1] = PICK[j]; SORTED[j + 1] = SORTED[j] }
        PICK[j + 1] = name; SORTED[j + 1] = v
    }
}

function sorts_after(a, b, up, p) {
    if (KIND[p] == "n" || p == "creation") return up ? a + 0 > b + 0 : a + 0 < b + 0
    return up ? (a "") > (b "") : (a "") < (b "")
}
