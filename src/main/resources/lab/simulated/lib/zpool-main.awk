# Which zpool command was asked for.

function usage() {
    err("usage:")
    err("\t" COMMAND " ...")
    quit(2)
}

function bad_option(bad) {
    if (substr(bad, 1, 2) == "--") refuse("zpool " COMMAND " " bad)
    if (substr(bad, 1, 1) == ":") err("missing argument for '" substr(bad, 2) "' option")
    else err("invalid option '" bad "'")
    usage()
}

BEGIN {
    COMMAND = ARGV[1]
    load_state()
    load_pools()
    STATUS = 0
    if (COMMAND == "list") zpool_list()
    else if (COMMAND == "get") zpool_get()
    else if (COMMAND == "status") zpool_status()
    else if (COMMAND == "create") zpool_create()
    else if (COMMAND == "add") zpool_add()
    else if (COMMAND == "set") zpool_set()
    else if (COMMAND == "destroy") zpool_destroy()
    else if (COMMAND == "scrub") zpool_scrub()
    else if (COMMAND == "labelclear") zpool_labelclear()
    else if (COMMAND == "export") zpool_export()
    else if (COMMAND == "import") zpool_import()
    else if (COMMAND == "offline") zpool_switch("OFFLINE")
    else if (COMMAND == "online") zpool_switch("ONLINE")
    else if (COMMAND == "remove") zpool_remove()
    else if (COMMAND == "detach") zpool_detach()
    else if (COMMAND == "attach") zpool_attach(0)
    else if (COMMAND == "replace") zpool_attach(1)
    else if (COMMAND == "wait") zpool_wait()
    else refuse("zpool " COMMAND)
    exit STATUS
}
