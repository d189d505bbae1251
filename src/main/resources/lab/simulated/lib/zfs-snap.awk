# zfs snapshot, rollback, clone, promote, hold, release, holds.

function zfs_snapshot(   bad, i, j, name, k, list, wrong) {
    bad = getopts("ro:", 2)
    if (bad != "") bad_option(bad)
    if (NARG == 0) { err("missing snapshot argument"); usage() }
    wanted(OPT["o"])
    for (i = 1; i <= NARG; i++) {
        name = ARG[i]
        if (!index(name, "@")) usage()
        if (!openable(fs_of(name), "fv")) usage()
        if (!may_write(name, "create snapshot")) return
        list[++k] = name
        if ("r" in OPT) for (j = 1; j <= ND; j++) if (TYPE[ORDER[j]] != "s" && is_under(ORDER[j], fs_of(name))) list[++k] = ORDER[j] substr(name, index(name, "@"))
    }
    wrong = 0
    for (i = 1; i <= k && !wrong; i++) wrong = !name_ok(list[i], "create snapshot", "s")
    for (i = 1; i <= NWANT && !wrong; i++) if (!is_user_prop(WANT_P[i])) wrong = !fail("cannot create snapshots : this property can not be modified for snapshots")
    if (!wrong) for (i = 1; i <= k; i++) if (list[i] in TYPE) wrong = !fail("cannot create snapshot '" list[i] "': dataset already exists")
    if (wrong) { if ("r" in OPT || NARG > 1) err("no snapshots were created"); return }
    load_usage()
    for (i = 1; i <= k; i++) {
        REFER[list[i]] = n(referenced(fs_of(list[i]), TYPE[fs_of(list[i])]))
        add_dataset(list[i], "s", "")
        if (i > 1) { TX--; TXG[list[i]] = TX }
        for (j = 1; j <= NWANT; j++) set_local(list[i], WANT_P[j], WANT_V[j])
    }
    TX++
    commit()
}

function zfs_rollback(   bad, name, fs, i, k, list, c) {
    bad = getopts("rRf", 2)
    if (bad != "") bad_option(bad)
    if ("R" in OPT) OPT["r"] = 1
    if (NARG == 0) { err("missing dataset argument"); usage() }
    name = ARG[1]
    if (!openable(name, "s")) return
    if (!may_write(name, "rollback")) return
    fs = fs_of(name)
    for (i = 1; i <= ND; i++) if (TYPE[ORDER[i]] == "s" && fs_of(ORDER[i]) == fs && is_after(ORDER[i], name)) list[++k] = ORDER[i]
    if (k > 0 && !("r" in OPT)) {
        err("cannot rollback to '" name "': more recent snapshots or bookmarks exist")
        err("use '-r' to force deletion of the following snapshots and bookmarks:")
        for (i = 1; i <= k; i++) err(list[i])
        STATUS = 1
        return
    }
    for (i = 1; i <= k; i++) {
        if (clones_of(list[i]) != "" && !("R" in OPT)) {
            err("cannot rollback to '" name "': clones of previous snapshots exist")
            err("use '-R' to force deletion of the following clones and dependents:")
            err(clones_of(list[i]))
            STATUS = 1
            return
        }
        if (clones_of(list[i]) != "") refuse("zfs rollback -R")
        if (count_holds(list[i]) > 0) { fail("cannot destroy '" list[i] "': dataset is busy"); return }
    }
    for (i = 1; i <= k; i++) forget(list[i])
    TX++
    set_usage(fs, REFER[name], 0)
    commit()
}

# After a rollback or a receive a dataset holds what the snapshot held.
function set_usage(name, refer, since,   file) {
    file = env("SIM_STATE") "/zfs/usage"
    later("touch " word(file) "; { grep -v " word("^" name "	") " " word(file) "; printf '%s\\t%s\\t%s\\n' " word(name) " " word(refer + 0) " " word(since) "; } >" word(file ".new") "; mv -f " word(file ".new") " " word(file))
}

function zfs_clone(   bad, from, to) {
    bad = getopts("po:", 2)
    if (bad != "") bad_option(bad)
    if (NARG < 1) { err("missing source dataset argument"); usage() }
    if (NARG < 2) { err("missing target dataset argument"); usage() }
    if (NARG > 2) { err("too many arguments"); usage() }
    from = ARG[1]; to = ARG[2]
    wanted(OPT["o"])
    if (!openable(from, "s")) return
    if ("p" in OPT && to in TYPE && TYPE[to] != "s") return
    if ("p" in OPT && pool_of(to) in TYPE && !make_ancestors(parent_of(to))) return
    if (!name_ok(to, "create", "fv") || !parents_ok(to) || !may_write(to, "create")) return
    if (!check_wanted(to, TYPE[fs_of(from)], 1)) return
    if (pool_of(from) != pool_of(to)) { fail("cannot create '" to "': source and target pools differ"); return }
    if (to in TYPE) { fail("cannot create '" to "': dataset already exists"); return }
    add_dataset(to, TYPE[fs_of(from)], from)
    grant_created(to)
    apply_wanted(to)
    if (TYPE[to] == "v") {
        set_local(to, "volsize", LOCAL[fs_of(from), "volsize"])
        if ((fs_of(from), "volblocksize") in LOCAL) set_local(to, "volblocksize", LOCAL[fs_of(from), "volblocksize"])
    } else mount_and_share(to)
    commit()
}

function zfs_promote(   name, from, old, i, snap, k, list) {
    if (getopts("", 2) != "" || NARG != 1) { err(NARG == 0 ? "missing clone filesystem argument" : "too many arguments"); usage() }
    name = ARG[1]
    if (!openable(name, "fv")) return
    from = ORIGIN[name]
    if (from == "") { fail("cannot promote '" name "': not a cloned filesystem"); return }
    old = fs_of(from)
    for (i = 1; i <= ND; i++) if (TYPE[ORDER[i]] == "s" && fs_of(ORDER[i]) == old && TXG[ORDER[i]] + 0 <= TXG[from] + 0) list[++k] = i
    for (i = 1; i <= k; i++) {
        snap = name substr(ORDER[list[i]], length(old) + 1)
        if (snap in TYPE) { fail("cannot promote '" name "': conflicting snapshot '" ORDER[list[i]] "' from parent '" old "'"); return }
    }
    ORIGIN[name] = ORIGIN[old]
    ORIGIN[old] = from
    for (i = 1; i <= k; i++) move_dataset(list[i], name substr(ORDER[list[i]], length(old) + 1))
    TX++
    commit()
}

function zfs_hold(adding,   bad, tag, i, j, name, k) {
    bad = getopts(adding ? "rt" : "r", 2)
    if (bad != "") bad_option(bad)
    if ("t" in OPT) refuse("zfs hold -t")
    if (NARG < 2) usage()
    tag = ARG[1]
    if (adding && substr(tag, 1, 1) == ".") { err("tag may not start with '.'"); usage() }
    for (i = 2; i <= NARG; i++) {
        name = ARG[i]
        if (!index(name, "@")) { fail("'" name "' is not a snapshot"); continue }
        if (!openable(fs_of(name), "fv")) continue
        k += hold_below(name, tag, adding)
    }
    if (k) commit()
}

# The snapshot and, with -r, those of that name below: all of them get the tag, or none.
function hold_below(name, tag, adding,   i, k, list, snap, wrong, any) {
    snap = substr(name, index(name, "@"))
    for (i = 1; i <= ND; i++) {
        if (ORDER[i] != name && !("r" in OPT && TYPE[ORDER[i]] == "s" && is_under(ORDER[i], fs_of(name)) && ORDER[i] == fs_of(ORDER[i]) snap)) continue
        any = 1
        if (adding || hold_at(ORDER[i], tag)) list[++k] = ORDER[i]
    }
    if (!k) {
        fail("cannot " (adding ? "hold" : "release hold from") " snapshot '" name "': " (any ? "no such tag on this dataset" : "dataset does not exist"))
        return 0
    }
    for (i = 1; i <= k && adding; i++) if (hold_at(list[i], tag)) wrong = !fail("cannot hold snapshot '" list[i] "': tag already exists on this dataset")
    for (i = 1; i <= k && !wrong; i++) {
        if (adding) { HOLD[list[i], ++HOLDS[list[i]]] = tag; HELD_AT[list[i], HOLDS[list[i]]] = now(); continue }
        delete HOLD[list[i], hold_at(list[i], tag)]
        if (DEFER[list[i]] == 1 && count_holds(list[i]) == 0 && clones_of(list[i]) == "") forget(list[i])
    }
    return !wrong
}

function hold_at(name, tag,   j) {
    for (j = 1; j <= HOLDS[name] + 0; j++) if ((name, j) in HOLD && HOLD[name, j] == tag) return j
    return 0
}

function zfs_holds(   bad, i, j, name, rows, hp, when, any) {
    bad = getopts("rHp", 2)
    if (bad != "") bad_option(bad)
    if ("r" in OPT) refuse("zfs holds -r")
    if (NARG < 1) usage()
    hp[1] = "name"; hp[2] = "tag"; hp[3] = "timestamp"
    for (i = 1; i <= NARG; i++) {
        name = ARG[i]
        if (!index(name, "@")) { fail("'" name "' is not a snapshot"); continue }
        if (!(name in TYPE)) { fail("cannot open '" name "': dataset does not exist"); continue }
        for (j = 1; j <= HOLDS[name] + 0; j++) {
            if (!((name, j) in HOLD)) continue
            any = 1
            when = "p" in OPT ? HELD_AT[name, j] : strftime("%a %b %e %k:%M %Y", HELD_AT[name, j])
            if ("H" in OPT) { print name "\t" HOLD[name, j] "\t" when; continue }
            rows++
            CELL[rows, 1] = name; CELL[rows, 2] = HOLD[name, j]; CELL[rows, 3] = when
            if (length(name) > WIDTH[1]) WIDTH[1] = length(name)
            if (length(HOLD[name, j]) > WIDTH[2]) WIDTH[2] = length(HOLD[name, j])
        }
    }
    if (rows) print_columns(rows, hp, 3)
    if (!any) err("no datasets available")
}
