# zpool export, zpool import: the datasets of an exported pool wait in a file of their own. zpool labelclear.

function kept_in(pool) { return env("SIM_STATE") "/zfs/exported-" pool }

function zpool_export(   bad, pool) {
    bad = getopts("f", 2)
    if (bad != "") bad_option(bad)
    if (NARG != 1) { err("missing pool argument"); usage() }
    pool = ARG[1]
    if (!known_pool(pool) || !allowed("export", pool)) return
    if (!disable_datasets(pool)) return
    save_state()
    later("$SIM_AWK -F '\t' -v p=" word(pool) " '{ split($2, a, /[\\/@]/); print > (($1 != \"T\" && a[1] == p) ? gone : left) }' gone=" word(kept_in(pool)) " left=" word(STATE_FILE ".left") " " word(STATE_FILE ".new") " && rm -f " word(STATE_FILE ".new") " && mv -f " word(STATE_FILE ".left") " " word(STATE_FILE))
    PSTATE[pool] = "exported"
    if (SHARES_CHANGED) write_shares()
    save_pools()
    run_later()
}

function zpool_import(   bad, i, j, pool) {
    bad = getopts("afNd:o:R:", 2)
    if (bad != "") bad_option(bad)
    if ("R" in OPT || "o" in OPT || NARG > 1) refuse("zpool import -R, -o, new name")
    if (NARG == 0 && !("a" in OPT)) {
        for (i = 1; i <= NPOOL; i++) if (POOL[i] != "" && PSTATE[POOL[i]] == "exported") { if (pool != "") print ""; pool = POOL[i]; show_import(pool) }
        if (pool == "") err("no pools available to import")
        return
    }
    for (i = 1; i <= NPOOL; i++) if (POOL[i] != "" && PSTATE[POOL[i]] == "exported" && ("a" in OPT || ARG[1] == POOL[i] || ARG[1] == PGUID[POOL[i]])) {
        pool = POOL[i]
        PSTATE[pool] = "ACTIVE"
        read_state(kept_in(pool))
        for (j = 1; j <= ND && !("N" in OPT); j++) if (pool_of(ORDER[j]) == pool) mount_and_share(ORDER[j])
        later("rm -f " word(kept_in(pool)))
    }
    if (pool == "") {
        if ("a" in OPT) err("no pools available to import")
        else fail(pool_is(ARG[1]) ? "cannot import '" ARG[1] "': a pool with that name already exists\nuse the form 'zpool import <pool | id> <newpool>' to give it a new name" : "cannot import '" ARG[1] "': no such pool available")
        return
    }
    save_pools()
    commit()
}

function show_import(pool,   i) {
    printf "   pool: %s\n     id: %s\n  state: %s\n action: The pool can be imported using its name or numeric identifier.\n", pool, PGUID[pool], health(pool)
    if ((pool, "comment") in PPROP) print "comment: " PPROP[pool, "comment"]
    print " config:\n"
    make_tree(pool, health(pool), "data cache spares dedup special logs")
    for (i = 1; i <= TREE; i++) {
        if (T_DEPTH[i] == 0 && i > 1) print "\t" T_NAME[i] (T_NAME[i] ~ /^(logs|special|dedup)$/ ? "\t" : "")
        else if (T_CLASS[i] ~ /^(cache|spares)$/) print "\t  " T_NAME[i]
        else printf "\t%" T_DEPTH[i] "s%-" (T_WIDTH - T_DEPTH[i]) "s  %s\n", "", T_NAME[i], T_STATE[i]
    }
}

function zpool_labelclear(   bad, k, i, path) {
    bad = getopts("f", 2)
    if (bad != "") bad_option(bad)
    if (NARG != 1) { err(NARG ? "too many arguments" : "missing vdev name"); usage() }
    k = kernel_name(ARG[1])
    if (k == "") die("failed to find device " ARG[1] ", try specifying absolute path instead", 1)
    if (!allowed("labelclear", ARG[1])) return
    path = substr(ARG[1], 1, 1) == "/" ? ARG[1] : partition_one(device_path(ARG[1]))
    i = user_of(k)
    if (i && PSTATE[V_POOL[i]] != "exported") {
        printf "%s is a member (ACTIVE) of pool \"%s\"%s", path, V_POOL[i], "f" in OPT ? ". Offline the disk first to clear its label." : "" > "/dev/stderr"
        print ""
        quit(1)
    }
    if (!i && !(k in LABEL)) die("failed to read label from " path, 1)
    if (!("f" in OPT)) die("use '-f' to override the following error:\n" path " is a member of " (i ? "exported" : LABEL_STATE[k]) " pool \"" (i ? V_POOL[i] : LABEL[k]) "\"", 1)
    if (i) V_POOL[i] = ""
    delete LABEL[k]
    finish_pools()
}
