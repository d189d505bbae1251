# ifreload and ifquery of ifupdown2 for what /etc/network/interfaces says of MTU, addresses and bridges.

function read_interfaces(path,   line, f, k, i, now_at, key, value, command, name, list) {
    while ((getline line < path) > 0) {
        while (line ~ /\\$/) { sub(/\\$/, "", line); if ((getline value < path) <= 0) break; line = line value }
        gsub(/^[ \t]+|[ \t]+$/, "", line)
        if (line == "" || line ~ /^#/) continue
        k = split(line, f, /[ \t]+/)
        # One that stands after the stanza is overlooked.
        if (f[1] == "auto" || f[1] == "allow-auto") { for (i = 2; i <= k; i++) if (!(f[i] in STANZA)) AUTO[f[i]] = 1; continue }
        if (f[1] ~ /^allow-/) continue
        if (f[1] == "source" || f[1] == "source-directory") { SOURCES[++NSOURCE] = f[2] (f[1] == "source-directory" ? "/*" : ""); continue }
        if (f[1] == "iface") {
            now_at = f[2]
            if (!(now_at in STANZA)) { STANZA[now_at] = 1; IFACE[++NI] = now_at }
            METHOD[now_at] = METHOD[now_at] == "" ? f[4] : METHOD[now_at]
            continue
        }
        if (now_at == "") { PARSE_ERRORS = PARSE_ERRORS "error: " path ": invalid syntax '" line "'\n"; continue }
        key = f[1]
        gsub(/_/, "-", key)
        value = line
        sub(/^[^ \t]+[ \t]*/, "", value)
        if (!((now_at, key) in SET)) KEYS[now_at] = KEYS[now_at] " " key
        SET[now_at, key] = (now_at, key) in SET && SET[now_at, key] != "" ? SET[now_at, key] "\n" value : value
    }
    close(path)
}

function read_all(   i, command, file) {
    read_interfaces(ROOT "/etc/network/interfaces")
    for (i = 1; i <= NSOURCE; i++) {
        command = "ls -d " ROOT SOURCES[i] " 2>/dev/null"
        while ((command | getline file) > 0) if (file !~ /[~#]$|\.dpkg-/) read_interfaces(file)
        close(command)
    }
}

# What the kernel has: LIVE_MTU, LIVE_MASTER, and LIVE_ADDR[name] as " a/len b/len".
function read_live(   command, line, f, name, k, i) {
    command = IP " -o link show 2>/dev/null"
    while ((command | getline line) > 0) {
        split(line, f, ": ")
        name = f[2]
        sub(/@.*/, "", name)
        LIVE[name] = 1
        LIVE_MTU[name] = match(line, / mtu [0-9]+/) ? substr(line, RSTART + 5, RLENGTH - 5) : ""
        LIVE_MASTER[name] = match(line, / master [^ ]+/) ? substr(line, RSTART + 8, RLENGTH - 8) : ""
    }
    close(command)
    command = IP " -o addr show 2>/dev/null"
    while ((command | getline line) > 0) {
        k = split(line, f, /[ \t]+/)
        LIVE_ADDR[f[2]] = LIVE_ADDR[f[2]] " " f[4]
    }
    close(command)
}

function run(name, words,   command, line, last, failed) {
    command = "{ " IP " " words "; } 2>&1 || echo failed"
    while ((command | getline line) > 0) { if (line == "failed") failed = 1; else last = line }
    close(command)
    if (failed) { err("error: " name ": cmd '/bin/ip " words "' failed: returned 2 (" last ")"); STATUS = 1 }
}

function ports_of(name, list,   text) {
    text = (name, "bridge-ports") in SET ? SET[name, "bridge-ports"] : ""
    if (text == "none") text = ""
    return split(text, list, " ")
}

function bring(name,   k, i, list, mtu, m, want) {
    if (name in DONE) return
    DONE[name] = 1
    k = ports_of(name, list)
    for (i = 1; i <= k; i++) if (list[i] in STANZA) bring(list[i])
    if (!(name in LIVE)) {
        if ((name, "bridge-ports") in SET) { run(name, "link add " word(name) " type bridge"); LIVE[name] = 1 }
        else if (name != "lo") { err("warning: " name ": interface not found"); return }
    }
    for (i = 1; i <= k; i++) {
        if (!(list[i] in LIVE)) { err("warning: " name ": bridge port " list[i] " does not exist"); STATUS = 1; continue }
        if (LIVE_MASTER[list[i]] != name) run(name, "link set dev " word(list[i]) " master " word(name))
        run(name, "link set dev " word(list[i]) " up")
    }
    if (name != "lo" && mtu_of(name) != LIVE_MTU[name]) run(name, "link set dev " word(name) " mtu " word(mtu_of(name)))
    if (name != "lo") run(name, "link set dev " word(name) " up")
    addresses(name)
}

# The first of several; what names none gets 1500 back.
function mtu_of(name,   list) {
    if (!((name, "mtu") in SET)) return 1500
    split(SET[name, "mtu"], list, "\n")
    return list[1]
}

function full(address, name) {
    if (address ~ /\//) return address
    if ((name, "netmask") in SET) return address "/" prefix(SET[name, "netmask"])
    return address (address ~ /:/ ? "/128" : "/32")
}

function prefix(mask,   f, i, bits, x) {
    if (mask !~ /\./) return mask
    split(mask, f, ".")
    for (i = 1; i <= 4; i++) for (x = f[i]; x > 0; x = (x * 2) % 256) bits++
    return bits
}

function addresses(name,   m, i, list, want, k, have, gw) {
    if (!((name, "address") in SET)) return
    m = split(SET[name, "address"], list, "\n")
    for (i = 1; i <= m; i++) {
        want = want " " full(list[i], name)
        if (index(LIVE_ADDR[name] " ", " " full(list[i], name) " ") == 0) run(name, "addr add " word(full(list[i], name)) " dev " word(name) (list[i] ~ /:/ ? " nodad" : ""))
    }
    k = split(LIVE_ADDR[name], have, " ")
    for (i = 1; i <= k; i++) if (index(want " ", " " have[i] " ") == 0 && have[i] !~ /^fe80:/ && name != "lo") run(name, "addr del " word(have[i]) " dev " word(name))
    if ((name, "gateway") in SET) run(name, "route replace default via " word(SET[name, "gateway"]) " dev " word(name))
}

# ifreload -a -s: upstream ifupdown2 says that 9600 is out of range, and leaves with 1; ifreload -a sets it.
function check_ranges(   i, name) {
    for (i = 1; i <= NI; i++) {
        name = IFACE[i]
        if ((name, "mtu") in SET && (SET[name, "mtu"] + 0 > 9216 || SET[name, "mtu"] + 0 < 552)) {
            err("warning: " name ": mtu: value of out range \"" SET[name, "mtu"] "\": valid attribute range: 552-9216")
            STATUS = 1
        }
    }
}

function state_of(name, key,   k, i, list, want) {
    if (!(name in LIVE)) return "fail"
    if (key == "mtu") return LIVE_MTU[name] == mtu_of(name) ? "pass" : "fail"
    if (key == "bridge-ports") { k = ports_of(name, list); for (i = 1; i <= k; i++) if (LIVE_MASTER[list[i]] != name) return "fail"; return "pass" }
    if (key == "address") { k = split(SET[name, key], list, "\n"); for (i = 1; i <= k; i++) if (index(LIVE_ADDR[name] " ", " " full(list[i], name) " ") == 0) return "fail"; return "pass" }
    return key ~ /^bridge-(stp|fd)$/ ? "pass" : ""
}

function text_of(s) { gsub(/\\/, "\\\\", s); gsub(/"/, "\\\"", s); return "\"" s "\"" }

function json_list(value,   k, i, list, out) {
    k = split(value, list, "\n")
    if (k < 2) return text_of(value)
    for (i = 1; i <= k; i++) out = out (i > 1 ? ", " : "") text_of(list[i])
    return "[" out "]"
}

function print_interface(name, last,   k, i, list, s, worst, checks) {
    k = split(KEYS[name], list, " ")
    worst = "pass"
    if (!(name in LIVE)) worst = "fail"
    for (i = 1; i <= k; i++) { s = state_of(name, list[i]); if (s == "fail") worst = "fail" }
    if (CHECK && worst == "fail") STATUS = 1
    if (!JSON) {
        if (name in AUTO) print "auto " name
        printf "iface %s%s%s\n", name, METHOD[name] == "" ? "" : " inet " METHOD[name], CHECK ? "   [" worst "]" : ""
        for (i = 1; i <= k; i++) { s = SET[name, list[i]]; gsub(/\n/, "\n\t" list[i] " ", s); print "\t" list[i] " " s (CHECK && state_of(name, list[i]) != "" ? "   [" state_of(name, list[i]) "]" : "") }
        print ""
        return
    }
    print "    {"
    print "        \"name\": " text_of(name) ","
    if (METHOD[name] != "") print "        \"addr_method\": " text_of(METHOD[name]) ","
    if (name in AUTO) print "        \"auto\": true,"
    print "        \"config\": {"
    for (i = 1; i <= k; i++) print "            " text_of(list[i]) ": " json_list(SET[name, list[i]]) (i < k ? "," : "")
    print "        }" (CHECK ? "," : "")
    if (CHECK) {
        print "        \"config_status\": {"
        for (i = 1; i <= k; i++) print "            " text_of(list[i]) ": " text_of(state_of(name, list[i])) (i < k ? "," : "")
        print "        },"
        print "        \"status\": " text_of(worst)
    }
    print "    }" (last ? "" : ",")
}

BEGIN {
    STATUS = 0
    IP = env("SIM_IP")
    for (a = 1; a < ARGC; a++) {
        w = ARGV[a]
        if (w == "-a" || w == "--all") ALL = 1
        else if (w == "-c" || w == "--check") CHECK = 1
        else if (w == "-s" || w == "--syntax-check") SYNTAX = 1
        else if (w == "-o" || w == "--format") { JSON = ARGV[++a] == "json" }
        else if (w ~ /^(-o|--format=)json$/) JSON = 1
        else if (w ~ /^(-v|-d|-f|-q|--verbose|--debug|--force|--quiet)$/) continue
        else if (w ~ /^-/) refuse(env("SIM_NAME") " " w)
        else ASKED[++NASKED] = w
    }
    read_all()
    printf "%s", PARSE_ERRORS > "/dev/stderr"
    if (PARSE_ERRORS != "") STATUS = 1
    if (env("SIM_NAME") == "ifreload") {
        if (!ALL) { err("usage: ifreload [-h] (-a | -c) [-v] [-d] [-s] ..."); quit(2) }
        if (SYNTAX) { check_ranges(); exit STATUS }
        if (NI == 0) { err("warning: nothing to reload ..exiting."); exit STATUS }
        read_live()
        for (i = 1; i <= NI; i++) if (IFACE[i] in AUTO) bring(IFACE[i])
        exit STATUS
    }
    if (CHECK) read_live()
    else for (i = 1; i <= NI; i++) LIVE[IFACE[i]] = 1
    if (ALL || NASKED == 0) for (i = 1; i <= NI; i++) { if (IFACE[i] in AUTO || !CHECK) ASKED[++NASKED] = IFACE[i] }
    for (i = 1; i <= NASKED; i++) if (!(ASKED[i] in STANZA)) { err("error: cannot find interfaces: " ASKED[i] " (No such iface)"); quit(1) }
    if (JSON) print "["
    for (i = 1; i <= NASKED; i++) print_interface(ASKED[i], i == NASKED)
    if (JSON) print "]"
    exit STATUS
}
