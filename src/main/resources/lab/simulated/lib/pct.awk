# pct: list, config, pending, status, start, stop, shutdown, reboot, destroy, migrate, resize, rescan, exec.

function pct_list(   i, id, lock) {
    load_guests()
    for (i = 1; i <= NCT; i++) {
        id = CT[i]
        if (CT_NODE[id] != env("SIM_NODE")) continue
        split("", C); C_KEYS = ""
        load_ct(id)
        if (!SHOWN_HEAD++) printf "%-10s %-10s %-12s %-20s\n", "VMID", "Status", "Lock", "Name"
        printf "%-10s %-10s %-12s %-20s\n", id, is_running(id) ? "running" : "stopped", "lock" in C ? C["lock"] : "", "hostname" in C ? C["hostname"] : "CT" id
    }
}

function pct_config(id,   k, i, list, text) {
    USAGE = "config <vmid> [OPTIONS]"
    load_ct(id)
    if ("snapshot" in PARAM) refuse("pct config --snapshot")
    if (!("current" in PARAM) || PARAM["current"] == "0") merge_pending()
    k = sorted_keys(C_KEYS, list)
    for (i = 1; i <= k; i++) if (list[i] in C) { text = C[list[i]]; if (list[i] == "description") { gsub(/%/, "%25", text); gsub(/:/, "%3A", text); gsub(/\n/, "%0A", text) } print list[i] ": " text }
    printf "%s", RAW
}

function merge_pending(   k, i, list) {
    k = split(P_DELETE, list, ",")
    for (i = 1; i <= k; i++) delete C[list[i]]
    k = split(P_KEYS, list, " ")
    for (i = 1; i <= k; i++) if (list[i] in P) set_conf(list[i], P[list[i]])
}

function pct_pending(id,   k, i, list) {
    load_ct(id)
    k = sorted_keys(C_KEYS P_KEYS, list)
    for (i = 1; i <= k; i++) {
        if (list[i] == list[i - 1]) continue
        if (!(list[i] in C)) { if (list[i] in P) print "new " list[i] ": " P[list[i]]; continue }
        if (index("," P_DELETE ",", "," list[i] ",")) { print "del " list[i] ": " C[list[i]]; continue }
        print "cur " list[i] ": " C[list[i]]
        if (list[i] in P) print "new " list[i] ": " P[list[i]]
    }
}

# Whether HA owns the container; its wish is then changed with it.
function ha_wish(id, state,   i) {
    load_sections(env("SIM_PVE") "/ha/resources.cfg")
    STORAGE_READ = 0
    i = section(id)
    if (!i || SEC_TYPE[i] != "ct" || key_of(i, "state") == "ignored") return 0
    if (state == "") return 1
    set_key(i, "state", state)
    save_sections()
    return 1
}

function start_ct(id,   k, i, list, had) {
    had = P_DELETE != ""
    k = split(P_KEYS, list, " ")
    for (i = 1; i <= k; i++) if (list[i] in P) had = 1
    if (had) { apply_pending(); save_ct() }
    k = sorted_keys(C_KEYS, list)
    for (i = 1; i <= k; i++) {
        if (!(list[i] in C)) continue
        if (list[i] ~ /^net[0-9]+$/) check_net(list[i], C[list[i]])
        if (list[i] ~ /^mp[0-9]+$/ || list[i] == "rootfs") check_source(id, volume_of(C[list[i]]))
    }
    system("mkdir -p " word(env("SIM_SHARED") "/run"))
    print env("SIM_NODE") " " now() > run_file(id)
    close(run_file(id))
}

function check_source(id, volume) {
    if (mount_type(volume) == "bind") {
        if (system("test -d " word(ROOT volume)) == 0) return
        err("run_buffer: 571 Script exited with status 2")
        err("lxc_init: 845 Failed to run lxc.hook.pre-start for container \"" id "\"")
        err("__lxc_start: 2034 Failed to initialize container \"" id "\"")
        pve_die("startup for container '" id "' failed")
    }
    if (mount_type(volume) == "volume" && volume_size(volume) == "") {
        err("zfs error: cannot open '" dataset_of(volume) "': dataset does not exist")
        pve_die("startup for container '" id "' failed")
    }
}

function stop_ct(id) { system("rm -f " word(run_file(id))) }

function pct_power(id, what) {
    load_ct(id)
    check_lock()
    if (what == "start") {
        if (is_running(id)) pve_die("CT " id " already running")
        if (C["template"] == "1") pve_die("you can't start a CT if it's a template")
        if (ha_wish(id, "started")) print "Requesting HA start for CT " id
        start_ct(id)
        return
    }
    if (!is_running(id)) pve_die((what == "reboot" ? "VM " : "CT ") id " not running")
    if (what != "reboot" && ha_wish(id, "stopped")) print "Requesting HA stop for CT " id
    stop_ct(id)
    if (what == "reboot") start_ct(id)
}

function pct_destroy(id,   k, i, list, volume, done, job, ha) {
    load_ct(id)
    check_protection("can't remove CT " id)
    check_lock()
    ha = ha_wish(id, "")
    if (PARAM["purge"] != "1") {
        if (ha) pve_die("unable to remove CT " id " - used in HA resources and purge parameter not set.")
        job = replication_jobs(id)
        if (job != "") pve_die("There is a replication job '" job "' for guest '" id "' - Please remove that first.")
    }
    if (is_running(id)) {
        if (PARAM["force"] != "1") pve_die("unable to destroy CT " id " - container is running")
        err("forced to stop CT " id " before destroying!")
        stop_ct(id)
    }
    k = split(C_KEYS P_KEYS, list, " ")
    for (i = 1; i <= k; i++) {
        if (list[i] !~ /^(mp[0-9]+|rootfs|unused[0-9]+)$/ || !(list[i] in C)) continue
        volume = volume_of(C[list[i]])
        if (mount_type(volume) == "volume" && !(volume in done)) { done[volume] = 1; free_volume(volume) }
    }
    if (PARAM["purge"] == "1") purge(id)
    if (system("rm -f " word(CT_PATH)) != 0) pve_die("unable to remove " CT_PATH)
}

# Jobs and HA entries of a guest that is gone; replicas on other nodes stay, as with the real --purge.
function purge(id,   i) {
    load_sections(env("SIM_PVE") "/ha/resources.cfg")
    for (i = 1; i <= NSEC; i++) if (SEC_ID[i] == id) { SEC_TYPE[i] = ""; save_sections(); print "NOTE: removed CT " id " from HA resource configuration." ; break }
    load_sections(env("SIM_PVE") "/replication.cfg")
    for (i = 1; i <= NSEC; i++) if (index(SEC_ID[i], id "-") == 1) SEC_TYPE[i] = ""
    if (NSEC) save_sections()
    STORAGE_READ = 0
}

function log_line(text) { print strftime("%Y-%m-%d %H:%M:%S", now()) " " text }

function pct_migrate(id, target,   k, i, list, volume, running, dir, file, set) {
    USAGE = "migrate <vmid> <target> [OPTIONS]"
    load_ct(id)
    if (target == env("SIM_NODE")) param_error("target", "target is local node.")
    if (!is_node(target)) pve_die("no such cluster node '" target "'")
    check_lock()
    running = is_running(id)
    if (running && "online" in PARAM) pve_die("lxc live migration is currently not implemented")
    if (running && PARAM["restart"] != "1") pve_die("can't migrate running container without --online or --restart")
    if (!ONLINE[target]) pve_die("node '" target "' is offline")
    k = sorted_keys(C_KEYS, list)
    for (i = 1; i <= k; i++) {
        if (list[i] !~ /^(mp[0-9]+|rootfs|unused[0-9]+)$/ || !(list[i] in C)) continue
        volume = volume_of(C[list[i]])
        if (mount_type(volume) == "volume") { i_storage_on(volume, target); continue }
        if (PROP["shared"] != "1") pve_die("cannot migrate local " mount_type(volume) " mount point '" list[i] "'")
    }
    if (ha_wish(id, "")) print "Requesting HA migration for CT " id " to node " target
    if (running) log_line("shutdown CT " id)
    log_line("starting migration of CT " id " to node '" target "' (" NODE_IP[target] ")")
    dir = env("SIM_SHARED") "/transfer/" target
    system("mkdir -p " word(dir))
    for (i = 1; i <= k; i++) {
        if (list[i] !~ /^(mp[0-9]+|rootfs|unused[0-9]+)$/ || !(list[i] in C)) continue
        volume = volume_of(C[list[i]])
        if (mount_type(volume) != "volume") continue
        log_line("found local volume '" volume "' (in current VM config)")
        set = dataset_of(volume)
        file = set
        gsub("/", "+", file)
        if (zfs("snapshot " word(set "@__migration__")) != 0) pve_die("migration aborted")
        if (system(word(env("SIM_DIR") "/zfs") " send -R " word(set "@__migration__") " >" word(dir "/." file) " && mv " word(dir "/." file) " " word(dir "/" file)) != 0) pve_die("migration aborted")
        free_volume(volume)
    }
    system("mkdir -p " word(env("SIM_PVE") "/nodes/" target "/lxc"))
    if (system("mv " word(CT_PATH) " " word(conf_path(id, target))) != 0) pve_die("migration aborted")
    swap_replication(id, target)
    log_line("start final cleanup")
    if (running) {
        log_line("start container on target node")
        print target " " now() > run_file(id)
        close(run_file(id))
    }
    log_line("migration finished successfully (duration 00:00:01)")
}

# The storage must be there for the target too.
function i_storage_on(volume, target,   i, id) {
    id = substr(volume, 1, index(volume, ":") - 1)
    i = storage_of(id)
    if (key_of(i, "nodes") != "" && index("," key_of(i, "nodes") ",", "," target ",") == 0) pve_die("storage '" id "' is not available on node '" target "'")
}

# A job towards the node where the guest now lives turns round.
function swap_replication(id, target,   i, changed) {
    load_sections(env("SIM_PVE") "/replication.cfg")
    STORAGE_READ = 0
    for (i = 1; i <= NSEC; i++) if (index(SEC_ID[i], id "-") == 1) {
        if (key_of(i, "target") == target) set_key(i, "target", env("SIM_NODE"))
        set_key(i, "source", target)
        changed = 1
    }
    if (changed) save_sections()
}

function pct_resize(id, disk, size,   more, want, have, volume) {
    USAGE = "resize <vmid> <disk> <size> [OPTIONS]"
    load_ct(id)
    if (disk !~ /^(rootfs|mp[0-9]+)$/) param_error("disk", "value '" disk "' does not have a value in the enumeration 'rootfs, mp0, mp1, ...'")
    if (size !~ /^\+?[0-9]+(\.[0-9]+)?[KMGT]?$/) param_error("size", "value does not match the regex pattern")
    check_lock()
    check_digest(PARAM["digest"], CT_PATH)
    if (!(disk in C)) pve_die("disk '" disk "' does not exist")
    more = sub(/^\+/, "", size)
    volume = volume_of(C[disk])
    if (mount_type(volume) != "volume") pve_die("can't resize mount point of type " mount_type(volume))
    have = volume_size(volume) + 0
    want = bytes(size)
    if (more) want += have
    if (want < have) pve_die("unable to shrink disk size")
    if (want == have) pve_die("disk is already at specified size")
    if (zfs("set refquota=" n(want) " " word(dataset_of(volume))) != 0) pve_die("zfs error")
    parse_properties(C[disk], "volume")
    put("size", size_text(want))
    C[disk] = print_properties("volume", " mp ")
    save_ct()
}

function pct_rescan(   i, id) {
    print "rescan volumes..."
    load_guests()
    for (i = 1; i <= NCT; i++) {
        id = CT[i]
        if (CT_NODE[id] != env("SIM_NODE") || ("vmid" in PARAM && PARAM["vmid"] != id)) continue
        split("", C); C_KEYS = ""; split("", P); P_KEYS = ""
        load_ct(id)
        check_lock()
        rescan_one(id)
        RESCANNED = 1
    }
    if ("vmid" in PARAM && !RESCANNED) load_ct(PARAM["vmid"])
}

function rescan_one(id,   k, i, list, volume, size, changed, used, command, line, s, pool, storage) {
    k = sorted_keys(C_KEYS, list)
    for (i = 1; i <= k; i++) {
        if (list[i] !~ /^(mp[0-9]+|rootfs|unused[0-9]+)$/ || !(list[i] in C)) continue
        volume = volume_of(C[list[i]])
        used[volume] = 1
        if (mount_type(volume) != "volume" || list[i] ~ /^unused/) continue
        size = volume_size(volume) + 0
        parse_properties(C[list[i]], "volume")
        if (size <= 0 || PROP["size"] == size_text(size)) continue
        put("size", size_text(size))
        C[list[i]] = print_properties("volume", " mp ")
        print "CT " id ": updated volume size of '" volume "' in config."
        changed = 1
    }
    load_storage(); STORAGE_READ = 1
    for (s = 1; s <= NSEC; s++) {
        if (SEC_TYPE[s] != "zfspool" || index("," key_of(s, "content") ",", ",rootdir,") == 0) continue
        pool = key_of(s, "pool")
        command = word(env("SIM_DIR") "/zfs") " list -H -o name -d 1 -t filesystem " word(pool) " 2>/dev/null"
        while ((command | getline line) > 0) {
            if (index(line, pool "/subvol-" id "-disk-") != 1) continue
            volume = SEC_ID[s] ":" substr(line, length(pool) + 2)
            if (volume in used) continue
            print "CT " id " add unreferenced volume '" volume "' as '" next_unused() "' to config"
            add_unused(volume)
            changed = 1
        }
        close(command)
    }
    if (changed && PARAM["dryrun"] != "1") save_ct()
}

function next_unused(   number) { for (number = 0; ("unused" number) in C; number++) continue; return "unused" number }

# Runs the command on the node itself in the directory of the container's root: there is no container behind it.
function pct_exec(id,   i, command, set) {
    USAGE = "exec <vmid> [<extra-args>] [OPTIONS]"
    load_ct(id)
    if (NARG < 2) { err("missing command"); quit(255) }
    if (!is_running(id)) pve_die("container '" id "' not running!")
    set = dataset_of(volume_of(C["rootfs"]))
    command = "mp=$(" word(env("SIM_DIR") "/zfs") " get -Ho value mountpoint " word(set) "); cd " word(ROOT) "\"$mp\" || exit 255; exec env CTID=" word(id)
    for (i = 2; i <= NARG; i++) command = command " " word(ARG[i])
    STATUS = system("exec 9>&-; " command)
}

BEGIN {
    STATUS = 0
    if (COMMAND == "list") { pve_options(2, ""); pct_list() }
    else if (COMMAND == "config") { USAGE = "config <vmid> [OPTIONS]"; pve_options(2, "current snapshot snaptime"); need_args(1); pct_config(ARG[1]) }
    else if (COMMAND == "pending") { USAGE = "pending <vmid>"; pve_options(2, ""); need_args(1); pct_pending(ARG[1]) }
    else if (COMMAND == "status") { USAGE = "status <vmid> [OPTIONS]"; pve_options(2, "verbose"); need_args(1); load_ct(ARG[1]); print "status: " (is_running(ARG[1]) ? "running" : "stopped") }
    else if (COMMAND == "create") { USAGE = "create <vmid> <ostemplate> [OPTIONS]"; pve_options(2, CREATE_OPTIONS); need_args(2); pct_create(ARG[1], ARG[2]) }
    else if (COMMAND == "set") { USAGE = "set <vmid> [OPTIONS]"; pve_options(2, SET_OPTIONS); need_args(1); pct_set(ARG[1]) }
    else if (COMMAND ~ /^(start|stop|shutdown|reboot)$/) { USAGE = COMMAND " <vmid> [OPTIONS]"; pve_options(2, "skiplock debug timeout forceStop overrule-shutdown"); need_args(1); pct_power(ARG[1], COMMAND) }
    else if (COMMAND == "destroy") { USAGE = "destroy <vmid> [OPTIONS]"; pve_options(2, "force purge destroy-unreferenced-disks"); need_args(1); pct_destroy(ARG[1]) }
    else if (COMMAND == "migrate") { USAGE = "migrate <vmid> <target> [OPTIONS]"; pve_options(2, "online restart timeout bwlimit target-storage"); need_args(2); pct_migrate(ARG[1], ARG[2]) }
    else if (COMMAND == "resize") { USAGE = "resize <vmid> <disk> <size> [OPTIONS]"; pve_options(2, "digest"); need_args(3); pct_resize(ARG[1], ARG[2], ARG[3]) }
    else if (COMMAND == "rescan") { USAGE = "rescan [OPTIONS]"; pve_options(2, "dryrun vmid"); need_args(0); pct_rescan() }
    else if (COMMAND == "exec") { USAGE = "exec <vmid> [<extra-args>] [OPTIONS]"; pve_options(2, "keep-env"); need_args(1, 1); pct_exec(ARG[1]) }
    else if (COMMAND == "unlock") { USAGE = "unlock <vmid>"; pve_options(2, ""); need_args(1); load_ct(ARG[1]); delete C["lock"]; save_ct() }
    else refuse("pct " COMMAND)
    exit STATUS
}
