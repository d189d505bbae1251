# The command lines of pvesm, pvesr, ha-manager and pvecm.

function pvesm_main(   i) {
    if (COMMAND == "status") { pve_options(2, "content enabled format storage target"); if (NPARAM) refuse("pvesm status with options"); storage_status() }
    else if (COMMAND == "add") {
        USAGE = "add <type> <storage> [OPTIONS]"
        if (ARGC > 2 && ARGV[2] !~ /^-/ && storage_schema(ARGV[2]) == "") refuse("storage of type " ARGV[2])
        pve_options(2, storage_schema(ARGV[2]))
        need_args(2)
        storage_add(ARG[1], ARG[2])
    }
    else if (COMMAND == "set") {
        USAGE = "set <storage> [OPTIONS]"
        pve_options(2, "content nodes disable shared prune-backups maxfiles preallocation is_mountpoint mkdir sparse blocksize mountpoint options create-base-path create-subdirs delete digest")
        need_args(1)
        storage_set(ARG[1])
    }
    else if (COMMAND == "remove") { USAGE = "remove <storage>"; pve_options(2, ""); need_args(1); storage_remove(ARG[1]) }
    else if (COMMAND == "list") { USAGE = "list <storage> [OPTIONS]"; pve_options(2, "content vmid"); if (NPARAM) refuse("pvesm list with options"); need_args(1); storage_list(ARG[1]) }
    else if (COMMAND == "path") { USAGE = "path <volume>"; pve_options(2, ""); need_args(1); storage_path(ARG[1]) }
    else refuse("pvesm " COMMAND)
}

function pvesr_main(   i) {
    if (COMMAND == "list") { pve_options(2, ""); replication_list() }
    else if (COMMAND == "status") { pve_options(2, "guest"); replication_status() }
    else if (COMMAND == "create-local-job") { USAGE = "create-local-job <id> <target> [OPTIONS]"; pve_options(2, "comment disable rate remove_job schedule source"); need_args(2); replication_create(ARG[1], ARG[2]) }
    else if (COMMAND == "update") { USAGE = "update <id> [OPTIONS]"; pve_options(2, "comment delete digest disable rate remove_job schedule source"); need_args(1); replication_update(ARG[1]) }
    else if (COMMAND == "delete") { USAGE = "delete <id> [OPTIONS]"; pve_options(2, "force keep"); need_args(1); replication_delete(ARG[1]) }
    else if (COMMAND == "enable" || COMMAND == "disable") {
        USAGE = COMMAND " <id>"
        pve_options(2, "")
        need_args(1)
        PARAM["disable"] = COMMAND == "disable" ? "1" : "0"
        PNAME[++NPARAM] = "disable"
        replication_update(ARG[1])
    }
    else if (COMMAND == "read") { USAGE = "read <id>"; pve_options(2, ""); need_args(1); load_replication(); if (!(i = section(ARG[1]))) pve_die("no such replication job '" ARG[1] "'"); print replication_json(i) }
    else if (COMMAND == "schedule-now") { USAGE = "schedule-now <id>"; pve_options(2, ""); need_args(1); load_replication(); if (!section(ARG[1])) pve_die("no such replication job '" ARG[1] "'"); replication_run(ARG[1]) }
    else if (COMMAND == "run") { pve_options(2, "id verbose mail"); replication_run(PARAM["id"]) }
    else refuse("pvesr " COMMAND)
}

function ha_when() { return strftime("%a %b %e %H:%M:%S %Y", now()) }

function ha_status(   i, j, k, keys, list, state) {
    load_nodes()
    load_guests()
    print "quorum " (QUORATE ? "OK" : "No quorum on node '" env("SIM_NODE") "'!")
    load_ha("resources")
    for (i = 1; i <= NSEC; i++) { keys = keys " " SEC_TYPE[i] ":" SEC_ID[i]; BUSY_NODE[CT_NODE[SEC_ID[i]]] = 1 }
    k = sorted_keys(keys, list)
    if (k == 0) return
    print "master " NODE[1] " (active, " ha_when() ")"
    for (i = 1; i <= NNODE; i++) print "lrm " NODE[i] " (" (NODE[i] in BUSY_NODE ? "active" : "idle") ", " ha_when() ")"
    for (j = 1; j <= k; j++) {
        i = find_resource(list[j])
        state = key_of(i, "state")
        if (state == "") state = "started"
        print "service " list[j] " (" CT_NODE[SEC_ID[i]] ", " state ")"
    }
}

function print_config(head, skip,   i, j, k, m, keys, list, names) {
    for (i = 1; i <= NSEC; i++) keys = keys " " SEC_TYPE[i] ":" SEC_ID[i]
    k = sorted_keys(keys, list)
    for (j = 1; j <= k; j++) {
        i = find_resource(list[j])
        print head == "" ? list[j] : head SEC_ID[i]
        m = sorted_keys(SEC_KEYS[i], names)
        for (skip = 1; skip <= m; skip++) if ((i, names[skip]) in SEC && names[skip] != names[skip - 1]) print "\t" names[skip] " " SEC[i, names[skip]]
        print ""
    }
}

function ha_main(   known) {
    known = "comment group max_relocate max_restart state type digest delete"
    if (COMMAND == "status") { pve_options(2, "verbose"); if (NPARAM) refuse("ha-manager status --verbose"); ha_status() }
    else if (COMMAND == "config") { pve_options(2, "type"); load_ha("resources"); print_config("") }
    else if (COMMAND == "groupconfig") { pve_options(2, ""); load_ha("groups"); print_config("group: ") }
    else if (COMMAND == "add") { USAGE = "add <sid> [OPTIONS]"; pve_options(2, known); need_args(1); ha_add(ARG[1]) }
    else if (COMMAND == "set") { USAGE = "set <sid> [OPTIONS]"; pve_options(2, known); need_args(1); ha_set(ARG[1]) }
    else if (COMMAND == "remove") { USAGE = "remove <sid>"; pve_options(2, ""); need_args(1); ha_remove(ARG[1]) }
    else if (COMMAND == "groupadd") { USAGE = "groupadd <group> --nodes <string> [OPTIONS]"; pve_options(2, "comment nodes nofailback restricted type"); need_args(1); group_add(ARG[1]) }
    else if (COMMAND == "groupset") { USAGE = "groupset <group> [OPTIONS]"; pve_options(2, "comment nodes nofailback restricted delete digest"); need_args(1); group_set(ARG[1]) }
    else if (COMMAND == "groupremove") { USAGE = "groupremove <group>"; pve_options(2, ""); need_args(1); group_remove(ARG[1]) }
    else refuse("ha-manager " COMMAND)
}

function pvecm_status(   i, votes) {
    load_nodes()
    if (CLUSTER_NAME == "") die("Error: Corosync config '/etc/pve/corosync.conf' does not exist - is this node part of a cluster?", 2)
    for (i = 1; i <= NNODE; i++) votes += ONLINE[NODE[i]]
    print "Cluster information\n-------------------"
    printf "Name:             %s\nConfig Version:   %d\nTransport:        knet\nSecure auth:      on\n\n", CLUSTER_NAME, NNODE
    print "Quorum information\n------------------"
    printf "Date:             %s\nQuorum provider:  corosync_votequorum\nNodes:            %d\nNode ID:          0x%08x\nRing ID:          1.1\nQuorate:          %s\n\n", ha_when(), votes, NODE_ID[env("SIM_NODE")], QUORATE ? "Yes" : "No"
    print "Votequorum information\n----------------------"
    printf "Expected votes:   %d\nHighest expected: %d\nTotal votes:      %d\nQuorum:           %d%s\nFlags:            %s\n\n", NNODE, NNODE, votes, int(NNODE / 2) + 1, QUORATE ? "  " : " Activity blocked", QUORATE ? "Quorate " : ""
    print "Membership information\n----------------------\n    Nodeid      Votes Name"
    for (i = 1; i <= NNODE; i++) if (ONLINE[NODE[i]]) printf "0x%08x          1 %s%s\n", NODE_ID[NODE[i]], NODE_IP[NODE[i]], NODE[i] == env("SIM_NODE") ? " (local)" : ""
}

BEGIN {
    STATUS = 0
    PROGRAM = env("SIM_NAME")
    if (PROGRAM == "pvesm") pvesm_main()
    else if (PROGRAM == "pvesr") pvesr_main()
    else if (PROGRAM == "ha-manager") ha_main()
    else if (PROGRAM == "pvecm") pvecm_status()
    else if (PROGRAM == "pvesh") pvesh_main()
    exit STATUS
}
