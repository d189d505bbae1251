# zfs allow, zfs unallow: delegated permissions, kept as dsl_deleg keeps them and printed as zfs_main.c does.
# What is granted for a dataset and for what is below it stands under each of the two; users and groups stand by their numbers.

function show_allow(name,   at) {
    for (at = name; at != ""; at = parent_of(at)) show_allow_of(at)
}

function show_allow_of(at,   j, k, any, head) {
    for (j = 1; j <= ALLOWS[at] + 0; j++) if ((at, j) in ALLOW) any = 1
    if (!any) return
    head = "---- Permissions on " at " "
    while (length(head) < 70) head = head "-"
    print head
    k = grantees(at, "set")
    for (j = 1; j <= k; j++) { if (j == 1) print "Permission sets:"; print "\t" GRANTEE[j] " " permissions(at, "-", "set", GRANTEE[j]) }
    if (grant_at(at, "-", "create", "")) print "Create time permissions:\n\t" permissions(at, "-", "create", "")
    allow_section(at, 1, "Local permissions:")
    allow_section(at, 2, "Descendent permissions:")
    allow_section(at, 3, "Local+Descendent permissions:")
}

# Users, then groups, then everyone; where: 1 here, 2 below, 3 both.
function allow_section(at, where, title,   m, kinds, j, k, line) {
    split("user group everyone", kinds, " ")
    for (m = 1; m <= 3; m++) {
        k = grantees(at, kinds[m])
        for (j = 1; j <= k; j++) {
            line = permissions_at(at, where, kinds[m], GRANTEE[j])
            if (line == "") continue
            if (title != "") print title
            title = ""
            print "\t" kinds[m] (kinds[m] == "everyone" ? "" : " " account_name(kinds[m], GRANTEE[j])) " " line
        }
    }
}

function permissions_at(at, where, kind, who,   here, below, k, i, list, found, all) {
    here = "," permissions(at, "local", kind, who) ","
    below = "," permissions(at, "descendent", kind, who) ","
    k = split(sorted(here below), list, ",")
    all = ""
    for (i = 1; i <= k; i++) {
        found = (index(here, "," list[i] ",") ? 1 : 0) + (index(below, "," list[i] ",") ? 2 : 0)
        if (found == where) all = all (all == "" ? "" : ",") list[i]
    }
    return all
}

# Who of a kind is granted anything at a dataset, into GRANTEE[]; numbers are compared as text.
function grantees(at, kind,   j, i, k, f, seen) {
    k = 0
    for (j = 1; j <= ALLOWS[at] + 0; j++) {
        if (!((at, j) in ALLOW)) continue
        split(ALLOW[at, j], f, "\t")
        if (f[2] != kind || seen[f[3]]++) continue
        for (i = ++k; i > 1 && (GRANTEE[i - 1] "") > (f[3] ""); i--) GRANTEE[i] = GRANTEE[i - 1]
        GRANTEE[i] = f[3]
    }
    return k
}

function grant_at(at, scope, kind, who,   j) {
    for (j = 1; j <= ALLOWS[at] + 0; j++) if ((at, j) in ALLOW && index(ALLOW[at, j], scope "\t" kind "\t" who "\t") == 1) return j
    return 0
}

function permissions(at, scope, kind, who,   j, f) {
    j = grant_at(at, scope, kind, who)
    if (!j) return ""
    split(ALLOW[at, j], f, "\t")
    return f[4]
}

# Each word of a list once, in order.
function sorted(text,   k, i, j, list, all, p) {
    k = split(text, list, ",")
    for (i = 2; i <= k; i++) {
        p = list[i]
        for (j = i - 1; j >= 1 && (list[j] "") > (p ""); j--) list[j + 1] = list[j]
        list[j + 1] = p
    }
    all = ""
    for (i = 1; i <= k; i++) if (list[i] != "" && (i == 1 || list[i] != list[i - 1])) all = all (all == "" ? "" : ",") list[i]
    return all
}

# zfs_deleg_verify_nvlist.
function permissions_ok(text,   k, i, list) {
    k = split(text, list, ",")
    for (i = 1; i <= k; i++) {
        if (substr(list[i], 1, 1) == "@") continue
        if ((!(list[i] in KIND) || ATTR[list[i]] == "R") && index(PERMISSIONS, " " list[i] " ") == 0) return 0
    }
    return 1
}

# The number of an account in the node's own /etc/passwd or /etc/group, by name or number; "" when there is none.
function account(kind, who,   line, f, file, found) {
    file = ROOT (kind == "group" ? "/etc/group" : "/etc/passwd")
    while ((getline line < file) > 0) { split(line, f, ":"); if (f[1] == who || f[3] == who) { found = f[3]; ACCOUNT_NAME[kind, found] = f[1] } }
    close(file)
    return found
}

function account_name(kind, id) { return account(kind, id) == "" ? "(unknown: " id ")" : ACCOUNT_NAME[kind, id] }

# What is asked for is answered on standard output and with 0, and so is who is not there. The list of permissions is not here.
function allow_usage(asked, why,   text, allow) {
    allow = COMMAND == "allow"
    if (allow) text = "Usage: \tallow <filesystem|volume>\n\tallow [-ldug] <\"everyone\"|user|group>[,...] <perm|@setname>[,...]\n\t    <filesystem|volume>\n\tallow [-ld] -e <perm|@setname>[,...] <filesystem|volume>\n\tallow -c <perm|@setname>[,...] <filesystem|volume>\n\tallow -s @setname <perm|@setname>[,...] <filesystem|volume>\n"
    else text = "Usage: \tunallow [-rldug] <\"everyone\"|user|group>[,...]\n\t    [<perm|@setname>[,...]] <filesystem|volume>\n\tunallow [-rld] -e [<perm|@setname>[,...]] <filesystem|volume>\n\tunallow [-r] -c [<perm|@setname>[,...]] <filesystem|volume>\n\tunallow [-r] -s @setname [<perm|@setname>[,...]] <filesystem|volume>\n"
    text = text "\nOptions:\n" allow_option("h", "show this help message and exit") allow_option("l", "set permission locally") allow_option("d", "set permission for descents") allow_option("u", "set permission for user") allow_option("g", "set permission for group") allow_option("e", "set permission for everyone") allow_option("c", "set create time permission") allow_option("s", "define permission set") (allow ? "" : allow_option("r", "remove permissions recursively"))
    if (why != "") text = text "\nzfs: error: " why "\n"
    if (asked) printf "%s", text
    else printf "%s", text > "/dev/stderr"
    quit(asked ? 0 : 2)
}

function allow_option(letter, what) { return sprintf("  %-10s  %s\n", "-" letter, what) }

# parse_allow_args: sets A_KIND, A_WHO, A_PERMS and returns the dataset.
function allow_arguments(adding,   most, sum) {
    sum = ("u" in OPT) + ("g" in OPT) + ("e" in OPT)
    if (sum > 1) allow_usage(0, "-u, -g, and -e are mutually exclusive")
    if ("s" in OPT && (sum || "c" in OPT)) allow_usage(0, "invalid options combined with -s")
    if ("c" in OPT && (sum || "l" in OPT || "d" in OPT)) allow_usage(0, "invalid options combined with -c")
    A_KIND = "s" in OPT ? "set" : "c" in OPT ? "create" : "e" in OPT ? "everyone" : "u" in OPT ? "user" : "g" in OPT ? "group" : ARG[1] == "everyone" ? "everyone" : ""
    A_WHO = A_KIND == "create" || (A_KIND == "everyone" && "e" in OPT) ? "" : ARG[1]
    most = A_WHO == "" ? 2 : 3
    if (NARG != most && (adding || NARG != most - 1)) allow_usage(0, "wrong number of parameters")
    if (A_KIND == "set" && substr(A_WHO, 1, 1) != "@") allow_usage(0, "invalid set name: missing '@' prefix")
    A_PERMS = NARG == most ? ARG[NARG - 1] : ""
    if (A_KIND == "everyone") A_WHO = ""
    return ARG[NARG]
}

function is_open(name) {
    if (openable(name, "fv")) return 1
    err("Failed to open dataset: " name)
    STATUS = 255
    return 0
}

function zfs_allow(adding,   bad, name, k, i, list, kind, id) {
    bad = getopts(adding ? "ldugecsh" : "ldugecsrh", 2)
    if (bad != "") bad_option(bad)
    if ("h" in OPT) allow_usage(1, "")
    if (adding && NARG == 1 && !("s" in OPT || "c" in OPT || "e" in OPT)) { if (is_open(ARG[1])) show_allow(ARG[1]); return }
    name = allow_arguments(adding)
    if (!is_open(name) || !may_write(name, "set permissions on")) return
    k = A_KIND ~ /^(|user|group)$/ ? split(A_WHO, list, ",") : 0
    for (i = 1; i <= k; i++) {
        kind = A_KIND != "" ? A_KIND : account("user", list[i]) != "" ? "user" : "group"
        id = account(kind, list[i])
        if (id == "" && (A_KIND == "" || list[i] !~ /^[0-9]+$/)) allow_usage(1, "invalid " (A_KIND == "" ? "user/group" : kind) " " list[i])
        GIVEN_KIND[i] = kind
        GIVEN[i] = id == "" ? list[i] : id
    }
    if (!permissions_ok(A_PERMS)) { fail("cannot set permissions on '" name "': operation not applicable to datasets of this type"); return }
    if (!k) { GIVEN_KIND[++k] = A_KIND; GIVEN[k] = A_WHO }
    allow_at(name, adding, k)
    for (i = 1; i <= ND && "r" in OPT; i++) if (TYPE[ORDER[i]] != "s" && is_under(ORDER[i], name)) allow_at(ORDER[i], adding, k)
    commit()
}

function allow_at(name, adding, k,   i, m, s, scopes) {
    m = split(A_KIND ~ /^(set|create)$/ ? "-" : "l" in OPT && !("d" in OPT) ? "local" : "d" in OPT && !("l" in OPT) ? "descendent" : "local descendent", scopes, " ")
    for (i = 1; i <= k; i++) for (s = 1; s <= m; s++) {
        if (adding) grant(name, scopes[s], GIVEN_KIND[i], GIVEN[i], A_PERMS)
        else revoke(name, scopes[s], GIVEN_KIND[i], GIVEN[i], A_PERMS)
    }
}

function grant(name, scope, kind, who, perms,   j) {
    perms = sorted(permissions(name, scope, kind, who) "," perms)
    j = grant_at(name, scope, kind, who)
    ALLOW[name, j ? j : ++ALLOWS[name]] = scope "\t" kind "\t" who "\t" perms
}

# Without permissions all of them go.
function revoke(name, scope, kind, who, perms,   j, i, k, list, keep) {
    j = grant_at(name, scope, kind, who)
    if (!j) return
    k = perms == "" ? 0 : split(permissions(name, scope, kind, who), list, ",")
    for (i = 1; i <= k; i++) if (index("," perms ",", "," list[i] ",") == 0) keep = keep (keep == "" ? "" : ",") list[i]
    if (keep == "") delete ALLOW[name, j]
    else ALLOW[name, j] = scope "\t" kind "\t" who "\t" keep
}

# dsl_deleg_set_create_perms: who makes a dataset, and that is root, gets there what is said above it for that.
function grant_created(name,   at) {
    for (at = parent_of(name); at != ""; at = parent_of(at)) if (grant_at(at, "-", "create", "")) grant(name, "local", "user", "0", permissions(at, "-", "create", ""))
}

BEGIN { PERMISSIONS = " allow bookmark change-key clone create destroy diff hold load-key mount promote receive release rename rollback send share snapshot groupquota groupobjquota groupused groupobjused userprop userquota userobjquota userused userobjused projectobjquota projectquota projectobjused projectused " }
