# zfs snapshot, destroy, rollback, clone, promote, hold, release, holds.

function zfs_snapshot(   bad, i, j, name, made, k, list) {
    bad = getopts("ro:", 2)
    if (bad != "") bad_option(bad)
    if (NARG == 0) { err("missing snapshot argument"); usage() }
    wanted(OPT["o"])
    for (i = 1; i <= NARG; i++) {
        name = ARG[i]
        if (!index(name, "@")) { fail("cannot create snapshot '" name "': missing '@' delimiter in snapshot name"); return }
        if (!name_ok(name, "create snapshot")) return
        if (!(fs_of(name) in TYPE)) { fail("cannot open '" fs_of(name) "': dataset does not exist"); usage() }
        if (!may_write(name, "create snapshot")) return
        list[++k] = name
        if ("r" in OPT) for (j = 1; j <= ND; j++) if (TYPE[ORDER[j]] != "s" && is_under(ORDER[j], fs_of(name))) list[++k] = ORDER[j] substr(name, index(name, "@"))
    }
    for (i = 1; i <= NWANT; i++) if (!is_user_prop(WANT_P[i])) { fail("cannot create snapshots: this property can not be modified for snapshots"); return }
    for (i = 1; i <= k; i++) if (list[i] in TYPE) { fail("cannot create snapshot '" list[i] "': dataset already exists"); err("no snapshots were created"); return }
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

# What hangs on a dataset: DEP[1..NDEP] its children and snapshots, deepest last; CLONE[1..NCLONE] clones outside of it.
function dependents(name,   i, o) {
    NDEP = 0; NCLONE = 0
    for (i = 1; i <= ND; i++) if (ORDER[i] in TYPE && is_under(ORDER[i], name)) DEP[++NDEP] = ORDER[i]
    for (i = 1; i <= ND; i++) {
        if (!(ORDER[i] in TYPE)) continue
        o = ORIGIN[ORDER[i]]
        if (o != "" && (o == name || is_under(o, name)) && !is_under(ORDER[i], name) && ORDER[i] != name) CLONE[++NCLONE] = ORDER[i]
    }
}

function zfs_destroy(   bad, name, i, k, list, freed) {
    bad = getopts("vpndfrR", 2)
    if (bad != "") bad_option(bad)
    if ("R" in OPT) OPT["r"] = 1
    if (NARG == 0) { err("missing dataset argument"); usage() }
    if (NARG > 1) { err("too many arguments"); usage() }
    name = ARG[1]
    if (index(name, "#")) refuse("bookmarks")
    if (name ~ /@.*[,%]/) refuse("destroy of lists and ranges of snapshots")
    if (index(name, "@")) { destroy_snapshot(name); return }
    if ("d" in OPT) { err("-d can only be used to destroy snapshots"); usage() }
    if (!(name in TYPE)) { fail("cannot open '" name "': " missing_why(name)); return }
    if (!may_write(name, "destroy")) return
    if (index(name, "/") == 0) {
        err("cannot destroy '" name "': operation does not apply to pools")
        err("use 'zfs destroy -r " name "' to destroy all datasets in the pool")
        fail("use 'zpool destroy " name "' to destroy the pool itself")
        return
    }
    dependents(name)
    if (NDEP > 0 && !("r" in OPT)) {
        err("cannot destroy '" name "': " type_word(TYPE[name]) " has children")
        err("use '-r' to destroy the following datasets:")
        for (i = 1; i <= NDEP; i++) err(DEP[i])
        STATUS = 1
        return
    }
    if (NCLONE > 0 && !("R" in OPT)) {
        err("cannot destroy '" name "': " type_word(TYPE[name]) " has dependent clones")
        err("use '-R' to destroy the following datasets:")
        for (i = 1; i <= NCLONE; i++) err(CLONE[i])
        STATUS = 1
        return
    }
    k = 0
    for (i = NCLONE; i >= 1; i--) list[++k] = CLONE[i]
    for (i = NDEP; i >= 1; i--) list[++k] = DEP[i]
    list[++k] = name
    sum_up()
    destroy_all(list, k, n(USED[name]))
}

function destroy_all(list, k, freed,   i, held) {
    for (i = 1; i <= k; i++) {
        if ("v" in OPT) print ("p" in OPT ? "destroy\t" : "n" in OPT ? "would destroy " : "will destroy ") list[i]
        if (count_holds(list[i]) > 0 || is_busy(list[i]) || (list[i] in MOUNT && is_busy(MOUNT[list[i]]))) held = list[i]
    }
    if ("v" in OPT) print ("p" in OPT ? "reclaim\t" freed : ("n" in OPT ? "would reclaim " : "will reclaim ") nice(freed + 0, "B"))
    if ("n" in OPT) return
    if (held != "") {
        if (TYPE[held] == "s") fail("cannot destroy snapshot " held ": dataset is busy")
        else fail("cannot " (held in MOUNT ? "unmount '" MOUNT[held] "': pool or dataset is busy" : "destroy '" held "': dataset is busy"))
        return
    }
    for (i = 1; i <= k; i++) { remove_mount(list[i]); forget(list[i]) }
    TX++
    commit()
}

function destroy_snapshot(name,   i, k, list, fs, snap, freed) {
    fs = fs_of(name); snap = substr(name, index(name, "@"))
    if (!(fs in TYPE)) { fail("cannot open '" fs "': dataset does not exist"); return }
    if (!may_write(name, "destroy")) return
    k = 0
    for (i = 1; i <= ND; i++)
        if (ORDER[i] == name || ("r" in OPT && is_under(ORDER[i], fs) && substr(ORDER[i], length(fs_of(ORDER[i])) + 1) == snap)) list[++k] = ORDER[i]
    if (k == 0) { fail("could not find any snapshots to destroy; check snapshot names."); return }
    dependents(name)
    if (NCLONE > 0 && "d" in OPT && !("n" in OPT)) { DEFER[name] = 1; commit(); return }
    if (NCLONE > 0 && !("R" in OPT)) {
        err("cannot destroy '" name "': snapshot has dependent clones")
        err("use '-R' to destroy the following datasets:")
        for (i = 1; i <= NCLONE; i++) err(CLONE[i])
        STATUS = 1
        return
    }
    if ("d" in OPT && count_holds(name) > 0) { DEFER[name] = 1; commit(); return }
    load_usage()
    for (i = 1; i <= k; i++) freed += USAGE[list[i]]
    for (i = 1; i <= NCLONE; i++) { list[k + i] = list[i]; list[i] = CLONE[i] }
    destroy_all(list, k + NCLONE, n(freed))
}

function zfs_rollback(   bad, name, fs, i, k, list, c) {
    bad = getopts("rRf", 2)
    if (bad != "") bad_option(bad)
    if ("R" in OPT) OPT["r"] = 1
    if (NARG == 0) { err("missing dataset argument"); usage() }
    name = ARG[1]
    if (!(name in TYPE)) { fail("cannot open '" name "': " missing_why(name)); return }
    if (TYPE[name] != "s") { fail("cannot open '" name "': operation not applicable to datasets of this type"); return }
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
    bad = getopts("pu" "o:", 2)
    if (bad != "") bad_option(bad)
    if (NARG < 1) { err("missing source dataset argument"); usage() }
    if (NARG < 2) { err("missing target dataset argument"); usage() }
    if (NARG > 2) { err("too many arguments"); usage() }
    from = ARG[1]; to = ARG[2]
    wanted(OPT["o"])
    if (!(from in TYPE)) { fail("cannot open '" from "': " missing_why(from)); return }
    if (TYPE[from] != "s") { fail("cannot open '" from "': operation not applicable to datasets of this type"); return }
    if (!name_ok(to, "create")) return
    if (!may_write(to, "create")) return
    if (pool_of(from) != pool_of(to)) { fail("cannot create '" to "': source and target pools differ"); return }
    if (!check_wanted(to, TYPE[fs_of(from)], 1)) return
    if (to in TYPE) { if (!("p" in OPT)) fail("cannot create '" to "': dataset already exists"); return }
    if (!(parent_of(to) in TYPE)) {
        if (!("p" in OPT)) { fail("cannot create '" to "': parent does not exist"); return }
        if (!make_ancestors(parent_of(to))) return
    }
    add_dataset(to, TYPE[fs_of(from)], from)
    apply_wanted(to)
    if (TYPE[to] == "v") {
        set_local(to, "volsize", LOCAL[fs_of(from), "volsize"])
        if ((fs_of(from), "volblocksize") in LOCAL) set_local(to, "volblocksize", LOCAL[fs_of(from), "volblocksize"])
    } else if (!("u" in OPT)) mount_if_meant(to)
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

function zfs_hold(adding,   bad, tag, i, j, name, at, k) {
    bad = getopts("r", 2)
    if (bad != "") bad_option(bad)
    if ("r" in OPT) refuse("zfs hold/release -r")
    if (NARG < 2) usage()
    tag = ARG[1]
    if (adding && substr(tag, 1, 1) == ".") { err("tag may not start with '.'"); usage() }
    for (i = 2; i <= NARG; i++) {
        name = ARG[i]
        if (!index(name, "@")) { fail("'" name "' is not a snapshot"); continue }
        if (!(name in TYPE)) {
            fail(fs_of(name) in TYPE ? "cannot " (adding ? "hold" : "release hold from") " snapshot '" name "': dataset does not exist" : "cannot open '" fs_of(name) "': dataset does not exist")
            continue
        }
        at = 0
        for (j = 1; j <= HOLDS[name] + 0; j++) if (HOLD[name, j] == tag) at = j
        if (adding && at) { fail("cannot hold snapshot '" name "': tag already exists on this dataset"); continue }
        if (!adding && !at) { fail("cannot release hold from snapshot '" name "': no such tag on this dataset"); continue }
        if (adding) { HOLD[name, ++HOLDS[name]] = tag; HELD_AT[name, HOLDS[name]] = now() }
        else { delete HOLD[name, at]; if (DEFER[name] == 1 && count_holds(name) == 0 && clones_of(name) == "") forget(name) }
        k++
    }
    if (k) commit()
}

function zfs_holds(   bad, i, j, name, rows, hp, when) {
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
            when = "p" in OPT ? HELD_AT[name, j] : strftime("%a %b %e %k:%M %Y", HELD_AT[name, j])
            if ("H" in OPT) { print name "\t" HOLD[name, j] "\t" when; continue }
            rows++
            CELL[rows, 1] = name; CELL[rows, 2] = HOLD[name, j]; CELL[rows, 3] = when
            if (length(name) > WIDTH[1]) WIDTH[1] = length(name)
            if (length(HOLD[name, j]) > WIDTH[2]) WIDTH[2] = length(HOLD[name, j])
        }
    }
    if (rows) print_columns(rows, hp, 3)
}
