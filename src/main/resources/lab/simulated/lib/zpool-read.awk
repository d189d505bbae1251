# zpool list, get.

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

function zpool_list(   bad, k, i, j, list) {
    bad = getopts("HpPLgv" "o:T:", 2)
    if (bad != "") bad_option(bad)
    if ("T" in OPT || "g" in OPT) refuse("zpool list -T, -g")
    k = pool_props("o" in OPT ? OPT["o"] : "name,size,allocated,free,checkpoint,expandsize,fragmentation,capacity,dedupratio,health,altroot", list)
    pick_pools(1)
    if (NPICK == 0 && NARG == 0) { if (!("H" in OPT)) print "no pools available"; return }
    for (j = 1; j <= k; j++) {
        CELL[0, j] = list[j] in POOL_COLUMN ? POOL_COLUMN[list[j]] : toupper(list[j])
        WIDTH[j] = length(CELL[0, j])
        if (!(list[j] in POOL_TEXT)) widen(j, list[j] == "health" ? 8 : 5)
    }
    for (i = 1; i <= NPICK; i++) for (j = 1; j <= k; j++) {
        CELL[i, j] = pool_value(PICK[i], list[j], "p" in OPT)
        widen(j, length(CELL[i, j]))
    }
    if ("v" in OPT) {
        widen(1, 9)
        for (i = 1; i <= NPICK; i++) { make_tree(PICK[i], "", "data dedup special logs cache spares"); for (j = 2; j <= TREE; j++) if (T_DEPTH[j]) widen(1, T_DEPTH[j] + length(T_NAME[j])) }
    }
    for (i = "H" in OPT || NPICK == 0 ? 1 : 0; i <= NPICK; i++) {
        list_row(i, list, k)
        if ("v" in OPT && i > 0) list_vdevs(PICK[i])
    }
}

function widen(column, width) { if (width > WIDTH[column]) WIDTH[column] = width }

# Numbers stand to the right, and health is one of them.
function list_row(i, list, k,   j, line) {
    line = ""
    for (j = 1; j <= k; j++) {
        if ("H" in OPT) line = line (j > 1 ? "\t" : "") CELL[i, j]
        else line = line (j > 1 ? "  " : "") sprintf(!(list[j] in POOL_TEXT) ? "%" WIDTH[j] "s" : j == k ? "%s" : "%-" WIDTH[j] "s", CELL[i, j])
    }
    print line
}

# print_list_stats: what is full of a vdev is known of those alone that stand directly below the pool.
function list_vdevs(pool,   i, size, used, top) {
    make_tree(pool, health(pool), "data dedup special logs cache spares")
    for (i = 2; i <= TREE; i++) {
        if (T_DEPTH[i] == 0) { printf "%-" WIDTH[1] "s      -      -      -        -         -      -      -      -  -\n", T_NAME[i] == "spares" ? "spare" : T_NAME[i]; continue }
        top = T_DEPTH[i] == 2 && T_CLASS[i] != "spares"
        size = top ? top_size(pool, T_NAME[i], T_VDEV[i], T_CLASS[i]) : 0
        used = T_CLASS[i] == "data" && PSIZE[pool] > 0 ? int(pool_value(pool, "allocated", 1) * size / PSIZE[pool]) : 0
        list_vdev(i, T_VDEV[i] ? partition_size(V_DEVICE[T_VDEV[i]]) : size, top, size, used)
    }
}

function list_vdev(i, shown_size, top, size, used,   cap, exact) {
    exact = "p" in OPT
    printf "H" in OPT ? "\t%s" : "%" T_DEPTH[i] "s%-" (WIDTH[1] - T_DEPTH[i]) "s", "H" in OPT ? T_NAME[i] : "", T_NAME[i]
    cap = size > 0 ? int(used * 10000 / size) : 0
    list_cell(exact ? n(shown_size) : nice(shown_size, ""), 5)
    list_cell(!top ? "-" : exact ? n(used) : nice(used, ""), 5)
    list_cell(!top ? "-" : exact ? n(size - used) : nice(size - used, ""), 5)
    list_cell("-", 7); list_cell("-", 8)
    list_cell(!top ? "-" : exact ? "0" : "0%", 5)
    list_cell(!top ? "-" : exact ? int(cap / 100) : sprintf(cap < 1000 ? "%1.2f%%" : cap < 10000 ? "%2.1f%%" : "%3.0f%%", cap / 100), 5)
    list_cell("-", 5); list_cell(T_STATE[i], 8)
    print ""
}

function list_cell(text, width) { printf "H" in OPT ? "\t%s" : "  %" width "s", text }

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

