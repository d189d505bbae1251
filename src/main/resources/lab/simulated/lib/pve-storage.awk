# The storage configuration of the cluster: /etc/pve/storage.cfg (pve-storage 8.2), and what each storage holds on this node.

function storage_schema(type,   common) {
    common = "content nodes disable shared prune-backups maxfiles preallocation "
    if (type == "dir") { FIXED = "path"; return common "path is_mountpoint mkdir create-base-path create-subdirs" }
    if (type == "zfspool") { FIXED = "pool"; return common "pool sparse blocksize mountpoint" }
    if (type == "nfs") { FIXED = "server export"; return common "server export path options mkdir create-base-path create-subdirs" }
    return ""
}

function storage_add(type, id,   i, k, list, key) {
    quorate_or_die()
    load_sections(env("SIM_PVE") "/storage.cfg")
    if (section(id)) pve_die("create storage failed: storage ID '" id "' already defined")
    storage_schema(type)
    k = split(FIXED, list, " ")
    for (i = 1; i <= k; i++) if (!(list[i] in PARAM)) pve_die("create storage failed: missing value for required option '" list[i] "'")
    i = add_section(type, id)
    if (type == "nfs" && !("path" in PARAM)) { PARAM["path"] = "/mnt/pve/" id; PNAME[++NPARAM] = "path" }
    if (!("content" in PARAM)) { PARAM["content"] = type == "zfspool" || type == "nfs" ? "images,rootdir" : "images,rootdir,vztmpl,iso,backup,snippets"; PNAME[++NPARAM] = "content"; if (type == "nfs") PARAM["content"] = "images" }
    if (type == "zfspool" && !("mountpoint" in PARAM)) { key = command_line(word(env("SIM_DIR") "/zfs") " get -Ho value mountpoint " word(PARAM["pool"]) " 2>/dev/null"); if (key != "" && here("", PARAM["nodes"])) { PARAM["mountpoint"] = key; PNAME[++NPARAM] = "mountpoint" } }
    for (k = 1; k <= NPARAM; k++) set_storage_key(i, PNAME[k], PARAM[PNAME[k]])
    if (here("", key_of(i, "nodes")) && PARAM["disable"] != "1") activate(i, "create storage failed: ")
    save_sections()
}

function command_line(command,   line) {
    if ((command | getline line) <= 0) line = ""
    close(command)
    return line
}

function here(id, nodes) { return nodes == "" || index("," nodes ",", "," env("SIM_NODE") ",") > 0 }

function set_storage_key(i, key, value) {
    if (key == "content") value = checked_content(SEC_TYPE[i], value)
    if (key == "nodes") gsub(/[ ;]+/, ",", value)
    if (key == "prune-backups" && value !~ /^(keep-(all|last|hourly|daily|weekly|monthly|yearly)=[0-9]+,?)+$/) param_error(key, "invalid format - format error\nkeep: property is not defined in schema and the schema does not allow additional properties\n")
    set_key(i, key, value)
}

function checked_content(type, value,   k, i, list, allowed) {
    allowed = type == "zfspool" ? " images rootdir none " : " images rootdir vztmpl iso backup snippets import none "
    k = split(value, list, ",")
    for (i = 1; i <= k; i++) if (index(allowed, " " list[i] " ") == 0) param_error("content", "invalid format - storage does not support content type '" list[i] "'\n")
    return value
}

# An NFS storage is mounted by every node that uses it; a dataset has to be there.
function activate(i, head,   status, path) {
    if (SEC_TYPE[i] == "zfspool" && command_line(word(env("SIM_DIR") "/zfs") " list -Ho name " word(key_of(i, "pool")) " 2>/dev/null") == "") {
        pve_die(head "could not activate storage '" SEC_ID[i] "', zfs error: cannot import '" pool_name(key_of(i, "pool")) "': no such pool available")
    }
    if (SEC_TYPE[i] != "nfs") return
    path = key_of(i, "path") == "" ? "/mnt/pve/" SEC_ID[i] : key_of(i, "path")
    if (nfs_mounted(path)) return
    status = system("mkdir -p " word(ROOT path) " && exec 9>&- && SIM_LOCKED= " word(env("SIM_DIR") "/mount") " -t nfs " (key_of(i, "options") == "" ? "" : "-o " word(key_of(i, "options")) " ") word(key_of(i, "server") ":" key_of(i, "export")) " " word(path) " >&2")
    if (status != 0) pve_die(head "mount error: exit code 32")
}

function pool_name(p) { sub(/\/.*/, "", p); return p }

function nfs_mounted(path,   line, f, found) {
    while ((getline line < (env("SIM_STATE") "/nfs-mounts")) > 0) { split(line, f, "\t"); if (f[2] == path) found = 1 }
    close(env("SIM_STATE") "/nfs-mounts")
    return found
}

function storage_set(id,   i, j, k, list) {
    load_sections(env("SIM_PVE") "/storage.cfg")
    if (section("local") == 0 && id == "local") { SECTION_FILE = env("SIM_PVE") "/storage.cfg"; load_storage() }
    i = section(id)
    if (!i) pve_die("update storage failed: storage '" id "' does not exist")
    check_digest(PARAM["digest"], SECTION_FILE)
    storage_schema(SEC_TYPE[i])
    k = split(PARAM["delete"], list, ",")
    for (j = 1; j <= k; j++) {
        if (index(" " FIXED " ", " " list[j] " ")) pve_die("update storage failed: unable to delete fixed option '" list[j] "'")
        if (index(" " storage_schema(SEC_TYPE[i]) " ", " " list[j] " ") == 0) pve_die("update storage failed: no such option '" list[j] "'")
        drop_key(i, list[j])
    }
    for (j = 1; j <= NPARAM; j++) {
        if (PNAME[j] ~ /^(delete|digest)$/) continue
        if (index(" " FIXED " ", " " PNAME[j] " ")) pve_die("update storage failed: can't change value of fixed parameter '" PNAME[j] "'")
        if (index(" " storage_schema(SEC_TYPE[i]) " ", " " PNAME[j] " ") == 0) pve_die("update storage failed: unexpected property '" PNAME[j] "'")
        set_storage_key(i, PNAME[j], PARAM[PNAME[j]])
    }
    save_sections()
}

function storage_remove(id,   i) {
    load_sections(env("SIM_PVE") "/storage.cfg")
    i = section(id)
    if (!i) pve_die("delete storage failed: storage '" id "' does not exist")
    SEC_TYPE[i] = ""
    save_sections()
}

# Total, used and available bytes of a storage on this node, into TOTAL, TAKEN, LEFT; whether it is active.
function measure_storage(i,   command, line, f, path) {
    TOTAL = 0; TAKEN = 0; LEFT = 0
    if (SEC_TYPE[i] == "zfspool") {
        command = word(env("SIM_DIR") "/zfs") " get -Hpo value used,available " word(key_of(i, "pool")) " 2>/dev/null"
        if ((command | getline TAKEN) <= 0) { close(command); TAKEN = 0; return 0 }
        command | getline LEFT
        close(command)
        TOTAL = TAKEN + LEFT
        return 1
    }
    path = key_of(i, "path") == "" ? "/mnt/pve/" SEC_ID[i] : key_of(i, "path")
    if (SEC_TYPE[i] == "nfs" && !nfs_mounted(path)) return 0
    command = "df -Pk " word(ROOT path) " 2>/dev/null | tail -n 1"
    line = command_line(command)
    if (split(line, f, /[ \t]+/) < 4) return 0
    TOTAL = f[2] * 1024; TAKEN = f[3] * 1024; LEFT = f[4] * 1024
    return 1
}

function storage_status(   i, j, k, list, keys, width, active) {
    load_storage()
    k = 0
    for (i = 1; i <= NSEC; i++) if (here("", key_of(i, "nodes"))) keys = keys " " SEC_ID[i]
    k = sorted_keys(keys, list)
    width = 4
    for (j = 1; j <= k; j++) if (length(list[j]) > width) width = length(list[j])
    width++
    printf "%-" width "s %10s %10s %15s %15s %15s %8s\n", "Name", "Type", "Status", "Total", "Used", "Available", "%"
    for (j = 1; j <= k; j++) {
        i = section(list[j])
        if (key_of(i, "disable") == "1") { printf "%-" width "s %10s %10s %15d %15d %15d %8s\n", list[j], SEC_TYPE[i], "disabled", 0, 0, 0, "N/A"; continue }
        active = measure_storage(i)
        if (!active && SEC_TYPE[i] == "nfs") err("unable to activate storage '" list[j] "' - directory is expected to be a mount point but is not mounted: '" (key_of(i, "path") == "" ? "/mnt/pve/" list[j] : key_of(i, "path")) "'")
        printf "%-" width "s %10s %10s %15s %15s %15s % 7.2f%%\n", list[j], SEC_TYPE[i], active ? "active" : "inactive", n(int(TOTAL / 1024)), n(int(TAKEN / 1024)), n(int(LEFT / 1024)), share_taken()
    }
}

function share_taken() { return TOTAL > 0 ? TAKEN * 100 / TOTAL : 0 }

function storage_list(id,   i, command, line, f, volume, width) {
    load_storage()
    i = section(id)
    if (!i) pve_die("storage '" id "' does not exist")
    if (SEC_TYPE[i] != "zfspool") refuse("pvesm list of storage of type " SEC_TYPE[i])
    command = word(env("SIM_DIR") "/zfs") " list -Hp -o name,refquota,volsize,type -d 1 -t filesystem,volume " word(key_of(i, "pool")) " 2>/dev/null"
    printf "%-" (length(id) + 24) "s %-7s %-9s %14s %s\n", "Volid", "Format", "Type", "Size", "VMID"
    while ((command | getline line) > 0) {
        split(line, f, "\t")
        volume = substr(f[1], length(key_of(i, "pool")) + 2)
        if (volume !~ /^(subvol|vm|base|basevol)-[0-9]+-/) continue
        printf "%-" (length(id) + 24) "s %-7s %-9s %14s %s\n", id ":" volume, f[4] == "volume" ? "raw" : "subvol", volume ~ /^subvol/ ? "rootdir" : "images", f[4] == "volume" ? f[3] : f[2], guest_in(volume)
    }
    close(command)
}

function guest_in(volume) { sub(/^[a-z]+-/, "", volume); sub(/-.*/, "", volume); return volume }

function storage_path(volume,   at, i, name) {
    at = index(volume, ":")
    if (!at) pve_die("unable to parse volume ID '" volume "'")
    load_storage()
    i = section(substr(volume, 1, at - 1))
    if (!i) pve_die("storage '" substr(volume, 1, at - 1) "' does not exist")
    name = substr(volume, at + 1)
    if (SEC_TYPE[i] == "zfspool") {
        print name ~ /^subvol/ ? (key_of(i, "mountpoint") == "" ? "/" key_of(i, "pool") : key_of(i, "mountpoint")) "/" name : "/dev/zvol/" key_of(i, "pool") "/" name
        return
    }
    sub(/^vztmpl\//, "template/cache/", name); sub(/^iso\//, "template/iso/", name); sub(/^backup\//, "dump/", name)
    print (key_of(i, "path") == "" ? "/mnt/pve/" SEC_ID[i] : key_of(i, "path")) "/" name
}
