# zpool list, get, status.

function pool_value(pool, p, exact,   used, raw, x) {
    S = "-"
    if (p == "name") return pool
    if (p == "guid" || p == "load_guid") return PGUID[pool]
    if (p == "health") return health(pool)
    if (p == "readonly") return "off"
    if (p == "dedupratio") return exact ? "1.00" : "1.00x"
    if (p == "checkpoint" || p == "expandsize") return "-"
    if (p == "freeing" || p == "leaked") return "0"
    if (p == "fragmentation") return exact ? "0" : "0%"
    if (p == "size" || p == "allocated" || p == "free" || p == "capacity") {
        sum_up()
        raw = raw_of(pool)
        used = int(USED[pool] * raw)
        x = p == "size" ? PSIZE[pool] : p == "allocated" ? used : p == "free" ? PSIZE[pool] - used : PSIZE[pool] > 0 ? int(used * 100 / PSIZE[pool]) : 0
        if (p == "capacity") return exact ? n(x) : n(x) "%"
        return exact ? n(x) : nice(x, "")
    }
    if ((pool, p) in PPROP) { S = "local"; return PPROP[pool, p] }
    S = "default"
    return POOL_DEFAULT[p]
}

# What a byte of a dataset takes on the disks of the pool, which is more than itself on raidz alone.
function raw_of(pool,   i, members) {
    for (i = 1; i <= NV; i++) if (V_POOL[i] == pool && V_GROUP[i] ~ /^raidz/) members[V_GROUP[i]]++
    for (i = 1; i <= NV; i++) if (V_POOL[i] == pool && V_GROUP[i] ~ /^raidz/) return 1 / deflated(V_GROUP[i], members[V_GROUP[i]], ashift_of(pool))
    return 1
}

# The pools a command is about, into PICK[1..NPICK].
function pick_pools(from,   i) {
    NPICK = 0
    if (NARG < from) { for (i = 1; i <= NPOOL; i++) if (pool_is(POOL[i])) PICK[++NPICK] = POOL[i]; sort_pools() }
    for (i = from; i <= NARG; i++) {
        if (pool_is(ARG[i])) PICK[++NPICK] = ARG[i]
        else { err("cannot open '" ARG[i] "': " (ARG[i] ~ /[^a-zA-Z0-9_.:-]/ ? "invalid character in pool name" : "no such pool")); STATUS = 1 }
    }
}

function sort_pools(   i, j, p) {
    for (i = 2; i <= NPICK; i++) {
        p = PICK[i]
        for (j = i - 1; j >= 1 && (PICK[j] "") > (p ""); j--) PICK[j + 1] = PICK[j]
        PICK[j + 1] = p
    }
}

function pool_props(text, list, command,   k, i, want) {
    if (text == "all") text = POOL_PROPS
    gsub(/ /, ",", text)
    k = split(text, want, ",")
    for (i = 1; i <= k; i++) {
        list[i] = want[i] in POOL_ALIAS ? POOL_ALIAS[want[i]] : want[i]
        if (list[i] ~ /^feature@/) refuse("zpool feature properties")
        if (index(" name " POOL_PROPS " ", " " list[i] " ") == 0) { err("bad property list: invalid property '" want[i] "'"); usage() }
    }
    return k
}

function zpool_list(   bad, k, i, j, list, line, text) {
    bad = getopts("HpPLgv" "o:T:", 2)
    if (bad != "") bad_option(bad)
    if ("v" in OPT || "T" in OPT) refuse("zpool list -v, -T")
    k = pool_props("o" in OPT ? OPT["o"] : "name,size,allocated,free,checkpoint,expandsize,fragmentation,capacity,dedupratio,health,altroot", list)
    pick_pools(1)
    if (NPICK == 0 && NARG == 0) { if (!("H" in OPT)) print "no pools available"; return }
    for (i = 1; i <= NPICK; i++) {
        line = ""
        for (j = 1; j <= k; j++) {
            text = pool_value(PICK[i], list[j], "p" in OPT)
            if ("H" in OPT) line = line (j > 1 ? "\t" : "") text
            else { CELL[i, j] = text; if (length(text) > WIDTH[j]) WIDTH[j] = length(text) }
        }
        if ("H" in OPT) print line
    }
    if ("H" in OPT || NPICK == 0) return
    for (j = 1; j <= k; j++) {
        CELL[0, j] = list[j] in POOL_COLUMN ? POOL_COLUMN[list[j]] : toupper(list[j])
        if (length(CELL[0, j]) > WIDTH[j]) WIDTH[j] = length(CELL[0, j])
    }
    for (i = 0; i <= NPICK; i++) {
        line = ""
        for (j = 1; j <= k; j++) line = line (j > 1 ? "  " : "") sprintf(list[j] ~ /^(name|health|altroot|comment)$/ ? (j == k ? "%s" : "%-" WIDTH[j] "s") : "%" WIDTH[j] "s", CELL[i, j])
        print line
    }
}

function zpool_get(   bad, k, i, j, c, m, list, hp, text, rows, line, fields) {
    bad = getopts("Hp" "o:", 2)
    if (bad != "") bad_option(bad)
    if (NARG == 0) { err("missing property argument"); usage() }
    fields = "o" in OPT && OPT["o"] != "all" ? OPT["o"] : "name,property,value,source"
    m = split(fields, hp, ",")
    for (c = 1; c <= m; c++) if (hp[c] !~ /^(name|property|value|source)$/) { err("invalid column name '" hp[c] "'"); usage() }
    k = pool_props(ARG[1], list)
    pick_pools(2)
    for (i = 1; i <= NPICK; i++) for (j = 1; j <= k; j++) {
        text = pool_value(PICK[i], list[j], "p" in OPT)
        rows++
        line = ""
        for (c = 1; c <= m; c++) {
            CELL[rows, c] = hp[c] == "name" ? PICK[i] : hp[c] == "property" ? list[j] : hp[c] == "value" ? text : S
            line = line (c > 1 ? "\t" : "") CELL[rows, c]
            if (length(CELL[rows, c]) > WIDTH[c]) WIDTH[c] = length(CELL[rows, c])
        }
        if ("H" in OPT) print line
    }
    if (!("H" in OPT)) print_columns(rows, hp, m)
}

function zpool_status(   bad, i) {
    bad = getopts("DegiLpPstvxT:c:", 2)
    if (bad != "") bad_option(bad)
    if ("x" in OPT && NARG == 0) {
        for (i = 1; i <= NPOOL; i++) if (pool_is(POOL[i]) && health(POOL[i]) != "ONLINE") { NARG++; ARG[NARG] = POOL[i] }
        if (NARG == 0) { print "all pools are healthy"; return }
    }
    if ("c" in OPT || "T" in OPT || "D" in OPT || "s" in OPT || "t" in OPT || "i" in OPT || "e" in OPT || "g" in OPT) refuse("zpool status with other options than -L -P -p -v -x")
    pick_pools(1)
    if (NPICK == 0 && NARG == 0) { print "no pools available"; return }
    for (i = 1; i <= NPICK; i++) {
        if (i > 1) print ""
        print_status(PICK[i])
    }
}

function print_status(pool,   h, i, k, scan, list) {
    h = health(pool)
    print "  pool: " pool
    print " state: " h
    if (h != "ONLINE") {
        print "status: One or more devices has been taken offline by the administrator."
        print "\tSufficient replicas exist for the pool to continue functioning in a"
        print "\tdegraded state."
        print "action: Online the device using 'zpool online' or replace the device with"
        print "\t'zpool replace'."
    }
    if (pool in SCAN) {
        scan = SCAN[pool]
        gsub(/\001/, "\n\t", scan)
        print "  scan: " scan
    }
    print "config:\n"
    print_tree(pool, h)
    print "\nerrors: No known data errors"
}

function print_tree(pool, h,   i, c, k, classes, rows, width, group, first) {
    k = split("data dedup special logs cache spares", classes, " ")
    TREE = 0
    tree_row(0, pool, h)
    for (c = 1; c <= k; c++) {
        group = ""; first = 1
        for (i = 1; i <= NV; i++) {
            if (V_POOL[i] != pool || V_CLASS[i] != classes[c]) continue
            if (first && classes[c] != "data") tree_row(0, classes[c], "-")
            first = 0
            if (V_GROUP[i] != "-" && V_GROUP[i] != group) { group = V_GROUP[i]; tree_row(2, group, group_state(pool, group)) }
            tree_row(V_GROUP[i] == "-" ? 2 : 4, device_shown(V_DEVICE[i], "P" in OPT, "L" in OPT), classes[c] == "spares" ? "AVAIL" : V_STATE[i], V_NOTE[i])
        }
    }
    width = 10
    for (i = 1; i <= TREE; i++) if (T_DEPTH[i] + length(T_NAME[i]) > width) width = T_DEPTH[i] + length(T_NAME[i])
    printf "\t%-" width "s  %-8s %5s %5s %5s\n", "NAME", "STATE", "READ", "WRITE", "CKSUM"
    for (i = 1; i <= TREE; i++) {
        if (T_STATE[i] == "-") { print "\t" T_NAME[i] (T_NAME[i] ~ /^(logs|special|dedup)$/ ? "\t" : ""); continue }
        if (T_STATE[i] == "AVAIL") { printf "\t%" T_DEPTH[i] "s%-" (width - T_DEPTH[i]) "s  %-8s\n", "", T_NAME[i], "AVAIL"; continue }
        printf "\t%" T_DEPTH[i] "s%-" (width - T_DEPTH[i]) "s  %-8s %5s %5s %5s%s\n", "", T_NAME[i], T_STATE[i], 0, 0, 0, T_NOTE[i] == "" ? "" : "  " T_NOTE[i]
    }
}

function tree_row(depth, name, state, note) { TREE++; T_DEPTH[TREE] = depth; T_NAME[TREE] = name; T_STATE[TREE] = state; T_NOTE[TREE] = note }

function group_state(pool, group,   i, s) {
    s = "ONLINE"
    for (i = 1; i <= NV; i++) if (V_POOL[i] == pool && V_GROUP[i] == group && V_STATE[i] != "ONLINE") s = "DEGRADED"
    return s
}
