# Container configuration files: nodes/NODE/lxc/CTID.conf with [pve:pending] and snapshot sections, property strings, volumes.

function conf_path(id, node) { return env("SIM_PVE") "/nodes/" node "/lxc/" id ".conf" }

# Reads the file of a container of this node into C[key], P[key] (pending), raw lxc lines RAW, snapshots verbatim in TAIL.
function load_ct(id,   path, line, at, key, value, where, found) {
    if (id !~ /^[1-9][0-9]+$/ || id + 0 < 100) param_error("vmid", "invalid format - value does not look like a valid VM ID\n")
    path = conf_path(id, HOME_NODE)
    CT_ID = id; CT_PATH = path; RAW = ""; TAIL = ""; DESCRIPTION = ""; where = "now"
    C_KEYS = ""; P_KEYS = ""; P_DELETE = ""
    while ((getline line < path) > 0) {
        found = 1
        if (line ~ /^\[/) { where = line == "[pve:pending]" ? "pending" : "snapshot" }
        if (where == "snapshot") { TAIL = TAIL line "\n"; continue }
        if (line ~ /^\[/ || line ~ /^[ \t]*$/) continue
        if (line ~ /^#/) { DESCRIPTION = DESCRIPTION substr(line, 2) "\n"; continue }
        at = index(line, ":")
        key = substr(line, 1, at - 1)
        value = substr(line, at + 1)
        sub(/^[ \t]+/, "", value)
        if (key ~ /^lxc\./) { RAW = RAW key ": " value "\n"; continue }
        if (where == "pending") { if (key == "delete") P_DELETE = value; else set_pending(key, value) }
        else set_conf(key, value)
    }
    close(path)
    if (!found && system("test -e " word(path)) != 0) die("Configuration file 'nodes/" HOME_NODE "/lxc/" id ".conf' does not exist", 2)
    if (DESCRIPTION != "") set_conf("description", decode(DESCRIPTION))
}

function set_conf(key, value) { if (!(key in C)) C_KEYS = C_KEYS " " key; C[key] = value }

function set_pending(key, value) { if (!(key in P)) P_KEYS = P_KEYS " " key; P[key] = value }

# Percent encoding of descriptions (PVE::Tools::encode_text).
function decode(text,   out, i, hex) {
    out = ""
    while (match(text, /%[0-9A-Fa-f][0-9A-Fa-f]/)) {
        hex = toupper(substr(text, RSTART + 1, 2))
        out = out substr(text, 1, RSTART - 1) sprintf("%c", (index(HEX, substr(hex, 1, 1)) - 1) * 16 + index(HEX, substr(hex, 2, 1)) - 1)
        text = substr(text, RSTART + 3)
    }
    return out text
}

function encode(text) { gsub(/%/, "%25", text); gsub(/:/, "%3A", text); return text }

function save_ct(   file, k, i, list, lines, text) {
    quorate_or_die()
    drop_used_unused()
    file = CT_PATH ".new"
    printf "" > file
    if ("description" in C) {
        text = C["description"]
        sub(/\n$/, "", text)
        k = split(text, lines, "\n")
        for (i = 1; i <= k; i++) printf "#%s\n", encode(lines[i]) > file
    }
    k = sorted_keys(C_KEYS, list)
    for (i = 1; i <= k; i++) if (list[i] in C && list[i] != "description") printf "%s: %s\n", list[i], C[list[i]] > file
    printf "%s", RAW > file
    k = sorted_keys(P_KEYS, list)
    text = P_DELETE == "" ? "" : "delete: " P_DELETE "\n"
    for (i = 1; i <= k; i++) if (list[i] in P) text = text list[i] ": " P[list[i]] "\n"
    if (text != "") printf "\n[pve:pending]\n%s", text > file
    if (TAIL != "") printf "\n%s", TAIL > file
    close(file)
    if (system("mv -f " word(file) " " word(CT_PATH)) != 0) pve_die("unable to open file '" CT_PATH ".tmp." "' - Permission denied")
}

function drop_used_unused(   k, i, list, used, key) {
    k = split(C_KEYS, list, " ")
    for (i = 1; i <= k; i++) if ((list[i] ~ /^mp[0-9]+$/ || list[i] == "rootfs") && list[i] in C) used[volume_of(C[list[i]])] = 1
    for (i = 1; i <= k; i++) if (list[i] ~ /^unused[0-9]+$/ && list[i] in C && C[list[i]] in used) delete C[list[i]]
}

# -------- property strings: default key without its name first, then required keys, then the others, each in order
function parse_properties(text, default_key,   k, i, list, at, key) {
    split("", PROP); PROP_KEYS = ""
    k = split(text, list, ",")
    for (i = 1; i <= k; i++) {
        at = index(list[i], "=")
        key = at ? substr(list[i], 1, at - 1) : default_key
        PROP_KEYS = PROP_KEYS " " key
        PROP[key] = at ? substr(list[i], at + 1) : list[i]
    }
}

function print_properties(default_key, required,   k, i, list, text) {
    k = sorted_keys(PROP_KEYS, list)
    text = default_key != "" && default_key in PROP ? PROP[default_key] : ""
    for (i = 1; i <= k; i++) if (index(required, " " list[i] " ") && list[i] != list[i - 1] && list[i] in PROP) text = text (text == "" ? "" : ",") list[i] "=" PROP[list[i]]
    for (i = 1; i <= k; i++) if (!index(required, " " list[i] " ") && list[i] != default_key && list[i] != list[i - 1] && list[i] in PROP) text = text (text == "" ? "" : ",") list[i] "=" PROP[list[i]]
    return text
}

function put(key, value) { PROP_KEYS = PROP_KEYS " " key; PROP[key] = value }

# What a property string may say; an unknown key is refused with the words of PVE::JSONSchema.
function check_properties(option, schema, required,   k, i, list) {
    k = split(PROP_KEYS, list, " ")
    for (i = 1; i <= k; i++) if (index(schema, " " list[i] " ") == 0) param_error(option, "invalid format - format error\n" option "." list[i] ": property is not defined in schema and the schema does not allow additional properties\n")
    k = split(required, list, " ")
    for (i = 1; i <= k; i++) if (!(list[i] in PROP)) param_error(option, "invalid format - format error\n" option "." list[i] ": property is missing and it is not optional\n")
}

function check_net(option, value) {
    parse_properties(value, "")
    check_properties(option, " bridge firewall gw gw6 hwaddr ip ip6 link_down mtu name rate tag trunks type ", "name")
    if ("mtu" in PROP && (PROP["mtu"] !~ /^[0-9]+$/ || PROP["mtu"] + 0 < 64 || PROP["mtu"] + 0 > 65535)) param_error(option, "invalid format - format error\n" option ".mtu: value must have a minimum value of 64\n")
    if ("ip" in PROP && PROP["ip"] !~ /^(dhcp|manual|[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+\/[0-9]+)$/) param_error(option, "invalid format - format error\n" option ".ip: invalid format - value does not look like a valid ipv4 network configuration\n")
    if ("hwaddr" in PROP && PROP["hwaddr"] !~ /^[0-9A-Fa-f][02468ACEace](:[0-9A-Fa-f][0-9A-Fa-f]){5}$/ && PROP["hwaddr"] !~ /^[0-9A-Fa-f][02468ACEace]:[0-9A-Fa-f][0-9A-Fa-f]:[0-9A-Fa-f][0-9A-Fa-f]:[0-9A-Fa-f][0-9A-Fa-f]:[0-9A-Fa-f][0-9A-Fa-f]:[0-9A-Fa-f][0-9A-Fa-f]$/) param_error(option, "invalid format - format error\n" option ".hwaddr: invalid format - value does not look like a valid unicast MAC address\n")
    if ("mtu" in PROP && "bridge" in PROP) check_bridge_mtu(option, PROP["mtu"] + 0, PROP["bridge"])
}

function check_bridge_mtu(option, mtu, bridge,   have, command, line) {
    have = ""
    if ((getline have < (ROOT "/sys/class/net/" bridge "/mtu")) <= 0) {
        command = "ip -o link show dev " word(bridge) " 2>/dev/null"
        if ((command | getline line) > 0 && match(line, / mtu [0-9]+/)) have = substr(line, RSTART + 5, RLENGTH - 5)
        close(command)
    } else close(ROOT "/sys/class/net/" bridge "/mtu")
    if (have == "") die("no such bridge '" bridge "'", 2)
    if (mtu > have + 0) pve_die(option ": MTU size '" mtu "' is bigger than bridge MTU '" have + 0 "'")
}

# The network as it is kept: type veth, and a new random MAC address when none was given.
function canonical_net(value,   command, hex) {
    parse_properties(value, "")
    put("type", "veth")
    if (!("hwaddr" in PROP)) {
        hex = env("OFFX_LAB_MAC")
        if (hex == "") {
            command = "od -An -N3 -tx1 /dev/urandom"
            command | getline hex
            close(command)
        }
        gsub(/^ +/, "", hex); gsub(/ +/, ":", hex)
        put("hwaddr", "BC:24:11:" toupper(hex))
    }
    return print_properties("", " name ")
}

function volume_of(text) { parse_properties(text, "volume"); return PROP["volume"] }

function mount_type(volume) { return volume ~ /^\/dev\// ? "device" : volume ~ /^\// ? "bind" : "volume" }

function check_mount(option, value) {
    parse_properties(value, "volume")
    check_properties(option, option == "rootfs" ? " volume size acl mountoptions quota replicate ro shared " : " volume mp size acl backup mountoptions quota replicate ro shared ", option == "rootfs" ? "volume" : "volume mp")
    if ("mp" in PROP && PROP["mp"] !~ /^\//) param_error(option, "invalid format - format error\n" option ".mp: invalid format - Illegal mount point path: '" PROP["mp"] "'\n")
}

function size_text(size) {
    if (size % 1099511627776 == 0) return n(size / 1099511627776) "T"
    if (size % 1073741824 == 0) return n(size / 1073741824) "G"
    if (size % 1048576 == 0) return n(size / 1048576) "M"
    if (size % 1024 == 0) return n(size / 1024) "K"
    return n(size)
}

# -------- storage: what storage.cfg says about an id, and its volumes
function storage_of(id,   i) {
    if (!STORAGE_READ++) load_storage()
    i = section(id)
    if (!i) pve_die("storage '" id "' does not exist")
    if (key_of(i, "disable") == "1") pve_die("storage '" id "' is disabled")
    if (key_of(i, "nodes") != "" && index("," key_of(i, "nodes") ",", "," env("SIM_NODE") ",") == 0) pve_die("storage '" id "' is not available on node '" env("SIM_NODE") "'")
    return i
}

function zfs(words) { return system(word(env("SIM_DIR") "/zfs") " " words " >&2") }

function dataset_of(volume,   at, i) {
    at = index(volume, ":")
    i = storage_of(substr(volume, 1, at - 1))
    return key_of(i, "pool") "/" substr(volume, at + 1)
}

# STORAGE:GiB becomes a new subvol with that refquota, named after the container with the first free number.
function allocate(storage, gib,   i, pool, number, taken, command, line, name, size) {
    i = storage_of(storage)
    if (index("," key_of(i, "content") ",", ",rootdir,") == 0) pve_die("storage '" storage "' does not support container directories")
    if (SEC_TYPE[i] != "zfspool") refuse("volumes on storage of type " SEC_TYPE[i])
    pool = key_of(i, "pool")
    command = word(env("SIM_DIR") "/zfs") " list -H -o name -r -t filesystem,volume " word(pool) " 2>/dev/null"
    while ((command | getline line) > 0) taken[line] = 1
    close(command)
    if (!(pool in taken)) pve_die("could not activate storage '" storage "', zfs error: cannot import '" pool "': no such pool available")
    for (number = 0; (pool "/subvol-" CT_ID "-disk-" number) in taken; number++) continue
    name = "subvol-" CT_ID "-disk-" number
    size = int(gib * 1073741824)
    if (zfs("create -o acltype=posixacl -o xattr=sa " (size > 0 ? "-o refquota=" n(size / 1024) "k " : "") word(pool "/" name)) != 0) pve_die("zfs error: cannot create '" pool "/" name "'")
    NEW_SIZE = size
    return storage ":" name
}

function volume_size(volume,   command, line) {
    command = word(env("SIM_DIR") "/zfs") " get -Hpo value refquota " word(dataset_of(volume)) " 2>/dev/null"
    if ((command | getline line) <= 0) line = ""
    close(command)
    return line
}

# A mount point as it is kept: a new volume is made for STORAGE:GiB, the size of a known one is filled in.
function canonical_mount(option, value,   at, volume, size) {
    parse_properties(value, "volume")
    volume = PROP["volume"]
    if (volume ~ /^[a-zA-Z][a-zA-Z0-9_.-]*:[0-9.]+$/) {
        at = index(volume, ":")
        volume = allocate(substr(volume, 1, at - 1), substr(volume, at + 1) + 0)
        MADE_VOLUMES = MADE_VOLUMES " " volume
        parse_properties(value, "volume")
        PROP["volume"] = volume
        put("size", size_text(NEW_SIZE))
    } else if (mount_type(volume) == "volume") {
        size = volume_size(volume)
        if (size == "") pve_die("volume '" volume "' does not exist")
        parse_properties(value, "volume")
        if (size + 0 > 0) put("size", size_text(size + 0))
    } else if (mount_type(volume) == "bind" && system("test -d " word(ROOT volume)) != 0) pve_die("directory '" volume "' does not exist")
    return print_properties("volume", " mp ")
}

function free_volume(volume) { if (zfs("destroy -r " word(dataset_of(volume))) != 0) pve_die("zfs error: cannot destroy '" dataset_of(volume) "'") }

function add_unused(volume,   number) {
    for (number = 0; ("unused" number) in C; number++) if (C["unused" number] == volume) return
    set_conf("unused" number, volume)
}

BEGIN { HEX = "0123456789ABCDEF"; HOME_NODE = env("SIM_NODE") }
