# What a command line says of vdevs, whether their disks are free, and how they are shown before they are made.

# The vdevs of a command line from ARG[from] into N_CLASS[], N_GROUP[], N_DEVICE[] (1..NNEW); shift is their ashift, or "".
function parse_vdevs(from, pool, shift,   i, class, group, count, w, typed) {
    NNEW = 0; class = "data"; group = "-"
    count = next_group(pool)
    for (i = from; i <= NARG; i++) {
        w = ARG[i]
        if (w == "log" || w == "logs") { class = "logs"; group = "-"; continue }
        if (w == "cache") { class = "cache"; group = "-"; continue }
        if (w == "spare") { class = "spares"; group = "-"; continue }
        if (w == "special" || w == "dedup") { class = w; group = "-"; continue }
        if (w ~ /^draid/) refuse("draid")
        if (w ~ /^(mirror|raidz[123]?)$/) {
            if (class == "cache" || class == "spares") { err("invalid vdev specification: unsupported '" class "' device: " w); return 0 }
            typed = w
            if (w == "raidz") w = "raidz1"
            group = w "-" count++
            TYPED[group] = typed
            continue
        }
        if (kernel_name(w) == "") {
            if (substr(w, 1, 1) == "/") err("cannot resolve path '" w "'")
            else { err("cannot open '" w "': no such device in /dev"); err("must be a full path or shorthand device name") }
            return 0
        }
        if (shift != "" && shift !~ /^[0-9]+$/) { err("ashift must be a number."); return 0 }
        if (shift + 0 != 0 && (shift + 0 < 9 || shift + 0 > 16)) { err("invalid 'ashift=" shift "' property: only values between 9 and 16 are allowed."); return 0 }
        N_CLASS[++NNEW] = class; N_GROUP[NNEW] = group; N_DEVICE[NNEW] = device_path(w)
        if (group == "-" && class !~ /^(cache|spares)$/) count++
    }
    if (NNEW == 0) { err("invalid vdev specification: at least one toplevel vdev must be specified"); return 0 }
    return enough_members()
}

# The number of a vdev is its place below the root: single disks and logs count, caches and spares do not.
function next_group(pool,   i, g, top) {
    top = place_of(pool, NV + 1)
    for (i = 1; i <= NV; i++) if (V_POOL[i] == pool && match(V_GROUP[i], /-[0-9]+$/)) { g = substr(V_GROUP[i], RSTART + 1) + 1; if (g > top) top = g }
    return top
}

# How many top-level vdevs of a pool stand before the disk i.
function place_of(pool, i,   j, k, seen) {
    for (j = 1; j < i && j <= NV; j++) if (V_POOL[j] == pool && V_CLASS[j] !~ /^(cache|spares)$/ && (V_GROUP[j] == "-" || !seen[V_GROUP[j]]++)) k++
    return k + 0
}

function enough_members(   i, members, least, g) {
    for (i = 1; i <= NNEW; i++) members[N_GROUP[i]]++
    for (g in members) {
        if (g == "-") continue
        least = g ~ /^mirror/ ? 2 : substr(g, 6, 1) + 1
        if (members[g] < least) { err("invalid vdev specification: " TYPED[g] " requires at least " least " devices"); return 0 }
    }
    return 1
}

function vdev_error(text) {
    if (!VDEV_ERRORS++) {
        err("invalid vdev specification")
        err("f" in OPT ? "the following errors must be manually repaired:" : "use '-f' to override the following errors:")
    }
    err(text)
}

# A disk of an active pool cannot be opened for oneself, and that stays so with -f; what is merely labelled can be forced.
function devices_free(   i, j, k, busy) {
    for (i = 1; i <= NNEW; i++) {
        k = kernel_name(N_DEVICE[i])
        j = user_of(k)
        if (j && PSTATE[V_POOL[j]] != "exported") {
            if (whole_disk(k)) { err(N_DEVICE[i] " is in use and contains a unknown filesystem."); busy = 1 }
            else vdev_error(N_DEVICE[i] " is part of active pool '" V_POOL[j] "'")
            continue
        }
        for (j = 1; j < i; j++) if (kernel_name(N_DEVICE[j]) == k) { vdev_error("cannot use '" N_DEVICE[i] "' twice"); break }
        if ("f" in OPT) continue
        if (k in LABEL) vdev_error(partition_one(N_DEVICE[i]) " is part of " LABEL_STATE[k] " pool '" LABEL[k] "'")
        else if (user_of(k)) vdev_error(partition_one(N_DEVICE[i]) " is part of exported pool '" V_POOL[user_of(k)] "'")
    }
    return !busy && VDEV_ERRORS == 0
}

# The vdev that has a disk, or a partition of it.
function user_of(k,   j, other) {
    for (j = 1; j <= NV; j++) {
        if (V_POOL[j] == "") continue
        other = kernel_name(V_DEVICE[j])
        if (other == k || (whole_disk(k) && disk_of(other) == k)) return j
    }
    return 0
}

function kind_of_group(g) { return g == "-" ? "disk" : g ~ /^mirror/ ? "mirror" : "raidz" }

# The replication level of what is new against itself and against the pool.
function level_matches(pool,   i, first, g, seen) {
    if ("f" in OPT) return 1
    first = ""
    for (i = 1; i <= NV; i++) if (V_POOL[i] == pool && V_CLASS[i] == "data") { first = V_GROUP[i]; break }
    for (i = 1; i <= NNEW; i++) {
        if (N_CLASS[i] != "data") continue
        if (first == "") { first = N_GROUP[i]; seen = 1; continue }
        if (kind_of_group(first) != kind_of_group(N_GROUP[i])) {
            if (seen) vdev_error("mismatched replication level: both " kind_of_group(first) " and " kind_of_group(N_GROUP[i]) " vdevs are present")
            else vdev_error("mismatched replication level: pool uses " kind_of_group(first) " and new vdev is " kind_of_group(N_GROUP[i]))
            return 0
        }
        if (kind_of_group(first) == "raidz" && substr(first, 1, 6) != substr(N_GROUP[i], 1, 6)) {
            vdev_error("mismatched replication level: both " substr(first, 6, 1) " and " substr(N_GROUP[i], 6, 1) " device parity raidz vdevs are present")
            return 0
        }
    }
    return 1
}

# print_vdev_tree: the data vdevs of a pool have their numbers, what is new and what stands in other classes has none.
function print_layout(pool, news,   i, c, k, classes, g, name) {
    print "\t" pool
    k = split("data dedup special logs cache spares", classes, " ")
    for (c = 1; c <= k; c++) {
        g = ""; name = classes[c] == "data"
        for (i = 1; i <= NV; i++) if (!news && V_POOL[i] == pool && V_CLASS[i] == classes[c]) { if (!name++) print "\t" classes[c]; g = layout_row(g, V_GROUP[i], V_DEVICE[i], c > 1) }
        for (i = 1; i <= NNEW; i++) if (N_CLASS[i] == classes[c]) { if (!name++) print "\t" classes[c]; g = layout_row(g, N_GROUP[i], N_DEVICE[i], 1) }
    }
}

function layout_row(before, group, device, bare,   head) {
    head = group
    if (bare) sub(/-[0-9]+$/, "", head)
    if (group != "-" && group != before) print "\t  " head
    print "\t  " (group == "-" ? "" : "  ") device_shown(device, 0, 0)
    return group
}
