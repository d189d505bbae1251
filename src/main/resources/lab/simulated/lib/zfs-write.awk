# zfs create, set, inherit, rename, and the checks that they share.

# zfs_validate_name and entity_namecheck of libzfs: why this is no name for datasets of these types; "" when it is one.
function name_wrong(name, types, modifying,   rest, part, at, end, found) {
    if (!index(types, "s") && index(name, "@")) return "snapshot delimiter '@' is not expected here"
    if (types == "s" && !index(name, "@")) return "missing '@' delimiter in snapshot name"
    if (index(name, "#")) return "bookmark delimiter '#' is not expected here"
    if (modifying && index(name, "%")) return "invalid character % in name"
    if (length(name) > 255) return "name is too long"
    if (substr(name, 1, 1) == "/") return "leading slash in name"
    if (name == "") return "empty component or misplaced '@' or '#' delimiter in name"
    for (rest = name; ; rest = substr(rest, at + 1)) {
        at = match(rest, /[\/@]/)
        part = at ? substr(rest, 1, at - 1) : rest
        end = at ? substr(rest, at, 1) : ""
        if (!at && part == "" && substr(name, length(name)) == "/") return "trailing slash in name"
        if (match(part, /[^a-zA-Z0-9_.: %-]/)) return "invalid character '" substr(part, RSTART, 1) "' in name"
        if (part == "." && end != "@") return "self reference, '.' is found in name"
        if (part == ".." && end != "@") return "parent reference, '..' is found in name"
        if (end == "@" && found++) return "multiple '@' and/or '#' delimiters in name"
        if (part == "") return "empty component or misplaced '@' or '#' delimiter in name"
        if (!at) return ""
        if (end == "/" && found) return "trailing slash in name"
    }
}

function name_ok(name, what, types,   why) {
    why = name_wrong(name, types, 1)
    return why == "" ? 1 : fail("cannot " what " '" name "': " why)
}

# check_parents of libzfs, which says "create" whatever it is asked for.
function parents_ok(name,   parent) {
    parent = parent_of(name)
    if (parent == "") return fail("cannot create '" name "': missing dataset name")
    if (!(pool_of(name) in TYPE)) return fail("cannot create '" name "': no such pool '" pool_of(name) "'")
    if (!(parent in TYPE)) return fail("cannot create '" name "': parent does not exist")
    if (TYPE[parent] == "v") return fail("cannot create '" name "': parent is not a filesystem")
    return 1
}

function fail(text) { err(text); STATUS = 1; return 0 }

# The state belongs to root, as /dev/zfs does for everything that writes.
function may_write(name, what) {
    if (env("SIM_MAY_WRITE") == "1") return 1
    return fail("cannot " what " '" name "': permission denied")
}

# Splits "k=v" lines of -o into WANT_P[1..NWANT], WANT_V[].
function wanted(text,   i, k, list, at, p, given) {
    NWANT = 0
    if (text == "") return
    k = split(text, list, "\n")
    for (i = 1; i <= k; i++) {
        at = index(list[i], "=")
        if (!at) wanted_wrong("missing '=' for property=value argument")
        p = substr(list[i], 1, at - 1)
        if (given[p]++) wanted_wrong("property '" p "' specified multiple times")
        p = real_name(p)
        WANT_P[++NWANT] = p
        WANT_V[NWANT] = substr(list[i], at + 1)
    }
}

# What each command makes of a property=value that parseprop does not take.
function wanted_wrong(text) {
    if (COMMAND ~ /^rec/) { err(text); usage() }
    die(text, COMMAND == "set" ? 255 : 1)
}

# Canonical values of WANT into WANT_C[]; says why not (0). creating: properties that can only be set then are allowed.
function check_wanted(name, t, creating,   i, p, head) {
    head = creating ? "cannot create '" name "': " : "cannot set property for '" name "': "
    for (i = 1; i <= NWANT; i++) {
        p = WANT_P[i]
        if (!(p in KIND) && !is_user_prop(p)) return fail(head "invalid property '" p "'")
        if (t == "s" && !is_user_prop(p)) return fail(head "this property can not be modified for snapshots")
        if (!is_user_prop(p) && !index(TYPES[p], t)) return fail(head "'" p "' does not apply to datasets of this type")
        if (ATTR[p] == "R" || ((ATTR[p] == "O" || ATTR[p] == "E") && !creating)) return fail(head "'" p "' is readonly")
        WANT_C[i] = canonical(p, WANT_V[i], t)
        load_usage()
        if (p == "special_small_blocks" && pool_of(name) in TYPE && !HAS_SPECIAL[pool_of(name)]) err(p ": property requires a special device in the pool") # and set it is
        if (WHY != "") return fail(head WHY)
        if (!creating && !fits(name, t, p, WANT_C[i])) return fail(head WHY)
    }
    return 1
}

# What the kernel checks against what is there.
function fits(name, t, p, value,   v) {
    WHY = ""
    load_usage(); sum_up()
    v = value + 0
    if (p == "quota" && v > 0 && (v < USED[name] || v < own(name, "reservation"))) WHY = "size is less than current used or reserved space"
    if (p == "refquota" && v > 0 && (v < referenced(name, t) || v < own(name, "refreservation"))) WHY = "size is less than current used or reserved space"
    if ((p == "reservation" || p == "refreservation") && value != "auto" && v > USED[name] + available(name)) WHY = "size is greater than available space"
    if (p == "volsize") {
        look(name, "volblocksize")
        if (v == 0) WHY = "'volsize' cannot be zero"
        else if (v % V != 0) WHY = "'volsize' must be a multiple of volume block size (" nice(V + 0, "B") ")"
    }
    if (p == "keylocation") {
        if (encryption_root(name) == "" && value != "none") WHY = "keylocation must be 'none' for unencrypted datasets"
        else if (encryption_root(name) != "" && value == "none") WHY = "keylocation must not be 'none' for encrypted datasets"
        else if (encryption_root(name) != "" && encryption_root(name) != name) WHY = "keylocation may only be set on encryption roots"
    }
    return WHY == ""
}

# zvol_volsize_to_reservation of libzfs: the data and the indirect blocks over it, these twice.
function thick(name, size,   blocks, numdb) {
    look(name, "volblocksize")
    blocks = int(size / V)
    for (numdb = 7; blocks > 1; numdb += blocks) blocks = int((blocks + 1023) / 1024)
    return size + numdb * 2 * 131072
}

# What the kernel finds out when the dataset is there, and takes it away again.
function room_for(name,   at, wrong) {
    sum_up()
    wrong = USED[pool_of(name)] > POOL_USABLE[pool_of(name)]
    for (at = name; at != ""; at = parent_of(at)) if (own(at, "quota") > 0 && USED[at] > own(at, "quota")) wrong = 1
    return wrong ? fail("cannot create '" name "': out of space") : 1
}

function apply_wanted(name,   i, p, value) {
    for (i = 1; i <= NWANT; i++) {
        p = WANT_P[i]; value = WANT_C[i]
        if (p == "refreservation" && value == "auto") value = n(thick(name, LOCAL[name, "volsize"]))
        if (p == "volsize" && own(name, "refreservation") > 0) set_local(name, "refreservation", n(thick(name, value + 0)))
        set_local(name, p, value)
    }
}

function zfs_create(   bad, name, t) {
    bad = getopts("psunvPV:b:o:", 2)
    if (bad != "") bad_option(bad)
    if ("n" in OPT || "v" in OPT || "P" in OPT) refuse("zfs create -n, -v, -P")
    t = "V" in OPT ? "v" : "f"
    if (t == "f" && ("s" in OPT || "b" in OPT)) { err("'-s' and '-b' can only be used when creating a volume"); usage() }
    if (NARG == 0) { err("missing " (t == "v" ? "volume" : "filesystem") " argument"); usage() }
    if (NARG > 1) { err("too many arguments"); usage() }
    name = ARG[1]
    wanted(OPT["o"])
    if (t == "v") {
        VOLUME_SIZE = bytes(OPT["V"])
        if (VOLUME_SIZE < 0) { err("bad volume size '" OPT["V"] "': " WHY); quit(1) }
        WANT_P[++NWANT] = "volsize"; WANT_V[NWANT] = OPT["V"]
        if ("b" in OPT) { WANT_P[++NWANT] = "volblocksize"; WANT_V[NWANT] = OPT["b"] }
    }
    if (t == "v" && !(pool_of(name) in TYPE)) { fail("cannot open '" pool_of(name) "': no such pool"); return }
    if (t == "v" && !check_wanted(name, t, 1)) return
    if ("p" in OPT && name in TYPE && TYPE[name] == t) return
    if (!name_ok(name, "create", "fv") || !may_write(name, "create")) return
    if ("p" in OPT && pool_of(name) in TYPE && !make_ancestors(parent_of(name))) return
    if (!parents_ok(name)) return
    if (name in TYPE) { fail("cannot create '" name "': dataset already exists"); return }
    if (!check_wanted(name, t, 1) || !check_keys(name)) return
    if (t == "v" && VOLUME_SIZE == 0) { fail("cannot create '" name "': volume size cannot be zero"); return }
    add_dataset(name, t, "")
    grant_created(name)
    apply_wanted(name)
    if (t == "v") finish_volume(name)
    if (!room_for(name)) return
    if (t == "v") { commit(); return }
    if (!("u" in OPT)) mount_and_share(name)
    commit()
}

# zfs_crypto_create of libzfs: what keys need.
function check_keys(name,   i, p, crypt, format, place, any) {
    crypt = encryption_root(parent_of(name)) != "" ? "on" : "off"
    for (i = 1; i <= NWANT; i++) {
        p = WANT_P[i]
        if (p == "encryption") crypt = WANT_C[i]
        if (p == "keyformat") format = WANT_C[i]
        if (p == "keylocation") place = WANT_C[i]
        if (p ~ /^(keyformat|keylocation|pbkdf2iters)$/) any = 1
    }
    if (crypt == "off") return any ? fail("cannot create '" name "': Encryption must be turned on to set encryption properties.") : 1
    if (format == "" && (place != "" || encryption_root(parent_of(name)) == "")) return fail("cannot create '" name "': Keyformat required for new encryption root.")
    if (format == "") return 1
    if (place == "" || place == "prompt") return key_given_ok(name, format)
    if (place !~ /^file:/) refuse("keys from the network")
    return key_file_ok(place, format, "cannot create '" name "'")
}

# From standard input, which is no terminal here. The key itself is not kept: it opens nothing.
function key_given_ok(name, format,   line, i) {
    if (format != "passphrase") refuse("keys other than passphrases on standard input")
    if ((getline line < "-") <= 0) line = ""
    for (i = 1; i <= NWANT && WANT_P[i] != "keylocation"; i++) continue
    WANT_P[i] = "keylocation"; WANT_C[i] = "prompt"
    if (i > NWANT) NWANT = i
    if (length(line) < 8) return fail("cannot create '" name "': Passphrase too short (min 8).")
    if (length(line) > 512) return fail("cannot create '" name "': Passphrase too long (max 512).")
    return 1
}

function key_file_ok(place, format, head,   command, size) {
    sub(/^file:\/\//, "", place)
    command = "wc -c 2>/dev/null <" word(ROOT place)
    command | getline size
    close(command)
    if (size == "") return fail(head ": Failed to open key material file: No such file or directory")
    if (format == "raw" && size + 0 != 32) return fail(head ": Raw key too " (size + 0 < 32 ? "short" : "long") " (expected 32).")
    return 1
}

function make_ancestors(name) {
    if (name == "" || name in TYPE) return 1
    if (!make_ancestors(parent_of(name)) || !parents_ok(name)) return 0
    add_dataset(name, "f", "")
    grant_created(name)
    mount_and_share(name)
    return 1
}

function finish_volume(name,   size, bs) {
    look(name, "volblocksize"); bs = V + 0
    size = LOCAL[name, "volsize"] + 0
    if (size % bs) size = (int(size / bs) + 1) * bs
    set_local(name, "volsize", n(size))
    if (!("s" in OPT) && !((name, "refreservation") in LOCAL)) set_local(name, "refreservation", n(thick(name, size)))
}

function zfs_set(   bad, i, j, k, name, props) {
    bad = getopts(is_22() ? "u" : "", 2)
    if (bad != "") bad_option(bad)
    if (NARG == 0) { err("missing arguments"); usage() }
    if (NARG == 1) { err(index(ARG[1], "=") ? "missing dataset name(s)" : "missing property=value argument(s)"); usage() }
    props = ""
    for (i = 1; i <= NARG && index(ARG[i], "="); i++) props = props (i > 1 ? "\n" : "") ARG[i]
    if (i > NARG) { err("missing dataset name(s)"); usage() }
    for (j = i; j <= NARG; j++) if (index(ARG[j], "=")) { err("invalid argument order"); usage() }
    wanted(props)
    for (j = i; j <= NARG; j++) {
        name = resolve(ARG[j])
        if (!(name in TYPE)) { fail("cannot open '" ARG[j] "': " missing_why(name)); continue }
        if (!may_write(name, "set property for")) continue
        if (!check_wanted(name, TYPE[name], 0) || (!("u" in OPT) && !may_change_place(name))) continue
        before_change(name)
        apply_wanted(name)
        after_change(name, "u" in OPT, is_wanted("sharenfs"))
        k++
    }
    if (k) commit()
}

function is_wanted(p,   i) {
    for (i = 1; i <= NWANT; i++) if (WANT_P[i] == p) return i
    return 0
}

# Canmount moves a dataset only where it becomes `off`.
function may_change_place(name,   i) {
    i = is_wanted("canmount")
    return is_wanted("mountpoint") || (i && WANT_C[i] == "off" && name in MOUNT) ? may_leave(name, 0) : 1
}

function zfs_inherit(   bad, i, p, name, j, k) {
    bad = getopts("rS", 2)
    if (bad != "") bad_option(bad)
    if (NARG == 0) { err("missing property argument"); usage() }
    if (NARG == 1) { err("missing dataset argument"); usage() }
    p = real_name(ARG[1])
    if (p in KIND) {
        if (ATTR[p] == "R" || ATTR[p] == "O" || ATTR[p] == "E") die(p " property is read-only", 1)
        if (ATTR[p] != "I" && !("S" in OPT)) {
            err("'" p "' property cannot be inherited")
            if (p ~ /^(quota|reservation|refquota|refreservation)$/) {
                err("use 'zfs set " p "=none' to clear")
                err("use 'zfs inherit -S " p "' to revert to received value")
            }
            quit(1)
        }
        if ("S" in OPT && p == "volsize") die("'volsize' property cannot be reverted to a received value", 1)
    } else if (!is_user_prop(p)) { err("invalid property '" p "'"); usage() }
    for (i = 2; i <= NARG; i++) {
        name = resolve(ARG[i])
        if (!(name in TYPE)) { fail("cannot open '" ARG[i] "': " missing_why(name)); continue }
        for (j = 1; j <= ND; j++) {
            if (ORDER[j] != name && !("r" in OPT && is_under(ORDER[j], name))) continue
            if (!is_user_prop(p) && !index(TYPES[p], TYPE[ORDER[j]])) {
                if (ORDER[j] == name) fail("cannot inherit " p " for '" name "': property doesn't apply to datasets of this type")
                continue
            }
            k += inherit_one(ORDER[j], p)
        }
    }
    if (k) commit()
}

function inherit_one(name, p) {
    if (p == "mountpoint" && !may_leave(name, 0)) return 0
    before_change(name)
    delete LOCAL[name, p]
    if ("S" in OPT) delete MASKED[name, p]
    else if ((name, p) in RECEIVED) MASKED[name, p] = 1
    after_change(name, 0, p == "sharenfs")
    return 1
}

function zfs_rename(   bad, old, new, i, k, list) {
    bad = getopts("fpru", 2)
    if (bad != "") bad_option(bad)
    if (NARG == 0) { err("missing source dataset argument"); usage() }
    if (NARG == 1) { err("missing target dataset argument"); usage() }
    if (NARG > 2) { err("too many arguments"); usage() }
    old = ARG[1]; new = ARG[2]
    if ("r" in OPT && !index(old, "@")) { err("source dataset for recursive rename must be a snapshot"); usage() }
    if (!(old in TYPE)) { fail("cannot open '" old "': dataset does not exist"); return }
    if (TYPE[old] == "s") { rename_snapshot(old, new); return }
    if ("p" in OPT && pool_of(new) in TYPE && !make_ancestors(parent_of(new))) return
    if (new == old) { if ("p" in OPT) commit(); return }
    if (!name_ok(new, "rename to", "fv") || !parents_ok(new)) return
    if (pool_of(old) != pool_of(new)) { fail("cannot rename to '" new "': datasets must be within same pool"); return }
    if (is_under(new, old)) { fail("cannot rename to '" new "': New dataset name cannot be a descendant of current dataset name"); return }
    if (new in TYPE) { fail("cannot rename '" old "': dataset already exists"); return }
    if (!("u" in OPT) && !may_leave(old, 1)) return
    before_change(old)
    k = 0
    for (i = 1; i <= ND; i++) if (ORDER[i] == old || is_under(ORDER[i], old)) list[++k] = i
    for (i = 1; i <= k; i++) move_dataset(list[i], new substr(ORDER[list[i]], length(old) + 1))
    after_change(new, "u" in OPT, 0)
    commit()
}

function rename_snapshot(old, new,   i, k, list, fs, was, becomes, why) {
    if (new == old) return
    if (!index(new, "@")) new = fs_of(old) "@" new
    else if (substr(new, 1, 1) == "@") new = fs_of(old) new
    else if (fs_of(old) != fs_of(new)) { fail("cannot rename to '" new "': snapshots must be part of same dataset"); return }
    why = name_wrong(new, "s", 1)
    if (why != "") { fail("cannot rename to '" ARG[2] "': " why); return }
    was = substr(old, index(old, "@")); becomes = substr(new, index(new, "@"))
    for (i = 1; i <= ND; i++) {
        fs = fs_of(ORDER[i])
        if (ORDER[i] != old && !("r" in OPT && TYPE[ORDER[i]] == "s" && is_under(fs, fs_of(old)) && ORDER[i] == fs was)) continue
        if ((fs becomes) in TYPE) { fail("cannot rename '" ORDER[i] "': " ("r" in OPT ? "a child dataset already has a snapshot with the new name" : "dataset already exists")); return }
        list[++k] = i
    }
    for (i = 1; i <= k; i++) move_dataset(list[i], fs_of(ORDER[list[i]]) becomes)
    commit()
}

# The same dataset under another name: everything that is kept by name follows.
function move_dataset(at, new,   old, j, k, list) {
    old = ORDER[at]
    ORDER[at] = new
    TYPE[new] = TYPE[old]; GUID[new] = GUID[old]; TXG[new] = TXG[old]; BORN[new] = BORN[old]
    ORIGIN[new] = ORIGIN[old]; DEFER[new] = DEFER[old]; REFER[new] = REFER[old]
    k = split(HAS[old], list, " ")
    for (j = 1; j <= k; j++) if ((old, list[j]) in LOCAL) set_local(new, list[j], LOCAL[old, list[j]])
    k = split(HAS_RECEIVED[old], list, " ")
    for (j = 1; j <= k; j++) if ((old, list[j]) in RECEIVED) set_received(new, list[j], RECEIVED[old, list[j]])
    for (j = 1; j <= HOLDS[old] + 0; j++) if ((old, j) in HOLD) { HOLD[new, ++HOLDS[new]] = HOLD[old, j]; HELD_AT[new, HOLDS[new]] = HELD_AT[old, j] }
    for (j = 1; j <= ALLOWS[old] + 0; j++) if ((old, j) in ALLOW) ALLOW[new, ++ALLOWS[new]] = ALLOW[old, j]
    if (old in MOUNT) { MOUNT[new] = MOUNT[old]; MADE[new] = MADE[old] }
    for (j = 1; j <= ND; j++) if (ORIGIN[ORDER[j]] == old) ORIGIN[ORDER[j]] = new
    MOVED_USAGE = MOVED_USAGE old "\t" new "\t"
    MOVING = 1
    forget(old)
    MOVING = 0
}
