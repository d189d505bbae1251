# zpool offline, online, remove, detach, attach, replace: single disks of a pool.

# to: ONLINE or OFFLINE.
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
            if (V_CLASS[i] == "spares") fail("cannot " tolower(to) " " ARG[j] ": device is reserved as a hot spare")
            else if (to == "OFFLINE" && !spared(pool, i)) fail("cannot offline " ARG[j] ": no valid replicas")
            else {
                if (to == "ONLINE" && V_STATE[i] != to) SCAN[pool] = finished("resilvered")
                V_STATE[i] = to
            }
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

function zpool_remove(   bad, pool, i, j) {
    bad = getopts("npsw", 2)
    if (bad != "") bad_option(bad)
    if ("n" in OPT || "s" in OPT) refuse("zpool remove -n, -s")
    if (NARG < 1) { err("missing pool name argument"); usage() }
    if (NARG < 2) { err("missing device"); usage() }
    pool = ARG[1]
    if (!known_pool(pool)) return
    for (j = 2; j <= NARG; j++) remove_vdev(pool, ARG[j])
    finish_pools()
}

# Logs, caches and spares go at once. A disk below a mirror or raidz is no vdev that could be removed.
function remove_vdev(pool, name,   i, j, data) {
    i = device_in(pool, name)
    for (j = 1; j <= NV && !i; j++) if (V_POOL[j] == pool && V_GROUP[j] == name) i = j
    if (!i) { fail("cannot remove " name ": no such device in pool"); return }
    if (V_GROUP[i] != "-" && V_GROUP[i] != name) { fail("cannot remove " name ": operation not supported on this type of pool"); return }
    for (j = 1; j <= NV; j++) if (V_POOL[j] == pool && V_CLASS[j] == "data" && V_GROUP[j] ~ /^raidz/) data = 1
    if (V_CLASS[i] ~ /^(logs|cache|spares)$/) { for (j = 1; j <= NV; j++) if (j == i || (V_POOL[j] == pool && V_GROUP[j] == name)) V_POOL[j] = "" }
    else if (data) fail("cannot remove " name ": invalid config; all top-level vdevs must have the same sector size and not be raidz.")
    else refuse("zpool remove of a vdev that holds data")
}

# The vdev that is this disk of a pool, 0 when none is.
function device_in(pool, name,   i) {
    for (i = 1; i <= NV; i++) if (V_POOL[i] == pool && kernel_name(name) != "" && kernel_name(V_DEVICE[i]) == kernel_name(name)) return i
    return 0
}

# libzfs hands on -1.
function device_fails(text) { fail(text); STATUS = 255 }

function aux_class(i, what,   why) {
    why = V_CLASS[i] == "spares" ? "device is reserved as a hot spare" : V_CLASS[i] == "cache" ? "device is in use as a cache" : ""
    if (why != "") device_fails(what ": " why)
    return why != ""
}

function zpool_detach(   bad, pool, i, j, left, last, what) {
    bad = getopts("", 2)
    if (bad != "") bad_option(bad)
    if (NARG < 1) { err("missing pool name argument"); usage() }
    if (NARG < 2) { err("missing <device> specification"); usage() }
    pool = ARG[1]
    if (!known_pool(pool)) return
    what = "cannot detach " ARG[2]
    i = device_in(pool, ARG[2])
    if (!i) { device_fails(what ": no such device in pool"); return }
    if (aux_class(i, what)) return
    if (V_GROUP[i] !~ /^mirror/) { device_fails(what ": only applicable to mirror and replacing vdevs"); return }
    for (j = 1; j <= NV; j++) if (j != i && V_POOL[j] == pool && V_GROUP[j] == V_GROUP[i]) { left++; if (V_STATE[j] == "ONLINE") last = j }
    if (!last) { device_fails(what ": no valid replicas"); return }
    V_POOL[i] = ""
    if (left == 1) V_GROUP[last] = "-"
    measure(pool)
    finish_pools()
}

function zpool_attach(replacing,   bad, pool, i, old, new, what) {
    bad = getopts("fo:sw", 2)
    if (bad != "") bad_option(bad)
    if ("o" in OPT && OPT["o"] !~ /^ashift=/) usage()
    if ("s" in OPT) refuse("zpool " COMMAND " -s")
    if (NARG < 1) { err("missing pool name argument"); usage() }
    if (NARG < 2) { err("missing <device> specification"); usage() }
    if (NARG < 3 && !replacing) { err("missing <new_device> specification"); usage() }
    if (NARG < 3) refuse("zpool replace of a disk by what is in its place")
    if (NARG > 3) { err("too many arguments"); usage() }
    pool = ARG[1]; old = ARG[2]; new = ARG[3]
    if (!known_pool(pool)) return
    i = device_in(pool, new)
    if (i && V_CLASS[i] == "spares") refuse("zpool " COMMAND " with a hot spare")
    if (!parse_vdevs(3, pool, substr(OPT["o"], 8)) || !devices_free()) { STATUS = 1; return }
    what = replacing ? "cannot replace " old " with " new : "cannot attach " new " to " old
    i = device_in(pool, old)
    if (!i) { device_fails(what ": no such device in pool"); return }
    if (aux_class(i, what)) return
    if (!replacing && V_GROUP[i] ~ /^raidz/) { device_fails(what ": can only attach to mirrors and top-level disks"); return }
    if (device_space(N_DEVICE[1]) < device_space(V_DEVICE[i])) { device_fails(what ": device is too small"); return }
    delete LABEL[kernel_name(new)]
    if (replacing) { V_DEVICE[i] = N_DEVICE[1]; V_STATE[i] = "ONLINE"; V_NOTE[i] = "" }
    else mirror_with(pool, i)
    SCAN[pool] = finished("resilvered")
    measure(pool)
    finish_pools()
}

# The new disk becomes the last of the mirror; a single disk becomes a mirror by it.
function mirror_with(pool, i,   j, at) {
    if (V_GROUP[i] == "-") V_GROUP[i] = "mirror-" place_of(pool, i)
    for (j = 1; j <= NV; j++) if (V_POOL[j] == pool && V_GROUP[j] == V_GROUP[i]) at = j
    add_vdev("", "", "", "", "", "")
    for (j = NV; j > at + 1; j--) {
        V_POOL[j] = V_POOL[j - 1]; V_CLASS[j] = V_CLASS[j - 1]; V_GROUP[j] = V_GROUP[j - 1]
        V_DEVICE[j] = V_DEVICE[j - 1]; V_STATE[j] = V_STATE[j - 1]; V_NOTE[j] = V_NOTE[j - 1]
    }
    V_POOL[at + 1] = pool; V_CLASS[at + 1] = V_CLASS[i]; V_GROUP[at + 1] = V_GROUP[i]
    V_DEVICE[at + 1] = N_DEVICE[1]; V_STATE[at + 1] = "ONLINE"; V_NOTE[at + 1] = ""
}
