# zfs destroy, in the order of libzfs (zfs_iter_dependents): what stands below a dataset, deepest first, then its snapshots, and
# the clones of a snapshot before it. The real order of brothers is that of a hash; here it is that of their names.

function dependents(name) { NDEP = 0; split("", VISITED); visit(name, 1) }

function visit(name, first,   i, k, list) {
    if (VISITED[name]++) return
    k = 0
    if (TYPE[name] == "s") {
        for (i = 1; i <= ND; i++) if (ORDER[i] in TYPE && ORIGIN[ORDER[i]] == name) list[++k] = ORDER[i]
    } else {
        for (i = 1; i <= ND; i++) if (ORDER[i] in TYPE && TYPE[ORDER[i]] != "s" && parent_of(ORDER[i]) == name) list[++k] = ORDER[i]
        for (i = 1; i <= ND; i++) if (TYPE[ORDER[i]] == "s" && fs_of(ORDER[i]) == name) list[++k] = ORDER[i]
    }
    for (i = 1; i <= k; i++) visit(list[i], 0)
    if (!first) DEP[++NDEP] = name
}

# destroy_check_dependent: says what is in the way of a target without -r or -R.
function nothing_in_the_way(target,   i, below, any) {
    dependents(target)
    for (i = 1; i <= NDEP; i++) {
        below = is_under(DEP[i], target)
        if (below ? "r" in OPT : !("r" in OPT) && TYPE[target] != "s") continue
        if (!any++) {
            err("cannot destroy '" target "': " type_word(TYPE[target]) " has " (below ? "children" : "dependent clones"))
            err("use '-" (below ? "r" : "R") "' to destroy the following datasets:")
            STATUS = 1
        }
        err(DEP[i])
    }
    return !any
}

function say_destroyed(name) { if ("v" in OPT) print ("p" in OPT ? "destroy\t" : "n" in OPT ? "would destroy " : "will destroy ") name }

function zfs_destroy(   bad, name, i, k, list) {
    bad = getopts("vpndfrR", 2)
    if (bad != "") bad_option(bad)
    if ("R" in OPT) OPT["r"] = 1
    if ("p" in OPT) OPT["v"] = 1
    if (NARG == 0) { err("missing dataset argument"); usage() }
    if (NARG > 1) { err("too many arguments"); usage() }
    name = ARG[1]
    if (index(name, "#")) refuse("bookmarks")
    if (name ~ /@.*[,%]/) refuse("destroy of lists and ranges of snapshots")
    if (index(name, "@")) { destroy_snapshots(name); return }
    if ("d" in OPT) { fail("cannot open '" name "': missing '@' delimiter in snapshot name"); return }
    if (!(name in TYPE)) { fail("cannot open '" name "': " missing_why(name)); return }
    if (!may_write(name, "destroy")) return
    if (index(name, "/") == 0 && !("r" in OPT)) {
        err("cannot destroy '" name "': operation does not apply to pools")
        err("use 'zfs destroy -r " name "' to destroy all datasets in the pool")
        fail("use 'zpool destroy " name "' to destroy the pool itself")
        return
    }
    if (!("R" in OPT) && !nothing_in_the_way(name)) return
    dependents(name)
    k = NDEP
    for (i = 1; i <= k; i++) list[i] = DEP[i]
    list[++k] = name
    NBATCH = 0
    for (i = 1; i <= k; i++) if (!destroy_one(list[i]) && !("r" in OPT)) break
    if (!("n" in OPT)) { destroy_batch(0); TX++; commit() }
}

# destroy_callback: neighbouring snapshots go together, and what cannot go does not stop the rest of a recursive destroy.
function destroy_one(name) {
    say_destroyed(name)
    if ("n" in OPT || index(name, "/") == 0 && TYPE[name] == "f") return 1
    if (TYPE[name] == "s") { BATCH[++NBATCH] = name; return 1 }
    if (!destroy_batch(0)) return 0
    if (name in MOUNT && !can_unmount(name)) return 0
    if (has_dependents(name)) return fail("cannot destroy '" name "': dataset is busy")
    remove_mount(name)
    forget(name)
    return 1
}

function has_dependents(name,   i) {
    for (i = 1; i <= ND; i++) if (ORDER[i] in TYPE && is_under(ORDER[i], name)) return 1
    return 0
}

# All of them or none, as in one transaction.
function destroy_batch(defer,   i, wrong) {
    for (i = 1; i <= NBATCH && !defer; i++) {
        if (clones_of(BATCH[i]) != "") wrong = !fail("cannot destroy snapshot " BATCH[i] ": snapshot is cloned")
        else if (count_holds(BATCH[i]) > 0 || is_busy(BATCH[i])) wrong = !fail("cannot destroy snapshot " BATCH[i] ": dataset is busy")
    }
    for (i = 1; i <= NBATCH && !wrong; i++) {
        if (clones_of(BATCH[i]) != "" || count_holds(BATCH[i]) > 0) DEFER[BATCH[i]] = 1
        else forget(BATCH[i])
    }
    NBATCH = 0
    return !wrong
}

function destroy_snapshots(name,   i, j, k, list, fs, snap, freed, wrong, all, m) {
    fs = fs_of(name); snap = substr(name, index(name, "@"))
    if (!(fs in TYPE)) { fail("cannot open '" fs "': dataset does not exist"); return }
    if (!may_write(name, "destroy")) return
    load_usage()
    for (i = 1; i <= ND; i++) {
        if (TYPE[ORDER[i]] == "s" || (ORDER[i] != fs && !("r" in OPT && is_under(ORDER[i], fs))) || !((ORDER[i] snap) in TYPE)) continue
        list[++k] = ORDER[i] snap
        if (!("R" in OPT) && !("d" in OPT) && !nothing_in_the_way(list[k])) wrong = 1
        say_destroyed(list[k])
        freed += USAGE[list[k]]
    }
    if (wrong) return
    if (k == 0) { fail("could not find any snapshots to destroy; check snapshot names."); return }
    if ("v" in OPT) print ("p" in OPT ? "reclaim\t" n(freed + 0) : ("n" in OPT ? "would reclaim " : "will reclaim ") nice(freed + 0, "B"))
    if ("n" in OPT) return
    NBATCH = 0
    for (i = 1; i <= k && "R" in OPT; i++) {
        dependents(list[i])
        m = NDEP
        for (j = 1; j <= m; j++) all[j] = DEP[j]
        for (j = 1; j <= m; j++) if (!destroy_one(all[j])) wrong = 1
    }
    if (!wrong && destroy_batch(0)) {
        for (i = 1; i <= k; i++) BATCH[++NBATCH] = list[i]
        destroy_batch("d" in OPT)
    }
    TX++
    commit()
}
