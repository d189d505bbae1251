# The simulated NFS mounts as findmnt prints them, after or among what the real one printed (lines of the file REAL).

function quoted(s) { gsub(/\\/, "\\\\", s); gsub(/"/, "\\\"", s); return "\"" s "\"" }

function column(i, name) {
    name = toupper(name)
    if (name == "TARGET") return M[i, 2]
    if (name == "SOURCE") return M[i, 1]
    if (name == "FSTYPE") return M[i, 3]
    if (name == "OPTIONS" || name == "FS-OPTIONS" || name == "VFS-OPTIONS") return M[i, 4]
    refuse("findmnt -o " name)
}

function wanted_mount(i,   t) {
    if (TYPES != "" && index("," TYPES ",", "," M[i, 3] ",") == 0) return 0
    if (TARGET != "" && M[i, 2] != TARGET && M[i, 1] != TARGET) return 0
    if (UNDER != "" && UNDER != M[i, 2] && index(UNDER, M[i, 2] "/") != 1) return 0
    return 1
}

function print_json(   i, j, line, rest, first, body) {
    print "{"
    print "   \"filesystems\": ["
    first = 1
    while ((getline line < REAL) > 0) {
        if (line ~ /^ *"filesystems": \[/) { body = 1; continue }
        if (line ~ /^   \]/) body = 0
        if (body) { print_held(); HELD = line; first = 0 }
    }
    for (i = 1; i <= NM; i++) {
        if (!wanted_mount(i)) continue
        if (HELD != "") print HELD ","
        HELD = ""
        print "      {"
        for (j = 1; j <= NCOL; j++) print "         " quoted(tolower(COL[j])) ": " quoted(column(i, COL[j])) (j < NCOL ? "," : "")
        HELD = "      }"
    }
    print_held()
    print "   ]"
    print "}"
}

function print_held() { if (HELD != "") print HELD; HELD = "" }

function print_table(   i, j, line, any) {
    while ((getline line < REAL) > 0) { print line; any = 1 }
    if (!any && !NOHEAD) { line = ""; for (j = 1; j <= NCOL; j++) line = line (j > 1 ? " " : "") toupper(COL[j]); print line }
    for (i = 1; i <= NM; i++) {
        if (!wanted_mount(i)) continue
        line = ""
        for (j = 1; j <= NCOL; j++) line = line (j > 1 ? " " : "") column(i, COL[j])
        print line
    }
}

BEGIN {
    REAL = env("SIM_REAL_OUTPUT")
    COLUMNS = "TARGET,SOURCE,FSTYPE,OPTIONS"
    for (a = 1; a < ARGC; a++) {
        w = ARGV[a]
        if (w == "-J" || w == "--json") JSON = 1
        else if (w == "-n" || w == "--noheadings") NOHEAD = 1
        else if (w == "-t" || w == "--types") TYPES = ARGV[++a]
        else if (w == "-o" || w == "--output") COLUMNS = ARGV[++a]
        else if (w == "-M" || w == "--mountpoint" || w == "-S" || w == "--source") TARGET = ARGV[++a]
        else if (w == "-T" || w == "--target") UNDER = ARGV[++a]
        else if (w ~ /^-[nrlJ]+$/) { if (w ~ /J/) JSON = 1; if (w ~ /n/) NOHEAD = 1 }
        else if (w ~ /^-[nrlJ]+o$/) { if (w ~ /J/) JSON = 1; if (w ~ /n/) NOHEAD = 1; COLUMNS = ARGV[++a] }
        else if (w !~ /^-/) TARGET = w
        else if (w !~ /^(-r|-l|--raw|--list|-R|--submounts|-f|--first-only|-k|--kernel|-u|-a|-v)$/) refuse("findmnt " w " while NFS is mounted")
    }
    if (TARGET != "/") sub(/\/$/, "", TARGET)
    NCOL = split(COLUMNS, COL, ",")
    file = env("SIM_STATE") "/nfs-mounts"
    while ((getline line < file) > 0) { NM++; split(line, f, "\t"); for (j = 1; j <= 4; j++) M[NM, j] = f[j] }
    for (i = 1; i <= NM; i++) if (wanted_mount(i)) found = 1
    if (!found) exit 100
    if (JSON) print_json()
    else print_table()
    exit 0
}
