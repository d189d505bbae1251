# zpool status, and the tree of vdevs that other commands show too.

function zpool_status(   bad, i) {
    bad = getopts("DegiLpPstvxT:c:", 2)
    if (bad != "") bad_option(bad)
    if ("x" in OPT && NARG == 0) {
        for (i = 1; i <= NPOOL; i++) if (pool_is(POOL[i]) && health(POOL[i]) != "ONLINE") { NARG++; ARG[NARG] = POOL[i] }
        if (NARG == 0) { print "all pools are healthy"; return }
    }
    if ("c" in OPT || "T" in OPT || "D" in OPT || "s" in OPT || "t" in OPT || "i" in OPT || "e" in OPT || "g" in OPT) refuse("zpool status with other options than -L -P -p -v -x")
    pick_pools(1)
    if (NPICK == 0 && NARG == 0) { err("no pools available"); return }
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

function print_tree(pool, h,   i) {
    make_tree(pool, h, "data dedup special logs cache spares")
    printf "\t%-" T_WIDTH "s  %-8s %5s %5s %5s\n", "NAME", "STATE", "READ", "WRITE", "CKSUM"
    for (i = 1; i <= TREE; i++) {
        if (T_DEPTH[i] == 0 && i > 1) { print "\t" T_NAME[i] (T_NAME[i] ~ /^(logs|special|dedup)$/ ? "\t" : ""); continue }
        printf "\t%" T_DEPTH[i] "s%-" (T_WIDTH - T_DEPTH[i]) "s  %-8s", "", T_NAME[i], T_STATE[i]
        if (T_CLASS[i] == "spares") print ""
        else printf " %5s %5s %5s%s\n", 0, 0, 0, T_VDEV[i] && V_NOTE[T_VDEV[i]] != "" ? "  " V_NOTE[T_VDEV[i]] : ""
    }
}

# The vdevs of a pool as rows: T_NAME, T_DEPTH (0 for the pool and the headings of classes), T_STATE, T_CLASS, and T_VDEV of disks.
# T_WIDTH is the room that the widest of them takes.
function make_tree(pool, h, order,   i, c, k, classes, group, first) {
    k = split(order, classes, " ")
    TREE = 0; T_WIDTH = 10
    tree_row(0, pool, h, "data", 0)
    for (c = 1; c <= k; c++) {
        group = ""; first = 1
        for (i = 1; i <= NV; i++) {
            if (V_POOL[i] != pool || V_CLASS[i] != classes[c]) continue
            if (first && classes[c] != "data") tree_row(0, classes[c], "", classes[c], 0)
            first = 0
            if (V_GROUP[i] != "-" && V_GROUP[i] != group) tree_row(2, V_GROUP[i], group_state(pool, V_GROUP[i]), classes[c], 0)
            group = V_GROUP[i]
            tree_row(V_GROUP[i] == "-" ? 2 : 4, device_shown(V_DEVICE[i], "P" in OPT, "L" in OPT), classes[c] == "spares" ? "AVAIL" : V_STATE[i], classes[c], i)
        }
    }
}

function tree_row(depth, name, state, class, vdev) {
    TREE++
    T_DEPTH[TREE] = depth; T_NAME[TREE] = name; T_STATE[TREE] = state; T_CLASS[TREE] = class; T_VDEV[TREE] = vdev
    if (depth + length(name) > T_WIDTH) T_WIDTH = depth + length(name)
}

function group_state(pool, group,   i, s) {
    s = "ONLINE"
    for (i = 1; i <= NV; i++) if (V_POOL[i] == pool && V_GROUP[i] == group && V_STATE[i] != "ONLINE") s = "DEGRADED"
    return s
}
