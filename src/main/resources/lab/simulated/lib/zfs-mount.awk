# Mounting and sharing: where datasets stand in the file system, and what zfs shares by NFS.
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

function do_mount(name, path,   old) {
    MOUNT[name] = path
    if (!(name in MADE)) MADE[name] = is_dir(path) ? 0 : 1
    IS_DIR[path] = 1
    later("mkdir -p " word(ROOT path))
    if (value_of(name, "sharenfs") != "off") SHARES_CHANGED = 1
}

function do_unmount(name) {
    if (value_of(name, "sharenfs") != "off") SHARES_CHANGED = 1
    WAS_MOUNT[name] = MOUNT[name]
    delete MOUNT[name]
}

# before_change and after_change stand around everything that can move mount points or shares of a dataset and of those below it.
function before_change(top,   i, name) {
    NBEFORE = 0
    for (i = 1; i <= ND; i++) {
        name = ORDER[i]
        if (TYPE[name] != "f" || (name != top && !is_under(name, top))) continue
        BEFORE_AT[++NBEFORE] = i
        BEFORE_POINT[i] = value_of(name, "mountpoint")
        BEFORE_SHARE[i] = value_of(name, "sharenfs")
    }
}

function after_change(top, leave,   j, i, name, point, can) {
    for (j = 1; j <= NBEFORE; j++) {
        i = BEFORE_AT[j]
        name = ORDER[i]
        point = value_of(name, "mountpoint")
        can = value_of(name, "canmount")
        if (value_of(name, "sharenfs") != BEFORE_SHARE[i]) SHARES_CHANGED = 1
        if (leave) continue
        if (name in MOUNT && (can == "off" || (point != BEFORE_POINT[i] && (point == "none" || point == "legacy")))) { do_unmount(name); continue }
        if (name in MOUNT && point != MOUNT[name] && point != "legacy") { move_mount(name, point); continue }
        if (!(name in MOUNT) && can == "on" && point != BEFORE_POINT[i]) mount_if_meant(name)
    }
}

function move_mount(name, point,   old) {
    old = MOUNT[name]
    if (value_of(name, "sharenfs") != "off") SHARES_CHANGED = 1
    MOUNT[name] = point
    if (is_dir(point) || MADE[name] != 1) { later("mkdir -p " word(ROOT point)); return }
    IS_DIR[point] = 1
    later("[ ! -d " word(ROOT old) " ] || [ -e " word(ROOT point) " ] || { mkdir -p " word(ROOT parent_dir(point)) " && mv " word(ROOT old) " " word(ROOT point) "; }; mkdir -p " word(ROOT point))
}

function parent_dir(path) { sub(/\/[^\/]*$/, "", path); return path == "" ? "/" : path }

# unmount_one: nobody may work in it, and nothing may be mounted in it.
function can_unmount(name,   i, busy) {
    busy = is_busy(MOUNT[name])
    for (i = 1; i <= ND; i++) if (ORDER[i] in MOUNT && index(MOUNT[ORDER[i]], MOUNT[name] "/") == 1) busy = 1
    return busy ? fail("cannot unmount '" MOUNT[name] "': pool or dataset is busy") : 1
}

# The directory of a destroyed dataset goes with its contents, when this program made it and nothing else is mounted below.
function remove_mount(name,   i, path) {
    if (!(name in MOUNT)) return
    path = MOUNT[name]
    do_unmount(name)
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
        for (i = 1; i <= ND; i++) if (ORDER[i] in MOUNT) do_unmount(ORDER[i])
        commit()
        return
    }
    if (NARG == 0) { err("missing filesystem argument"); usage() }
    if (NARG > 1) { err("too many arguments"); usage() }
    name = resolve(ARG[1])
    if (substr(name, 1, 1) == "/") { fail("cannot unmount '" name "': not a ZFS filesystem"); return }
    if (!openable(name, "f")) return
    if (value_of(name, "mountpoint") == "legacy") {
        err("cannot unmount '" name "': legacy mountpoint")
        fail("use umount(8) to unmount this filesystem")
        return
    }
    if (!(name in MOUNT)) { fail("cannot unmount '" name "': not currently mounted"); return }
    for (i = ND; i >= 1; i--) if ((ORDER[i] == name || is_under(ORDER[i], name)) && ORDER[i] in MOUNT && is_busy(MOUNT[ORDER[i]])) { fail("cannot unmount '" MOUNT[ORDER[i]] "': pool or dataset is busy"); return }
    for (i = 1; i <= ND; i++) if (is_under(ORDER[i], name) && ORDER[i] in MOUNT) do_unmount(ORDER[i])
    do_unmount(name)
    commit()
}

# A test says in STATE/zfs/busy which paths or datasets are in use.
function is_busy(path,   line, file, found) {
    file = env("SIM_STATE") "/zfs/busy"
    while ((getline line < file) > 0) if (line == path) found = 1
    close(file)
    return found
}

function zfs_share(   bad, name) {
    bad = getopts("al", 2)
    if (bad != "") bad_option(bad)
    if (NARG == 1) {
        name = ARG[1]
        if (!openable(name, "f")) return
        if (value_of(name, "sharenfs") == "off") {
            err("cannot share '" name "': legacy share")
            fail("use exports(5) or smb.conf(5) to share this filesystem, or set the sharenfs or sharesmb property")
            return
        }
        if (!(name in MOUNT)) mount_if_meant(name)
    } else if (!("a" in OPT)) { err("missing filesystem argument"); usage() }
    SHARES_CHANGED = 1
    commit()
}

# The table as libshare writes it; exportfs then reads it, as the real library has it done.
function write_shares(   i, name, file, value) {
    file = ROOT "/etc/exports.d/zfs.exports"
    later("mkdir -p " word(ROOT "/etc/exports.d"))
    SHARE_TEXT = "# !!! DO NOT EDIT THIS FILE MANUALLY !!!\n\n"
    for (i = 1; i <= ND; i++) {
        name = ORDER[i]
        if (TYPE[name] != "f" || !(name in MOUNT)) continue
        value = value_of(name, "sharenfs")
        if (value != "off") SHARE_TEXT = SHARE_TEXT share_lines(MOUNT[name], value)
    }
    later("printf %s " word(SHARE_TEXT) " >" word(file ".new") " && mv -f " word(file ".new") " " word(file))
    later(word(env("SIM_DIR") "/exportfs") " -ra >/dev/null 2>&1 || :") # libshare does not look at the answer
}

# libzfs hands on -1.
function key_fails(text) { fail(text); STATUS = 255 }

function zfs_key(load,   bad, name, at, path, k, line) {
    bad = getopts("anrL:", 2)
    if (bad != "") bad_option(bad)
    if ("a" in OPT || "r" in OPT || "n" in OPT) refuse("zfs load-key/unload-key -a, -r, -n")
    if (NARG != 1) { err(NARG == 0 ? "Missing dataset argument or -a option" : "Cannot specify multiple datasets"); usage() }
    name = ARG[1]
    if (!openable(name, "fv")) return
    at = encryption_root(name)
    if (at == "") { key_fails("Key " (load ? "load" : "unload") " error: '" name "' is not encrypted."); return }
    if (at != name) { key_fails("Key " (load ? "load" : "unload") " error: Keys must be " (load ? "loaded" : "unloaded") " for encryption root of '" name "' (" at ")."); return }
    k = key_unloaded(name)
    if (load && !k) { key_fails("Key load error: Key already loaded for '" name "'."); return }
    if (!load && k) { key_fails("Key unload error: Key already unloaded for '" name "'."); return }
    if (!load && name in MOUNT) { key_fails("Key unload error: '" name "' is busy."); return }
    path = "L" in OPT ? OPT["L"] : LOCAL[name, "keylocation"]
    # A passphrase is not kept, so any that could be one opens.
    if (load && path == "prompt") {
        if ((getline line < "-") <= 0 || length(line) < 8) { key_fails("Key load error: Passphrase too short (min 8)."); return }
    } else if (load && path !~ /^file:\/\//) refuse("keys that are neither in a file nor asked for")
    else if (load && !key_file_ok(path, LOCAL[name, "keyformat"], "Key load error")) { STATUS = 255; return }
    if (load) delete LOCAL[name, "offx.lab:key"]
    else set_local(name, "offx.lab:key", "unloaded")
    commit()
}
