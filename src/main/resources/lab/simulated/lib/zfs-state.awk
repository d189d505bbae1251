# The state of all pools and datasets of a node: one flat file, STATE/zfs/datasets, fields separated by TAB.
#   T txg                                            the last transaction group
#   D name f|v|s guid txg time origin defer refer    a filesystem, volume or snapshot
#   P name property value                            set here (local)
#   R name property value                            came with a stream (received), hidden by a P of the same property
#   X name property                                  a received value that `zfs inherit` hides
#   M name path made                                 mounted; whether this program made the directory
#   H snapshot tag time                              a hold
#   A name local|descendent user|group|everyone number permissions       what is delegated; - create, - set @name likewise
# STATE/zfs/usage says how full datasets are: name, bytes referenced, bytes written since the last snapshot.

function load_state() {
    STATE_FILE = env("SIM_STATE") "/zfs/datasets"
    ND = 0; TX = 4
    read_state(STATE_FILE)
}

function read_state(file,   line, f, name) {
    while ((getline line < file) > 0) {
        split(line, f, "\t")
        name = f[2]
        if (f[1] == "P") { LOCAL[name, f[3]] = f[4]; HAS[name] = HAS[name] " " f[3]; LISTED[name, f[3]] = 1 }
        else if (f[1] == "D") {
            ORDER[++ND] = name
            TYPE[name] = f[3]; GUID[name] = f[4]; TXG[name] = f[5]; BORN[name] = f[6]; ORIGIN[name] = f[7]
            DEFER[name] = f[8]; REFER[name] = f[9]
        }
        else if (f[1] == "R") { RECEIVED[name, f[3]] = f[4]; HAS_RECEIVED[name] = HAS_RECEIVED[name] " " f[3] }
        else if (f[1] == "X") MASKED[name, f[3]] = 1
        else if (f[1] == "M") { MOUNT[name] = f[3]; MADE[name] = f[4] }
        else if (f[1] == "H") { HOLD[name, ++HOLDS[name]] = f[3]; HELD_AT[name, HOLDS[name]] = f[4] }
        else if (f[1] == "A") ALLOW[name, ++ALLOWS[name]] = f[3] "\t" f[4] "\t" f[5] "\t" f[6]
        else if (f[1] == "T") TX = f[2]
    }
    close(file)
}

# Lines of STATE/zfs/usage and STATE/zfs/pools, read only when sizes are asked for.
function load_usage(   line, f, file) {
    if (USAGE_READ++) return
    file = env("SIM_STATE") "/zfs/usage"
    while ((getline line < file) > 0) {
        split(line, f, "\t")
        USAGE[f[1]] = f[2]
        if (f[3] != "") WRITTEN[f[1]] = f[3]
    }
    close(file)
    file = env("SIM_STATE") "/zfs/pools"
    while ((getline line < file) > 0) {
        split(line, f, "\t")
        if (f[1] == "pool") POOL_USABLE[f[2]] = f[5]
        if (f[1] == "vdev" && f[3] ~ /^(special|dedup)$/) HAS_SPECIAL[f[2]] = 1
    }
    close(file)
}

function is_after(a, b,   x, y, i, j) {
    i = index(a, "@"); j = index(b, "@")
    x = i ? substr(a, 1, i - 1) : a
    y = j ? substr(b, 1, j - 1) : b
    if (x != y) return (x "") > (y "")
    if (!i) return 0
    if (!j) return 1
    if (TXG[a] + 0 != TXG[b] + 0) return TXG[a] + 0 > TXG[b] + 0
    return (a "") > (b "")
}

# Names in the order of `zfs list`: by name, a dataset's snapshots after it by age. New ones stand at the end, so insertion it is.
function sort_names(   i, j, name) {
    for (i = 2; i <= ND; i++) {
        name = ORDER[i]
        for (j = i - 1; j >= 1 && is_after(ORDER[j], name); j--) ORDER[j + 1] = ORDER[j]
        ORDER[j + 1] = name
    }
}

function save_state(   file, i, j, k, name, list) {
    sort_names()
    file = STATE_FILE ".new"
    printf "T\t%s\n", TX > file
    for (i = 1; i <= ND; i++) {
        name = ORDER[i]
        if (!(name in TYPE) || WRITTEN_OUT[name]++) continue
        printf "D\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", name, TYPE[name], GUID[name], TXG[name], BORN[name], ORIGIN[name], DEFER[name], REFER[name] > file
        k = split(HAS[name], list, " ")
        for (j = 1; j <= k; j++) if ((name, list[j]) in LOCAL) printf "P\t%s\t%s\t%s\n", name, list[j], LOCAL[name, list[j]] > file
        k = split(HAS_RECEIVED[name], list, " ")
        for (j = 1; j <= k; j++) if ((name, list[j]) in RECEIVED) {
            printf "R\t%s\t%s\t%s\n", name, list[j], RECEIVED[name, list[j]] > file
            if ((name, list[j]) in MASKED) printf "X\t%s\t%s\n", name, list[j] > file
        }
        if (name in MOUNT) printf "M\t%s\t%s\t%s\n", name, MOUNT[name], MADE[name] > file
        for (j = 1; j <= HOLDS[name] + 0; j++) if ((name, j) in HOLD) printf "H\t%s\t%s\t%s\n", name, HOLD[name, j], HELD_AT[name, j] > file
        for (j = 1; j <= ALLOWS[name] + 0; j++) if ((name, j) in ALLOW) printf "A\t%s\t%s\n", name, ALLOW[name, j] > file
    }
    close(file)
    SAVED = 1
}

# What every writing command ends with: the new state in place, then its effects on the node.
function commit(   all) {
    save_state()
    LATER = "mv -f " word(STATE_FILE ".new") " " word(STATE_FILE) "\n" LATER
    if (SHARES_CHANGED) write_shares()
    if (MOVED_USAGE != "") later("[ ! -e " word(env("SIM_STATE") "/zfs/usage") " ] || { cd " word(env("SIM_STATE") "/zfs") " && $SIM_AWK -F '\t' -v moves=" word(MOVED_USAGE) " 'BEGIN { OFS = FS; k = split(moves, m, \"\\t\"); for (i = 1; i < k; i += 2) { old[m[i]] = 1; to[m[i]] = m[i + 1] } } $1 in old { if (to[$1] == \"\") next; $1 = to[$1] } { print }' usage >usage.new && mv -f usage.new usage; }")
    run_later()
}

function fs_of(name,   i) { i = index(name, "@"); return i ? substr(name, 1, i - 1) : name }

function pool_of(name) { sub(/[\/@].*/, "", name); return name }

function parent_of(name,   i) {
    if (index(name, "@")) return fs_of(name)
    for (i = length(name); i > 0; i--) if (substr(name, i, 1) == "/") return substr(name, 1, i - 1)
    return ""
}

function is_under(name, top) { return substr(name, 1, length(top) + 1) == top "/" || substr(name, 1, length(top) + 1) == top "@" }

function type_word(t) { return t == "f" ? "filesystem" : t == "v" ? "volume" : "snapshot" }

# Unique among the nodes of a lab: the node's name, the time and the transaction group make it (64 bits, so kept as text).
function new_guid(   i, h, node) {
    node = env("SIM_NODE")
    h = 7
    for (i = 1; i <= length(node); i++) h = (h * 31 + index("abcdefghijklmnopqrstuvwxyz0123456789-", substr(node, i, 1))) % 8999
    return sprintf("%d%09d%06d", 1000 + h, now() % 1000000000, TX % 1000000)
}

function add_dataset(name, t, origin) {
    TX++
    ORDER[++ND] = name
    TYPE[name] = t; GUID[name] = new_guid(); TXG[name] = TX; BORN[name] = now(); ORIGIN[name] = origin
}

function forget(name,   j, k, list) {
    if (!MOVING && TYPE[name] != "") MOVED_USAGE = MOVED_USAGE name "\t\t"
    k = split(HAS[name], list, " ")
    for (j = 1; j <= k; j++) { delete LOCAL[name, list[j]]; delete LISTED[name, list[j]] }
    k = split(HAS_RECEIVED[name], list, " ")
    for (j = 1; j <= k; j++) delete RECEIVED[name, list[j]]
    for (j = 1; j <= HOLDS[name] + 0; j++) delete HOLD[name, j]
    for (j = 1; j <= ALLOWS[name] + 0; j++) delete ALLOW[name, j]
    delete HAS[name]; delete HAS_RECEIVED[name]; delete HOLDS[name]; delete ALLOWS[name]
    delete TYPE[name]; delete MOUNT[name]; delete MADE[name]
}

function set_local(name, p, value) {
    if (!((name, p) in LISTED)) { HAS[name] = HAS[name] " " p; LISTED[name, p] = 1 }
    LOCAL[name, p] = value
}

function set_received(name, p, value) {
    if (!((name, p) in RECEIVED)) HAS_RECEIVED[name] = HAS_RECEIVED[name] " " p
    RECEIVED[name, p] = value
}

# Sets V (the value as kept) and S (the source column) of a property of a dataset.
function look(name, p,   at, t) {
    t = TYPE[name]
    if (is_user_prop(p)) { look_set(name, p, 1); return }
    if (index(TYPES[p], t) == 0) { V = "-"; S = "-"; return }
    if (p == "version") { V = DEFAULT[p]; S = "-"; return }
    if (ATTR[p] == "R") { V = computed(name, p, t); S = "-"; return }
    if (p == "mountpoint") { look_mountpoint(name); return }
    if (p == "volsize" && t == "s") { V = LOCAL[fs_of(name), p]; if (V == "") V = "-"; S = "-"; return }
    look_set(name, p, ATTR[p] == "I" || p == "encryption" || (t == "s" && ATTR[p] == "O"))
    if (ATTR[p] == "O" || ATTR[p] == "E") {
        if (p == "keyformat" && S == "default" && encryption_root(name) != "") V = LOCAL[encryption_root(name), p]
        if (p == "volblocksize" && V == DEFAULT[p]) S = "default"
        else if (S != "default" || p == "utf8only" || p == "normalization" || p == "casesensitivity") S = "-"
    }
}

function look_set(name, p, inherits,   at) {
    for (at = name; at != ""; at = inherits ? parent_of(at) : "") {
        if ((at, p) in LOCAL) { V = LOCAL[at, p]; S = at == name ? "local" : "inherited from " at; return }
        if ((at, p) in RECEIVED && !((at, p) in MASKED)) { V = RECEIVED[at, p]; S = at == name ? "received" : "inherited from " at; return }
    }
    if (is_user_prop(p)) { V = "-"; S = "-"; return }
    V = DEFAULT[p]; S = "default"
}

function look_mountpoint(name,   at, value, found) {
    for (at = name; at != ""; at = parent_of(at)) {
        if ((at, "mountpoint") in LOCAL) { value = LOCAL[at, "mountpoint"]; found = 1; break }
        if ((at, "mountpoint") in RECEIVED && !((at, "mountpoint") in MASKED)) { value = RECEIVED[at, "mountpoint"]; found = 2; break }
    }
    if (!found) { V = "/" name; S = "default"; return }
    V = value
    S = at != name ? "inherited from " at : found == 1 ? "local" : "received"
    if (at != name && value != "none" && value != "legacy") V = (value == "/" ? "" : value) substr(name, length(at) + 1)
}

function value_of(name, p) { look(name, p); return V }

function encryption_root(name,   at) {
    for (at = fs_of(name); at != ""; at = parent_of(at)) if ((at, "keyformat") in LOCAL) return at
    return ""
}

function computed(name, p, t,   root) {
    if (p == "type") return type_word(t)
    if (p == "creation") return BORN[name]
    if (p == "createtxg" || p == "objsetid") return TXG[name]
    if (p == "guid") return GUID[name]
    if (p == "mounted") return name in MOUNT ? "yes" : "no"
    if (p == "origin") return ORIGIN[name] == "" ? "-" : ORIGIN[name]
    if (p == "compressratio" || p == "refcompressratio") return "1.00"
    if (p == "receive_resume_token") return "-"
    if (p == "snapshots_changed") return changed_at(name, t)
    if (p == "userrefs") return count_holds(name)
    if (p == "defer_destroy") return DEFER[name] == 1 ? "on" : "off"
    if (p == "clones") return clones_of(name) == "" ? "-" : clones_of(name)
    if (p == "encryptionroot" || p == "keystatus") {
        root = encryption_root(name)
        if (root == "") return "-"
        if (p == "encryptionroot") return root
        return key_unloaded(root) ? "unavailable" : "available"
    }
    return space(name, p, t)
}

# Not a property of ZFS: how this program remembers that a key was unloaded.
function key_unloaded(root) { return ((root, "offx.lab:key") in LOCAL) && LOCAL[root, "offx.lab:key"] == "unloaded" }

function changed_at(name, t,   i, last) {
    if (t == "s") return "-"
    for (i = 1; i <= ND; i++) if (TYPE[ORDER[i]] == "s" && fs_of(ORDER[i]) == name && BORN[ORDER[i]] > last) last = BORN[ORDER[i]]
    return last == "" ? "-" : last
}

function count_holds(name,   j, c) {
    c = 0
    for (j = 1; j <= HOLDS[name] + 0; j++) if ((name, j) in HOLD) c++
    return c
}

function clones_of(snapshot,   i, all) {
    all = ""
    for (i = 1; i <= ND; i++) if (ORIGIN[ORDER[i]] == snapshot && ORDER[i] in TYPE) all = all (all == "" ? "" : ",") ORDER[i]
    return all
}
