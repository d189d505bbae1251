# exportfs: reads /etc/exports and /etc/exports.d/*.exports as nfs-utils 2.6.2 does, keeps /var/lib/nfs/etab, prints it.
# An entry i: E_PATH[i], E_CLIENT[i] and its options in F_…[i]; the table is published for the other nodes of the lab.

function warn(text) { err("exportfs: " text) }

# A word of an exports line: quotes and \040 escapes stand for blanks in paths. Sets W and cuts LINE.
function next_word(   quoted, i) {
    sub(/^[ \t]+/, "", LINE)
    if (LINE == "") return 0
    if (substr(LINE, 1, 1) == "\"") {
        i = index(substr(LINE, 2), "\"")
        if (!i) return 0
        W = substr(LINE, 2, i - 1)
        LINE = substr(LINE, i + 2)
        return 1
    }
    match(LINE, /^[^ \t]+/)
    W = substr(LINE, 1, RLENGTH)
    LINE = substr(LINE, RLENGTH + 1)
    gsub(/\\040/, " ", W)
    return 1
}

function read_exports(   file, list, command) {
    file = ROOT "/etc/exports"
    if ((getline LINE < file) < 0) { warn("can't open /etc/exports for reading"); STATUS = 1 }
    else { close(file); read_file(file, "/etc/exports") }
    command = "ls " word(ROOT "/etc/exports.d") " 2>/dev/null"
    while ((command | getline file) > 0) if (file ~ /^[^.].*\.exports$/) list = list "\n" file
    close(command)
    read_directory(list)
}

function read_directory(list,   k, i, names) {
    k = split(substr(list, 2), names, "\n")
    for (i = 1; i <= k; i++) read_file(ROOT "/etc/exports.d/" names[i], "/etc/exports.d/" names[i])
}

# Stops at the first syntax error of a file, as the real one does: what stands below it is not exported.
function read_file(path, shown,   text, number, first, more) {
    number = 0
    while ((getline text < path) > 0) {
        first = ++number
        while (text ~ /\\$/) { sub(/\\$/, "", text); number++; if ((getline more < path) <= 0) break; text = text more }
        sub(/#.*/, "", text)
        LINE = text
        if (!next_word()) continue
        if (!read_clients(W, shown, first)) { STATUS = 1; break }
    }
    close(path)
}

function read_clients(path, shown, line,   defaults, n_clients, client, options, at) {
    defaults = ""
    while (next_word()) {
        if (substr(W, 1, 1) == "-" && n_clients == 0 && index(W, "(") == 0) { defaults = substr(W, 2); continue }
        n_clients++
        at = index(W, "(")
        client = at ? substr(W, 1, at - 1) : W
        options = at ? substr(W, at + 1) : ""
        if (at && options !~ /\)$/) { warn(shown ":" line ": syntax error: bad option list"); return 0 }
        sub(/\)$/, "", options)
        if (at && client == "") { warn("No host name given with " path " " W ", suggest *" W " to avoid warning"); client = "*" }
        if (!at && defaults == "") warn("No options for " path " " W ": suggest " W "(sync) to avoid warning")
        if (!add_entry(path, client, defaults == "" ? options : defaults "," options, shown, line)) return 0
    }
    if (n_clients == 0) {
        warn("No options for " path " : suggest (sync) to avoid warning")
        return add_entry(path, "", defaults, shown, line)
    }
    return 1
}

function add_entry(path, client, options, shown, line,   i, k, list, key, seen_subtree) {
    NE++
    defaults_of(NE, path, client)
    k = split(options, list, ",")
    for (i = 1; i <= k; i++) {
        key = list[i]
        if (key == "") continue
        if (key ~ /^(no_)?subtree_check$/) seen_subtree = 1
        if (!set_flag(NE, key)) {
            err("exportfs: " (shown == "" ? "command line:0" : shown ":" line) ": unknown keyword \"" key "\"\n")
            NE--
            return 0
        }
    }
    if (!seen_subtree) err("exportfs: " (shown == "" ? "command line" : shown) " [" line + 0 "]: Neither 'subtree_check' or 'no_subtree_check' specified for export \"" client ":" path "\".\n  Assuming default behaviour ('no_subtree_check').\n  NOTE: this default has changed since nfs-utils version 1.0.x\n")
    if (client == "") E_CLIENT[NE] = "*"
    keep_or_drop(NE)
    return 1
}

function set_flag(i, key,   value) {
    value = ""
    if (index(key, "=")) value = substr(key, index(key, "=") + 1)
    if (key == "rw") F_RO[i] = 0
    else if (key == "ro") F_RO[i] = 1
    else if (key == "sync") F_SYNC[i] = 1
    else if (key == "async") F_SYNC[i] = 0
    else if (key == "wdelay") F_WDELAY[i] = 1
    else if (key == "no_wdelay") F_WDELAY[i] = 0
    else if (key == "secure") F_SECURE[i] = 1
    else if (key == "insecure") F_SECURE[i] = 0
    else if (key == "root_squash") F_ROOT[i] = 1
    else if (key == "no_root_squash") F_ROOT[i] = 0
    else if (key == "all_squash") F_ALL[i] = 1
    else if (key == "no_all_squash") F_ALL[i] = 0
    else if (key == "hide") F_HIDE[i] = 1
    else if (key == "nohide") F_HIDE[i] = 0
    else if (key == "crossmnt") F_CROSS[i] = 1
    else if (key == "nocrossmnt") F_CROSS[i] = 0
    else if (key == "subtree_check") F_SUBTREE[i] = 1
    else if (key == "no_subtree_check") F_SUBTREE[i] = 0
    else if (key == "insecure_locks" || key == "no_auth_nlm") F_LOCKS[i] = 0
    else if (key == "secure_locks" || key == "auth_nlm") F_LOCKS[i] = 1
    else if (key == "no_acl") F_ACL[i] = 0
    else if (key == "acl" || key == "no_pnfs" || key == "pnfs" || key == "security_label") return 1
    else if (key ~ /^(mp|mountpoint)(=.*)?$/) F_MOUNT[i] = value == "" ? "mountpoint" : "mountpoint=" value
    else if (key ~ /^fsid=./) F_FSID[i] = value == "root" ? "0" : value
    else if (key ~ /^anonuid=-?[0-9]+$/) F_UID[i] = value
    else if (key ~ /^anongid=-?[0-9]+$/) F_GID[i] = value
    else if (key ~ /^sec=./) F_SEC[i] = value
    else if (key ~ /^(refer|replicas)=./) F_REFER[i] = key
    else return 0
    return 1
}

# The kernel's flags, which the real program prints when two entries of the same place differ.
function flags_of(i) {
    return (F_RO[i] ? 1 : 0) + (F_SECURE[i] ? 0 : 2) + (F_ROOT[i] ? 4 : 0) + (F_ALL[i] ? 8 : 0) + (F_SYNC[i] ? 0 : 16) + (F_WDELAY[i] ? 32 : 0) + (F_HIDE[i] ? 0 : 512) + (F_SUBTREE[i] ? 0 : 1024) + (F_LOCKS[i] ? 0 : 2048) + (F_FSID[i] != "" ? 8192 : 0) + (F_CROSS[i] ? 16384 : 0) + (F_ACL[i] ? 0 : 32768)
}

function keep_or_drop(i,   j) {
    if (kind_of(E_CLIENT[i]) == 1 && !resolves(E_CLIENT[i])) {
        warn("Failed to resolve " E_CLIENT[i]); warn("Failed to resolve " E_CLIENT[i])
        STATUS = 1
        NE--
        return
    }
    for (j = 1; j < i; j++) {
        if (E_PATH[j] != E_PATH[i] || E_CLIENT[j] != E_CLIENT[i]) continue
        if (flags_of(i) == flags_of(j)) { warn("duplicated export entries:"); warn("\t" E_CLIENT[i] ":" E_PATH[i]); warn("\t" E_CLIENT[i] ":" E_PATH[i]) }
        else {
            warn("incompatible duplicated export entries:")
            warn("\t" E_CLIENT[i] ":" E_PATH[i] sprintf(" (0x%x) [IGNORED]", flags_of(i)))
            warn("\t" E_CLIENT[i] ":" E_PATH[i] sprintf(" (0x%x)", flags_of(j)))
        }
        NE--
        return
    }
}

# 1 a host, 2 a network, 3 a wildcard, 4 a netgroup, 5 everyone: the order in which the table is printed.
function kind_of(client) {
    if (client == "*" || client == "") return 5
    if (substr(client, 1, 1) == "@") return 4
    if (client ~ /\//) return 2
    if (client ~ /[*?\[]/ && client !~ /:/) return 3
    return 1
}

function resolves(host,   line, k, i, f, file, found) {
    if (host ~ /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/ || host ~ /:/ || host == "localhost") return 1
    file = ROOT "/etc/hosts"
    while ((getline line < file) > 0) {
        sub(/#.*/, "", line)
        k = split(line, f, /[ \t]+/)
        for (i = 2; i <= k; i++) if (f[i] == host) found = 1
    }
    close(file)
    return found
}

function escaped(path) { gsub(/ /, "\\040", path); return path }

function etab_line(i) {
    return escaped(E_PATH[i]) "\t" E_CLIENT[i] "(" (F_RO[i] ? "ro" : "rw") "," (F_SYNC[i] ? "sync" : "async") "," (F_WDELAY[i] ? "wdelay" : "no_wdelay") "," (F_HIDE[i] ? "hide" : "nohide") "," (F_CROSS[i] ? "crossmnt" : "nocrossmnt") "," (F_SECURE[i] ? "secure" : "insecure") "," (F_ROOT[i] ? "" : "no_") "root_squash," (F_ALL[i] ? "" : "no_") "all_squash," (F_SUBTREE[i] ? "" : "no_") "subtree_check," (F_LOCKS[i] ? "secure_locks" : "insecure_locks") "," (F_ACL[i] ? "acl" : "no_acl") ",no_pnfs," (F_FSID[i] != "" ? "fsid=" F_FSID[i] "," : "") (F_MOUNT[i] != "" ? F_MOUNT[i] "," : "") "anonuid=" F_UID[i] ",anongid=" F_GID[i] (F_REFER[i] != "" ? "," F_REFER[i] : "") "," secinfo(i) ")"
}

function secinfo(i) { return "sec=" F_SEC[i] "," (F_RO[i] ? "ro" : "rw") (F_SECURE[i] ? "" : ",insecure") "," (F_ROOT[i] ? "" : "no_") "root_squash," (F_ALL[i] ? "" : "no_") "all_squash" }

function shown_options(i) {
    return "(" (F_SYNC[i] ? "sync" : "async") "," (F_WDELAY[i] ? "wdelay" : "no_wdelay") "," (F_HIDE[i] ? "hide" : "nohide") (F_CROSS[i] ? ",crossmnt" : "") (F_SUBTREE[i] ? "" : ",no_subtree_check") (F_LOCKS[i] ? "" : ",insecure_locks") (F_ACL[i] ? "" : ",no_acl") (F_FSID[i] != "" ? ",fsid=" F_FSID[i] : "") (F_MOUNT[i] != "" ? "," F_MOUNT[i] : "") (F_UID[i] != 65534 ? ",anonuid=" F_UID[i] : "") (F_GID[i] != 65534 ? ",anongid=" F_GID[i] : "") (F_REFER[i] != "" ? "," F_REFER[i] : "") "," secinfo(i) ")"
}

function load_etab(   line, at, path, client, options, list, k, i) {
    NE = 0
    while ((getline line < ETAB) > 0) {
        at = index(line, "\t")
        if (!at) continue
        path = substr(line, 1, at - 1)
        gsub(/\\040/, " ", path)
        client = substr(line, at + 1)
        at = index(client, "(")
        options = substr(client, at + 1)
        sub(/\)$/, "", options)
        load_entry(path, substr(client, 1, at - 1), options)
    }
    close(ETAB)
}

function load_entry(path, client, options,   list, k, i) {
    NE++
    defaults_of(NE, path, client)
    k = split(options, list, ",")
    for (i = 1; i <= k; i++) set_flag(NE, list[i])
}

function save_etab(   i, file, shared, node, kept) {
    file = ETAB ".new"
    later("mkdir -p " word(ROOT "/var/lib/nfs"))
    kept = ""
    for (i = 1; i <= NE; i++) if (!(i in GONE)) kept = kept etab_line(i) "\n"
    later("printf %s " word(kept) " >" word(file) " && mv -f " word(file) " " word(ETAB))
    shared = env("SIM_SHARED") "/exports"
    node = shared "/" env("SIM_NODE")
    later("! mkdir -p " word(shared) " 2>/dev/null || { { ip -o -4 addr show 2>/dev/null | while read -r a b c d e; do echo \"addr\t${d%%/*}\"; done; printf %s " word(kept) "; } >" word(node ".new") " && mv -f " word(node ".new") " " word(node) "; }")
    run_later()
    LATER = ""
}

# Missing directories are said, exported nevertheless, and make the status 1.
function check_paths(from,   i, command, line, seen) {
    command = ""
    for (i = from; i <= NE; i++) if (!(E_PATH[i] in seen)) { seen[E_PATH[i]] = 1; command = command " " word(E_PATH[i]) }
    if (command == "") return
    command = "for p in" command "; do [ -e " word(ROOT) "\"$p\" ] || printf '%s\\n' \"$p\"; done"
    while ((command | getline line) > 0) { warn("Failed to stat " line ": No such file or directory"); STATUS = 1 }
    close(command)
}

function print_exports(how,   kind, i, client) {
    for (kind = 1; kind <= 5; kind++) for (i = 1; i <= NE; i++) {
        if (kind_of(E_CLIENT[i]) != kind) continue
        client = E_CLIENT[i] == "*" && how != "s" ? "<world>" : E_CLIENT[i]
        if (how == "s") { printf "%s  %s%s\n", escaped(E_PATH[i]), client, shown_options(i); continue }
        if (length(E_PATH[i]) > 14) printf "%-14s\n\t\t%s%s\n", E_PATH[i], client, how == "v" ? shown_options(i) : ""
        else printf "%-14s\t%s%s\n", E_PATH[i], client, how == "v" ? shown_options(i) : ""
    }
}

function one_argument(arg, options, adding,   at, host, path, i, hit) {
    at = index(arg, ":/")
    if (!at) { warn("Invalid export syntax: " arg); STATUS = 1; return }
    host = substr(arg, 1, at - 1)
    path = substr(arg, at + 1)
    if (host == "") host = "*"
    if (!adding) {
        for (i = 1; i <= NE; i++) if (E_PATH[i] == path && E_CLIENT[i] == host && !(i in GONE)) { GONE[i] = 1; hit = 1; if ("v" in OPT) print "unexporting " host ":" path }
        if (!hit) { warn("Could not find '" arg "' to unexport."); STATUS = 1 }
        return
    }
    for (i = 1; i <= NE; i++) if (E_PATH[i] == path && E_CLIENT[i] == host) GONE[i] = 1
    if (kind_of(host) == 1 && !resolves(host)) { warn("Failed to resolve " host); return }
    i = NE
    if (!add_one(path, host, options)) return
    check_paths(i + 1)
    if ("v" in OPT) print "exporting " host ":" path
}

function add_one(path, host, options,   k, i, list, seen) {
    NE++
    defaults_of(NE, path, host)
    k = split(options, list, ",")
    for (i = 1; i <= k; i++) if (list[i] != "" && !set_flag(NE, list[i])) {
        err("exportfs: command line:0: unknown keyword \"" list[i] "\"\n")
        STATUS = 1
        NE--
        return 0
    }
    return 1
}

# An entry with no options: exports(5) says what holds then.
function defaults_of(i, path, client) {
    E_PATH[i] = path; E_CLIENT[i] = client
    F_RO[i] = 1; F_SYNC[i] = 1; F_WDELAY[i] = 1; F_SECURE[i] = 1; F_ROOT[i] = 1; F_ALL[i] = 0; F_HIDE[i] = 1
    F_CROSS[i] = 0; F_SUBTREE[i] = 0; F_LOCKS[i] = 1; F_ACL[i] = 1; F_SEC[i] = "sys"
    F_FSID[i] = ""; F_MOUNT[i] = ""; F_UID[i] = 65534; F_GID[i] = 65534; F_REFER[i] = ""
}

BEGIN {
    ETAB = ROOT "/var/lib/nfs/etab"
    STATUS = 0
    bad = getopts("adfhio:ruvs", 1)
    if (bad != "" || "h" in OPT) {
        if (bad != "") err("exportfs: invalid option -- '" substr(bad, length(bad)) "'")
        err("usage: exportfs [-adfhioruvs] [host:/path]")
        quit(bad != "" ? 1 : 0)
    }
    if (("a" in OPT || "r" in OPT) && NARG > 0) { warn("extra arguments are not permitted with -a or -r"); quit(1) }
    if ("u" in OPT && "r" in OPT) { warn("-r and -u are incompatible"); quit(1) }
    if ("f" in OPT && NARG == 0 && !("a" in OPT) && !("r" in OPT)) quit(0)
    load_etab()
    if (NARG == 0 && !("a" in OPT) && !("r" in OPT)) { print_exports("s" in OPT ? "s" : "v" in OPT ? "v" : ""); exit 0 }
    if (env("SIM_MAY_WRITE") != "1") { warn("could not open /var/lib/nfs/.etab.lock for locking: errno 13 (Permission denied)"); quit(1) }
    if ("u" in OPT) {
        for (i = 1; i <= NE && "a" in OPT; i++) { GONE[i] = 1; if ("v" in OPT) print "unexporting " E_CLIENT[i] ":" E_PATH[i] }
        for (i = 1; i <= NARG; i++) one_argument(ARG[i], "", 0)
    } else if ("a" in OPT || "r" in OPT) {
        if ("r" in OPT) NE = 0
        first = NE + 1
        if (!("i" in OPT)) read_exports()
        check_paths(first)
        if ("v" in OPT) for (i = first; i <= NE; i++) print "exporting " E_CLIENT[i] ":" E_PATH[i]
        if ("v" in OPT && NE == 0) warn("No file systems exported!")
    } else {
        for (i = 1; i <= NARG; i++) one_argument(ARG[i], OPT["o"], 1)
    }
    save_etab()
    exit STATUS
}
