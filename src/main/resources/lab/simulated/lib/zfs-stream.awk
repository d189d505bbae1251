# zfs send, zfs receive: a stream is lines of text that carry names, guids and properties, no file contents.
#   SIMULATED-ZFS-STREAM 1
#   FS relative-name f|v
#   LP name property value          with -p or -R
#   SN relative-name@snap guid time refer base-guid ("-" when full)
#   END

function zfs_send(   bad, to, from, fs, i, name, rel, every) {
    bad = getopts("DLPRVbcehnpsvwi:I:t:", 2)
    if (bad != "") bad_option(bad)
    if ("t" in OPT || "n" in OPT || "s" in OPT) refuse("zfs send -t, -n, -s")
    if (NARG == 0) { err("missing snapshot argument"); usage() }
    if (NARG > 1) { err("too many arguments"); usage() }
    to = ARG[1]
    if (!index(to, "@")) refuse("zfs send of a dataset without a snapshot")
    fs = fs_of(to)
    if (!(fs in TYPE)) { fail("cannot open '" fs "': dataset does not exist"); return }
    if (!(to in TYPE)) { fail("cannot open '" to "': snapshot does not exist"); return }
    from = "I" in OPT ? OPT["I"] : OPT["i"]
    if (from != "") {
        if (from ~ /^@/) from = fs from
        else if (!index(from, "@")) from = fs "@" from
        if (!(from in TYPE)) { fail("cannot send '" to "': incremental source (" substr(from, index(from, "@")) ") does not exist"); return }
        if (TXG[from] + 0 >= TXG[to] + 0) { fail("cannot send '" to "': not an earlier snapshot from the same fs"); return }
    }
    if (encryption_root(fs) != "" && !("w" in OPT) && ("R" in OPT || "p" in OPT)) {
        fail("cannot send " to ": encrypted dataset " fs " may not be sent with properties without the raw flag")
        return
    }
    print "SIMULATED-ZFS-STREAM 1"
    for (i = 1; i <= ND; i++) {
        name = ORDER[i]
        if (TYPE[name] == "s" || (name != fs && !("R" in OPT && is_under(name, fs)))) continue
        if (!(name substr(to, length(fs) + 1) in TYPE)) continue
        send_one(name, substr(name, length(fs) + 1), substr(to, length(fs) + 1), from == "" ? "" : substr(from, index(from, "@")), "I" in OPT || ("R" in OPT && from == ""))
    }
    print "END"
}

function send_one(name, rel, to, from, every,   j, k, list, i, base, s) {
    print "FS\t" rel "\t" TYPE[name]
    if (TYPE[name] == "v" || "p" in OPT || "R" in OPT) {
        k = split(HAS[name], list, " ")
        for (j = 1; j <= k; j++) if ((name, list[j]) in LOCAL && ("p" in OPT || "R" in OPT || list[j] ~ /^vol/)) print "LP\t" rel "\t" list[j] "\t" LOCAL[name, list[j]]
    }
    base = from == "" ? "-" : GUID[name from]
    for (i = 1; i <= ND; i++) {
        s = ORDER[i]
        if (TYPE[s] != "s" || fs_of(s) != name || TXG[s] + 0 > TXG[name to] + 0) continue
        if (from != "" && TXG[s] + 0 <= TXG[name from] + 0) continue
        if (!every && s != name to) continue
        print "SN\t" rel substr(s, length(name) + 1) "\t" GUID[s] "\t" BORN[s] "\t" REFER[s] "\t" base
        base = GUID[s]
    }
}

function zfs_receive(   bad, target, line, f, status, ended, first) {
    bad = getopts("FhMnsuvedo:x:", 2)
    if (bad != "") bad_option(bad)
    if ("n" in OPT || "e" in OPT || "d" in OPT) refuse("zfs receive -n, -e, -d")
    if (NARG == 0) { err("missing snapshot argument"); usage() }
    if (NARG > 1) { err("too many arguments"); usage() }
    target = fs_of(ARG[1])
    if ((getline line < "/dev/stdin") <= 0) { fail("cannot receive: failed to read from stream"); return }
    if (line != "SIMULATED-ZFS-STREAM 1") { fail("cannot receive: invalid stream (bad magic number)"); return }
    if (!may_write(target, "receive")) return
    if (!(parent_of(target) in TYPE)) { fail("cannot open '" parent_of(target) "': dataset does not exist"); return }
    NMOUNT_NEW = 0
    while ((getline line < "/dev/stdin") > 0) {
        split(line, f, "\t")
        if (f[1] == "END") { ended = 1; break }
        if (f[1] == "FS") { STREAM_TYPE[f[2]] = f[3]; continue }
        if (f[1] == "LP") { STREAM_PROP[f[2], ++STREAM_PROPS[f[2]]] = f[3] "\t" f[4]; continue }
        if (f[1] == "SN" && !receive_one(target, f)) { while ((getline line < "/dev/stdin") > 0) continue; if (CHANGED) commit(); return }
    }
    if (!ended) { fail("cannot receive new filesystem stream: incomplete stream"); return }
    receive_properties(target)
    commit()
}

function newest(name,   i, last) {
    for (i = 1; i <= ND; i++) if (TYPE[ORDER[i]] == "s" && fs_of(ORDER[i]) == name && (last == "" || is_after(ORDER[i], last))) last = ORDER[i]
    return last
}

function receive_one(target, f,   rel, fs, snap, at, last, i, base) {
    at = index(f[2], "@")
    rel = substr(f[2], 1, at - 1)
    fs = target rel
    snap = fs substr(f[2], at)
    if (f[6] == "-") {
        if (fs in TYPE) {
            if (!("F" in OPT)) return fail("cannot receive new filesystem stream: destination '" fs "' exists\nmust specify -F to overwrite it")
            last = newest(fs)
            if (last != "") return fail("cannot receive new filesystem stream: destination has snapshots (eg. " last ")\nmust destroy them to overwrite it")
        } else {
            if (!(parent_of(fs) in TYPE)) return fail("cannot receive new filesystem stream: parent '" parent_of(fs) "' does not exist")
            add_dataset(fs, STREAM_TYPE[rel], "")
            grant_created(fs)
            FRESH[fs] = 1
        }
        receive_snapshot(fs, snap, f)
        return 1
    }
    if (!(fs in TYPE)) return fail("cannot receive incremental stream: destination '" fs "' does not exist")
    for (i = 1; i <= ND; i++) if (TYPE[ORDER[i]] == "s" && fs_of(ORDER[i]) == fs && GUID[ORDER[i]] == f[6]) base = ORDER[i]
    last = newest(fs)
    if (base == "" || (base != last && !("F" in OPT))) return fail("cannot receive incremental stream: most recent snapshot of " fs " does not\nmatch incremental source")
    for (i = ND; i >= 1 && base != last; i--) {
        if (TYPE[ORDER[i]] != "s" || fs_of(ORDER[i]) != fs || !is_after(ORDER[i], base)) continue
        if (clones_of(ORDER[i]) != "" || count_holds(ORDER[i]) > 0) return fail("cannot receive incremental stream: dataset is busy")
        forget(ORDER[i])
    }
    if (written(fs, TYPE[fs]) > 0 && !("F" in OPT)) return fail("cannot receive incremental stream: destination " fs " has been modified\nsince most recent snapshot")
    if (snap in TYPE) return fail("cannot restore to " snap ": destination already exists")
    receive_snapshot(fs, snap, f)
    return 1
}

function receive_snapshot(fs, snap, f) {
    REFER[snap] = f[5]
    add_dataset(snap, "s", "")
    GUID[snap] = f[3]; BORN[snap] = f[4]
    set_usage(fs, f[5], 0)
    USAGE[fs] = f[5]; WRITTEN[fs] = 0
    CHANGED = 1
}

function receive_properties(target,   rel, j, f, x, o, k, m, i, fs) {
    k = split(OPT["x"], x, "\n")
    for (rel in STREAM_TYPE) {
        fs = target rel
        if (!(fs in TYPE)) continue
        for (j = 1; j <= STREAM_PROPS[rel] + 0; j++) {
            split(STREAM_PROP[rel, j], f, "\t")
            if (f[1] ~ /^vol/) set_local(fs, f[1], f[2])
            else set_received(fs, f[1], f[2])
            for (i = 1; i <= k; i++) if (real_name(x[i]) == f[1]) MASKED[fs, f[1]] = 1
        }
        wanted(OPT["o"])
        for (i = 1; i <= NWANT; i++) {
            if (!index(TYPES[WANT_P[i]], TYPE[fs]) && !is_user_prop(WANT_P[i])) continue
            WANT_C[i] = canonical(WANT_P[i], WANT_V[i], TYPE[fs])
            if (rel == "" || ATTR[WANT_P[i]] != "I") set_local(fs, WANT_P[i], WANT_C[i])
        }
        if (fs in FRESH && !("u" in OPT)) mount_and_share(fs)
    }
}
