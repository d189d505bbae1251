# pvesh: the paths of the API that playbooks use, as JSON.

function section_json(i, id_name, type_name, skip,   k, j, list) {
    json_start()
    k = sorted_keys(SEC_KEYS[i], list)
    for (j = 1; j <= k; j++) if ((i, list[j]) in SEC && list[j] != list[j - 1]) json_value(list[j], SEC[i, list[j]])
    if (id_name != "") json_add(id_name, SEC_ID[i])
    if (type_name != "") json_add(type_name, SEC_TYPE[i])
    json_add("digest", DIGEST)
    return json_end()
}

function replication_json(i) {
    DIGEST = digest_of(SECTION_FILE)
    load_guest_keys(i)
    return section_json(i, "id", "type")
}

function load_guest_keys(i,   guest) {
    guest = job_guest(SEC_ID[i])
    set_key(i, "guest", guest)
    set_key(i, "jobnum", substr(SEC_ID[i], length(guest) + 2))
}

# All sections of a file as an array; want: only that id.
function sections_out(id_name, type_name, want,   i, out, sep) {
    DIGEST = digest_of(SECTION_FILE)
    out = ""; sep = ""
    for (i = 1; i <= NSEC; i++) { out = out sep section_json(i, id_name, type_name); sep = "," }
    print "[" out "]"
}

function one_section(i, id_name, type_name) { DIGEST = digest_of(SECTION_FILE); print section_json(i, id_name, type_name) }

function ct_json(id,   k, i, j, m, list, raw, out) {
    load_ct(id)
    if (PARAM["current"] != "1") merge_pending()
    json_start()
    k = sorted_keys(C_KEYS, list)
    for (i = 1; i <= k; i++) if (list[i] in C && list[i] != list[i - 1]) json_value(list[i], C[list[i]])
    if (RAW != "") {
        m = split(RAW, raw, "\n")
        for (j = 1; j < m; j++) { i = index(raw[j], ": "); out = out (j > 1 ? "," : "") "[" json_text(substr(raw[j], 1, i - 1)) "," json_text(substr(raw[j], i + 2)) "]" }
        json_add("lxc", "[" out "]", 1)
    }
    json_add("digest", digest_of(CT_PATH))
    return json_end()
}

function merge_pending(   k, i, list) {
    k = split(P_DELETE, list, ",")
    for (i = 1; i <= k; i++) delete C[list[i]]
    k = split(P_KEYS, list, " ")
    for (i = 1; i <= k; i++) if (list[i] in P) set_conf(list[i], P[list[i]])
}

function pending_json(id,   k, i, list, out, sep) {
    load_ct(id)
    k = sorted_keys(C_KEYS P_KEYS, list)
    out = ""; sep = ""
    for (i = 1; i <= k; i++) {
        if (list[i] == list[i - 1] || (!(list[i] in C) && !(list[i] in P))) continue
        json_start()
        json_add("key", list[i])
        if (list[i] in C) json_value2("value", list[i], C[list[i]])
        if (list[i] in P) json_value2("pending", list[i], P[list[i]])
        if (index("," P_DELETE ",", "," list[i] ",")) json_add("delete", "1", 1)
        out = out sep json_end()
        sep = ","
    }
    return "[" out "]"
}

function json_value2(key, option, value) { json_add(key, value, index(NUMBERS, " " option " ") > 0 && value ~ /^-?[0-9]+$/) }

# What cluster/resources and status/current both say of a container.
function guest_json(id, all,   started, mem) {
    split("", C); C_KEYS = ""; split("", P); P_KEYS = ""
    HOME_NODE = CT_NODE[id]
    load_ct(id)
    HOME_NODE = env("SIM_NODE")
    started = started_at(id)
    sub(/.* /, "", started)
    json_start()
    mem = "memory" in C ? C["memory"] : 512
    json_add("cpu", "0", 1); json_add("disk", "0", 1); json_add("diskread", "0", 1); json_add("diskwrite", "0", 1)
    json_add("mem", "0", 1); json_add("netin", "0", 1); json_add("netout", "0", 1)
    json_add("maxmem", n(mem * 1048576), 1)
    json_add("maxdisk", n(disk_size()), 1)
    json_add("name", "hostname" in C ? C["hostname"] : "CT" id)
    json_add("status", started != "" ? "running" : "stopped")
    json_add("type", "lxc")
    json_add("uptime", started != "" ? n(now() - started) : "0", 1)
    json_add("vmid", id, 1)
    if ("lock" in C) json_add("lock", C["lock"])
    if ("tags" in C) json_add("tags", C["tags"])
    if (all) {
        json_add("id", "lxc/" id); json_add("node", CT_NODE[id]); json_add("template", "template" in C ? C["template"] : "0", 1)
        json_add("maxcpu", "cores" in C ? C["cores"] : "1", 1)
        if (id in HA_OF) json_add("hastate", HA_OF[id])
    } else {
        json_add("cpus", "cores" in C ? C["cores"] : "1", 1)
        json_add("maxswap", n(("swap" in C ? C["swap"] : 512) * 1048576), 1)
        json_add("swap", "0", 1)
        json_add("ha", id in HA_OF ? "{\"managed\":1,\"state\":" json_text(HA_OF[id]) "}" : "{\"managed\":0}", 1)
    }
    return json_end()
}

function disk_size() { if (!("rootfs" in C)) return 0; parse_properties(C["rootfs"], "volume"); return "size" in PROP ? bytes(PROP["size"]) : 0 }

function load_ha_states(   i) {
    load_ha("resources")
    for (i = 1; i <= NSEC; i++) HA_OF[SEC_ID[i]] = key_of(i, "state") == "" ? "started" : key_of(i, "state")
}

function cluster_resources(type,   i, j, out, sep) {
    load_guests(); load_nodes(); load_ha_states()
    out = ""; sep = ""
    if (type == "" || type == "vm") for (i = 1; i <= NCT; i++) { out = out sep guest_json(CT[i], 1); sep = "," }
    if (type == "" || type == "node") for (i = 1; i <= NNODE; i++) {
        json_start()
        json_add("id", "node/" NODE[i]); json_add("node", NODE[i]); json_add("type", "node"); json_add("status", ONLINE[NODE[i]] ? "online" : "offline")
        out = out sep json_end(); sep = ","
    }
    if (type == "" || type == "storage") {
        load_storage()
        for (i = 1; i <= NSEC; i++) for (j = 1; j <= NNODE; j++) {
            if (key_of(i, "nodes") != "" && index("," key_of(i, "nodes") ",", "," NODE[j] ",") == 0) continue
            json_start()
            json_add("id", "storage/" NODE[j] "/" SEC_ID[i]); json_add("node", NODE[j]); json_add("storage", SEC_ID[i]); json_add("type", "storage")
            json_add("plugintype", SEC_TYPE[i]); json_add("content", key_of(i, "content")); json_add("status", "available"); json_add("shared", SEC_TYPE[i] == "nfs" ? "1" : "0", 1)
            out = out sep json_end(); sep = ","
        }
    }
    print "[" out "]"
}

function cluster_status(   i, out, up) {
    load_nodes()
    for (i = 1; i <= NNODE; i++) up += ONLINE[NODE[i]]
    out = ""
    if (CLUSTER_NAME != "") {
        json_start()
        json_add("type", "cluster"); json_add("id", "cluster"); json_add("name", CLUSTER_NAME)
        json_add("version", n(NNODE), 1); json_add("nodes", n(NNODE), 1); json_add("quorate", QUORATE ? "1" : "0", 1)
        out = json_end()
    }
    for (i = 1; i <= NNODE; i++) {
        json_start()
        json_add("type", "node"); json_add("id", "node/" NODE[i]); json_add("name", NODE[i]); json_add("ip", NODE_IP[NODE[i]])
        json_add("nodeid", n(NODE_ID[NODE[i]]), 1); json_add("local", NODE[i] == env("SIM_NODE") ? "1" : "0", 1)
        json_add("online", ONLINE[NODE[i]] ? "1" : "0", 1); json_add("level", "")
        out = out (out == "" ? "" : ",") json_end()
    }
    print "[" out "]"
}

function replication_out(node,   i, out, sep) {
    load_guests()
    load_replication()
    DIGEST = digest_of(SECTION_FILE)
    out = ""; sep = ""
    for (i = 1; i <= NSEC; i++) {
        load_guest_keys(i)
        if (node != "" && CT_NODE[job_guest(SEC_ID[i])] != node) continue
        if (node == "") { out = out sep section_json(i, "id", "type"); sep = ","; continue }
        read_state(SEC_ID[i])
        json_start()
        json_add("id", SEC_ID[i]); json_add("type", "local"); json_add("guest", job_guest(SEC_ID[i]), 1); json_add("jobnum", key_of(i, "jobnum"), 1)
        json_add("source", key_of(i, "source")); json_add("target", key_of(i, "target")); json_add("schedule", key_of(i, "schedule") == "" ? "*/15" : key_of(i, "schedule")); json_add("vmtype", "lxc")
        json_add("last_sync", n(ST[1] + 0), 1); json_add("last_try", n(ST[2] + 0), 1); json_add("next_sync", n(next_sync(i)), 1); json_add("fail_count", n(ST[4] + 0), 1)
        if (ST[3] != "") json_add("duration", ST[3], 1)
        if (ST[5] != "") json_add("error", ST[5])
        if ((i, "remove_job") in SEC) json_add("remove_job", SEC[i, "remove_job"])
        if (key_of(i, "disable") == "1") json_add("disable", "1", 1)
        out = out sep json_end(); sep = ","
    }
    print "[" out "]"
}

function ha_resources_out(   i) {
    for (i = 1; i <= NSEC; i++) set_key(i, "sid", SEC_TYPE[i] ":" SEC_ID[i])
    sections_out("", "type")
}

function ha_current(   i, out, state) {
    load_nodes(); load_guests(); load_ha("resources")
    json_start()
    json_add("id", "quorum"); json_add("node", env("SIM_NODE")); json_add("quorate", QUORATE ? "1" : "0", 1); json_add("status", QUORATE ? "OK" : "No quorum on node '" env("SIM_NODE") "'!"); json_add("type", "quorum")
    out = json_end()
    for (i = 1; i <= NSEC; i++) {
        state = key_of(i, "state") == "" ? "started" : key_of(i, "state")
        json_start()
        json_add("id", "service:" SEC_TYPE[i] ":" SEC_ID[i]); json_add("sid", SEC_TYPE[i] ":" SEC_ID[i]); json_add("node", CT_NODE[SEC_ID[i]])
        json_add("state", state); json_add("request_state", state); json_add("crm_state", state); json_add("type", "service")
        json_add("status", SEC_TYPE[i] ":" SEC_ID[i] " (" CT_NODE[SEC_ID[i]] ", " state ")")
        out = out "," json_end()
    }
    print "[" out "]"
}

# user.cfg: "user:id:enable:expire:first:last:email:comment:…", "group:id:members:comment:", "acl:propagate:path:who:roles:"
function access_out(kind,   line, f, k, i, j, m, who, roles, out, sep) {
    out = ""; sep = ""
    while ((getline line < (env("SIM_PVE") "/user.cfg")) > 0) {
        split("", f)
        k = split(line, f, ":")
        if (f[1] != (kind == "users" ? "user" : kind == "groups" ? "group" : "acl")) continue
        if (kind == "users") { json_start(); json_add("userid", f[2]); json_add("enable", f[3], 1); json_add("expire", f[4] + 0 "", 1); json_add("realm-type", f[2] ~ /@pam$/ ? "pam" : "pve"); if (f[7] != "") json_add("email", f[7]); if (f[8] != "") json_add("comment", f[8]); out = out sep json_end(); sep = ","; continue }
        if (kind == "groups") { json_start(); json_add("groupid", f[2]); json_add("users", f[3]); if (f[4] != "") json_add("comment", f[4]); out = out sep json_end(); sep = ","; continue }
        m = split(f[4], who, ","); k = split(f[5], roles, ",")
        for (i = 1; i <= m; i++) for (j = 1; j <= k; j++) {
            json_start()
            json_add("path", f[3]); json_add("propagate", f[2], 1); json_add("roleid", roles[j]); json_add("type", who[i] ~ /^@/ ? "group" : "user")
            sub(/^@/, "", who[i]); json_add("ugid", who[i])
            out = out sep json_end(); sep = ","
        }
    }
    print "[" out "]"
}

function no_handler() { pve_die("No '" COMMAND "' handler defined for '" PATH_ASKED "'") }

# Runs the program that does the same on this node; its log, then the id of the task, as the real pvesh prints.
function by_pct(id, words, task,   status) {
    status = system("exec 9>&-; SIM_LOCKED= " word(env("SIM_DIR") "/pct") " " words)
    if (status != 0) quit(status)
    if (task != "") printf "\"UPID:%s:%08X:%08X:%08X:%s:%s:root@pam:\"\n", env("SIM_NODE"), 4242, now() % 65536, now() % 2147483647, task, id
}

function option_words(   i, out) { for (i = 1; i <= NPARAM; i++) if (PNAME[i] !~ /^(output-format|vmid|ostemplate)$/) out = out " --" PNAME[i] " " word(PARAM[PNAME[i]]); return out }

function here_or_refuse(node) { if (!is_node(node)) pve_die("hostname lookup '" node "' failed - failed to get address info for: " node ": Name or service not known"); if (node != env("SIM_NODE")) refuse("a call that pvesh would forward to node " node) }

function pvesh_main(   path, p, k, i) {
    BOOLEANS = " "
    PATH_ASKED = ARGV[2]
    path = ARGV[2]
    gsub(/^\/+|\/+$/, "", path)
    pve_options(3, "*")
    if (COMMAND == "get" && PARAM["output-format"] != "json") refuse("pvesh get without --output-format json")
    k = split(path, p, "/")
    if (COMMAND == "get") { pvesh_get(path, p, k); return }
    delete PARAM["output-format"]
    for (i = 1; i <= NPARAM; i++) if (PNAME[i] == "output-format") { PNAME[i] = PNAME[NPARAM]; NPARAM--; break }
    pvesh_change(path, p, k)
}

function pvesh_get(path, p, k,   i) {
    if (path == "version") print "{\"release\":\"8.2\",\"repoid\":\"faa83925c9641325\",\"version\":\"8.2.4\"}"
    else if (path == "cluster/status") cluster_status()
    else if (path == "cluster/resources") cluster_resources(PARAM["type"])
    else if (path == "cluster/replication") replication_out("")
    else if (path == "cluster/backup") { load_sections(env("SIM_PVE") "/jobs.cfg"); sections_out("id", "type") }
    else if (p[1] "/" p[2] == "cluster/backup" && k == 3) one_section(backup_find(p[3]), "id", "type")
    else if (p[1] "/" p[2] == "cluster/replication" && k == 3) { load_replication(); if (!(i = section(p[3]))) pve_die("no such replication job '" p[3] "'"); print replication_json(i) }
    else if (path == "cluster/ha/resources") { load_ha("resources"); ha_resources_out() }
    else if (path == "cluster/ha/groups") { load_ha("groups"); sections_out("group", "type") }
    else if (path == "cluster/ha/status/current") ha_current()
    else if (p[1] "/" p[2] "/" p[3] == "cluster/ha/groups" && k == 4) { load_ha("groups"); if (!(i = section(p[4]))) pve_die("no such ha group '" p[4] "'"); one_section(i, "group", "type") }
    else if (p[1] "/" p[2] "/" p[3] == "cluster/ha/resources" && k == 4) { load_ha("resources"); if (!(i = find_resource(ha_sid(p[4])))) pve_die("no such resource '" ha_sid(p[4]) "'"); set_key(i, "sid", ha_sid(p[4])); one_section(i, "", "type") }
    else if (path == "storage") { load_storage(); sections_out("storage", "type") }
    else if (p[1] == "storage" && k == 2) { load_storage(); if (!(i = section(p[2]))) pve_die("storage '" p[2] "' does not exist"); one_section(i, "storage", "type") }
    else if (path ~ /^access\/(users|groups|acl)$/) access_out(p[2])
    else if (path == "nodes") { print_nodes() }
    else if (p[1] == "nodes" && p[3] == "replication" && k == 3) replication_out(p[2])
    else if (p[1] == "nodes" && p[3] == "lxc" && k == 3) node_guests(p[2])
    else if (p[1] == "nodes" && p[3] == "lxc" && k > 4) get_guest(p, k)
    else if (p[1] == "nodes" && p[3] == "tasks" && p[5] == "status") print "{\"exitstatus\":\"OK\",\"status\":\"stopped\",\"upid\":" json_text(p[4]) "}"
    else no_handler()
}

function print_nodes(   i, out) {
    load_nodes()
    for (i = 1; i <= NNODE; i++) { json_start(); json_add("id", "node/" NODE[i]); json_add("node", NODE[i]); json_add("status", ONLINE[NODE[i]] ? "online" : "offline"); json_add("type", "node"); out = out (i > 1 ? "," : "") json_end() }
    print "[" out "]"
}

function node_guests(node,   i, out, sep) {
    load_guests(); load_ha_states()
    for (i = 1; i <= NCT; i++) if (CT_NODE[CT[i]] == node) { out = out sep guest_json(CT[i], 0); sep = "," }
    print "[" out "]"
}

function get_guest(p, k) {
    if (!is_node(p[2])) pve_die("hostname lookup '" p[2] "' failed - failed to get address info for: " p[2] ": Name or service not known")
    HOME_NODE = p[2]
    if (k == 5 && p[5] == "config") print ct_json(p[4])
    else if (k == 5 && p[5] == "pending") print pending_json(p[4])
    else if (k == 6 && p[5] "/" p[6] == "status/current") { load_ct(p[4]); load_guests(); load_ha_states(); print guest_json(p[4], 0) }
    else no_handler()
}

function pvesh_change(path, p, k,   key) {
    key = COMMAND " " path
    if (key == "create storage") { storage_schema(PARAM["type"]) == "" ? refuse("storage of type " PARAM["type"]) : take_out("type"); storage_add(TAKEN_OUT, take_out("storage")) }
    else if (COMMAND == "set" && p[1] == "storage" && k == 2) storage_set(p[2])
    else if (COMMAND == "delete" && p[1] == "storage" && k == 2) storage_remove(p[2])
    else if (key == "create cluster/replication") { key = take_out("id"); take_out("type"); replication_create(key, take_out("target")) }
    else if (COMMAND == "set" && path ~ /^cluster\/replication\/[^\/]+$/) replication_update(p[3])
    else if (COMMAND == "delete" && path ~ /^cluster\/replication\/[^\/]+$/) replication_delete(p[3])
    else if (key == "create cluster/backup") backup_create()
    else if (COMMAND == "set" && path ~ /^cluster\/backup\/[^\/]+$/) backup_update(p[3])
    else if (COMMAND == "delete" && path ~ /^cluster\/backup\/[^\/]+$/) { key = backup_find(p[3]); SEC_TYPE[key] = ""; save_sections() }
    else if (key == "create cluster/ha/resources") ha_add(take_out("sid"))
    else if (COMMAND == "set" && path ~ /^cluster\/ha\/resources\/[^\/]+$/) ha_set(p[4])
    else if (COMMAND == "delete" && path ~ /^cluster\/ha\/resources\/[^\/]+$/) ha_remove(p[4])
    else if (key == "create cluster/ha/groups") group_add(take_out("group"))
    else if (COMMAND == "set" && path ~ /^cluster\/ha\/groups\/[^\/]+$/) group_set(p[4])
    else if (COMMAND == "delete" && path ~ /^cluster\/ha\/groups\/[^\/]+$/) group_remove(p[4])
    else if (p[1] == "nodes" && p[3] == "lxc") change_guest(p, k)
    else refuse("pvesh " COMMAND " " PATH_ASKED)
}

function take_out(name,   i) {
    TAKEN_OUT = PARAM[name]
    delete PARAM[name]
    for (i = 1; i <= NPARAM; i++) if (PNAME[i] == name) { PNAME[i] = PNAME[NPARAM]; NPARAM--; break }
    return TAKEN_OUT
}

function change_guest(p, k) {
    here_or_refuse(p[2])
    if (COMMAND == "create" && k == 3) by_pct(PARAM["vmid"], "create " word(PARAM["vmid"]) " " word(PARAM["ostemplate"]) option_words(), "vzcreate")
    else if (COMMAND == "delete" && k == 4) by_pct(p[4], "destroy " word(p[4]) option_words(), "vzdestroy")
    else if (COMMAND == "set" && k == 5 && p[5] == "config") by_pct(p[4], "set " word(p[4]) option_words(), "")
    else if (COMMAND == "set" && k == 5 && p[5] == "resize") by_pct(p[4], "resize " word(p[4]) " " word(take_out("disk")) " " word(take_out("size")) option_words(), "resize")
    else if (COMMAND == "create" && k == 6 && p[5] == "status" && p[6] ~ /^(start|stop|shutdown|reboot)$/) by_pct(p[4], p[6] " " word(p[4]) option_words(), "vz" p[6])
    else if (COMMAND == "create" && k == 5 && p[5] == "migrate") by_pct(p[4], "migrate " word(p[4]) " " word(take_out("target")) option_words(), "vzmigrate")
    else refuse("pvesh " COMMAND " " PATH_ASKED)
}
