# zpool create, add, set, destroy.

function set_pool_prop(pool, p, value, creating,   head) {
    head = creating ? "cannot create '" pool "': " : "cannot set property for '" pool "': "
    if (p in POOL_ALIAS) p = POOL_ALIAS[p]
    if (p ~ /^feature@/) refuse("zpool feature properties")
    if (index(" " POOL_PROPS " ", " " p " ") == 0) return fail(head "invalid property '" p "'")
    if (index(" " SETTABLE " ", " " p " ") == 0) return fail(head "'" p "' is readonly")
    if (p ~ /^(autoexpand|autoreplace|autotrim|delegation|listsnapshots|multihost)$/ && value !~ /^(on|off)$/) return fail(head "'" p "' must be one of 'on | off'")
    if (p == "failmode" && value !~ /^(wait|continue|panic)$/) return fail(head "'failmode' must be one of 'wait | continue | panic'")
    if (p == "ashift" && value + 0 != 0 && (value + 0 < 9 || value + 0 > 16)) return fail(head "property 'ashift' number " value " is invalid, only values between 9 and 16 are allowed.")
    PPROP[pool, p] = value
    return 1
}

function zpool_create(   bad, pool, i, k, list, why) {
    bad = getopts("fndo:O:m:R:t:", 2)
    if (bad != "") bad_option(bad)
    if ("R" in OPT || "t" in OPT || "d" in OPT) refuse("zpool create -R, -t, -d")
    k = pool_wanted(list)
    wanted(OPT["O"])
    for (i = 1; i <= NWANT; i++) if (!is_user_prop(WANT_P[i]) && !(WANT_P[i] in KIND && index(TYPES[WANT_P[i]], "f"))) die("property '" WANT_P[i] "' is not a valid filesystem property", 1)
    if (NARG < 1) { err("missing pool name argument"); usage() }
    if (NARG < 2) { err("missing vdev specification"); usage() }
    pool = ARG[1]
    if (pool ~ /\//) { fail("cannot create '" pool "': invalid character '/' in pool name\nuse 'zfs create' to create a dataset"); return }
    if (!allowed("create", pool)) return
    if (!parse_vdevs(2, pool, POOL_WANT["ashift"]) || !devices_free() || !level_matches(pool)) { STATUS = 1; return }
    if ("m" in OPT && OPT["m"] !~ /^(\/.*|legacy|none)$/) die("invalid mountpoint '" OPT["m"] "': must be an absolute path, 'legacy', or 'none'", 1)
    if ("n" in OPT) { print "would create '" pool "' with the following layout:\n"; print_layout(pool, 1); return }
    why = pool_name_wrong(pool)
    if (why != "") { fail("cannot create '" pool "': " why "\npool name may have been omitted"); return }
    for (i = 1; i <= k; i++) if (!set_pool_prop(pool, list[i], POOL_WANT[list[i]], 1)) return
    if ("m" in OPT) { WANT_P[++NWANT] = "mountpoint"; WANT_V[NWANT] = OPT["m"] }
    if (!check_wanted(pool, "f", 1)) return
    if (is_wanted("special_small_blocks") && !has_new("special")) { fail("cannot create '" pool "': special_small_blocks property requires a special vdev"); return }
    if (pool_is(pool)) { fail("cannot create '" pool "': pool already exists"); return }
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

# Pool properties of -o into POOL_WANT[], their names into list.
function pool_wanted(list,   i, k, at, p, given) {
    k = split(OPT["o"], given, "\n")
    for (i = 1; i <= k; i++) {
        at = index(given[i], "=")
        if (!at) die("missing '=' for -o option", 1)
        p = substr(given[i], 1, at - 1)
        list[i] = p in POOL_ALIAS ? POOL_ALIAS[p] : p
        if (index(" " POOL_PROPS " ", " " list[i] " ") == 0 && p !~ /^feature@/) die("property '" p "' is not a valid pool " (is_22() ? "or vdev " : "") "property", 1)
        if (list[i] in POOL_WANT) die("property '" p "' specified multiple times", 1)
        POOL_WANT[list[i]] = substr(given[i], at + 1)
    }
    return k
}

# zpool_name_valid.
function pool_name_wrong(pool) {
    if (match(pool, /[^a-zA-Z0-9_.: -]/)) return "invalid character '" substr(pool, RSTART, 1) "' in pool name"
    if (pool !~ /^[a-zA-Z]/) return "name must begin with a letter"
    return pool ~ /^(mirror|raidz|draid|spare)/ || pool == "log" ? "name is reserved" : ""
}

function has_new(class,   i) {
    for (i = 1; i <= NNEW; i++) if (N_CLASS[i] == class) return 1
    return 0
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
    if (!parse_vdevs(2, pool, OPT["o"] ~ /^ashift=/ ? substr(OPT["o"], 8) : "") || !devices_free() || !level_matches(pool)) { STATUS = 1; return }
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
    if (!disable_datasets(pool)) { fail("could not destroy '" pool "': could not unmount datasets"); return }
    for (i = 1; i <= NLEFT; i++) remove_directory(LEFT[i], LEFT_POINT[LEFT[i]])
    for (i = ND; i >= 1; i--) if (pool_of(ORDER[i]) == pool) forget(ORDER[i])
    for (i = 1; i <= NV; i++) if (V_POOL[i] == pool) V_POOL[i] = ""
    for (i = 1; i <= NPOOL; i++) if (POOL[i] == pool) POOL[i] = ""
    save_pools()
    commit()
}

# zpool_disable_datasets: everything is unshared, then unmounted, the deepest first; what was unmounted before something that is
# busy stays so, with -f too. What stood where is in LEFT[1..NLEFT], LEFT_POINT[].
function disable_datasets(pool,   i, j, name) {
    NLEFT = 0
    for (i = 1; i <= ND; i++) {
        name = ORDER[i]
        if (!(name in MOUNT) || pool_of(name) != pool) continue
        for (j = ++NLEFT; j > 1 && (MOUNT[LEFT[j - 1]] "") < (MOUNT[name] ""); j--) LEFT[j] = LEFT[j - 1]
        LEFT[j] = name
        LEFT_POINT[name] = MOUNT[name]
        unshare(MOUNT[name])
    }
    for (i = 1; i <= NLEFT; i++) {
        if (!can_unmount(LEFT[i])) { commit(); return 0 }
        do_unmount(LEFT[i])
    }
    return 1
}
