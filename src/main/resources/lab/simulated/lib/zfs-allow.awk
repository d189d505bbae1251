# zfs allow, zfs unallow: delegated permissions, printed as zfs_main.c does.

function who_name(kind, who) { return kind == "everyone" ? "everyone" : kind " " who }

function show_allow(name,   at) {
    for (at = name; at != ""; at = parent_of(at)) show_allow_of(at)
}

function show_allow_of(at,   j, k, f, any, head) {
    for (j = 1; j <= ALLOWS[at] + 0; j++) if ((at, j) in ALLOW) any = 1
    if (!any) return
    head = "---- Permissions on " at " "
    while (length(head) < 69) head = head "-"
    print head
    allow_section(at, "set", "Permission sets:")
    allow_section(at, "create", "Create time permissions:")
    allow_section(at, "local", "Local permissions:")
    allow_section(at, "descendent", "Descendent permissions:")
    allow_section(at, "both", "Local+Descendent permissions:")
}

# Users, then groups, then everyone; by name within.
function allow_section(at, scope, title,   j, k, m, f, list, i, kinds, line) {
    split("user group everyone set create", kinds, " ")
    for (m = 1; m <= 5; m++) {
        k = 0
        for (j = 1; j <= ALLOWS[at] + 0; j++) {
            if (!((at, j) in ALLOW)) continue
            split(ALLOW[at, j], f, "\t")
            if (f[1] != scope || f[2] != kinds[m]) continue
            line = "\t" (f[2] == "set" || f[2] == "create" ? f[3] : who_name(f[2], f[3]))
            sub(/ $/, "", line)
            line = (f[2] == "create" ? "" : line " ")
            line = f[2] == "create" ? "\t" f[4] : line f[4]
            for (i = ++k; i > 1 && (list[i - 1] "") > (line ""); i--) list[i] = list[i - 1]
            list[i] = line
        }
        for (i = 1; i <= k; i++) { if (title != "") print title; title = ""; print list[i] }
    }
}

function sorted_perms(text,   k, i, j, list, all, p) {
    k = split(text, list, ",")
    for (i = 2; i <= k; i++) {
        p = list[i]
        for (j = i - 1; j >= 1 && (list[j] "") > (p ""); j--) list[j + 1] = list[j]
        list[j + 1] = p
    }
    all = ""
    for (i = 1; i <= k; i++) if (i == 1 || list[i] != list[i - 1]) all = all (all == "" ? "" : ",") list[i]
    return all
}

function perms_ok(text,   k, i, list) {
    k = split(text, list, ",")
    for (i = 1; i <= k; i++) {
        if (substr(list[i], 1, 1) == "@" || list[i] in KIND || is_user_prop(list[i])) continue
        if (index(PERMISSIONS, " " list[i] " ") == 0) return 0
    }
    return text != ""
}

# In the node's own /etc/passwd or /etc/group, by name or number.
function is_known(kind, who,   line, f, file, found) {
    file = ROOT (kind == "group" ? "/etc/group" : "/etc/passwd")
    while ((getline line < file) > 0) { split(line, f, ":"); if (f[1] == who || f[3] == who) found = f[1] }
    close(file)
    return found
}

function is_open(name) {
    if (openable(name, "fv")) return 1
    err("Failed to open dataset: " name)
    STATUS = 255
    return 0
}

# Who is named with -u or -g and is not there is answered with the usage, on standard output and with 0.
function zfs_allow(adding,   bad, kind, who, perms, name, k, i, j, list, scopes, m, s, f, found, given, all, p, keep) {
    bad = getopts("ldugcers", 2)
    if (bad != "") bad_option(bad)
    if ("r" in OPT) refuse("zfs unallow -r")
    if (adding && NARG == 1) { if (is_open(resolve(ARG[1]))) show_allow(resolve(ARG[1])); return }
    if ("c" in OPT || "s" in OPT) refuse("create time permissions and permission sets")
    if (NARG < 1) { err("missing dataset argument"); usage() }
    name = ARG[NARG]
    if (!is_open(name)) return
    if (!may_write(name, adding ? "set permissions on" : "set permissions on")) return
    if ("e" in OPT) { kind = "everyone"; who = "everyone"; perms = NARG > 1 ? ARG[1] : "" }
    else {
        if (NARG < 2 || (adding && NARG < 3)) usage()
        kind = "g" in OPT ? "group" : "u" in OPT ? "user" : "guess"
        who = ARG[1]
        perms = NARG > 2 ? ARG[2] : ""
        if (kind == "guess" && who == "everyone") kind = "everyone"
    }
    if (adding && !perms_ok(perms)) die("invalid permission '" perms "'", 1)
    scopes = "l" in OPT && !("d" in OPT) ? "local" : "d" in OPT && !("l" in OPT) ? "descendent" : "both"
    k = split(who, list, ",")
    for (i = 1; i <= k; i++) {
        given = kind == "guess" ? (is_known("user", list[i]) != "" ? "user" : "group") : kind
        found = given == "everyone" ? "everyone" : is_known(given, list[i])
        if (found == "" && kind != "guess") { print "Usage: of zfs " COMMAND ", see zfs-allow(8)\n\nzfs: error: invalid " given " " list[i]; quit(0) }
        if (found == "") die("cannot resolve '" list[i] "'", 1)
        if (given == "everyone") found = ""
        if (adding) grant(name, scopes, given, found, perms)
        else revoke(name, scopes, given, found, perms)
    }
    commit()
}

function grant(name, scope, kind, who, perms,   j, f) {
    for (j = 1; j <= ALLOWS[name] + 0; j++) {
        if (!((name, j) in ALLOW)) continue
        split(ALLOW[name, j], f, "\t")
        if (f[1] == scope && f[2] == kind && f[3] == who) { ALLOW[name, j] = scope "\t" kind "\t" who "\t" sorted_perms(f[4] "," perms); return }
    }
    ALLOW[name, ++ALLOWS[name]] = scope "\t" kind "\t" who "\t" sorted_perms(perms)
}

function revoke(name, scope, kind, who, perms,   j, i, k, f, list, keep) {
    for (j = 1; j <= ALLOWS[name] + 0; j++) {
        if (!((name, j) in ALLOW)) continue
        split(ALLOW[name, j], f, "\t")
        if ((scope != "both" && f[1] != scope) || f[2] != kind || f[3] != who) continue
        keep = ""
        k = split(f[4], list, ",")
        for (i = 1; i <= k; i++) if (perms != "" && index("," perms ",", "," list[i] ",") == 0) keep = keep (keep == "" ? "" : ",") list[i]
        if (keep == "") delete ALLOW[name, j]
        else ALLOW[name, j] = f[1] "\t" f[2] "\t" f[3] "\t" keep
    }
}

BEGIN { PERMISSIONS = " allow bookmark change-key clone create destroy diff hold load-key mount promote receive release rename rollback send share snapshot groupquota groupobjquota groupused groupobjused userprop userquota userobjquota userused userobjused projectobjquota projectquota projectobjused projectused " }
