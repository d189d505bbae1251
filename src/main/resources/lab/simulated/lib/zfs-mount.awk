# Mounting: where datasets stand in the file system, and what changes of properties and names do to that.
# A mounted dataset is a directory that this program made; it is emptied and removed with the dataset, and moved with its mount point.

# Whether the mount point is a directory now; asked once a path.
function is_dir(path) {
    if (!(path in IS_DIR)) IS_DIR[path] = system("test -d " word(ROOT path)) == 0
    return IS_DIR[path]
}

function mount_if_meant(name) {
    if (TYPE[name] != "f" || name in MOUNT) return
    if (value_of(name, "canmount") != "on") return
    look(name, "mountpoint")
    if (V == "none" || V == "legacy" || value_of(name, "keystatus") == "unavailable") return
    do_mount(name, value_of(name, "mountpoint"))
}

# zfs_mount_and_share, for what appears or was away: mounting alone shares nothing.
function mount_and_share(name) {
    mount_if_meant(name)
    share(name)
}

function do_mount(name, path) {
    MOUNT[name] = path
    if (!(name in MADE)) MADE[name] = is_dir(path) ? 0 : 1
    IS_DIR[path] = 1
    later("mkdir -p " word(ROOT path))
}

function do_unmount(name) {
    unshare(MOUNT[name])
    delete MOUNT[name]
}

# Whether a dataset below another takes a property from it.
function inherits_from(name, top, p,   at) {
    for (at = name; at != top; at = parent_of(at)) if ((at, p) in LOCAL || ((at, p) in RECEIVED && !((at, p) in MASKED))) return 0
    return 1
}

# changelist_prefix of libzfs: what changes its place is unmounted first, deepest first, and everything stays where one is busy.
# That is what takes its mount point from above, or, with every, all that stands below.
function may_leave(top, every,   i, name, list, k) {
    for (i = ND; i >= 1; i--) {
        name = ORDER[i]
        if (name in MOUNT && (name == top || (is_under(name, top) && (every || inherits_from(name, top, "mountpoint"))))) list[++k] = name
    }
    return can_unmount_all(list, k)
}

# Nobody may work in what is unmounted, and nothing may be mounted in it that is not unmounted before.
function can_unmount_all(list, k,   i, j, busy, gone) {
    for (i = 1; i <= k; i++) {
        busy = is_busy(MOUNT[list[i]])
        for (j = 1; j <= ND; j++) if (ORDER[j] in MOUNT && !(ORDER[j] in gone) && index(MOUNT[ORDER[j]], MOUNT[list[i]] "/") == 1) busy = 1
        if (busy) return fail("cannot unmount '" MOUNT[list[i]] "': pool or dataset is busy")
        gone[list[i]] = 1
    }
    return 1
}

# before_change and after_change stand around everything that can move mount points or shares of a dataset and of those below it.
function before_change(top,   i, name) {
    NBEFORE = 0
    look(top, "mountpoint")
    WAS_LEGACY = (V == "none" || V == "legacy") && value_of(top, "canmount") != "noauto"
    for (i = 1; i <= ND; i++) {
        name = ORDER[i]
        if (TYPE[name] != "f" || (name != top && !is_under(name, top))) continue
        BEFORE_AT[++NBEFORE] = i
        BEFORE_POINT[i] = value_of(name, "mountpoint")
    }
}

# changelist_postfix. share_set: sharenfs is what was set, so all that take it from here are shared anew.
function after_change(top, leave, share_set,   j, i, name, point, can, shared) {
    for (j = 1; j <= NBEFORE && !leave; j++) {
        i = BEFORE_AT[j]
        name = ORDER[i]
        point = value_of(name, "mountpoint")
        can = value_of(name, "canmount")
        shared = share_set && inherits_from(name, top, "sharenfs")
        if (name in MOUNT && (can == "off" || (point != BEFORE_POINT[i] && (point == "none" || point == "legacy")))) do_unmount(name)
        else if (name in MOUNT && point != MOUNT[name] && point != "legacy") { move_mount(name, point); shared = 1 }
        else if (!(name in MOUNT) && point != BEFORE_POINT[i] && (WAS_LEGACY || value_of(name, "sharenfs") != "off")) { mount_if_meant(name); shared = 1 }
        else if (!(name in MOUNT) && shared && value_of(name, "sharenfs") != "off") mount_if_meant(name)
        if (shared) share(name)
    }
}

function move_mount(name, point,   old) {
    old = MOUNT[name]
    unshare(old)
    MOUNT[name] = point
    if (is_dir(point) || MADE[name] != 1) { later("mkdir -p " word(ROOT point)); return }
    IS_DIR[point] = 1
    later("[ ! -d " word(ROOT old) " ] || [ -e " word(ROOT point) " ] || { mkdir -p " word(ROOT parent_dir(point)) " && mv " word(ROOT old) " " word(ROOT point) "; }; mkdir -p " word(ROOT point))
}

function parent_dir(path) { sub(/\/[^\/]*$/, "", path); return path == "" ? "/" : path }

function can_unmount(name,   list) { list[1] = name; return can_unmount_all(list, 1) }

# The directory of a destroyed dataset goes with its contents, when this program made it and nothing else is mounted below.
function remove_mount(name,   path) {
    if (!(name in MOUNT)) return
    path = MOUNT[name]
    do_unmount(name)
    remove_directory(name, path)
}

function remove_directory(name, path,   i) {
    if (MADE[name] != 1 || path == "/" || path !~ /^\/[^\/]+/) return
    for (i = 1; i <= ND; i++) if (ORDER[i] in MOUNT && substr(MOUNT[ORDER[i]], 1, length(path) + 1) == path "/") return
    later("rm -rf " word(ROOT path))
}

function zfs_mount(   bad, i, name) {
    bad = getopts("aflvO" "o:", 2)
    if (bad != "") bad_option(bad)
    if ("a" in OPT) {
        for (i = 1; i <= ND; i++) mount_if_meant(ORDER[i])
        commit()
        return
    }
    if (NARG == 0) {
        for (i = 1; i <= ND; i++) if (ORDER[i] in MOUNT) printf "%-30s  %s\n", ORDER[i], MOUNT[ORDER[i]]
        return
    }
    if (NARG > 1) { err("too many arguments"); usage() }
    name = ARG[1]
    if (!openable(name, "f")) return
    look(name, "mountpoint")
    if (V == "legacy") { err("cannot mount '" name "': legacy mountpoint"); fail("use mount(8) to mount this filesystem"); return }
    if (V == "none") { fail("cannot mount '" name "': no mountpoint set"); return }
    if (value_of(name, "canmount") == "off") { fail("cannot mount '" name "': 'canmount' property is set to 'off'"); return }
    if (value_of(name, "keystatus") == "unavailable") { fail("cannot mount '" name "': encryption key not loaded"); return }
    if (name in MOUNT) { fail("cannot mount '" name "': filesystem already mounted"); return }
    do_mount(name, value_of(name, "mountpoint"))
    commit()
}

function openable(name, types,   why) {
    why = name_wrong(name, types, 0)
    if (why == "" && !(name in TYPE)) why = "dataset does not exist"
    if (why != "") return fail("cannot open '" name "': " why)
    if (!index(types, TYPE[name])) return fail("cannot open '" name "': operation not applicable to datasets of this type")
    return 1
}

function zfs_unmount(   bad, i, name) {
    bad = getopts("afu", 2)
    if (bad != "") bad_option(bad)
    if ("a" in OPT) {
        for (i = ND; i >= 1; i--) if (ORDER[i] in MOUNT && value_of(ORDER[i], "canmount") != "noauto" && can_unmount(ORDER[i])) do_unmount(ORDER[i])
        commit()
        return
    }
    if (NARG == 0) { err("missing filesystem argument"); usage() }
    if (NARG > 1) { err("too many arguments"); usage() }
    name = resolve(ARG[1])
    if (substr(name, 1, 1) == "/") { unmount_path(name); return }
    if (!openable(name, "f")) return
    if (value_of(name, "mountpoint") == "legacy") {
        err("cannot unmount '" name "': legacy mountpoint")
        fail("use umount(8) to unmount this filesystem")
        return
    }
    if (!(name in MOUNT)) { fail("cannot unmount '" name "': not currently mounted"); return }
    if (!may_leave(name, 1)) return
    for (i = ND; i >= 1; i--) if (ORDER[i] in MOUNT && (ORDER[i] == name || is_under(ORDER[i], name))) do_unmount(ORDER[i])
    commit()
}

# What is no mount point of ZFS; of what is not there at all the kernel is asked, which says so too.
function unmount_path(path) {
    if (system("test -e " word(ROOT path)) == 0) { fail("cannot unmount '" path "': not a ZFS filesystem"); return }
    err("cannot open '" path "': No such file or directory")
    err("warning: " path " not in/proc/self/mounts")
    fail(path ": No such file or directory")
}

# A test says in STATE/zfs/busy which paths or datasets are in use.
function is_busy(path,   line, file, found) {
    file = env("SIM_STATE") "/zfs/busy"
    while ((getline line < file) > 0) if (line == path) found = 1
    close(file)
    return found
}
