# The property table of OpenZFS 2.1 and 2.2 (module/zcommon/zfs_prop.c), in the order in which `zfs get all` prints it.
# KIND  i one of VALUES, n number, s string
# ATTR  I inherited, D of the dataset alone, R read-only, O set when created (read-only after), E the same and not inherited
# TYPES f filesystem, v volume, s snapshot

function prop(name, kind, attr, types, def, values, column) {
    PROPS[++NPROPS] = name
    KIND[name] = kind; ATTR[name] = attr; TYPES[name] = types; DEFAULT[name] = def; VALUES[name] = values
    COLUMN[name] = column != "" ? column : toupper(name)
}

# Whether this is OpenZFS 2.2 or newer.
function is_22() { return version_number(env("SIM_ZFS")) >= 202 }

function version_number(text,   f) { split(text, f, "."); return f[1] * 100 + f[2] }

function real_name(p) { return p in ALIAS ? ALIAS[p] : p }

function is_user_prop(p) { return index(p, ":") > 0 && p ~ /^[a-z0-9:._-]+$/ }

# The value as it is kept: bytes for sizes, the name an alias stands for; "" with WHY when it is refused.
function canonical(p, value, type,   x, i, k, list) {
    WHY = ""
    if (is_user_prop(p)) return value
    if (KIND[p] == "i") {
        if ((p, value) in VALUE_ALIAS) value = VALUE_ALIAS[p, value]
        k = split(VALUES[p], list, " ")
        for (i = 1; i <= k; i++) if (list[i] == value) return value
        if (p in LIMITED && value ~ LIMITED[p]) return value
        gsub(/ /, " | ", VALUES[p])
        WHY = "'" p "' must be one of '" (p in SHOWN ? SHOWN[p] : VALUES[p]) "'"
        return ""
    }
    if (KIND[p] == "s") return canonical_text(p, value)
    if (value == "none") return p ~ /_limit$/ ? "none" : "0"
    if (value == "auto") {
        if (p == "refreservation" && type == "v") return "auto"
        WHY = p == "refreservation" ? "'refreservation=auto' only allowed on volumes" : "'auto' is invalid value for '" p "'"
        return ""
    }
    x = bytes(value)
    if (x < 0) return ""
    if (x == 0 && (p == "quota" || p == "refquota")) { WHY = "use 'none' to disable quota/refquota"; return "" }
    if ((p == "recordsize" || p == "volblocksize") && !power_of_two(x, 512, is_22() ? 16777216 : 1048576)) {
        WHY = "'" p "' must be power of 2 from 512B to " (is_22() ? "16M" : "1M")
        return ""
    }
    if (p == "special_small_blocks" && x != 0 && !power_of_two(x, 512, 1048576)) {
        WHY = "invalid '" p "=" n(x) "' property: must be zero or a power of 2 from 512B to 1M"
        return ""
    }
    if (p == "pbkdf2iters" && x < 100000) { WHY = "minimum pbkdf2 iterations is 100000"; return "" }
    return n(x)
}

function canonical_text(p, value) {
    if (p == "mountpoint" && value != "none" && value != "legacy") {
        if (substr(value, 1, 1) != "/") {
            WHY = "'mountpoint' must be an absolute path, 'none', or 'legacy'"
            return ""
        }
        while (length(value) > 1 && substr(value, length(value)) == "/") value = substr(value, 1, length(value) - 1)
    }
    if (p == "sharenfs" && value != "on" && value != "off" && !share_ok(value)) {
        WHY = "'sharenfs' cannot be set to invalid options"
        return ""
    }
    if (p == "sharesmb" && value != "on" && value != "off") refuse("sharesmb")
    if (p == "keylocation" && value !~ /^(none|prompt|file:\/\/\/.+|https?:\/\/.+)$/) { WHY = "invalid keylocation"; return "" }
    return value
}

function power_of_two(x, low, high,   p) {
    for (p = low; p <= high; p *= 2) if (p == x) return 1
    return 0
}

# Whether libshare (os/linux/nfs.c) knows every key of a sharenfs value.
function share_ok(value,   k, i, list, key) {
    k = split(value, list, ",")
    for (i = 1; i <= k; i++) {
        key = list[i]
        sub(/=.*/, "", key)
        if (key == "ro" || key == "rw" || key == "sec") continue
        if (index(SHARE_KEYS, " " key " ") == 0) return 0
    }
    return value != ""
}

# The export lines of one shared path, as libshare writes them into /etc/exports.d/zfs.exports.
function share_lines(path, value,   k, i, j, m, list, hosts, key, val, sec, rest, lines, at, h, access) {
    if (value == "on") value = "rw,crossmnt"
    k = split(value, list, ",")
    rest = ""
    for (i = 1; i <= k; i++) {
        key = list[i]
        sub(/=.*/, "", key)
        if (list[i] ~ /^(ro|rw|sec)(=|$)/) continue
        if (key == "anon") sub(/^anon=/, "anonuid=", list[i])
        if (list[i] == "nosub") list[i] = "subtree_check"
        if (key == "root_mapping") sub(/^root_mapping=/, "root_squash,anonuid=", list[i])
        rest = rest "," list[i]
    }
    rest = "no_subtree_check,mountpoint" rest
    sec = "sys"; lines = ""; at = 0
    for (i = 1; i <= k; i++) {
        key = list[i]; val = ""
        if (index(key, "=")) { val = substr(key, index(key, "=") + 1); sub(/=.*/, "", key) }
        if (key == "sec") { sec = val; continue }
        if (key != "ro" && key != "rw") continue
        at = 1
        m = split(val == "" ? "*" : val, hosts, ":")
        for (j = 1; j <= m; j++) {
            h = hosts[j]
            sub(/^@/, "", h)
            lines = lines path " " h "(sec=" sec "," key "," rest ")\n"
        }
    }
    return at ? lines : path " *(sec=sys,rw," rest ")\n"
}

BEGIN {
    blake3 = is_22() ? " blake3" : ""
    prop("type", "s", "R", "fvs"); prop("creation", "s", "R", "fvs")
    prop("used", "n", "R", "fvs"); prop("available", "n", "R", "fv", "", "", "AVAIL")
    prop("referenced", "n", "R", "fvs", "", "", "REFER"); prop("compressratio", "s", "R", "fvs", "", "", "RATIO")
    prop("mounted", "s", "R", "f"); prop("origin", "s", "R", "fv")
    prop("quota", "n", "D", "f", "0"); prop("reservation", "n", "D", "fv", "0", "", "RESERV")
    prop("volsize", "n", "D", "vs"); prop("volblocksize", "n", "O", "v", is_22() ? "16384" : "8192", "", "VOLBLOCK")
    prop("recordsize", "n", "I", "f", "131072", "", "RECSIZE"); prop("mountpoint", "s", "I", "f")
    prop("sharenfs", "s", "I", "f", "off")
    prop("checksum", "i", "I", "fv", "on", "on off fletcher2 fletcher4 sha256 sha512 skein edonr" blake3)
    prop("compression", "i", "I", "fv", is_22() ? "on" : "off", "on off lzjb gzip zle lz4 zstd zstd-fast", "COMPRESS")
    prop("atime", "i", "I", "f", "on", "on off"); prop("devices", "i", "I", "fs", "on", "on off")
    prop("exec", "i", "I", "fs", "on", "on off"); prop("setuid", "i", "I", "fs", "on", "on off")
    prop("readonly", "i", "I", "fv", "off", "on off", "RDONLY"); prop("zoned", "i", "I", "f", "off", "on off")
    prop("snapdir", "i", "I", "f", "hidden", "hidden visible")
    prop("aclmode", "i", "I", "f", "discard", "discard groupmask passthrough restricted")
    prop("aclinherit", "i", "I", "f", "restricted", "discard noallow restricted passthrough passthrough-x")
    prop("createtxg", "n", "R", "fvs"); prop("canmount", "i", "D", "f", "on", "on off noauto")
    prop("xattr", "i", "I", "fs", "on", "on off sa"); prop("copies", "i", "I", "fv", "1", "1 2 3")
    prop("version", "i", "D", "fs", "5", "1 2 3 4 5 current"); prop("utf8only", "i", "O", "fs", "off", "on off")
    prop("normalization", "i", "O", "fs", "none", "none formC formD formKC formKD")
    prop("casesensitivity", "i", "O", "fs", "sensitive", "sensitive insensitive mixed", "CASE")
    prop("vscan", "i", "I", "f", "off", "on off"); prop("nbmand", "i", "I", "fs", "off", "on off")
    prop("sharesmb", "s", "I", "f", "off"); prop("refquota", "n", "D", "f", "0")
    prop("refreservation", "n", "D", "fv", "0", "", "REFRESERV"); prop("guid", "s", "R", "fvs")
    prop("primarycache", "i", "I", "fvs", "all", "all none metadata")
    prop("secondarycache", "i", "I", "fvs", "all", "all none metadata")
    prop("usedbysnapshots", "n", "R", "fv", "", "", "USEDSNAP"); prop("usedbydataset", "n", "R", "fv", "", "", "USEDDS")
    prop("usedbychildren", "n", "R", "fv", "", "", "USEDCHILD")
    prop("usedbyrefreservation", "n", "R", "fv", "", "", "USEDREFRESERV")
    prop("defer_destroy", "s", "R", "s"); prop("userrefs", "n", "R", "s")
    prop("logbias", "i", "I", "fv", "latency", "latency throughput"); prop("objsetid", "n", "R", "fvs")
    prop("dedup", "i", "I", "fv", "off", "on off verify sha256 sha256,verify sha512 sha512,verify skein skein,verify edonr,verify" (is_22() ? " blake3 blake3,verify" : ""))
    prop("mlslabel", "s", "D", "fv", "none"); prop("sync", "i", "I", "fv", "standard", "standard always disabled")
    prop("dnodesize", "i", "I", "f", "legacy", "legacy auto 1k 2k 4k 8k 16k", "DNSIZE")
    prop("refcompressratio", "s", "R", "fvs", "", "", "REFRATIO"); prop("written", "n", "R", "fvs")
    prop("clones", "s", "R", "s"); prop("logicalused", "n", "R", "fv", "", "", "LUSED")
    prop("logicalreferenced", "n", "R", "fvs", "", "", "LREFER")
    prop("volmode", "i", "I", "fv", "default", "default full geom dev none")
    prop("filesystem_limit", "n", "D", "f", "none", "", "FSLIMIT"); prop("snapshot_limit", "n", "D", "fv", "none", "", "SSLIMIT")
    prop("filesystem_count", "n", "D", "f", "none", "", "FSCOUNT"); prop("snapshot_count", "n", "D", "fv", "none", "", "SSCOUNT")
    prop("snapdev", "i", "I", "fv", "hidden", "hidden visible"); prop("acltype", "i", "I", "f", "off", "off nfsv4 posix")
    prop("context", "s", "D", "fv", "none"); prop("fscontext", "s", "D", "fv", "none")
    prop("defcontext", "s", "D", "fv", "none"); prop("rootcontext", "s", "D", "fv", "none")
    prop("relatime", "i", "I", "f", is_22() ? "on" : "off", "on off")
    prop("redundant_metadata", "i", "I", "fv", "all", "all most" (is_22() ? " some none" : ""), "REDUND_MD")
    prop("overlay", "i", "I", "f", "on", "on off")
    prop("encryption", "i", "O", "fvs", "off", "on off aes-128-ccm aes-192-ccm aes-256-ccm aes-128-gcm aes-192-gcm aes-256-gcm")
    prop("keylocation", "s", "D", "fv", "none"); prop("keyformat", "i", "E", "fvs", "none", "none raw hex passphrase")
    prop("pbkdf2iters", "n", "E", "fvs", "0"); prop("encryptionroot", "s", "R", "fvs", "", "", "ENCROOT")
    prop("keystatus", "s", "R", "fvs"); prop("special_small_blocks", "n", "I", "f", "0")
    if (is_22()) {
        prop("snapshots_changed", "s", "R", "fvs")
        prop("prefetch", "i", "I", "fvs", "all", "none metadata all")
    }
    prop("receive_resume_token", "s", "R", "fv", "", "", "RESUMETOK")
    ALIAS["compress"] = "compression"; ALIAS["recsize"] = "recordsize"; ALIAS["avail"] = "available"
    ALIAS["refer"] = "referenced"; ALIAS["rdonly"] = "readonly"; ALIAS["reserv"] = "reservation"
    ALIAS["refreserv"] = "refreservation"; ALIAS["volblock"] = "volblocksize"; ALIAS["ratio"] = "compressratio"
    ALIAS["dnsize"] = "dnodesize"; ALIAS["usedsnap"] = "usedbysnapshots"; ALIAS["usedds"] = "usedbydataset"
    ALIAS["usedchild"] = "usedbychildren"; ALIAS["usedrefreserv"] = "usedbyrefreservation"
    VALUE_ALIAS["acltype", "posixacl"] = "posix"; VALUE_ALIAS["acltype", "noacl"] = "off"
    VALUE_ALIAS["acltype", "disabled"] = "off"; VALUE_ALIAS["xattr", "dir"] = "on"
    VALUE_ALIAS["compression", "gzip-6"] = "gzip"; VALUE_ALIAS["compression", "zstd-fast-1"] = "zstd-fast"
    VALUE_ALIAS["encryption", "on"] = "aes-256-gcm"
    LIMITED["compression"] = "^(gzip-[1-9]|zstd-([1-9]|1[0-9])|zstd-fast-([1-9]|10|[2-9]0|100|500|1000))$"
    SHOWN["compression"] = "on | off | lzjb | gzip | gzip-[1-9] | zle | lz4 | zstd | zstd-[1-19] | zstd-fast | zstd-fast-[1-10,20,30,40,50,60,70,80,90,100,500,1000]"
    SHOWN["dedup"] = "on | off | verify | sha256[,verify] | sha512[,verify] | skein[,verify] | edonr,verify" (is_22() ? " | blake3[,verify]" : "")
    SHOWN["acltype"] = "off | nfsv4 | posix"; SHOWN["xattr"] = "on | off | dir | sa"
    SHARE_KEYS = " all_squash anongid anonuid async auth_nlm crossmnt fsid fsuid hide insecure insecure_locks mountpoint mp no_acl no_all_squash no_auth_nlm no_root_squash no_subtree_check no_wdelay nohide refer replicas root_squash secure secure_locks subtree_check sync wdelay anon root_mapping nosub "
}
