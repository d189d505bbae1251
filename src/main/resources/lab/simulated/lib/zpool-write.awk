# zpool create, add, set, destroy, scrub, export, import, labelclear, offline, online, attach, replace, remove.

# The vdevs of a command line from ARG[from] into N_CLASS[], N_GROUP[], N_DEVICE[] (1..NNEW).
function parse_vdevs(from, pool,   i, class, group, count, w, k) {
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
            if (w == "raidz") w = "raidz1"
            group = w "-" count++
            continue
        }
        if (kernel_name(w) == "") {
            if (substr(w, 1, 1) == "/") err("cannot open '" w "': No such file or directory")
            else { err("cannot open '" w "': no such device in /dev"); err("must be a full path or shorthand device name") }
            return 0
        }
        N_CLASS[++NNEW] = class; N_GROUP[NNEW] = group; N_DEVICE[NNEW] = device_path(w)
    }
    if (NNEW == 0) { err("invalid vdev specification: at least one toplevel vdev must be specified"); return 0 }
    return enough_members()
}

function next_group(pool,   i, g, top) {
    top = 0
    for (i = 1; i <= NV; i++) if (V_POOL[i] == pool && match(V_GROUP[i], /-[0-9]+$/)) { g = substr(V_GROUP[i], RSTART + 1) + 1; if (g > top) top = g }
    return top
}

function enough_members(   i, members, least, g) {
    for (i = 1; i <= NNEW; i++) members[N_GROUP[i]]++
    for (g in members) {
        if (g == "-") continue
        least = g ~ /^mirror/ ? 2 : substr(g, 6, 1) + 1
        if (members[g] < least) {
            sub(/-[0-9]+$/, "", g)
            err("invalid vdev specification: " (g ~ /^raidz1$/ ? "raidz" : g) " requires at least " least " devices")
            return 0
        }
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

# Devices in use stay refused with -f when their pool is active here; what is merely labelled can be forced.
function devices_free(   i, j, k, owner) {
    for (i = 1; i <= NNEW; i++) {
        k = kernel_name(N_DEVICE[i])
        for (j = 1; j <= NV; j++) if (V_POOL[j] != "" && PSTATE[V_POOL[j]] != "exported" && kernel_name(V_DEVICE[j]) == k) vdev_error(partition_one(N_DEVICE[i]) " is part of active pool '" V_POOL[j] "'")
        for (j = 1; j < i; j++) if (kernel_name(N_DEVICE[j]) == k) { vdev_error("cannot use '" N_DEVICE[i] "' twice"); break }
        owner = k in LABEL ? k : ""
        if (owner != "" && !("f" in OPT)) vdev_error(partition_one(N_DEVICE[i]) " is part of " LABEL_STATE[k] " pool '" LABEL[k] "'")
        for (j = 1; j <= NV; j++) if (V_POOL[j] != "" && PSTATE[V_POOL[j]] == "exported" && kernel_name(V_DEVICE[j]) == k && !("f" in OPT)) vdev_error(partition_one(N_DEVICE[i]) " is part of exported pool '" V_POOL[j] "'")
    }
    return VDEV_ERRORS == 0
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

function print_layout(pool, news,   i, c, k, classes, g, name) {
    print "\t" pool
    k = split("data dedup special logs cache spares", classes, " ")
    for (c = 1; c <= k; c++) {
        g = ""; name = classes[c] == "data"
        for (i = 1; i <= NV; i++) if (!news && V_POOL[i] == pool && V_CLASS[i] == classes[c]) { if (!name++) print "\t" classes[c]; g = layout_row(g, V_GROUP[i], V_DEVICE[i], news) }
        for (i = 1; i <= NNEW; i++) if (N_CLASS[i] == classes[c]) { if (!name++) print "\t" classes[c]; g = layout_row(g, N_GROUP[i], N_DEVICE[i], news) }
    }
}

function layout_row(before, group, device, news,   head) {
    if (group != "-" && group != before) {
        head = group
        if (news) sub(/-[0-9]+$/, "", head)
        print "\t  " head
    }
    print "\t  " (group == "-" ? "" : "  ") device_shown(device, 0, 0)
    return group
}

function set_pool_prop(pool, p, value, creating,   head) {
    head = creating ? "cannot create '" pool "': " : "cannot set property for '" pool "': "
    if (p in POOL_ALIAS) p = POOL_ALIAS[p]
    if (p ~ /^feature@/) refuse("zpool feature properties")
    if (index(" " POOL_PROPS " ", " " p " ") == 0) return fail(head "invalid property '" p "'")
    if (index(" " SETTABLE " ", " " p " ") == 0) return fail(head "'" p "' is readonly")
    if (p ~ /^(autoexpand|autoreplace|autotrim|delegation|listsnapshots|multihost)$/ && value !~ /^(on|off)$/) return fail(head "'" p "' must be one of 'on | off'")
    if (p == "failmode" && value !~ /^(wait|continue|panic)$/) return fail(head "'failmode' must be one of 'wait | continue | panic'")
    if (p == "ashift" && value + 0 != 0 && (value + 0 < 9 || value + 0 > 16)) return fail(head "property 'ashift' number " value " is invalid, only values between 9 and 16 are allowed")
    PPROP[pool, p] = value
    return 1
}

function zpool_create(   bad, pool, i, k, list, at) {
    bad = getopts("fndo:O:m:R:t:", 2)
    if (bad != "") bad_option(bad)
    if ("R" in OPT || "t" in OPT || "d" in OPT) refuse("zpool create -R, -t, -d")
    if (NARG < 1) { err("missing pool name argument"); usage() }
    if (NARG < 2) { err("missing vdev specification"); usage() }
    pool = ARG[1]
    if (pool ~ /^(mirror|raidz|draid|spare|log)/) { fail("cannot create '" pool "': name is reserved\npool name may have been omitted"); return }
    if (pool !~ /^[a-zA-Z][a-zA-Z0-9_.:-]*$/) { fail("cannot create '" pool "': " (pool ~ /\// ? "invalid character '/' in pool name\nuse 'zfs create' to create a dataset" : "name must begin with a letter")); return }
    if (!allowed("create", pool)) return
    if (!parse_vdevs(2, pool)) { STATUS = 1; return }
    if (!devices_free() || !level_matches(pool)) { STATUS = 1; return }
    if (pool_is(pool)) { fail("cannot create '" pool "': pool already exists"); return }
    k = split(OPT["o"], list, "\n")
    for (i = 1; i <= k; i++) { at = index(list[i], "="); if (!set_pool_prop(pool, substr(list[i], 1, at - 1), substr(list[i], at + 1), 1)) return }
    wanted(OPT["O"])
    if ("m" in OPT) { WANT_P[++NWANT] = "mountpoint"; WANT_V[NWANT] = OPT["m"] }
    if (!check_wanted(pool, "f", 1)) return
    if ("n" in OPT) { print "would create '" pool "' with the following layout:\n"; print_layout(pool, 1); return }
    POOL[++NPOOL] = pool; PSTATE[pool] = "ACTIVE"; PBORN[pool] = now()
    add_new_vdevs(pool)
    add_dataset(pool, "f", "")
    PGUID[pool] = new_guid()
    apply_wanted(pool)
    POOL_USABLE[pool] = PUSABLE[pool]
    mount_and_share(pool)
    save_pools()
    commit()
}

function add_new_vdevs(pool,   i) {
    for (i = 1; i <= NNEW; i++) { delete LABEL[kernel_name(N_DEVICE[i])]; add_vdev(pool, N_CLASS[i], N_GROUP[i], N_DEVICE[i], "ONLINE", "") }
    measure(pool)
}

function zpool_add(   bad, pool) {
    bad = getopts("fgLnPo:", 2)
    if (bad != "") bad_option(bad)
    if (NARG < 1) { err("missing pool name argument"); usage() }
    if (NARG < 2) { err("missing vdev specification"); usage() }
    pool = ARG[1]
    if (!known_pool(pool) || !allowed("add to", pool)) return
    if (!parse_vdevs(2, pool) || !devices_free() || !level_matches(pool)) { STATUS = 1; return }
    if ("n" in OPT) { print "would update '" pool "' to the following configuration:\n"; print_layout(pool, 0); return }
    add_new_vdevs(pool)
    finish_pools()
}

# A writing command that leaves the datasets as they are.
function finish_pools() { save_pools(); run_later() }

function known_pool(pool) { return pool_is(pool) ? 1 : fail("cannot open '" pool "': no such pool") }

function allowed(what, pool) { return env("SIM_MAY_WRITE") == "1" ? 1 : fail("cannot " what " '" pool "': permission denied") }

function zpool_set(   at, pool) {
    if (getopts("", 2) != "" || NARG < 1) { err("missing property=value argument"); usage() }
    if (NARG < 2) { err("missing pool name"); usage() }
    if (NARG > 2) refuse("zpool set of vdev properties")
    at = index(ARG[1], "=")
    if (!at) { err("missing value in property=value argument"); usage() }
    pool = ARG[2]
    if (!known_pool(pool) || !allowed("set property for", pool)) return
    if (set_pool_prop(pool, substr(ARG[1], 1, at - 1), substr(ARG[1], at + 1), 0)) finish_pools()
}

function zpool_destroy(   bad, pool, i) {
    bad = getopts("f", 2)
    if (bad != "") bad_option(bad)
    if (NARG != 1) { err(NARG ? "too many arguments" : "missing pool argument"); usage() }
    pool = ARG[1]
    if (!known_pool(pool) || !allowed("destroy", pool)) return
    for (i = 1; i <= ND; i++) if (ORDER[i] in MOUNT && pool_of(ORDER[i]) == pool && is_busy(MOUNT[ORDER[i]]) && !("f" in OPT)) {
        err("cannot unmount '" MOUNT[ORDER[i]] "': pool or dataset is busy")
        fail("could not destroy '" pool "': could not unmount datasets")
        return
    }
    for (i = ND; i >= 1; i--) if (pool_of(ORDER[i]) == pool) { remove_mount(ORDER[i]); forget(ORDER[i]) }
    for (i = 1; i <= NV; i++) if (V_POOL[i] == pool) V_POOL[i] = ""
    drop_pool(pool)
    save_pools()
    commit()
}

function drop_pool(pool,   i) { for (i = 1; i <= NPOOL; i++) if (POOL[i] == pool) POOL[i] = "" }

function zpool_scrub(   bad, i, scan) {
    bad = getopts("spw", 2)
    if (bad != "") bad_option(bad)
    if ("p" in OPT || "w" in OPT) refuse("zpool scrub -p, -w")
    if (NARG == 0) { err("missing pool name argument"); usage() }
    pick_pools(1)
    for (i = 1; i <= NPICK; i++) {
        if (!allowed("scrub", PICK[i])) continue
        scan = PICK[i] in SCAN ? SCAN[PICK[i]] : ""
        if ("s" in OPT) {
            if (scan !~ /^scrub in progress/) { fail("cannot cancel scrubbing " PICK[i] ": there is no active scrub"); continue }
            SCAN[PICK[i]] = "scrub canceled on " strftime("%a %b %e %H:%M:%S %Y", now())
        }
        else if (scan ~ /^scrub in progress/) { fail("cannot scrub " PICK[i] ": currently scrubbing; use 'zpool scrub -s' to cancel " (is_22() ? "" : "current ") "scrub"); continue }
        else if (scan ~ /^resilver in progress/) { fail("cannot scrub " PICK[i] ": currently resilvering"); continue }
        else SCAN[PICK[i]] = "scrub in progress since " strftime("%a %b %e %H:%M:%S %Y", now()) "\001" "0B / 0B scanned, 0B / 0B issued\001" "0B repaired, 0.00% done, no estimated completion time"
    }
    finish_pools()
}

function zpool_labelclear(   bad, k, i) {
    bad = getopts("f", 2)
    if (bad != "") bad_option(bad)
    if (NARG != 1) { err(NARG ? "too many arguments" : "missing vdev name"); usage() }
    k = kernel_name(ARG[1])
    if (k == "") die("failed to find device " ARG[1] ", try specifying absolute path instead", 1)
    if (!allowed("labelclear", ARG[1])) return
    for (i = 1; i <= NV; i++) if (V_POOL[i] != "" && PSTATE[V_POOL[i]] != "exported" && kernel_name(V_DEVICE[i]) == k) die(device_path(ARG[1]) " is a member (ACTIVE) of pool \"" V_POOL[i] "\"", 1)
    if (!(k in LABEL)) die("failed to clear label for " device_path(ARG[1]), 1)
    if (!("f" in OPT)) die("use '-f' to override the following error:\n" device_path(ARG[1]) " is a member of " LABEL_STATE[k] " pool \"" LABEL[k] "\"", 1)
    delete LABEL[k]
    finish_pools()
}

# -------- export and import: the datasets wait in a file of their own
function zpool_export(   bad, pool, i, keep) {
    bad = getopts("f", 2)
    if (bad != "") bad_option(bad)
    if (NARG != 1) { err("missing pool argument"); usage() }
    pool = ARG[1]
    if (!known_pool(pool) || !allowed("export", pool)) return
    for (i = ND; i >= 1; i--) if (ORDER[i] in MOUNT && pool_of(ORDER[i]) == pool) do_unmount(ORDER[i])
    save_state()
    keep = env("SIM_STATE") "/zfs/exported-" pool
    later("mv -f " word(STATE_FILE ".new") " " word(STATE_FILE))
    later("$SIM_AWK -F '\t' -v p=" word(pool) " '{ split($2, a, /[\\/@]/); print > (($1 != \"T\" && a[1] == p) ? gone : left) }' gone=" word(keep) " left=" word(STATE_FILE ".new") " " word(STATE_FILE))
    later("mv -f " word(STATE_FILE ".new") " " word(STATE_FILE))
    PSTATE[pool] = "exported"
    if (SHARES_CHANGED) write_shares()
    save_pools()
    run_later()
}

function zpool_import(   bad, i, pool, keep) {
    bad = getopts("afNd:o:R:", 2)
    if (bad != "") bad_option(bad)
    if ("R" in OPT || "o" in OPT || NARG > 1) refuse("zpool import -R, -o, new name")
    if (NARG == 0 && !("a" in OPT)) {
        for (i = 1; i <= NPOOL; i++) if (POOL[i] != "" && PSTATE[POOL[i]] == "exported") {
            printf "   pool: %s\n     id: %s\n  state: ONLINE\n action: The pool can be imported using its name or numeric identifier.\n config:\n\n", POOL[i], PGUID[POOL[i]]
            print_layout(POOL[i], 0)
            pool = POOL[i]
        }
        if (pool == "") { err("no pools available to import"); STATUS = 1 }
        return
    }
    for (i = 1; i <= NPOOL; i++) if (POOL[i] != "" && PSTATE[POOL[i]] == "exported" && ("a" in OPT || ARG[1] == POOL[i] || ARG[1] == PGUID[POOL[i]])) {
        pool = POOL[i]
        PSTATE[pool] = "ACTIVE"
        keep = env("SIM_STATE") "/zfs/exported-" pool
        later("cat " word(keep) " >>" word(STATE_FILE) " && rm -f " word(keep))
    }
    if (pool == "") {
        if ("a" in OPT) return
        fail(pool_is(ARG[1]) ? "cannot import '" ARG[1] "': a pool with that name already exists\nuse the form 'zpool import <pool | id> <newpool>' to give it a new name" : "cannot import '" ARG[1] "': no such pool available")
        return
    }
    save_pools()
    if (!("N" in OPT)) later(word(env("SIM_DIR") "/zfs") " mount -a")
    run_later()
}

function zpool_switch(to,   bad, pool, i, j, hit) {
    bad = getopts("fte", 2)
    if (bad != "") bad_option(bad)
    if (NARG < 1) { err("missing pool name"); usage() }
    if (NARG < 2) { err("missing device name"); usage() }
    pool = ARG[1]
    if (!known_pool(pool)) return
    for (j = 2; j <= NARG; j++) {
        hit = 0
        for (i = 1; i <= NV; i++) if (V_POOL[i] == pool && kernel_name(V_DEVICE[i]) == kernel_name(ARG[j]) && kernel_name(ARG[j]) != "") {
            hit = 1
            if (to == "OFFLINE" && !spared(pool, i)) fail("cannot offline " ARG[j] ": no valid replicas")
            else V_STATE[i] = to
        }
        if (!hit) fail("cannot " (to == "ONLINE" ? "online " : "offline ") ARG[j] ": no such device in pool")
    }
    finish_pools()
}

# Whether the pool lives on without this device: caches and spares are no part of it.
function spared(pool, i,   j, gone, members) {
    if (V_CLASS[i] ~ /^(cache|spares)$/) return 1
    for (j = 1; j <= NV; j++) if (V_POOL[j] == pool && V_CLASS[j] == V_CLASS[i] && V_GROUP[j] == V_GROUP[i]) {
        members++
        if (j != i && V_STATE[j] != "ONLINE") gone++
    }
    return gone < parity(V_GROUP[i], members)
}

function zpool_remove(   bad, pool, i, j, hit) {
    bad = getopts("nps", 2)
    if (bad != "" || "n" in OPT || "s" in OPT) refuse("zpool remove with options")
    if (NARG < 1) { err("missing pool name argument"); usage() }
    if (NARG < 2) { err("missing device"); usage() }
    pool = ARG[1]
    if (!known_pool(pool)) return
    for (j = 2; j <= NARG; j++) {
        hit = 0
        for (i = 1; i <= NV; i++) {
            if (V_POOL[i] != pool || kernel_name(V_DEVICE[i]) != kernel_name(ARG[j]) || kernel_name(ARG[j]) == "") continue
            hit = 1
            if (V_CLASS[i] ~ /^(logs|cache|spares)$/) V_POOL[i] = ""
            else fail("cannot remove " ARG[j] ": invalid config; all top-level vdevs must have the same sector size and not be raidz.")
        }
        if (!hit) fail("cannot remove " ARG[j] ": no such device in pool")
    }
    finish_pools()
}
