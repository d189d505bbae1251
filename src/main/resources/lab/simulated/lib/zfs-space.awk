# How much space datasets take: from STATE/zfs/usage, which a test sets; a dataset that is not in it holds what an empty one holds.

# A size set on the dataset itself, 0 when there is none.
function own(name, p) {
    if ((name, p) in LOCAL) return LOCAL[name, p] + 0
    if ((name, p) in RECEIVED && !((name, p) in MASKED)) return RECEIVED[name, p] + 0
    return 0
}

function referenced(name, t) {
    if (t == "s") return REFER[name] + 0
    if (name in USAGE) return USAGE[name] + 0
    if (ORIGIN[name] != "" && ORIGIN[name] in REFER) return REFER[ORIGIN[name]] + 0
    return t == "v" ? 57344 : 98304
}

# One pass gives used, by dataset, for all: children stand after their parents, so it runs from the end.
function sum_up(   i, name, t, up, charged) {
    load_usage()
    if (SUMMED++) return
    for (i = ND; i >= 1; i--) {
        name = ORDER[i]
        t = TYPE[name]
        if (t == "") continue
        up = parent_of(name)
        if (t == "s") { BY_SNAPSHOTS[up] += USAGE[name]; continue }
        OWN[name] = ORIGIN[name] != "" ? WRITTEN[name] + 0 : referenced(name, t)
        RESERVED[name] = reserve_left(name)
        USED[name] = OWN[name] + BY_SNAPSHOTS[name] + BY_CHILDREN[name] + RESERVED[name]
        charged = own(name, "reservation") > USED[name] ? own(name, "reservation") : USED[name]
        if (up != "") BY_CHILDREN[up] += charged
    }
}

# What is written into an empty file system is smaller than the sectors that it takes.
function logical(x, name) { return x == 98304 && fs_of(name) == name && TYPE[name] == "f" ? 43008 : x }

function reserve_left(name,   r) {
    r = own(name, "refreservation")
    return r > OWN[name] ? r - OWN[name] : 0
}

function has_snapshot(name,   i) {
    if (!COUNTED++) for (i = 1; i <= ND; i++) if (TYPE[ORDER[i]] == "s") NSNAPS[fs_of(ORDER[i])]++
    return NSNAPS[name] + 0
}

function written(name, t) {
    load_usage()
    if (t == "s") return name in WRITTEN ? WRITTEN[name] : 0
    if (name in WRITTEN) return WRITTEN[name] + 0
    return has_snapshot(name) || ORIGIN[name] != "" ? 0 : referenced(name, t)
}

function available(name,   at, left, room, q) {
    left = -1
    for (at = name; at != ""; at = parent_of(at)) {
        q = own(at, "quota")
        if (q > 0) { room = q - USED[at]; if (left < 0 || room < left) left = room }
    }
    room = POOL_USABLE[pool_of(name)] - USED[pool_of(name)]
    if (left < 0 || room < left) left = room
    q = own(name, "refquota")
    if (q > 0 && q - referenced(name, TYPE[name]) < left) left = q - referenced(name, TYPE[name])
    if (TYPE[name] == "v") left += RESERVED[name]
    return left < 0 ? 0 : left
}

function space(name, p, t) {
    load_usage()
    if (p == "referenced") return n(referenced(name, t))
    if (p == "logicalreferenced") return n(logical(referenced(name, t), name))
    if (p == "written") return n(written(name, t))
    if (t == "s") return p == "used" ? n(USAGE[name] + 0) : "-"
    sum_up()
    if (p == "used") return n(USED[name])
    if (p == "logicalused") return n(logical(USED[name], name))
    if (p == "available") return n(available(name))
    if (p == "usedbysnapshots") return n(BY_SNAPSHOTS[name] + 0)
    if (p == "usedbychildren") return n(BY_CHILDREN[name] + 0)
    if (p == "usedbydataset") return n(OWN[name])
    if (p == "usedbyrefreservation") return n(RESERVED[name])
    return "-"
}
