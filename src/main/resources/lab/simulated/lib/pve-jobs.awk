# Replication jobs (replication.cfg), backup jobs (jobs.cfg) and HA (ha/resources.cfg, ha/groups.cfg) of the cluster.

function load_replication() { load_sections(env("SIM_PVE") "/replication.cfg") }

function job_guest(id) { sub(/-.*/, "", id); return id }

function replication_create(id, target,   i, guest, source) {
    if (id !~ /^[1-9][0-9]*-[0-9]+$/ || job_guest(id) + 0 < 100) param_error("id", "invalid format - invalid replication job id '" id "'\n")
    load_guests()
    guest = job_guest(id)
    if (!(guest in CT_NODE)) pve_die("Guest '" guest "' does not exist.")
    if (!is_node(target)) pve_die("Target '" target "' does not exist.")
    source = CT_NODE[guest]
    if ("source" in PARAM && PARAM["source"] != source) pve_die("Source '" PARAM["source"] "' does not match current node of guest '" guest "' (" source ")")
    if (target == source) pve_die("Source and target must not be identical")
    check_volumes(guest, source)
    load_replication()
    if (section(id)) pve_die("replication job '" id "' already exists")
    for (i = 1; i <= NSEC; i++) if (job_guest(SEC_ID[i]) == guest && key_of(i, "target") == target) pve_die("replication job for guest '" guest "' to target 'local/" target "' already exists")
    if ("schedule" in PARAM) check_schedule(PARAM["schedule"])
    i = add_section("local", id)
    set_key(i, "target", target)
    copy_params(i, "schedule rate comment disable")
    set_key(i, "source", source)
    save_sections()
}

# Every volume of the guest must be on ZFS, or say replicate=0; bind mounts cannot follow.
function check_volumes(guest, source,   k, i, list, volume, s, found) {
    HOME_NODE = source
    load_ct(guest)
    HOME_NODE = env("SIM_NODE")
    k = sorted_keys(C_KEYS, list)
    for (i = 1; i <= k; i++) {
        if (list[i] !~ /^(mp[0-9]+|rootfs)$/) continue
        volume = volume_of(C[list[i]])
        if ("replicate" in PROP && PROP["replicate"] == "0") continue
        if (mount_type(volume) != "volume") pve_die("unable to replicate mountpoint type '" mount_type(volume) "'")
        load_storage()
        s = section(substr(volume, 1, index(volume, ":") - 1))
        if (!s || SEC_TYPE[s] != "zfspool") pve_die("missing replicate feature on volume '" volume "'")
        found = 1
    }
    if (!found) pve_die("No replicatable volumes found")
}

function check_schedule(text) {
    if (text !~ /^[a-zA-Z0-9*\/.,: -]+$/ || text == "") param_error("schedule", "invalid format - invalid calendar event '" text "'\n")
}

function copy_params(i, names,   k, j, list) {
    k = split(names, list, " ")
    for (j = 1; j <= k; j++) if (list[j] in PARAM) {
        if (list[j] == "disable" && PARAM[list[j]] == "0") drop_key(i, "disable")
        else set_key(i, list[j], PARAM[list[j]])
    }
}

function replication_update(id,   i, j, k, list) {
    load_replication()
    i = section(id)
    if (!i) pve_die("no such job '" id "'")
    if ("target" in PARAM) pve_die("unable to change fixed option 'target'")
    check_digest(PARAM["digest"], SECTION_FILE)
    k = split(PARAM["delete"], list, ",")
    for (j = 1; j <= k; j++) {
        if (list[j] == "target") pve_die("unable to delete required option 'target'")
        if (index(" schedule rate comment disable source remove_job ", " " list[j] " ") == 0) pve_die("no such option '" list[j] "'")
        drop_key(i, list[j])
    }
    if ("schedule" in PARAM) check_schedule(PARAM["schedule"])
    copy_params(i, "schedule rate comment disable source")
    save_sections()
}

function replication_delete(id,   i) {
    load_replication()
    i = section(id)
    if (PARAM["force"] == "1") {
        if (PARAM["keep"] == "1") param_error("keep", "conflicts with parameter 'force'")
        if (i) SEC_TYPE[i] = ""
        save_sections()
        return
    }
    if (!i) pve_die("no such job '" id "'")
    set_key(i, "remove_job", PARAM["keep"] == "1" ? "local" : "full")
    if (env("SIM_NAME") == "pvesr") err("Replication job removal is a background task and will take some time.")
    save_sections()
}

function job_state(id,   line) {
    if ((getline line < (env("SIM_SHARED") "/replication/" id)) <= 0) line = ""
    close(env("SIM_SHARED") "/replication/" id)
    return line
}

# last_sync, last_try, duration, fail_count, error: into ST[1..5].
function read_state(id,   line) {
    split("", ST)
    line = job_state(id)
    split(line, ST, "\t")
    return line != ""
}

function next_sync(i,   every) {
    every = key_of(i, "schedule")
    if (every ~ /^\*\/[0-9]+$/) every = substr(every, 3) * 60
    else every = 900
    return ST[1] + 0 > 0 ? (int(ST[1] / every) + 1) * every : now()
}

# One tick of the scheduler for the guests of this node: removed jobs go, the others send their volumes.
function replication_run(only,   i, guest, k, j, list, volume, last) {
    load_guests()
    load_replication()
    for (i = 1; i <= NSEC; i++) {
        if (only != "" && SEC_ID[i] != only) continue
        guest = job_guest(SEC_ID[i])
        if (CT_NODE[guest] != env("SIM_NODE")) { if (CT_NODE[guest] == "" && (i, "remove_job") in SEC) SEC_TYPE[i] = ""; continue }
        if ((i, "remove_job") in SEC) { GONE[++NGONE] = SEC_ID[i] "\t" key_of(i, "target") "\t" SEC[i, "remove_job"]; SEC_TYPE[i] = ""; continue }
        if (key_of(i, "disable") != "1") RUN[++NRUN] = SEC_ID[i] "\t" key_of(i, "target")
    }
    save_sections()
    for (i = 1; i <= NGONE; i++) { split(GONE[i], list, "\t"); end_replication(list[1], list[2], list[3]) }
    for (i = 1; i <= NRUN; i++) { split(RUN[i], list, "\t"); replicate(list[1], list[2]) }
}

# Snapshots of a job that is gone are dropped here, and on the target the replica with them unless it was to be kept.
function end_replication(id, target, how,   k, j, list, volume, set, file) {
    split("", C); C_KEYS = ""; split("", P); P_KEYS = ""
    load_ct(job_guest(id))
    STORAGE_READ = 0
    read_state(id)
    k = sorted_keys(C_KEYS, list)
    for (j = 1; j <= k; j++) {
        if (list[j] !~ /^(mp[0-9]+|rootfs)$/) continue
        volume = volume_of(C[list[j]])
        if (mount_type(volume) != "volume" || ST[1] + 0 == 0) continue
        set = dataset_of(volume)
        zfs("destroy " word(set "@__replicate_" id "_" ST[1] "__"))
        file = set
        gsub("/", "+", file)
        if (how == "full") system("mkdir -p " word(env("SIM_SHARED") "/transfer/" target) " && : >" word(env("SIM_SHARED") "/transfer/" target "/" file "~gone"))
    }
    system("rm -f " word(env("SIM_SHARED") "/replication/" id))
}

function replicate(id, target,   k, j, list, volume, set, file, dir, last, snap) {
    split("", C); C_KEYS = ""; split("", P); P_KEYS = ""
    load_ct(job_guest(id))
    STORAGE_READ = 0
    read_state(id)
    last = ST[1] + 0
    dir = env("SIM_SHARED") "/transfer/" target
    system("mkdir -p " word(dir) " " word(env("SIM_SHARED") "/replication"))
    k = sorted_keys(C_KEYS, list)
    for (j = 1; j <= k; j++) {
        if (list[j] !~ /^(mp[0-9]+|rootfs)$/) continue
        volume = volume_of(C[list[j]])
        if (mount_type(volume) != "volume" || ("replicate" in PROP && PROP["replicate"] == "0")) continue
        set = dataset_of(volume)
        file = set
        gsub("/", "+", file)
        snap = "@__replicate_" id "_" now() "__"
        zfs("snapshot " word(set snap))
        system(word(env("SIM_DIR") "/zfs") " send -Rpv " (last ? "-I " word("@__replicate_" id "_" last "__") " " : "") word(set snap) " >" word(dir "/." file) " && mv " word(dir "/." file) " " word(dir "/" file))
        if (last) zfs("destroy " word(set "@__replicate_" id "_" last "__"))
    }
    print now() "\t" now() "\t1.0\t0\t" > (env("SIM_SHARED") "/replication/" id)
    close(env("SIM_SHARED") "/replication/" id)
}

function replication_list(   i) {
    load_replication()
    printf "%-20s %-20s %10s %5s %8s\n", "JobID", "Target", "Schedule", "Rate", "Enabled"
    for (i = 1; i <= NSEC; i++) printf "%-20s %-20s %10s %5s %8s\n", SEC_ID[i], "local/" key_of(i, "target"), (i, "schedule") in SEC ? SEC[i, "schedule"] : "*/15", (i, "rate") in SEC ? SEC[i, "rate"] : "-", key_of(i, "disable") == "1" ? "no" : "yes"
}

function replication_status(   i, next_at, next_text) {
    load_guests()
    load_replication()
    printf "%-10s %-10s %-20s %20s %20s %10s %10s %s\n", "JobID", "Enabled", "Target", "LastSync", "NextSync", "Duration", "FailCount", "State"
    for (i = 1; i <= NSEC; i++) {
        if (CT_NODE[job_guest(SEC_ID[i])] != env("SIM_NODE")) continue
        read_state(SEC_ID[i])
        next_at = next_sync(i)
        next_text = "pending"
        if (next_at > now()) next_text = strftime("%Y-%m-%d_%H:%M:%S", next_at)
        printf "%-10s %-10s %-20s %20s %20s %10s %10s %s\n", SEC_ID[i], key_of(i, "disable") == "1" ? "No" : "Yes", "local/" key_of(i, "target"), ST[1] + 0 ? strftime("%Y-%m-%d_%H:%M:%S", ST[1]) : "-", next_text, ST[3] == "" ? "-" : ST[3], ST[4] + 0, ST[5] == "" ? "OK" : ST[5]
    }
}

# -------- backup jobs
function backup_create(   i, id) {
    load_sections(env("SIM_PVE") "/jobs.cfg")
    id = PARAM["id"]
    if (id == "") id = "backup-" substr(digest_of(SECTION_FILE), 1, 8) "-" substr(digest_of(SECTION_FILE), 9, 4)
    if (section(id)) pve_die("Job '" id "' already exists")
    if (("schedule" in PARAM) == ("starttime" in PARAM)) param_error(("schedule" in PARAM) ? "starttime" : "schedule", ("schedule" in PARAM) ? "'starttime' and 'schedule' cannot both be set" : "neither 'starttime' nor 'schedule' were set")
    if (("vmid" in PARAM) + (PARAM["all"] == "1") + ("pool" in PARAM) > 1) param_error("vmid", "option conflicts with option 'all' or 'pool'")
    if (!("vmid" in PARAM) && PARAM["all"] != "1" && !("pool" in PARAM)) param_error("vmid", "property is missing and it is not optional")
    i = add_section("vzdump", id)
    backup_keys(i)
    if (!((i, "enabled") in SEC)) set_key(i, "enabled", "1")
    save_sections()
}

function backup_keys(i,   j, key) {
    if ("starttime" in PARAM) { set_key(i, "schedule", ("dow" in PARAM ? PARAM["dow"] " " : "") PARAM["starttime"]) }
    for (j = 1; j <= NPARAM; j++) {
        key = PNAME[j]
        if (key ~ /^(id|starttime|dow|delete|digest)$/) continue
        if (key == "mode" && PARAM[key] !~ /^(snapshot|suspend|stop)$/) param_error(key, "value '" PARAM[key] "' does not have a value in the enumeration 'snapshot, suspend, stop'")
        if (key == "compress" && PARAM[key] !~ /^(0|1|gzip|lzo|zstd)$/) param_error(key, "value '" PARAM[key] "' does not have a value in the enumeration '0, 1, gzip, lzo, zstd'")
        if (key == "schedule") check_schedule(PARAM[key])
        set_key(i, key, PARAM[key])
    }
}

function backup_find(id,   i) {
    load_sections(env("SIM_PVE") "/jobs.cfg")
    i = section(id)
    if (!i) param_error("id", "No such job '" id "'")
    return i
}

function drop_keys(i, names,   k, j, list) {
    k = split(names, list, " ")
    for (j = 1; j <= k; j++) drop_key(i, list[j])
}

function backup_update(id,   i, j, k, list) {
    i = backup_find(id)
    k = split(PARAM["delete"], list, ",")
    for (j = 1; j <= k; j++) drop_key(i, list[j])
    backup_keys(i)
    if ((i, "exclude") in SEC && !((i, "pool") in SEC)) set_key(i, "all", "1")
    if ("vmid" in PARAM) drop_keys(i, "all exclude pool")
    else if (PARAM["all"] == "1") drop_keys(i, "vmid pool")
    else if ((i, "pool") in SEC) drop_keys(i, "vmid all exclude")
    save_sections()
}

# -------- HA
function ha_sid(sid) { return sid ~ /^[0-9]+$/ ? "ct:" sid : sid }

function find_resource(sid,   i, type) {
    type = sid; sub(/:.*/, "", type); sub(/^[a-z]+:/, "", sid)
    for (i = 1; i <= NSEC; i++) if (SEC_TYPE[i] == type && SEC_ID[i] == sid) return i
    return 0
}

function load_ha(name) { load_sections(env("SIM_PVE") "/ha/" name ".cfg") }

function ha_state(value) {
    if (value == "enabled") return "started"
    if (value !~ /^(started|stopped|disabled|ignored)$/) param_error("state", "value '" value "' does not have a value in the enumeration 'started, stopped, enabled, disabled, ignored'")
    return value
}

function ha_add(sid,   i) {
    sid = ha_sid(sid)
    if (sid !~ /^(ct|vm):[0-9]+$/) param_error("sid", "invalid format - value does not look like a valid ha resource id\n")
    load_guests()
    if (!(substr(sid, 4) in CT_NODE)) pve_die("unable to add resource '" sid "' - no such " (sid ~ /^ct/ ? "container" : "virtual machine") " in cluster")
    check_group()
    load_ha("resources")
    if (find_resource(sid)) pve_die("resource ID '" sid "' already defined")
    i = add_section(substr(sid, 1, 2), substr(sid, 4))
    ha_keys(i)
    save_sections()
    ha_follow(sid)
}

function check_group() {
    if (!("group" in PARAM)) return
    load_ha("groups")
    if (!section(PARAM["group"])) pve_die("HA group '" PARAM["group"] "' does not exist")
}

function ha_keys(i) {
    if ("state" in PARAM) set_key(i, "state", ha_state(PARAM["state"]))
    copy_params(i, "group max_restart max_relocate comment")
}

# HA starts and stops by itself what it was told to.
function ha_follow(sid,   state, id, i) {
    id = substr(sid, 4)
    load_ha("resources")
    i = find_resource(sid)
    state = i ? key_of(i, "state") : ""
    if (state == "") state = "started"
    if (CT_NODE[id] == "" || sid !~ /^ct/) return
    if (state == "started" && !is_running(id)) { system("mkdir -p " word(env("SIM_SHARED") "/run")); print CT_NODE[id] " " now() > run_file(id); close(run_file(id)) }
    if (state ~ /^(stopped|disabled)$/) system("rm -f " word(run_file(id)))
}

function ha_set(sid,   i, j, k, list) {
    sid = ha_sid(sid)
    check_group()
    load_guests()
    load_ha("resources")
    i = find_resource(sid)
    if (!i) pve_die("no such resource '" sid "'")
    k = split(PARAM["delete"], list, ",")
    for (j = 1; j <= k; j++) drop_key(i, list[j])
    ha_keys(i)
    save_sections()
    ha_follow(sid)
}

function ha_remove(sid,   i) {
    sid = ha_sid(sid)
    load_ha("resources")
    i = find_resource(sid)
    if (!i) pve_die("cannot delete service '" sid "', not HA managed!")
    SEC_TYPE[i] = ""
    save_sections()
}

function check_members(text,   k, i, list) {
    k = split(text, list, ",")
    for (i = 1; i <= k; i++) { if (list[i] !~ /^[a-zA-Z0-9][a-zA-Z0-9-]*(:[0-9]+)?$/) param_error("nodes", "invalid format - value does not look like a valid node name\n") }
}

function group_add(id,   i) {
    if (!("nodes" in PARAM)) param_error("nodes", "property is missing and it is not optional")
    check_members(PARAM["nodes"])
    load_ha("groups")
    if (section(id)) pve_die("create ha group failed: ha group ID '" id "' already defined")
    i = add_section("group", id)
    copy_params(i, "nodes restricted nofailback comment")
    save_sections()
}

function group_set(id,   i, j, k, list) {
    load_ha("groups")
    i = section(id)
    if (!i) pve_die("update ha group failed: no such ha group '" id "'")
    if ("nodes" in PARAM) check_members(PARAM["nodes"])
    k = split(PARAM["delete"], list, ",")
    for (j = 1; j <= k; j++) { if (list[j] == "nodes") pve_die("update ha group failed: unable to delete required option 'nodes'"); drop_key(i, list[j]) }
    copy_params(i, "nodes restricted nofailback comment")
    save_sections()
}

function group_remove(id,   i) {
    load_ha("resources")
    for (i = 1; i <= NSEC; i++) if (key_of(i, "group") == id) pve_die("delete ha group failed: ha group is used by service '" SEC_TYPE[i] ":" SEC_ID[i] "'")
    load_ha("groups")
    i = section(id)
    if (!i) pve_die("delete ha group failed: no such ha group '" id "'")
    SEC_TYPE[i] = ""
    save_sections()
}
