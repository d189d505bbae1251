# Shared by the Proxmox programs: command lines as PVE::CLIHandler reads them, section files, JSON, nodes of the cluster.

# perl's die leaves with the current errno or 255: the status carries no meaning, the text does.
function pve_die(text) { die(text, 255) }

function param_error(name, text) { err("400 Parameter verification failed."); err(name ": " text); pve_usage() }

function pve_usage() { err(USAGE == "" ? env("SIM_NAME") " " COMMAND " [OPTIONS]" : env("SIM_NAME") " " USAGE); quit(255) }

function known_option(name, known,   k, i, list, hits, found, stem) {
    if (known == "*") return name
    stem = name
    sub(/[0-9]+$/, "#", stem)
    k = split(known, list, " ")
    for (i = 1; i <= k; i++) {
        if (list[i] == name || (stem != name && list[i] == stem)) return name
        if (index(list[i], name) == 1 && index(list[i], "#") == 0) { hits++; found = list[i] }
    }
    return hits == 1 ? found : ""
}

# Options into PARAM[name] (repeated ones joined by ","), the order of names in PNAME[1..NPARAM], words into ARG[1..NARG].
function pve_options(from, known,   i, a, name, value, at) {
    NARG = 0; NPARAM = 0
    for (i = from; i < ARGC; i++) {
        a = ARGV[i]
        if (a == "--") { for (i++; i < ARGC; i++) ARG[++NARG] = ARGV[i]; break }
        if (a !~ /^--?[a-zA-Z]/) { ARG[++NARG] = a; continue }
        sub(/^--?/, "", a)
        at = index(a, "=")
        name = at ? substr(a, 1, at - 1) : a
        sub(/_/, "-", name)
        if (known_option(name, known) == "") sub(/-/, "_", name)
        value = at ? substr(a, at + 1) : ""
        a = known_option(name, known)
        if (a == "") { err("Unknown option: " name); err("400 unable to parse option"); pve_usage() }
        if (!at) {
            if (i + 1 < ARGC && ARGV[i + 1] !~ /^--[a-zA-Z]/ && (!is_boolean(a) || ARGV[i + 1] ~ /^(0|1|yes|no|true|false|on|off)$/)) value = ARGV[++i]
            else if (is_boolean(a)) value = "1"
            else { err("Option " a " requires an argument"); err("400 unable to parse option"); pve_usage() }
        }
        if (is_boolean(a)) value = value ~ /^(1|yes|true|on)$/ ? "1" : value ~ /^(0|no|false|off)$/ ? "0" : param_bad(a, value)
        if (a in PARAM) PARAM[a] = PARAM[a] "," value
        else { PARAM[a] = value; PNAME[++NPARAM] = a }
    }
}

function param_bad(name, value) { param_error(name, "type check ('boolean') failed - got '" value "'"); return "" }

function is_boolean(name) { return index(BOOLEANS, " " name " ") > 0 }

function need_args(count, words) {
    if (NARG < count) { err("400 not enough arguments"); pve_usage() }
    if (NARG > count && !words) { err("400 too many arguments"); pve_usage() }
}

# -------- section files: "type: id", then lines "<TAB>key value", then an empty line
function load_sections(path,   line, at, key) {
    SECTION_FILE = path
    NSEC = 0
    while ((getline line < path) > 0) {
        if (line ~ /^#/ || line ~ /^[ \t]*$/) continue
        if (line !~ /^[ \t]/ && (at = index(line, ":"))) {
            NSEC++
            SEC_TYPE[NSEC] = substr(line, 1, at - 1)
            SEC_ID[NSEC] = substr(line, at + 1)
            gsub(/^[ \t]+|[ \t]+$/, "", SEC_ID[NSEC])
            SEC_KEYS[NSEC] = ""
            continue
        }
        sub(/^[ \t]+/, "", line)
        key = line
        sub(/[ \t].*/, "", key)
        sub(/^[^ \t]+[ \t]*/, "", line)
        sub(/[ \t]+$/, "", line)
        set_key(NSEC, key, line == "" ? "1" : line)
    }
    close(path)
}

function set_key(i, key, value) {
    if (!((i, key) in SEC)) SEC_KEYS[i] = SEC_KEYS[i] " " key
    SEC[i, key] = value
}

function drop_key(i, key) { delete SEC[i, key] }

function section(id,   i) { for (i = 1; i <= NSEC; i++) if (SEC_ID[i] == id && SEC_TYPE[i] != "") return i; return 0 }

function add_section(type, id) { NSEC++; SEC_TYPE[NSEC] = type; SEC_ID[NSEC] = id; SEC_KEYS[NSEC] = ""; return NSEC }

function key_of(i, key) { return (i, key) in SEC ? SEC[i, key] : "" }

function sorted_keys(text, list,   k, i, j, key, m) {
    k = split(text, list, " ")
    for (i = 2; i <= k; i++) {
        key = list[i]
        for (j = i - 1; j >= 1 && (list[j] "") > (key ""); j--) list[j + 1] = list[j]
        list[j + 1] = key
    }
    return k
}

function save_sections(   i, j, k, list, file, dir) {
    quorate_or_die()
    file = SECTION_FILE ".new"
    dir = SECTION_FILE
    sub(/\/[^\/]*$/, "", dir)
    system("mkdir -p " word(dir))
    printf "" > file
    for (i = 1; i <= NSEC; i++) {
        if (SEC_TYPE[i] == "") continue
        printf "%s: %s\n", SEC_TYPE[i], SEC_ID[i] > file
        k = split(SEC_KEYS[i], list, " ")
        for (j = 1; j <= k; j++) if ((i, list[j]) in SEC) printf "\t%s %s\n", list[j], SEC[i, list[j]] > file
        printf "\n" > file
    }
    close(file)
    if (system("mv -f " word(file) " " word(SECTION_FILE)) != 0) pve_die("unable to write " SECTION_FILE)
}

# The storages of the cluster; "local" is there even when the file does not say so.
function load_storage() {
    load_sections(env("SIM_PVE") "/storage.cfg")
    if (section("local")) return
    add_section("dir", "local")
    set_key(NSEC, "path", "/var/lib/vz")
    set_key(NSEC, "content", "images,rootdir,vztmpl,iso,backup,snippets")
}

# -------- the cluster: .members as pmxcfs shows it, or the nodes that have a directory
function load_nodes(   line, name, command, f) {
    if (NODES_READ++) return
    QUORATE = 1; CLUSTER_NAME = ""; NNODE = 0
    while ((getline line < (env("SIM_PVE") "/.members")) > 0) {
        if (match(line, /"cluster":/)) { CLUSTER_NAME = text_after(line, "\"name\": *\""); if (line ~ /"quorate": *0/) QUORATE = 0 }
        else if (line ~ /"id":/) {
            name = line
            sub(/^[^"]*"/, "", name); sub(/".*/, "", name)
            NODE[++NNODE] = name
            NODE_ID[name] = text_after(line, "\"id\": *") + 0
            ONLINE[name] = line ~ /"online": *0/ ? 0 : 1
            NODE_IP[name] = text_after(line, "\"ip\": *\"")
        }
    }
    close(env("SIM_PVE") "/.members")
    if (NNODE) return
    command = "ls " word(env("SIM_PVE") "/nodes") " 2>/dev/null"
    while ((command | getline name) > 0) { NODE[++NNODE] = name; NODE_ID[name] = NNODE; ONLINE[name] = 1 }
    close(command)
    if (!(env("SIM_NODE") in NODE_ID)) { NODE[++NNODE] = env("SIM_NODE"); NODE_ID[env("SIM_NODE")] = NNODE; ONLINE[env("SIM_NODE")] = 1 }
    while ((getline line < (ROOT "/etc/hosts")) > 0) { split(line, f, /[ \t]+/); if (f[2] in NODE_ID && !(f[2] in NODE_IP)) NODE_IP[f[2]] = f[1] }
    close(ROOT "/etc/hosts")
}

function text_after(line, pattern) {
    if (!match(line, pattern)) return ""
    line = substr(line, RSTART + RLENGTH)
    sub(/[",} ].*/, "", line)
    return line
}

function quorate_or_die() { load_nodes(); if (!QUORATE) pve_die("cluster not ready - no quorum?") }

function is_node(name) { load_nodes(); return name in NODE_ID }

# -------- containers: where each one lives and whether it runs
function load_guests(   command, path, f, k, line) {
    if (GUESTS_READ++) return
    NCT = 0
    command = "ls " word(env("SIM_PVE")) "/nodes/*/lxc/*.conf 2>/dev/null"
    while ((command | getline path) > 0) {
        k = split(path, f, "/")
        sub(/\.conf$/, "", f[k])
        CT[++NCT] = f[k]
        CT_NODE[f[k]] = f[k - 2]
    }
    close(command)
    sort_guests()
}

function sort_guests(   i, j, id) {
    for (i = 2; i <= NCT; i++) {
        id = CT[i]
        for (j = i - 1; j >= 1 && CT[j] + 0 > id + 0; j--) CT[j + 1] = CT[j]
        CT[j + 1] = id
    }
}

function run_file(id) { return env("SIM_SHARED") "/run/" id }

function started_at(id,   line) {
    if ((getline line < run_file(id)) <= 0) line = ""
    close(run_file(id))
    return line
}

function is_running(id) { return started_at(id) != "" }

# -------- JSON, keys in order as PVE's canonical output
function json_text(s,   i, c, out) {
    gsub(/\\/, "\\\\", s); gsub(/"/, "\\\"", s); gsub(/\t/, "\\t", s); gsub(/\n/, "\\n", s)
    return "\"" s "\""
}

function json_start() { NJSON = 0 }

function json_add(key, value, bare) {
    J_KEY[++NJSON] = key
    J_VALUE[NJSON] = bare ? value : json_text(value)
}

function json_value(key, value) { json_add(key, value, index(NUMBERS, " " key " ") > 0 && value ~ /^-?[0-9]+$/) }

function json_end(   i, j, k, v, out) {
    for (i = 2; i <= NJSON; i++) {
        k = J_KEY[i]; v = J_VALUE[i]
        for (j = i - 1; j >= 1 && (J_KEY[j] "") > (k ""); j--) { J_KEY[j + 1] = J_KEY[j]; J_VALUE[j + 1] = J_VALUE[j] }
        J_KEY[j + 1] = k; J_VALUE[j + 1] = v
    }
    out = ""
    for (i = 1; i <= NJSON; i++) out = out (i > 1 ? "," : "") json_text(J_KEY[i]) ":" J_VALUE[i]
    return "{" out "}"
}

function digest_of(path,   command, line) {
    command = "sha1sum " word(path) " 2>/dev/null"
    if ((command | getline line) <= 0) line = "da39a3ee5e6b4b0d3255bfef95601890afd80709"
    close(command)
    sub(/ .*/, "", line)
    return line
}

function check_digest(given, path) {
    if (given != "" && given != digest_of(path)) pve_die("detected modified configuration - file changed by other user? Try again.")
}

BEGIN {
    BOOLEANS = " onboot protection unprivileged console debug template force purge destroy-unreferenced-disks current start restart online disable shared sparse enabled all quiet repeat-missed is_mountpoint mkdir remove restricted nofailback keep forceStop skiplock dryrun unique ignore-unpack-errors blocksize-set full noborder noheader human-readable cronjob protected append "
    NUMBERS = " cores memory swap onboot protection unprivileged console tty cpuunits template debug shared sparse disable maxfiles enabled all quiet remove guest jobnum rate repeat-missed is_mountpoint mkdir restricted nofailback max_restart max_relocate vmid maxmem mem maxdisk disk maxcpu uptime cpu "
    COMMAND = ARGV[1]
}
