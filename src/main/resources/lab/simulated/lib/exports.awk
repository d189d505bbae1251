# exportfs: reads /etc/exports and /etc/exports.d/*.exports as nfs-utils 2.6.2 does, keeps /var/lib/nfs/etab, prints it.
# An entry i: E_PATH[i], E_CLIENT[i] and its options in F_…[i]; E_KEPT[i] when it is exported and not merely read.
# The table is published for the other nodes of the lab.

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

function add_entry(path, client, options, shown, line,   same) {
    NE++
    defaults_of(NE, path, client)
    if (!set_flags(NE, options, shown == "" ? "command line:0" : shown ":" line)) { NE--; return 0 }
    same = (path, client) in ENTRY_OF ? ENTRY_OF[path, client] : 0
    if (!FROM_ETAB && !SEEN_SUBTREE) err("exportfs: " shown " [" line + 0 "]: Neither 'subtree_check' or 'no_subtree_check' specified for export \"" client ":" path "\".\n  Assuming default behaviour ('no_subtree_check').\n  NOTE: this default has changed since nfs-utils version 1.0.x\n")
    if (same) {
        if (!FROM_ETAB) say_duplicate(NE, same)
        NE--
    } else if (!FROM_ETAB && kind_of(client) == 1 && !resolves(client)) {
        warn("Failed to resolve " client); warn("Failed to resolve " client)
        STATUS = 1
        NE--
    } else { insert(NE); same = NE }
    if (FROM_ETAB) E_KEPT[same] = 1
    return 1
}

# export_add of nfs-utils: a path that is new to the table comes first, one that hashes like another after that. Every program
# that reads etab turns it round in this way, and so does the one that prints it.
function insert(i,   kind, at) {
    ENTRY_OF[E_PATH[i], E_CLIENT[i]] = i
    kind = kind_of(E_CLIENT[i])
    at = hash(E_PATH[i])
    if (!((kind, at) in LAST)) { NEXT[i] = FIRST[kind]; FIRST[kind] = i }
    else { NEXT[i] = NEXT[LAST[kind, at]]; NEXT[LAST[kind, at]] = i }
    LAST[kind, at] = i
}

function hash(path,   i, sum) {
    if (!NCODE) for (; NCODE < 127; NCODE++) CODE[sprintf("%c", NCODE)] = NCODE
    for (i = 1; i <= length(path); i++) sum += CODE[substr(path, i, 1)] * (i - 1)
    return sum % 1021
}

# The entries in the order of the table, into ROW[1..NROW].
function in_order(   kind, i) {
    NROW = 0
    for (kind = 1; kind <= 5; kind++) for (i = FIRST[kind] + 0; i; i = NEXT[i] + 0) ROW[++NROW] = i
}

function set_flags(i, options, place,   k, j, list) {
    SEEN_SUBTREE = 0
    k = split(options, list, ",")
    for (j = 1; j <= k; j++) {
        if (list[j] ~ /^(no_)?subtree_check$/) SEEN_SUBTREE = 1
        if (list[j] == "" || set_flag(i, list[j])) continue
        err("exportfs: " place ": unknown keyword \"" list[j] "\"\n")
        STATUS = 1
        return 0
    }
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

function say_duplicate(i, j) {
    STATUS = 1
    if (flags_of(i) == flags_of(j)) { warn("duplicated export entries:"); warn("\t" E_CLIENT[i] ":" E_PATH[i]); warn("\t" E_CLIENT[i] ":" E_PATH[i]); return }
    warn("incompatible duplicated export entries:")
    warn("\t" E_CLIENT[i] ":" E_PATH[i] sprintf(" (0x%x) [IGNORED]", flags_of(i)))
    warn("\t" E_CLIENT[i] ":" E_PATH[i] sprintf(" (0x%x)", flags_of(j)))
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

function secinfo(i) { return "sec=" F_SEC[i] "," (F_RO[i] ? "ro" : "rw") "," (F_SECURE[i] ? "" : "in") "secure," (F_ROOT[i] ? "" : "no_") "root_squash," (F_ALL[i] ? "" : "no_") "all_squash" }

function shown_options(i) {
    return "(" (F_SYNC[i] ? "sync" : "async") "," (F_WDELAY[i] ? "wdelay" : "no_wdelay") "," (F_HIDE[i] ? "hide" : "nohide") (F_CROSS[i] ? ",crossmnt" : "") (F_SUBTREE[i] ? "" : ",no_subtree_check") (F_LOCKS[i] ? "" : ",insecure_locks") (F_ACL[i] ? "" : ",no_acl") (F_FSID[i] != "" ? ",fsid=" F_FSID[i] : "") (F_MOUNT[i] != "" ? "," F_MOUNT[i] : "") (F_UID[i] != 65534 ? ",anonuid=" F_UID[i] : "") (F_GID[i] != 65534 ? ",anongid=" F_GID[i] : "") (F_REFER[i] != "" ? "," F_REFER[i] : "") "," secinfo(i) ")"
}

# The table is an exports file itself, so that an entry without a client is complained of whenever it is read.
function load_etab() {
    FROM_ETAB = 1
    read_file(ETAB, "etab")
    FROM_ETAB = 0
}

function save_etab(   r, file, shared, node, kept) {
    file = ETAB ".new"
    later("mkdir -p " word(ROOT "/var/lib/nfs"))
    kept = ""
    in_order()
    for (r = 1; r <= NROW; r++) if (ROW[r] in E_KEPT) kept = kept etab_line(ROW[r]) "\n"
    later("printf %s " word(kept) " >" word(file) " && mv -f " word(file) " " word(ETAB))
    shared = env("SIM_SHARED") "/exports"
    node = shared "/" env("SIM_NODE")
    later("! mkdir -p " word(shared) " 2>/dev/null || { { ip -o -4 addr show 2>/dev/null | while read -r a b c d e; do echo \"addr\t${d%%/*}\"; done; printf %s " word(kept) "; } >" word(node ".new") " && mv -f " word(node ".new") " " word(node) "; }")
    run_later()
    LATER = ""
}

# A directory that is missing is said for each of its entries in ROW, exported nevertheless, and makes the status 1.
function check_paths(   r, command, line, missing) {
    command = ""
    for (r = 1; r <= NROW; r++) command = command " " word(E_PATH[ROW[r]])
    if (command == "") return
    command = "for p in" command "; do [ -e " word(ROOT) "\"$p\" ] || printf '%s\\n' \"$p\"; done"
    while ((command | getline line) > 0) missing[line] = 1
    close(command)
    for (r = 1; r <= NROW; r++) if (E_PATH[ROW[r]] in missing) { warn("Failed to stat " E_PATH[ROW[r]] ": No such file or directory"); STATUS = 1 }
}

function print_exports(how,   r, i, client) {
    in_order()
    for (r = 1; r <= NROW; r++) {
        i = ROW[r]
        client = kind_of(E_CLIENT[i]) < 5 ? E_CLIENT[i] : how == "s" ? "*" : "<world>"
        if (how == "s") { printf "%s  %s%s\n", escaped(E_PATH[i]), client, shown_options(i); continue }
        if (length(E_PATH[i]) > 14) printf "%-14s\n\t\t%s%s\n", E_PATH[i], client, how == "v" ? shown_options(i) : ""
        else printf "%-14s\t%s%s\n", E_PATH[i], client, how == "v" ? shown_options(i) : ""
    }
}

function export_all(   r) {
    in_order()
    for (r = 1; r <= NROW; r++) {
        E_KEPT[ROW[r]] = 1
        if ("v" in OPT) print "exporting " E_CLIENT[ROW[r]] ":" E_PATH[ROW[r]]
    }
    check_paths()
}

# Splits HOST:/PATH into HOST and PATH.
function split_argument(arg,   at) {
    at = index(arg, ":/")
    if (!at) { warn("Invalid export syntax: " arg); STATUS = 1; return 0 }
    HOST = at == 1 ? "*" : substr(arg, 1, at - 1)
    PATH = substr(arg, at + 1)
    return 1
}

# What stands in a file for the same client has its options there, and these besides.
function export_one(arg, options,   i) {
    if (!split_argument(arg)) return
    i = (PATH, HOST) in ENTRY_OF ? ENTRY_OF[PATH, HOST] : 0
    if (!i && kind_of(HOST) == 1 && !resolves(HOST)) { warn("Failed to resolve " HOST); return }
    if (!i) defaults_of(NE + 1, PATH, HOST)
    if (!set_flags(i ? i : NE + 1, options, "command line:0")) return
    if (!i) { i = ++NE; insert(i) }
    E_KEPT[i] = 1
    if ("v" in OPT) print "exporting " HOST ":" PATH
    NROW = 1; ROW[1] = i
    check_paths()
}

function unexport_one(arg) {
    if (!split_argument(arg)) return
    if (!((PATH, HOST) in ENTRY_OF) || !(ENTRY_OF[PATH, HOST] in E_KEPT)) { warn("Could not find '" arg "' to unexport."); STATUS = 1; return }
    delete E_KEPT[ENTRY_OF[PATH, HOST]]
    if ("v" in OPT) print "unexporting " HOST ":" PATH
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
    if ("i" in OPT && ("a" in OPT || "r" in OPT || "u" in OPT)) { warn("-i not meaningful with -a, -r or -u"); quit(1) }
    if ("u" in OPT && "r" in OPT) { warn("-r and -u are incompatible"); quit(1) }
    all = "a" in OPT || "r" in OPT
    if (NARG == 0 && !all) {
        if ("f" in OPT) quit(0)
        load_etab()
        print_exports("s" in OPT ? "s" : "v" in OPT ? "v" : "")
        exit 0
    }
    if (env("SIM_MAY_WRITE") != "1") { warn("could not open /var/lib/nfs/.etab.lock for locking: errno 13 (Permission denied)"); quit(1) }
    # In the order of the real program: the files, what is asked for, and only then what is exported already.
    if (!("u" in OPT) && !("i" in OPT)) {
        read_exports()
        if ("v" in OPT && NE == 0) warn("No file systems exported!")
    }
    if (!("u" in OPT) && all) export_all()
    for (i = 1; i <= NARG && !("u" in OPT); i++) export_one(ARG[i], OPT["o"])
    if (!("r" in OPT) && !("u" in OPT && all)) load_etab()
    for (i = 1; i <= NARG && "u" in OPT; i++) unexport_one(ARG[i])
    save_etab()
    exit STATUS
}
