# Pools of a node: STATE/zfs/pools, fields separated by TAB, and the disks that a node has: STATE/disks.
#   pool name guid size usable ACTIVE|exported time
#   pp name property value                                         a property set here
#   vdev pool data|logs|cache|spares|special|dedup group device state note     group "-" for a single device
#   scan pool text (lines joined by \1)
#   label device pool active|exported|potentially active           what stands on a disk that no pool here uses
# disks:   name bytes id       e.g. sda  14000519643136  ata-TOSHIBA_MG07ACA14TE_1

function load_pools(   line, f, file) {
    POOLS_FILE = env("SIM_STATE") "/zfs/pools"
    while ((getline line < POOLS_FILE) > 0) {
        split(line, f, "\t")
        if (f[1] == "pool") { POOL[++NPOOL] = f[2]; PGUID[f[2]] = f[3]; PSIZE[f[2]] = f[4]; PUSABLE[f[2]] = f[5]; PSTATE[f[2]] = f[6]; PBORN[f[2]] = f[7] }
        else if (f[1] == "pp") PPROP[f[2], f[3]] = f[4]
        else if (f[1] == "vdev") add_vdev(f[2], f[3], f[4], f[5], f[6], f[7])
        else if (f[1] == "scan") SCAN[f[2]] = f[3]
        else if (f[1] == "label") { LABEL[f[2]] = f[3]; LABEL_STATE[f[2]] = f[4] }
    }
    close(POOLS_FILE)
    file = env("SIM_STATE") "/disks"
    while ((getline line < file) > 0) {
        split(line, f, "\t")
        if (f[1] == "" || f[1] ~ /^#/) continue
        DISK_SIZE[f[1]] = f[2]
        if (f[3] != "") { DISK_OF_ID[f[3]] = f[1] }
    }
    close(file)
}

function add_vdev(pool, class, group, device, state, note) {
    NV++
    V_POOL[NV] = pool; V_CLASS[NV] = class; V_GROUP[NV] = group; V_DEVICE[NV] = device
    V_STATE[NV] = state; V_NOTE[NV] = note
}

function save_pools(   i, file, key, part, p, k, list) {
    file = POOLS_FILE ".new"
    printf "" > file
    for (i = 1; i <= NPOOL; i++) {
        p = POOL[i]
        if (p == "") continue
        printf "pool\t%s\t%s\t%s\t%s\t%s\t%s\n", p, PGUID[p], n(PSIZE[p]), n(PUSABLE[p]), PSTATE[p], PBORN[p] > file
        k = split(SETTABLE, list, " ")
        for (key = 1; key <= k; key++) if ((p, list[key]) in PPROP) printf "pp\t%s\t%s\t%s\n", p, list[key], PPROP[p, list[key]] > file
        if (p in SCAN) printf "scan\t%s\t%s\n", p, SCAN[p] > file
    }
    for (i = 1; i <= NV; i++) if (V_POOL[i] != "") printf "vdev\t%s\t%s\t%s\t%s\t%s\t%s\n", V_POOL[i], V_CLASS[i], V_GROUP[i], V_DEVICE[i], V_STATE[i], V_NOTE[i] > file
    for (key in LABEL) printf "label\t%s\t%s\t%s\n", key, LABEL[key], LABEL_STATE[key] > file
    close(file)
    later("mv -f " word(file) " " word(POOLS_FILE))
}

function pool_is(name,   i) { for (i = 1; i <= NPOOL; i++) if (POOL[i] == name && PSTATE[name] != "exported") return 1; return 0 }

# A device as one names it: sda, /dev/sda, an id, /dev/disk/by-id/…, with or without a partition. Gives the kernel name, "" if unknown.
function kernel_name(arg,   d, part) {
    d = arg
    sub(/^\/dev\/disk\/by-id\//, "", d)
    sub(/^\/dev\//, "", d)
    if (d in DISK_SIZE) return d
    if (d in DISK_OF_ID) return DISK_OF_ID[d]
    if (match(d, /-part[0-9]+$/) && substr(d, 1, RSTART - 1) in DISK_OF_ID) {
        part = substr(d, RSTART + 5)
        d = DISK_OF_ID[substr(d, 1, RSTART - 1)]
        return d (d ~ /[0-9]$/ ? "p" : "") part
    }
    part = d
    if (part ~ /p[0-9]+$/) sub(/p[0-9]+$/, "", part)
    else sub(/[0-9]+$/, "", part)
    return part in DISK_SIZE && part != d ? d : ""
}

function whole_disk(device) { return kernel_name(device) in DISK_SIZE }

function size_of(device) { return DISK_SIZE[disk_of(kernel_name(device))] + 0 }

# The disk that a partition is on; a whole disk is itself.
function disk_of(k) {
    if (k in DISK_SIZE) return k
    if (k ~ /p[0-9]+$/) sub(/p[0-9]+$/, "", k)
    else sub(/[0-9]+$/, "", k)
    return k
}

# The full path kept for a device: ids stay ids.
function device_path(arg,   d) {
    if (substr(arg, 1, 1) == "/") return arg
    d = arg
    sub(/-part[0-9]+$/, "", d)
    return (d in DISK_OF_ID ? "/dev/disk/by-id/" : "/dev/") arg
}

function partition_one(path) {
    if (!whole_disk(path)) return path
    if (path ~ /\/by-id\//) return path "-part1"
    return path (path ~ /[0-9]$/ ? "p1" : "1")
}

function device_shown(device, full, links) {
    if (links) device = "/dev/" kernel_name(device)
    if (full) return partition_one(device)
    sub(/^\/dev\/disk\/by-id\//, "", device)
    sub(/^\/dev\//, "", device)
    return device
}

# raidz1, raidz2, raidz3, mirror or a single disk: how many of them may fail.
function parity(group, members) {
    if (group ~ /^mirror/) return members - 1
    if (group ~ /^raidz/) return substr(group, 6, 1) + 0
    return 0
}

# What ZFS can use of a device: of a whole disk a partition that leaves 8 MiB at the end, without labels and boot area.
function device_space(device) { return int(partition_size(device) / 262144) * 262144 - 4718592 }

function partition_size(device) { return whole_disk(device) ? int((size_of(device) / 512 - 34 - 16384 - 2048) / 2048) * 1048576 : size_of(device) }

# vdev_metaslab_set_size: a vdev has a whole number of metaslabs, whose size is a power of two. Sets METASLAB.
function metaslabs(asize,   k, want) {
    k = asize / 536870912
    want = k < 16 ? asize / 16 : k > 200 ? asize / 200 : 268435456
    for (METASLAB = 16777216; METASLAB <= want && METASLAB < 17179869184; METASLAB *= 2) continue
    return int(asize / METASLAB)
}

# Data in 128 KiB of raidz, whose rows are padded to a multiple of parity + 1 sectors.
function deflated(group, members, shift,   data, all, p) {
    p = parity(group, members)
    for (data = 131072; shift > 0; shift--) data /= 2 # busybox awk has no powers
    all = data + p * int((data + members - p - 1) / (members - p))
    all = int((all + p) / (p + 1)) * (p + 1)
    return data / all
}

# Sizes of a pool from its data vdevs: raw for raidz, as zpool list has it, and what datasets can fill (spa_get_slop_space).
function measure(pool,   i, g, k, least, group, list, members, usable, n_slabs, log_room, slop, inner) {
    PSIZE[pool] = 0; usable = 0; inner = 0; k = 0
    for (i = 1; i <= NV; i++) {
        if (V_POOL[i] != pool || V_CLASS[i] != "data") continue
        group = V_GROUP[i] == "-" ? "-" i : V_GROUP[i]
        if (!(group in members)) { list[++k] = group; least[group] = device_space(V_DEVICE[i]) }
        members[group]++
        if (device_space(V_DEVICE[i]) < least[group]) least[group] = device_space(V_DEVICE[i])
    }
    for (g = 1; g <= k; g++) {
        group = list[g]
        n_slabs = metaslabs(least[group] * (group ~ /^raidz/ ? members[group] : 1))
        PSIZE[pool] += n_slabs * METASLAB
        log_room = n_slabs > 64 ? METASLAB : 0 # one is kept for the log
        if (group ~ /^raidz/) { usable += (n_slabs * METASLAB - log_room) * deflated(group, members[group], ashift_of(pool)); inner += log_room * deflated(group, members[group], ashift_of(pool)) }
        else { usable += n_slabs * METASLAB - log_room; inner += log_room }
    }
    slop = usable / 32 < 137438953472 ? usable / 32 : 137438953472
    slop -= inner < slop / 2 ? inner : slop / 2
    if (slop < (usable / 2 < 134217728 ? usable / 2 : 134217728)) slop = usable / 2 < 134217728 ? usable / 2 : 134217728
    PUSABLE[pool] = int(usable - slop)
}

# What stands directly below the pool: a group, or a single disk that is vdev i.
function top_size(pool, group, i, class,   j, least, members) {
    if (class == "cache") return partition_size(V_DEVICE[i])
    if (i) return metaslabs(device_space(V_DEVICE[i])) * METASLAB
    for (j = 1; j <= NV; j++) {
        if (V_POOL[j] != pool || V_GROUP[j] != group) continue
        members++
        if (members == 1 || device_space(V_DEVICE[j]) < least) least = device_space(V_DEVICE[j])
    }
    return metaslabs(least * (group ~ /^raidz/ ? members : 1)) * METASLAB
}

function ashift_of(pool) { return PPROP[pool, "ashift"] + 0 > 0 ? PPROP[pool, "ashift"] : 12 }

function health(pool,   i, worst) {
    worst = "ONLINE"
    for (i = 1; i <= NV; i++) if (V_POOL[i] == pool && V_CLASS[i] ~ /^(data|special|dedup|logs)$/ && V_STATE[i] != "ONLINE") worst = "DEGRADED"
    return worst
}

BEGIN {
    SETTABLE = "ashift autoexpand autoreplace autotrim bootfs cachefile comment compatibility delegation failmode listsnapshots multihost"
    POOL_PROPS = "size capacity altroot health guid version bootfs delegation autoreplace cachefile failmode listsnapshots autoexpand dedupratio free allocated readonly ashift comment expandsize freeing fragmentation leaked multihost checkpoint load_guid autotrim compatibility"
    POOL_DEFAULT["delegation"] = "on"; POOL_DEFAULT["autoreplace"] = "off"; POOL_DEFAULT["cachefile"] = "-"
    POOL_DEFAULT["failmode"] = "wait"; POOL_DEFAULT["listsnapshots"] = "off"; POOL_DEFAULT["autoexpand"] = "off"
    POOL_DEFAULT["ashift"] = "0"; POOL_DEFAULT["comment"] = "-"; POOL_DEFAULT["multihost"] = "off"
    POOL_DEFAULT["autotrim"] = "off"; POOL_DEFAULT["compatibility"] = "off"; POOL_DEFAULT["bootfs"] = "-"
    POOL_DEFAULT["altroot"] = "-"; POOL_DEFAULT["version"] = "-"
    POOL_ALIAS["alloc"] = "allocated"; POOL_ALIAS["cap"] = "capacity"; POOL_ALIAS["frag"] = "fragmentation"
    POOL_ALIAS["ckpoint"] = "checkpoint"; POOL_ALIAS["expandsz"] = "expandsize"; POOL_ALIAS["dedup"] = "dedupratio"
    POOL_ALIAS["replace"] = "autoreplace"; POOL_ALIAS["expand"] = "autoexpand"; POOL_ALIAS["listsnaps"] = "listsnapshots"
    POOL_COLUMN["allocated"] = "ALLOC"; POOL_COLUMN["capacity"] = "CAP"; POOL_COLUMN["fragmentation"] = "FRAG"
    k = split("name altroot bootfs cachefile comment compatibility delegation autoreplace listsnapshots autoexpand readonly multihost failmode autotrim", list, " ")
    for (i = 1; i <= k; i++) POOL_TEXT[list[i]] = 1
    POOL_COLUMN["checkpoint"] = "CKPOINT"; POOL_COLUMN["expandsize"] = "EXPANDSZ"; POOL_COLUMN["dedupratio"] = "DEDUP"
}
