# Which command was asked for; usage errors end with status 2 as in zfs_main.c.

function usage(   i, u) {
    err("usage:")
    err("\t" (COMMAND in USAGE_OF ? USAGE_OF[COMMAND] : COMMAND " ..."))
    if (COMMAND ~ /^(get|set|list|inherit)$/) err("\nThe following properties are supported: see zfsprops(7)")
    else {
        err("\nFor the property list, run: zfs set|get")
        err("\nFor the delegated permission list, run: zfs allow|unallow")
        if (is_22()) err("\nFor further help on a command or topic, run: zfs help [<topic>]")
    }
    quit(2)
}

function bad_option(bad) {
    if (substr(bad, 1, 2) == "--") refuse("zfs " COMMAND " " bad)
    if (substr(bad, 1, 1) == ":") err("missing argument for '" substr(bad, 2) "' option")
    else err("invalid option '" bad "'")
    usage()
}

BEGIN {
    COMMAND = ARGV[1]
    USAGE_OF["get"] = "get [-rHp] [-d max] [-o \"all\" | field[,...]]\n\t    [-t type[,...]] [-s source[,...]]\n\t    <\"all\" | property[,...]> [filesystem|volume|snapshot|bookmark] ..."
    USAGE_OF["list"] = "list [-Hp] [-r|-d max] [-o property[,...]] [-s property]...\n\t    [-S property]... [-t type[,...]] [filesystem|volume|snapshot] ..."
    USAGE_OF["set"] = "set <property=value> ... <filesystem|volume|snapshot> ..."
    USAGE_OF["inherit"] = "inherit [-rS] <property> <filesystem|volume|snapshot> ..."
    USAGE_OF["create"] = "create [-Pnpuv] [-o property=value] ... <filesystem>\n\tcreate [-Pnpsv] [-b blocksize] [-o property=value] ... -V <size> <volume>"
    USAGE_OF["destroy"] = "destroy [-fnpRrv] <filesystem|volume>\n\tdestroy [-dnpRrv] <filesystem|volume>@<snap>[%<snap>][,...]\n\tdestroy <filesystem|volume>#<bookmark>"
    USAGE_OF["snapshot"] = "snapshot [-r] [-o property=value] ... <filesystem|volume>@<snap> ..."
    USAGE_OF["rename"] = "rename [-f] <filesystem|volume|snapshot> <filesystem|volume|snapshot>\n\trename -p [-f] <filesystem|volume> <filesystem|volume>\n\trename -u [-f] <filesystem> <filesystem>\n\trename -r <snapshot> <snapshot>"
    USAGE_OF["rollback"] = "rollback [-rRf] <snapshot>"
    USAGE_OF["clone"] = "clone [-p] [-o property=value] ... <snapshot> <filesystem|volume>"
    USAGE_OF["hold"] = "hold [-r] <tag> <snapshot> ..."
    USAGE_OF["release"] = "release [-r] <tag> <snapshot> ..."
    USAGE_OF["holds"] = "holds [-rHp] <snapshot> ..."
    load_state()
    STATUS = 0
    if (COMMAND == "get") zfs_get()
    else if (COMMAND == "list") zfs_list()
    else if (COMMAND == "create") zfs_create()
    else if (COMMAND == "set") zfs_set()
    else if (COMMAND == "inherit") zfs_inherit()
    else if (COMMAND == "destroy") zfs_destroy()
    else if (COMMAND == "snapshot" || COMMAND == "snap") zfs_snapshot()
    else if (COMMAND == "rollback") zfs_rollback()
    else if (COMMAND == "clone") zfs_clone()
    else if (COMMAND == "promote") zfs_promote()
    else if (COMMAND == "rename") zfs_rename()
    else if (COMMAND == "hold") zfs_hold(1)
    else if (COMMAND == "release") zfs_hold(0)
    else if (COMMAND == "holds") zfs_holds()
    else if (COMMAND == "allow") zfs_allow(1)
    else if (COMMAND == "unallow") zfs_allow(0)
    else if (COMMAND == "mount") zfs_mount()
    else if (COMMAND == "unmount" || COMMAND == "umount") zfs_unmount()
    else if (COMMAND == "share") zfs_share()
    else if (COMMAND == "unshare") zfs_unshare()
    else if (COMMAND == "load-key") zfs_key(1)
    else if (COMMAND == "unload-key") zfs_key(0)
    else if (COMMAND == "send") zfs_send()
    else if (COMMAND == "receive" || COMMAND == "recv") zfs_receive()
    else refuse("zfs " COMMAND)
    exit STATUS
}
