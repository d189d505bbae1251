# systemctl without a systemd: unit files are read from the node, what is enabled is a link as systemd makes it,
# what runs is a line in STATE/units (name, ActiveState, SubState, Result, time), what was asked is a line in STATE/systemctl.log.

function unit_name(u) { return u ~ /\.(service|socket|timer|mount|automount|target|path|slice|scope|device|swap)$/ ? u : u ".service" }

function exists(path) { return (getline JUNK < path) >= 0 ? (close(path) || 1) : 0 }

function find_unit(u,   k, i, dirs, template) {
    FRAGMENT = ""; FROM = u
    k = split(DIRS, dirs, " ")
    for (i = 1; i <= k; i++) if (exists(ROOT dirs[i] "/" u)) { FRAGMENT = dirs[i] "/" u; return 1 }
    if (u ~ /@.+\./) {
        template = u
        sub(/@.*\./, "@.", template)
        for (i = 1; i <= k; i++) if (exists(ROOT dirs[i] "/" template)) { FRAGMENT = dirs[i] "/" template; FROM = template; return 1 }
    }
    if (!index(" " KNOWN " ", " " u " ") && exists(env("SIM_STATE") "/packaged/" u)) KNOWN = KNOWN " " u
    if (index(" " KNOWN " ", " " u " ")) { FRAGMENT = "/lib/systemd/system/" u; return 1 }
    return 0
}

function link_of(path,   command, line) {
    command = "readlink " word(ROOT path) " 2>/dev/null"
    line = ""
    command | getline line
    close(command)
    return line
}

function is_masked(u) { return link_of("/etc/systemd/system/" u) == "/dev/null" }

# [Install]: WANTED[1..NWANTED] are "target.wants" directories, ALIASES too; ONESHOT and STATIC follow from the file.
function read_unit(u,   line, section, key, value, k, i, list) {
    NWANTED = 0; ONESHOT = 0; REMAIN = 0; NALIAS = 0; INSTALL = 0; DESCRIPTION = u
    while ((getline line < (ROOT FRAGMENT)) > 0) {
        if (line ~ /^\[/) { section = line; if (line == "[Install]") INSTALL = 1; continue }
        key = line; sub(/[ \t]*=.*/, "", key)
        value = line; sub(/^[^=]*=[ \t]*/, "", value)
        if (section == "[Service]" && key == "Type" && value == "oneshot") ONESHOT = 1
        if (section == "[Service]" && key == "RemainAfterExit" && value ~ /^(yes|true|1|on)$/) REMAIN = 1
        if (section == "[Unit]" && key == "Description") DESCRIPTION = value
        if (section != "[Install]" || value == "") continue
        k = split(value, list, " ")
        if (key == "WantedBy") for (i = 1; i <= k; i++) WANTED[++NWANTED] = list[i] ".wants"
        if (key == "RequiredBy") for (i = 1; i <= k; i++) WANTED[++NWANTED] = list[i] ".requires"
        if (key == "Alias") for (i = 1; i <= k; i++) ALIAS_OF[++NALIAS] = list[i]
    }
    close(ROOT FRAGMENT)
    if (!exists(ROOT FRAGMENT) && index(" " KNOWN " ", " " u " ")) { INSTALL = 1; WANTED[++NWANTED] = u ~ /\.timer$/ ? "timers.target.wants" : "multi-user.target.wants" }
}

function enabled_state(u,   i, target) {
    if (is_masked(u)) return "masked"
    if (!find_unit(u)) return ""
    read_unit(u)
    if (!INSTALL || NWANTED + NALIAS == 0) {
        if (FRAGMENT ~ /^\/run\/systemd\/(generator|transient)/) return "generated"
        return "static"
    }
    for (i = 1; i <= NWANTED; i++) if (link_of("/etc/systemd/system/" WANTED[i] "/" u) != "") return "enabled"
    for (i = 1; i <= NALIAS; i++) if (link_of("/etc/systemd/system/" ALIAS_OF[i]) != "") return "enabled"
    target = link_of("/etc/systemd/system/" u)
    if (target != "" && target !~ /^\/(usr\/)?lib\/systemd/) return "linked"
    return "disabled"
}

function load_running(   line, f, file) {
    file = env("SIM_STATE") "/units"
    while ((getline line < file) > 0) { split(line, f, "\t"); if (!(f[1] in ACTIVE)) UNITS[++NUNITS] = f[1]; ACTIVE[f[1]] = f[2]; SUBSTATE[f[1]] = f[3]; RESULT[f[1]] = f[4]; SINCE[f[1]] = f[5] }
    close(file)
}

function save_running(   i, file) {
    file = env("SIM_STATE") "/units"
    printf "" > (file ".new")
    for (i = 1; i <= NUNITS; i++) printf "%s\t%s\t%s\t%s\t%s\n", UNITS[i], ACTIVE[UNITS[i]], SUBSTATE[UNITS[i]], RESULT[UNITS[i]], SINCE[UNITS[i]] > (file ".new")
    close(file ".new")
    later("mv -f " word(file ".new") " " word(file))
}

function set_state(u, active, substate, result) {
    if (!(u in ACTIVE)) UNITS[++NUNITS] = u
    ACTIVE[u] = active; SUBSTATE[u] = substate; RESULT[u] = result; SINCE[u] = now()
    SAVE_RUNNING = 1
}

# Units that a fresh node has running without anybody having asked.
function state_of(u) {
    if (u in ACTIVE) return ACTIVE[u]
    if (u ~ /\.mount$/) return mount_unit_active(u) ? "active" : "inactive"
    return index(" " BORN_RUNNING " ", " " u " ") ? "active" : "inactive"
}

function substate_of(u) {
    if (u in SUBSTATE) return SUBSTATE[u]
    if (state_of(u) != "active") return "dead"
    return u ~ /\.timer$/ ? "waiting" : u ~ /\.mount$/ ? "mounted" : "running"
}

function mount_unit_active(u,   line, f, path, found) {
    path = u
    sub(/\.mount$/, "", path)
    gsub(/-/, "/", path); gsub(/\\x2d/, "-", path)
    while ((getline line < (env("SIM_STATE") "/nfs-mounts")) > 0) { split(line, f, "\t"); if (f[2] == "/" path) found = 1 }
    close(env("SIM_STATE") "/nfs-mounts")
    return found
}

function show(u, wanted,   k, i, list, load) {
    load = is_masked(u) ? "masked" : find_unit(u) ? "loaded" : u ~ /\.mount$/ && mount_unit_active(u) ? "loaded" : "not-found"
    VALUE["Id"] = u; VALUE["Names"] = u; VALUE["LoadState"] = load
    VALUE["ActiveState"] = load == "not-found" && !(u in ACTIVE) ? "inactive" : state_of(u)
    VALUE["SubState"] = load == "not-found" && !(u in ACTIVE) ? "dead" : substate_of(u)
    VALUE["UnitFileState"] = load == "not-found" ? "" : enabled_state(u)
    VALUE["FragmentPath"] = load == "loaded" && find_unit(u) ? FRAGMENT : ""
    VALUE["DropInPaths"] = drop_ins(u)
    VALUE["NeedDaemonReload"] = load == "loaded" && needs_reload(u) ? "yes" : "no"
    VALUE["Result"] = u in RESULT ? RESULT[u] : "success"
    VALUE["ExecMainStatus"] = VALUE["Result"] == "exit-code" ? "1" : "0"
    VALUE["MainPID"] = VALUE["SubState"] == "running" ? "4242" : "0"
    if (load == "loaded") read_unit(u)
    VALUE["Description"] = load == "loaded" ? DESCRIPTION : u
    VALUE["Type"] = load == "loaded" && ONESHOT ? "oneshot" : "simple"
    k = split(wanted == "" ? "Id,Names,Description,LoadState,ActiveState,SubState,UnitFileState,FragmentPath,DropInPaths,NeedDaemonReload,Result,ExecMainStatus,MainPID" : wanted, list, ",")
    for (i = 1; i <= k; i++) {
        if (!(list[i] in VALUE)) continue
        print ("value" in FLAG) ? VALUE[list[i]] : list[i] "=" VALUE[list[i]]
    }
}

function drop_ins(u,   command, line, all, k, i, dirs) {
    all = ""
    k = split(DIRS, dirs, " ")
    for (i = 1; i <= k; i++) {
        command = "ls -d " word(ROOT dirs[i] "/" u ".d") "/*.conf 2>/dev/null"
        while ((command | getline line) > 0) all = all (all == "" ? "" : " ") substr(line, length(ROOT) + 1)
        close(command)
    }
    return all
}

# Unit files newer than the last daemon-reload.
function needs_reload(u,   mark) {
    mark = env("SIM_STATE") "/daemon-reload"
    return system("test -e " word(mark) " && { test " word(ROOT FRAGMENT) " -nt " word(mark) " || test " word(ROOT "/etc/systemd/system/" u ".d") " -nt " word(mark) "; }") == 0
}

function not_found(verb, u) {
    if (verb ~ /^(start|restart|reload|try-restart|reload-or-restart)$/) err("Failed to " verb " " u ": Unit " u " not found.")
    else if (verb == "stop") err("Failed to stop " u ": Unit " u " not loaded.")
    else if (verb ~ /^(enable|disable|mask)$/) err("Failed to " verb " unit: Unit file " u " does not exist.")
    STATUS = verb ~ /^(enable|disable)$/ ? 1 : 5
}

function act(verb, u,   known) {
    known = find_unit(u) || (verb == "stop" && u in ACTIVE) || (u ~ /\.mount$/)
    if (is_masked(u) && verb != "stop") { err("Failed to " verb " " u ": Unit " u " is masked."); STATUS = 1; return }
    if (!known) { not_found(verb, u); return }
    if (FRAGMENT != "") read_unit(u)
    if (verb == "try-restart" && state_of(u) != "active") return
    if (verb == "reload" && state_of(u) != "active") { err(u " is not active, cannot reload."); STATUS = 1; return }
    if (verb == "stop") { set_state(u, "inactive", "dead", "success"); return }
    if (refused(u)) {
        set_state(u, "failed", "failed", "exit-code")
        err("Job for " u " failed because the control process exited with error code.\nSee \"systemctl status " u "\" and \"journalctl -xeu " u "\" for details.")
        STATUS = 1
        return
    }
    side_effect(verb, u)
    if (verb == "reload") return
    if (ONESHOT && !REMAIN) set_state(u, "inactive", "dead", "success")
    else set_state(u, "active", u ~ /\.timer$/ ? "waiting" : ONESHOT || u ~ /\.target$/ ? (u ~ /\.target$/ ? "active" : "exited") : "running", "success")
}

# A test says in STATE/failing-units which ones do not start.
function refused(u,   line, found) {
    while ((getline line < (env("SIM_STATE") "/failing-units")) > 0) if (line == u) found = 1
    close(env("SIM_STATE") "/failing-units")
    return found
}

# What a service really does on the node, where something else would notice.
function side_effect(verb, u) {
    if (u ~ /^(nfs-server|nfs-kernel-server)\.service$/) later("exec 9>&-; " word(env("SIM_DIR") "/exportfs") " -ra")
    if (u ~ /^(ssh|sshd)\.service$/ && ROOT == "") later("for p in /proc/[0-9]*; do [ \"$(readlink $p/exe 2>/dev/null)\" = /usr/sbin/sshd ] && read -r _ c <$p/stat && case \"$(tr '\\0' ' ' <$p/cmdline)\" in *-D*|*listener*) kill -HUP \"${p#/proc/}\" ;; esac; done 2>/dev/null; true")
}

function enable(verb, u,   i, dir, path, state) {
    if (verb == "mask" && !is_masked(u) && exists(ROOT "/etc/systemd/system/" u)) { err("Failed to mask unit: File /etc/systemd/system/" u " already exists."); STATUS = 1; return }
    if (verb == "mask") { later("ln -sfn /dev/null " word(ROOT "/etc/systemd/system/" u)); err("Created symlink /etc/systemd/system/" u " → /dev/null."); return }
    if (verb == "unmask") { if (is_masked(u)) { later("rm -f " word(ROOT "/etc/systemd/system/" u)); err("Removed \"/etc/systemd/system/" u "\".") } return }
    state = enabled_state(u)
    if (state == "") { not_found(verb, u); return }
    if (state == "masked" && verb == "enable") { err("Failed to enable unit: Unit file /etc/systemd/system/" u " is masked."); STATUS = 1; return }
    if (state == "static") { if (verb == "enable") static_note(); return }
    for (i = 1; i <= NWANTED + NALIAS; i++) {
        path = "/etc/systemd/system/" (i <= NWANTED ? WANTED[i] "/" u : ALIAS_OF[i - NWANTED])
        dir = path
        sub(/\/[^\/]*$/, "", dir)
        if (verb == "enable" && link_of(path) == "") {
            later("mkdir -p " word(ROOT dir) " && ln -sfn " word(FRAGMENT) " " word(ROOT path))
            err("Created symlink " path " → " FRAGMENT ".")
        }
        if (verb == "disable" && link_of(path) != "") { later("rm -f " word(ROOT path)); err("Removed \"" path "\".") }
    }
}

function static_note() {
    err("The unit files have no installation config (WantedBy=, RequiredBy=, Also=,\nAlias= settings in the [Install] section, and DefaultInstance= for template\nunits). This means they are not meant to be enabled or disabled using systemctl.")
}

function status_of(u) {
    if (!find_unit(u) && !(u in ACTIVE)) { err("Unit " u " could not be found."); STATUS = 4; return }
    read_unit(u)
    print (state_of(u) == "active" ? "●" : state_of(u) == "failed" ? "×" : "○") " " u " - " DESCRIPTION
    print "     Loaded: loaded (" FRAGMENT "; " enabled_state(u) "; preset: enabled)"
    print "     Active: " state_of(u) " (" substate_of(u) ")"
    if (state_of(u) != "active") STATUS = 3
}

function options(   i, a, names_only) {
    NARG = 0
    for (i = 1; i < ARGC; i++) {
        a = ARGV[i]
        if (names_only) ARG[++NARG] = a
        else if (a == "--") names_only = 1
        else if (a == "-p" || a == "--property") WANT = WANT (WANT == "" ? "" : ",") ARGV[++i]
        else if (a ~ /^-p./) WANT = WANT (WANT == "" ? "" : ",") substr(a, 3)
        else if (a ~ /^--property=/) WANT = WANT (WANT == "" ? "" : ",") substr(a, 12)
        else if (a ~ /^(--now|--quiet|-q|--no-block|--no-pager|--value|--force|-f|--no-reload|--plain|--no-legend|--full|-l|--system|--no-ask-password|--failed|--all|-a)$/) { sub(/^-+/, "", a); FLAG[a] = 1 }
        else if (a ~ /^--(type|state)=/) { FILTER[substr(a, 3, index(a, "=") - 3)] = substr(a, index(a, "=") + 1) }
        else if (a ~ /^-/) refuse("systemctl " a)
        else ARG[++NARG] = a
    }
}

BEGIN {
    STATUS = 0
    DIRS = "/etc/systemd/system /run/systemd/system /usr/lib/systemd/system /lib/systemd/system"
    KNOWN = "ssh.service cron.service nfs-server.service nfs-kernel-server.service pvedaemon.service pve-ha-lrm.service pve-ha-crm.service pvestatd.service zfs-share.service networking.service"
    BORN_RUNNING = "ssh.service cron.service nfs-server.service nfs-kernel-server.service pvedaemon.service pve-ha-lrm.service pve-ha-crm.service pvestatd.service networking.service"
    options()
    load_running()
    verb = ARG[1]
    if (verb == "daemon-reload") later(": >" word(env("SIM_STATE") "/daemon-reload"))
    else if (verb == "is-system-running") print "running"
    else if (verb == "reset-failed") { for (i = 1; i <= NUNITS; i++) if (ACTIVE[UNITS[i]] == "failed" && (NARG < 2 || unit_name(ARG[2]) == UNITS[i])) set_state(UNITS[i], "inactive", "dead", "success") }
    else if (verb == "is-failed") { u = unit_name(ARG[2]); if (!("quiet" in FLAG || "q" in FLAG)) print state_of(u); STATUS = state_of(u) == "failed" ? 0 : 1 }
    else if (NARG < 2 && verb != "show" && verb != "list-units") { err("Too few arguments."); quit(1) }
    else if (verb == "list-units") { for (i = 1; i <= NUNITS; i++) if (!("failed" in FLAG) || ACTIVE[UNITS[i]] == "failed") print UNITS[i] " loaded " ACTIVE[UNITS[i]] " " SUBSTATE[UNITS[i]] }
    else for (i = 2; i <= NARG; i++) {
        u = unit_name(ARG[i])
        if (verb == "show") { if (i > 2) print ""; show(u, WANT) }
        else if (verb == "is-active") {
            state = find_unit(u) || u in ACTIVE || u ~ /\.mount$/ ? state_of(u) : "inactive"
            if (!("quiet" in FLAG) && !("q" in FLAG)) print state
            if (state != "active" && !ANY_ACTIVE) STATUS = 3
            else { ANY_ACTIVE = 1; STATUS = 0 }
        }
        else if (verb == "is-enabled") {
            state = enabled_state(u)
            if (state == "") { err("Failed to get unit file state for " u ": No such file or directory"); if (!ANY_ENABLED) STATUS = 1; continue }
            if (!("quiet" in FLAG) && !("q" in FLAG)) print state
            if (state ~ /^(enabled|enabled-runtime|static|alias|indirect|generated)$/) ANY_ENABLED = 1
            else if (!ANY_ENABLED) STATUS = 1
            if (ANY_ENABLED) STATUS = 0
        }
        else if (verb == "status") status_of(u)
        else if (verb == "cat") { if (!find_unit(u)) { err("No files found for " u "."); STATUS = 1 } else { print "# " FRAGMENT; print slurp(ROOT FRAGMENT) } }
        else if (verb ~ /^(start|stop|restart|reload|try-restart|reload-or-restart)$/) act(verb == "reload-or-restart" ? (state_of(u) == "active" ? "reload" : "start") : verb, u)
        else if (verb ~ /^(enable|disable|mask|unmask|reenable)$/) {
            enable(verb == "reenable" ? "enable" : verb, u)
            if ("now" in FLAG && !STATUS) act(verb == "enable" ? "start" : "stop", u)
        }
        else refuse("systemctl " verb)
    }
    if (SAVE_RUNNING) save_running()
    run_later()
    exit STATUS
}
