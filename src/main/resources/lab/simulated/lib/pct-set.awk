# pct create, pct set and what takes effect when: Config.pm update_pct_config, hotplug_pending and apply_pending of pve-container 5 (PVE 8).

# Options that reach a running container at once; the others wait in [pve:pending] for its next start.
function hot(option) {
    if (option ~ /^(onboot|startup|protection|hostname|hookscript|cores|tags|lock|description|memory|swap|cpulimit|cpuunits)$/) return 1
    if (option ~ /^net[0-9]+$/) return 1
    return option ~ /^(mp|dev)[0-9]+$/ && !(option in C)
}

function check_lock() { if (C["lock"] != "" && !("skiplock" in PARAM)) pve_die("CT is locked (" C["lock"] ")"); if (C["lock"] == "") delete C["lock"] }

function check_protection(text) { if ("protection" in C && C["protection"] == "1") pve_die(text " - protection mode enabled") }

function check_option(option, value,   low) {
    if (option ~ /^net[0-9]+$/) check_net(option, value)
    else if (option ~ /^mp[0-9]+$/ || option == "rootfs") check_mount(option, value)
    else if (option == "features") { parse_properties(value, ""); check_properties(option, " force_rw_sys fuse keyctl mknod mount nesting ", "") }
    else if (option ~ /^(cores|memory|swap|cpuunits|tty)$/) {
        low = option == "memory" ? 16 : option == "cores" ? 1 : 0
        if (value !~ /^-?[0-9]+$/) param_error(option, "type check ('integer') failed - got '" value "'")
        if (value + 0 < low) param_error(option, "value must have a minimum value of " low)
    }
    else if (option == "hostname" && value !~ /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*$/) param_error(option, "invalid format - value does not look like a valid DNS name\n")
    else if (option == "arch" && value !~ /^(amd64|i386|arm64|armhf|riscv32|riscv64)$/) param_error(option, "value '" value "' does not have a value in the enumeration 'amd64, i386, arm64, armhf, riscv32, riscv64'")
    else if (option == "ostype" && value !~ /^(debian|devuan|ubuntu|centos|fedora|opensuse|archlinux|alpine|gentoo|nixos|unmanaged)$/) param_error(option, "value '" value "' does not have a value in the enumeration 'debian, devuan, ubuntu, centos, fedora, opensuse, archlinux, alpine, gentoo, nixos, unmanaged'")
    else if (option == "cmode" && value !~ /^(shell|console|tty)$/) param_error(option, "value '" value "' does not have a value in the enumeration 'shell, console, tty'")
}

function canonical_option(option, value) {
    if (option ~ /^net[0-9]+$/) return canonical_net(value)
    if (option ~ /^mp[0-9]+$/ || option == "rootfs") return canonical_mount(option, value)
    if (option == "features") { parse_properties(value, ""); return print_properties("", "") }
    return value
}

# The value in force; a volume that an mp no longer uses stays as unusedN.
function put_conf(option, value,   old) {
    old = option in C && option ~ /^(mp[0-9]+|rootfs)$/ ? volume_of(C[option]) : ""
    set_conf(option, value)
    if (old != "" && mount_type(old) == "volume" && old != volume_of(value)) add_unused(old)
}

function drop_conf(option,   old) {
    old = option in C && option ~ /^mp[0-9]+$/ ? volume_of(C[option]) : ""
    if (option ~ /^unused[0-9]+$/ && option in C) free_volume(C[option])
    delete C[option]
    if (old != "" && mount_type(old) == "volume") add_unused(old)
}

function replication_jobs(id,   i, found) {
    load_sections(env("SIM_PVE") "/replication.cfg")
    STORAGE_READ = 0
    for (i = 1; i <= NSEC; i++) if (index(SEC_ID[i], id "-") == 1 && !((i, "remove_job") in SEC)) { found = SEC_ID[i]; break }
    return found
}

function pct_set(id,   i, k, list, option, running, given) {
    USAGE = "set <vmid> [OPTIONS]"
    load_ct(id)
    if (NPARAM == 0 || (NPARAM == 1 && "digest" in PARAM)) pve_die("no options specified")
    check_digest(PARAM["digest"], CT_PATH)
    delete PARAM["digest"]
    for (i = 1; i <= NPARAM; i++) if (PNAME[i] in PARAM && PNAME[i] !~ /^(delete|revert)$/) check_option(PNAME[i], PARAM[PNAME[i]])
    k = split(PARAM["delete"], list, ",")
    for (i = 1; i <= k; i++) if (known_option(list[i], SET_OPTIONS) == "" || list[i] in PARAM && list[i] != "delete") param_error("delete", known_option(list[i], SET_OPTIONS) == "" ? "unknown option '" list[i] "'" : "you can't use '-" list[i] "' and -delete " list[i] " at the same time")
    check_lock()
    running = is_running(id)
    revert_options()
    for (i = 1; i <= k; i++) mark_deleted(list[i])
    for (i = 1; i <= NPARAM; i++) if (PNAME[i] in PARAM && PNAME[i] !~ /^(delete|revert)$/) take_option(id, PNAME[i])
    if (running) hotplug()
    else apply_pending()
    save_ct()
}

function revert_options(   i, k, list) {
    k = split(PARAM["revert"], list, ",")
    for (i = 1; i <= k; i++) { delete P[list[i]]; unmark_deleted(list[i]) }
}

function mark_deleted(option) {
    if (!(option in C) && !(option in P)) { err("cannot delete '" option "' - not set in current configuration!"); return }
    if (option ~ /^(memory|rootfs|ostype)$/) pve_die("unable to delete required option '" option "'")
    if (option == "unprivileged") pve_die("unable to delete read-only option: 'unprivileged'")
    if (option ~ /^(mp|unused)[0-9]+$/) check_protection("can't remove CT " CT_ID " drive '" option "'")
    delete P[option]
    unmark_deleted(option)
    P_DELETE = P_DELETE (P_DELETE == "" ? "" : ",") option
}

function unmark_deleted(option,   i, k, list, out) {
    k = split(P_DELETE, list, ",")
    for (i = 1; i <= k; i++) if (list[i] != option) out = out (out == "" ? "" : ",") list[i]
    P_DELETE = out
}

function take_option(id, option,   value) {
    value = PARAM[option]
    if (option == "unprivileged") pve_die("unable to modify read-only option: 'unprivileged'")
    if (option ~ /^mp[0-9]+$/ || option == "rootfs") {
        check_protection("can't update CT " id " drive '" option "'")
        check_replicatable(id, option, value)
    }
    set_pending(option, value)
    unmark_deleted(option)
}

function check_replicatable(id, option, value,   volume, i) {
    if (replication_jobs(id) == "") return
    parse_properties(value, "volume")
    if (PROP["replicate"] == "0" && "replicate" in PROP) return
    volume = PROP["volume"]
    if (mount_type(volume) != "volume") pve_die("cannot add non-replicatable volume to a replicated VM")
    i = storage_of(substr(volume, 1, index(volume, ":") - 1))
    if (SEC_TYPE[i] != "zfspool") pve_die("cannot add non-replicatable volume to a replicated VM")
}

function hotplug(   k, i, list, gone) {
    k = split(P_DELETE, gone, ",")
    for (i = 1; i <= k; i++) if (hot(gone[i]) || gone[i] ~ /^unused[0-9]+$/) if (gone[i] !~ /^(mp|dev)[0-9]+$/) { drop_conf(gone[i]); unmark_deleted(gone[i]) }
    k = sorted_keys(P_KEYS, list)
    for (i = 1; i <= k; i++) {
        if (!(list[i] in P)) continue
        if (P[list[i]] == C[list[i]] && list[i] in C) { delete P[list[i]]; continue }
        if (C[list[i]] == "") delete C[list[i]]
        if (!hot(list[i])) continue
        put_conf(list[i], canonical_option(list[i], P[list[i]]))
        delete P[list[i]]
    }
}

function apply_pending(   k, i, list, gone) {
    k = split(P_DELETE, gone, ",")
    for (i = 1; i <= k; i++) drop_conf(gone[i])
    P_DELETE = ""
    k = sorted_keys(P_KEYS, list)
    for (i = 1; i <= k; i++) {
        if (!(list[i] in P)) continue
        put_conf(list[i], canonical_option(list[i], P[list[i]]))
        delete P[list[i]]
    }
}

function template_path(volume,   at, i, file) {
    at = index(volume, ":")
    if (!at) return volume
    i = storage_of(substr(volume, 1, at - 1))
    file = substr(volume, at + 1)
    sub(/^vztmpl\//, "", file)
    return key_of(i, "path") "/template/cache/" file
}

function os_of(template,   k, i, list) {
    k = split("debian devuan ubuntu centos fedora opensuse archlinux alpine gentoo nixos", list, " ")
    for (i = 1; i <= k; i++) if (index(template, list[i])) return list[i]
    return "unmanaged"
}

function pct_create(id, template,   i, head, path, option) {
    USAGE = "create <vmid> <ostemplate> [OPTIONS]"
    if (id !~ /^[1-9][0-9]+$/ || id + 0 < 100) param_error("vmid", "invalid format - value does not look like a valid VM ID\n")
    for (i = 1; i <= NPARAM; i++) check_option(PNAME[i], PARAM[PNAME[i]])
    quorate_or_die()
    load_guests()
    head = "unable to create CT " id " - "
    if (id in CT_NODE) pve_die(head "CT " id " already exists on node '" CT_NODE[id] "'")
    for (i = 1; i <= NPARAM; i++) if (PNAME[i] ~ /^mp[0-9]+$/ && !("rootfs" in PARAM)) pve_die("mount points configured, but 'rootfs' not set - aborting")
    if ("restore" in PARAM || "pool" in PARAM || "bwlimit" in PARAM) refuse("pct create --restore, --pool, --bwlimit")
    path = template_path(template)
    if (system("test -e " word(ROOT path)) != 0) pve_die(head "volume '" template "' does not exist")
    CT_ID = id
    CT_PATH = conf_path(id, env("SIM_NODE"))
    set_conf("arch", "amd64"); set_conf("hostname", "CT" id); set_conf("memory", "512"); set_conf("swap", "512")
    set_conf("ostype", os_of(template))
    if (!("rootfs" in PARAM)) { PARAM["rootfs"] = ("storage" in PARAM ? PARAM["storage"] : "local") ":4"; PNAME[++NPARAM] = "rootfs" }
    for (i = 1; i <= NPARAM; i++) {
        option = PNAME[i]
        if (option ~ /^(start|storage|force|password|ssh-public-keys|unique|ignore-unpack-errors)$/) continue
        if (option == "unprivileged" && PARAM[option] == "0") continue
        set_conf(option, canonical_option(option, PARAM[option]))
    }
    print "extracting archive '" path "'"
    print "Detected container architecture: " C["arch"]
    print "Creating SSH host key 'ssh_host_ed25519_key' - this may take some time ..."
    system("mkdir -p " word(env("SIM_PVE") "/nodes/" env("SIM_NODE") "/lxc"))
    RAW = ""; TAIL = ""; P_DELETE = ""
    save_ct()
    if (PARAM["start"] == "1" && "start" in PARAM) start_ct(id)
}

BEGIN {
    SET_OPTIONS = "arch cmode console cores cpulimit cpuunits debug delete description dev# digest features hookscript hostname lock memory mp# nameserver net# onboot ostype protection revert rootfs searchdomain skiplock startup swap tags template timezone tty unprivileged unused#"
    CREATE_OPTIONS = "arch bwlimit cmode console cores cpulimit cpuunits debug description dev# features force hookscript hostname ignore-unpack-errors lock memory mp# nameserver net# onboot ostype password pool protection restore rootfs searchdomain ssh-public-keys start startup storage swap tags template timezone tty unique unprivileged"
}
