# Shared by every simulated program written in awk: errors, options, sizes, times, shell words.
# Runs under mawk, gawk and busybox awk: no arrays of arrays, no regex intervals, numbers above 2^31 only through n().

function env(name) { return ENVIRON[name] }

function err(text) { print text > "/dev/stderr" }

# Ends the program at once; state that was not saved is lost on purpose.
function quit(status) { QUIT = 1; STATUS = status; exit status }

function die(text, status) { err(text); quit(status) }

function refuse(what) { die("simulated " env("SIM_NAME") ": not simulated: " what, 64) }

# A whole number as text, also above 2^31 where awk's own conversion loses digits.
function n(x) { return sprintf("%.0f", x) }

function now() { return env("OFFX_LAB_NOW") != "" ? env("OFFX_LAB_NOW") + 0 : systime() }

# A shell word that means exactly s.
function word(s) { gsub(/'/, "'\\''", s); return "'" s "'" }

# Options as getopt reads them, from ARGV[from]; letters with ':' take a value. A letter given twice joins by \n.
# Fills OPT[letter], ARG[1..NARG]. Returns the letter that is not known (or "" when all is well; ":x" when x lacks its value).
function getopts(letters, from,   i, j, a, c, at) {
    NARG = 0
    for (i = from; i < ARGC; i++) {
        a = ARGV[i]
        if (a == "--") { for (i++; i < ARGC; i++) ARG[++NARG] = ARGV[i]; break }
        if (a == "-" || substr(a, 1, 1) != "-") { ARG[++NARG] = a; continue }
        if (substr(a, 1, 2) == "--") return a
        for (j = 2; j <= length(a); j++) {
            c = substr(a, j, 1)
            at = index(letters, c)
            if (c == ":" || !at) return c
            if (substr(letters, at + 1, 1) != ":") { OPT[c] = 1; continue }
            if (j < length(a)) a = substr(a, j + 1)
            else if (i + 1 < ARGC) a = ARGV[++i]
            else return ":" c
            if (c in OPT) OPT[c] = OPT[c] "\n" a
            else OPT[c] = a
            break
        }
    }
    return ""
}

# 1.5T, 10G, 128k, 512B, 7: bytes with suffixes as powers of 1024 (libzfs zfs_nicestrtonum); -1 and WHY when it is none.
function bytes(s,   num, rest, at, unit) {
    WHY = ""
    if (s !~ /^[0-9.]/) { WHY = "bad numeric value '" s "'"; return -1 }
    match(s, /^[0-9]*(\.[0-9]*)?/)
    num = substr(s, 1, RLENGTH)
    rest = substr(s, RLENGTH + 1)
    if (rest == "") return int(num + 0)
    unit = toupper(rest)
    at = index("BKMGTPEZ", substr(unit, 1, 1))
    if (!at || (length(unit) > 1 && (at == 1 || (substr(unit, 2) != "B" && substr(unit, 2) != "IB")))) {
        WHY = "invalid numeric suffix '" rest "'"
        return -1
    }
    for (; at > 1; at--) num *= 1024
    return int(num)
}

# A size for people, as ZFS prints it: at most five characters (zfs_nicenum).
function nice(x, suffix,   i, u, v, d, s) {
    u = 1
    for (i = 0; x / u >= 1024 && i < 6; i++) u *= 1024
    v = i == 0 ? suffix : substr("KMGTPE", i, 1)
    if (i == 0 || x % u == 0) return n(int(x / u)) v
    for (d = 2; d >= 0; d--) {
        s = sprintf("%." d "f%s", x / u, v)
        if (length(s) <= 5) break
    }
    return s
}

# The whole of a file, lines joined by \n; "" when it is not there.
function slurp(path,   line, all, sep) {
    all = ""; sep = ""
    while ((getline line < path) > 0) { all = all sep line; sep = "\n" }
    close(path)
    return all
}

# Side effects on the node (mkdir, mount points, share tables) are gathered and run once, after the state is saved.
function later(command) { LATER = LATER command "\n" }

function run_later() { if (LATER != "" && system("exec 9>&-\n" LATER) != 0 && !STATUS) STATUS = 1 }

BEGIN { CONVFMT = "%.15g"; OFMT = "%.15g"; ROOT = env("SIM_ROOT") }
