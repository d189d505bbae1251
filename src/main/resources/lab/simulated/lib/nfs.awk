# The client's side of NFS: mount, umount, findmnt, mountpoint and showmount, for what the lab's nodes export to each other.
# STATE/nfs-mounts: source, target, fstype, options, separated by TAB. Exports: SHARED/exports/NODE, with the node's addresses.

function load_mounts(   line, f) {
    MOUNTS_FILE = env("SIM_STATE") "/nfs-mounts"
    while ((getline line < MOUNTS_FILE) > 0) {
        split(line, f, "\t")
        NM++
        M_SOURCE[NM] = f[1]; M_TARGET[NM] = f[2]; M_TYPE[NM] = f[3]; M_OPTIONS[NM] = f[4]
    }
    close(MOUNTS_FILE)
}

function save_mounts(   i, file) {
    file = MOUNTS_FILE ".new"
    printf "" > file
    for (i = 1; i <= NM; i++) if (M_TARGET[i] != "") printf "%s\t%s\t%s\t%s\n", M_SOURCE[i], M_TARGET[i], M_TYPE[i], M_OPTIONS[i] > file
    close(file)
    system("mv -f " word(file) " " word(MOUNTS_FILE))
}

function mounted_at(target,   i, found) { for (i = 1; i <= NM; i++) if (M_TARGET[i] == target) found = i; return found }

function address_of(host,   line, k, i, f, found) {
    if (host ~ /^[0-9.]+$/) return host
    while ((getline line < (ROOT "/etc/hosts")) > 0) {
        sub(/#.*/, "", line)
        k = split(line, f, /[ \t]+/)
        for (i = 2; i <= k; i++) if (f[i] == host && found == "") found = f[1]
    }
    close(ROOT "/etc/hosts")
    return found
}

# The names that /etc/hosts gives an address, for exports that name their clients.
function is_named(address, pattern,   line, k, i, f, found, re) {
    re = pattern
    gsub(/\./, "\\.", re); gsub(/\*/, "[^.]*", re); gsub(/\?/, "[^.]", re)
    while ((getline line < (ROOT "/etc/hosts")) > 0) {
        sub(/#.*/, "", line)
        k = split(line, f, /[ \t]+/)
        if (f[1] == address) for (i = 2; i <= k; i++) if (f[i] ~ ("^" re "$")) found = 1
    }
    close(ROOT "/etc/hosts")
    return found
}

function number_of(address,   f) { return split(address, f, ".") == 4 ? ((f[1] * 256 + f[2]) * 256 + f[3]) * 256 + f[4] : -1 }

function matches_client(address, client,   at, net, bits, i, size, mask) {
    if (client == "*" || client == "" || client == address) return 1
    at = index(client, "/")
    if (!at) return client !~ /^[0-9.:]+$/ && is_named(address, client)
    net = substr(client, 1, at - 1)
    bits = substr(client, at + 1)
    if (bits ~ /\./) { mask = 4294967296 - number_of(bits); size = mask }
    else for (size = 1; bits < 32; bits++) size *= 2
    return int(number_of(address) / size) == int(number_of(net) / size)
}

# The node that has this address, and its exports as X_PATH[], X_CLIENT[].
function find_server(address,   command, file, line, f, at, hit) {
    NX = 0
    command = "ls " word(env("SIM_SHARED") "/exports") " 2>/dev/null"
    while ((command | getline file) > 0) FILES[++NFILES] = env("SIM_SHARED") "/exports/" file
    close(command)
    for (file = 1; file <= NFILES; file++) {
        hit = 0; NX = 0
        while ((getline line < FILES[file]) > 0) {
            split(line, f, "\t")
            if (f[1] == "addr") { if (f[2] == address && address !~ /^127\./) hit = 1; continue }
            NX++
            gsub(/\\040/, " ", f[1])
            X_PATH[NX] = f[1]; X_CLIENT[NX] = f[2]
            sub(/\(.*/, "", X_CLIENT[NX])
        }
        close(FILES[file])
        if (hit) return 1
    }
    NX = 0
    return 0
}

function own_address(server,   command, line) {
    if (env("OFFX_LAB_CLIENT") != "") return env("OFFX_LAB_CLIENT")
    command = "ip -o route get " word(server) " 2>/dev/null"
    command | getline line
    close(command)
    if (!match(line, / src [0-9.]+/)) return ""
    return substr(line, RSTART + 5, RLENGTH - 5)
}

function reachable(server) { return ROOT != "" || system("ping -n -q -c 1 -W 2 " word(server) " >/dev/null 2>&1") == 0 }

function mount_fail(text) { err("mount.nfs: " text); STATUS = 32 }

function nfs_mount(source, target, options, type,   at, host, path, address, client, i, exported, allowed) {
    at = index(source, ":/")
    host = substr(source, 1, at - 1)
    path = substr(source, at + 1)
    gsub(/\/\/+/, "/", path)
    if (path != "/") sub(/\/$/, "", path)
    if (target != "/") sub(/\/$/, "", target)
    if (system("test -d " word(ROOT target)) != 0) { mount_fail("mount point " target " does not exist"); return }
    i = mounted_at(target)
    if (i && M_SOURCE[i] == source) { mount_fail(target " is busy or already mounted"); return }
    address = address_of(host)
    if (address == "") { mount_fail("Failed to resolve server " host ": Name or service not known"); return }
    client = own_address(address)
    if (client == "") { mount_fail("Network is unreachable"); return }
    if (!reachable(address)) { mount_fail("No route to host"); return }
    if (!find_server(address)) { mount_fail("Connection refused"); return }
    for (i = 1; i <= NX; i++) {
        if (X_PATH[i] != path && substr(path, 1, length(X_PATH[i]) + 1) != X_PATH[i] "/") continue
        if (X_PATH[i] == path) exported = 1
        if (matches_client(client, X_CLIENT[i])) allowed = 1
    }
    if (!allowed && !exported && index("," options ",", ",vers=3,") == 0) { mount_fail("mounting " source " failed, reason given by server: No such file or directory"); return }
    if (!allowed) { mount_fail("access denied by server while mounting " source); return }
    NM++
    M_SOURCE[NM] = host ":" path; M_TARGET[NM] = target
    M_OPTIONS[NM] = live_options(options, type, client, address)
    M_TYPE[NM] = M_OPTIONS[NM] ~ /,vers=4/ ? "nfs4" : "nfs"
    CHANGED = 1
}

function live_options(options, type, client, address,   k, i, list, o, v, key, out) {
    o["rw"] = "rw"; o["atime"] = ",relatime"; v = "4.2"; o["hard"] = "hard"; o["timeo"] = "600"; o["retrans"] = "2"
    o["rsize"] = "1048576"; o["wsize"] = "1048576"; o["proto"] = "tcp"; o["sec"] = "sys"; o["lock"] = "none"
    k = split(options, list, ",")
    for (i = 1; i <= k; i++) {
        key = list[i]
        sub(/=.*/, "", key)
        if (key ~ /^(rw|ro)$/) o["rw"] = key
        else if (key ~ /^(hard|soft|softerr)$/) o["hard"] = key
        else if (key == "noatime") o["atime"] = ",noatime"
        else if (key == "nolock") o["lock"] = "all"
        else if (key ~ /^(vers|nfsvers)$/) v = substr(list[i], index(list[i], "=") + 1)
        else if (key ~ /^(nosuid|nodev|noexec|sync)$/) o["flags"] = o["flags"] "," key
        else if (key in o && index(list[i], "=")) o[key] = substr(list[i], index(list[i], "=") + 1)
    }
    if (v == "4") v = "4.2"
    out = o["rw"] o["flags"] o["atime"] ",vers=" v ",rsize=" o["rsize"] ",wsize=" o["wsize"] ",namlen=255," o["hard"] (v == "3" && o["lock"] == "all" ? ",nolock" : "") ",proto=" o["proto"] ",timeo=" o["timeo"] ",retrans=" o["retrans"] ",sec=" o["sec"]
    if (v == "3") return out ",mountaddr=" address ",mountvers=3,mountport=20048,mountproto=udp,local_lock=" o["lock"] ",addr=" address
    return out ",clientaddr=" client ",local_lock=none,addr=" address
}

# fstab entries of type nfs: F_SOURCE[], F_TARGET[], F_OPTIONS[].
function load_fstab(   line, f) {
    while ((getline line < (ROOT "/etc/fstab")) > 0) {
        if (line ~ /^[ \t]*(#|$)/) continue
        sub(/^[ \t]+/, "", line)
        split(line, f, /[ \t]+/)
        if (f[3] !~ /^nfs4?$/) continue
        gsub(/\\040/, " ", f[2])
        NF_TAB++
        F_SOURCE[NF_TAB] = f[1]; F_TARGET[NF_TAB] = f[2]; F_OPTIONS[NF_TAB] = f[4]
    }
    close(ROOT "/etc/fstab")
}

# Asked with the words of mount(8) once it is known that they concern NFS: OPT_ALL, or SOURCE and/or TARGET.
function do_mount_command(   i, j, a, options, type, words, list) {
    load_fstab()
    for (i = 1; i < ARGC; i++) {
        a = ARGV[i]
        if (a == "-o" || a == "--options") options = options (options == "" ? "" : ",") ARGV[++i]
        else if (a ~ /^-o./) options = options (options == "" ? "" : ",") substr(a, 3)
        else if (a == "-t" || a == "--types") type = ARGV[++i]
        else if (a == "-a" || a == "--all") ALL = 1
        else if (a == "-v" || a == "-n" || a == "-s" || a == "--verbose") continue
        else if (a ~ /^-/) refuse("mount " a " for NFS")
        else list[++words] = a
    }
    if (ALL) {
        for (i = 1; i <= NF_TAB; i++) if (index("," F_OPTIONS[i] ",", ",noauto,") == 0 && !mounted_at(F_TARGET[i])) nfs_mount(F_SOURCE[i], F_TARGET[i], F_OPTIONS[i], "nfs")
    }
    else if (index("," options ",", ",remount,")) remount(list[words], options)
    else if (words == 2) nfs_mount(list[1], list[2], options, type)
    else for (i = 1; i <= NF_TAB; i++) if (F_TARGET[i] == list[1] || F_SOURCE[i] == list[1]) { nfs_mount(F_SOURCE[i], F_TARGET[i], F_OPTIONS[i] "," options, "nfs"); break }
    if (CHANGED) save_mounts()
}

function remount(target, options,   i, address) {
    i = mounted_at(target)
    if (!i) { err("mount: " target ": mount point not mounted or bad option."); STATUS = 32; return }
    if (options ~ /(vers|proto|rsize|wsize|soft|hard|timeo)/) { mount_fail("an incorrect mount option was specified"); return }
    if (options ~ /(^|,)ro(,|$)/) sub(/^rw/, "ro", M_OPTIONS[i])
    if (options ~ /(^|,)rw(,|$)/) sub(/^ro/, "rw", M_OPTIONS[i])
    CHANGED = 1
}

function do_umount(   i, a, at, k) {
    for (i = 1; i < ARGC; i++) {
        a = ARGV[i]
        if (a ~ /^-/) continue
        if (a != "/") sub(/\/$/, "", a)
        at = 0
        for (k = 1; k <= NM; k++) if (M_TARGET[k] == a || M_SOURCE[k] == a) at = k
        if (!at) { err("umount: " a ": not mounted."); STATUS = 32; continue }
        if (is_in_use(a) && ARGV[1] !~ /l/) { err("umount.nfs4: " a ": device is busy"); STATUS = 16; continue }
        M_TARGET[at] = ""
        CHANGED = 1
    }
    if (CHANGED) save_mounts()
}

function is_in_use(path,   line, found) {
    while ((getline line < (env("SIM_STATE") "/zfs/busy")) > 0) if (line == path) found = 1
    close(env("SIM_STATE") "/zfs/busy")
    return found
}

function list_mounts(   i) { for (i = 1; i <= NM; i++) print M_SOURCE[i] " on " M_TARGET[i] " type " M_TYPE[i] " (" M_OPTIONS[i] ")" }

# showmount -e HOST
function do_showmount(   bad, host, address, i, all) {
    for (i = 1; i < ARGC; i++) {
        if (ARGV[i] ~ /^(-e|--exports)$/) all = 1
        else if (ARGV[i] == "--no-headers") NOHEAD = 1
        else if (ARGV[i] ~ /^-/) refuse("showmount " ARGV[i])
        else host = ARGV[i]
    }
    if (!all) refuse("showmount without -e")
    address = host == "" ? "" : address_of(host)
    if (host != "" && address == "") { err("clnt_create: RPC: Unknown host"); STATUS = 1; return }
    if (!find_server(address)) { err("clnt_create: RPC: Unable to receive"); STATUS = 1; return }
    if (!NOHEAD) print "Export list for " host ":"
    for (i = 1; i <= NX; i++) {
        if (X_PATH[i] in BY_PATH) { BY_PATH[X_PATH[i]] = BY_PATH[X_PATH[i]] "," X_CLIENT[i]; continue }
        BY_PATH[X_PATH[i]] = X_CLIENT[i]
        NAMES[++NNAMES] = X_PATH[i]
    }
    for (i = 1; i <= NNAMES; i++) print NAMES[i] " " (index("," BY_PATH[NAMES[i]] ",", ",*,") ? "(everyone)" : BY_PATH[NAMES[i]])
}

BEGIN {
    STATUS = 0
    load_mounts()
    if (env("SIM_NAME") == "showmount") do_showmount()
    else if (env("SIM_NAME") == "umount") do_umount()
    else if (env("SIM_ASK") == "list") list_mounts()
    else do_mount_command()
    exit STATUS
}
