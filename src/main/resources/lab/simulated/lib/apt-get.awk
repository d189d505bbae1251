# apt-get on the node's own /var/lib/dpkg/status, so that the real dpkg-query sees what was installed and removed.
# Known packages: STATE/packages (name, version, separated by TAB) and a short list of what playbooks for the lab install.

function load_known(   k, i, list, f, line) {
    k = split("chrony=4.3-2+deb12u1 curl=7.88.1-10+deb12u8 etckeeper=1.18.20-1 fail2ban=1.0.2-2 git=1:2.39.5-0+deb12u2 htop=3.2.2-2 ifupdown2=3.2.0-1+pmx9 iotop=0.6-42-ga14256a-0.1+b2 iperf3=3.12-1+deb12u1 jq=1.6-2.1+deb12u1 lxc=1:5.0.2-1+deb12u3 mailutils=1:3.15-4 mbuffer=20230301-1 munin-node=2.0.73-1 nano=7.2-1+deb12u1 ncdu=1.18-0.2 nfs-common=1:2.6.2-4+deb12u1 nfs-kernel-server=1:2.6.2-4+deb12u1 nginx=1.22.1-9+deb12u3 openssh-server=1:9.2p1-2+deb12u6 postfix=3.7.11-0+deb12u1 prometheus-node-exporter=1.5.0-1+b6 rsync=3.2.7-1+deb12u2 sanoid=2.1.0-1 screen=4.9.0-4 smartmontools=7.3-1+b1 sudo=1.9.13p3-1+deb12u1 tmux=3.3a-3 tree=2.1.0-1 unattended-upgrades=2.9.1+nmu3 vim=2:9.0.1378-2+deb12u2 zabbix-agent=1:6.0.14+dfsg-1+b1 zfsutils-linux=2.2.7-pve1", list, " ")
    for (i = 1; i <= k; i++) { split(list[i], f, "="); KNOWN[f[1]] = f[2] }
    while ((getline line < (env("SIM_STATE") "/packages")) > 0) { split(line, f, "\t"); KNOWN[f[1]] = f[2] }
    close(env("SIM_STATE") "/packages")
}

# Services that Debian starts as soon as they are installed.
function service_of(name) {
    return index(" chrony fail2ban munin-node nginx postfix prometheus-node-exporter unattended-upgrades zabbix-agent ", " " name " ") ? name ".service" : ""
}

function unpack(name,   unit) {
    if (name == "nginx") system("mkdir -p " word(ROOT "/etc/nginx/conf.d") " " word(ROOT "/etc/nginx/sites-available") " " word(ROOT "/etc/nginx/sites-enabled"))
    unit = service_of(name)
    if (unit != "") system("mkdir -p " word(env("SIM_STATE") "/packaged") " && : >" word(env("SIM_STATE") "/packaged/" unit) " && " word(env("SIM_DIR") "/systemctl") " enable --now " unit " 2>&1")
}

function take_away(name,   unit) {
    unit = service_of(name)
    if (unit != "") system(word(env("SIM_DIR") "/systemctl") " disable --now " unit " >/dev/null 2>&1; rm -f " word(env("SIM_STATE") "/packaged/" unit))
}

# Paragraphs of the status file: PARA[1..NPARA] with NAME_AT[package].
function load_status(   line, text, name) {
    STATUS_FILE = ROOT "/var/lib/dpkg/status"
    while ((getline line < STATUS_FILE) > 0) {
        if (line == "") { keep_paragraph(text, name); text = ""; name = ""; continue }
        if (line ~ /^Package: /) name = substr(line, 10)
        text = text line "\n"
    }
    keep_paragraph(text, name)
    close(STATUS_FILE)
}

function keep_paragraph(text, name) { if (text == "") return; PARA[++NPARA] = text; NAME_AT[name] = NPARA }

function field(name, key,   text) {
    if (!(name in NAME_AT)) return ""
    text = "\n" PARA[NAME_AT[name]]
    if (!index(text, "\n" key ": ")) return ""
    text = substr(text, index(text, "\n" key ": ") + length(key) + 3)
    return substr(text, 1, index(text, "\n") - 1)
}

function is_installed(name) { return field(name, "Status") ~ / installed$/ }

function save_status(   i, file) {
    file = STATUS_FILE ".new"
    printf "" > file
    for (i = 1; i <= NPARA; i++) if (PARA[i] != "") printf "%s\n", PARA[i] > file
    close(file)
    system("cp -p " word(STATUS_FILE) " " word(STATUS_FILE "-old") " 2>/dev/null; mv -f " word(file) " " word(STATUS_FILE))
}

function summary(added, upgraded, removed) {
    print upgraded " upgraded, " added " newly installed, " removed " to remove and 0 not upgraded."
}

function head_lines() { print "Reading package lists..."; print "Building dependency tree..."; print "Reading state information..." }

function listed(title, names,   k, i, list) {
    k = split(names, list, " ")
    if (!k) return
    print title
    print "  " substr(names, 2)
}

function install(   i, name, version, at, fresh, held, k, list) {
    for (i = 2; i <= NARG; i++) {
        name = ARG[i]; version = ""
        at = index(name, "=")
        if (at) { version = substr(name, at + 1); name = substr(name, 1, at - 1) }
        if (name ~ /[-+]$/ && !(name in KNOWN)) refuse("apt-get install " name)
        if (!(name in KNOWN) && !is_installed(name)) { MISSING = MISSING "E: Unable to locate package " name "\n"; continue }
        if (version != "" && version != KNOWN[name] && version != field(name, "Version")) { MISSING = MISSING "E: Version '" version "' for '" name "' was not found\n"; continue }
        if (is_installed(name)) { held = held "\n" name " is already the newest version (" field(name, "Version") ")."; continue }
        if (index(fresh " ", " " name " ") == 0) fresh = fresh " " name
    }
    head_lines()
    if (MISSING != "") { printf "%s", MISSING > "/dev/stderr"; STATUS = 100; return }
    if (held != "") print substr(held, 2)
    listed("The following NEW packages will be installed:", fresh)
    k = split(fresh, list, " ")
    summary(k, 0, 0)
    if (k && !YES && !SIMULATE) { print "After this operation, additional disk space will be used.\nDo you want to continue? [Y/n] Abort."; STATUS = 1; return }
    for (i = 1; i <= k; i++) {
        if (SIMULATE) { print "Inst " list[i] " (" KNOWN[list[i]] " Debian:12/stable [amd64])"; continue }
        print "Selecting previously unselected package " list[i] ".\nPreparing to unpack .../" list[i] "_" KNOWN[list[i]] "_amd64.deb ...\nUnpacking " list[i] " (" KNOWN[list[i]] ") ..."
        if (list[i] in NAME_AT) PARA[NAME_AT[list[i]]] = ""
        keep_paragraph("Package: " list[i] "\nStatus: install ok installed\nPriority: optional\nSection: admin\nInstalled-Size: 1\nMaintainer: offx lab <lab@localhost>\nArchitecture: amd64\nVersion: " KNOWN[list[i]] "\nDescription: simulated by the offx lab\n", list[i])
        system("mkdir -p " word(ROOT "/var/lib/dpkg/info") " && echo /. >" word(ROOT "/var/lib/dpkg/info/" list[i] ".list"))
    }
    for (i = 1; i <= k; i++) print (SIMULATE ? "Conf " list[i] " (" KNOWN[list[i]] " Debian:12/stable [amd64])" : "Setting up " list[i] " (" KNOWN[list[i]] ") ...")
    if (k && !SIMULATE) save_status()
    for (i = 1; i <= k; i++) if (!SIMULATE) unpack(list[i])
}

function remove(purge,   i, k, list, name, gone, note) {
    for (i = 2; i <= NARG; i++) {
        name = ARG[i]
        if (!(name in KNOWN) && !(name in NAME_AT)) { MISSING = MISSING "E: Unable to locate package " name "\n"; continue }
        if (is_installed(name) || (purge && name in NAME_AT)) gone = gone " " name
        else note = note "Package '" name "' is not installed, so not removed\n"
    }
    head_lines()
    if (MISSING != "") { printf "%s", MISSING > "/dev/stderr"; STATUS = 100; return }
    printf "%s", note
    k = split(gone, list, " ")
    for (i = 1; i <= k; i++) if (list[i] == "proxmox-ve") {
        err("W: (pve-apt-hook) !! WARNING !!\nW: (pve-apt-hook) You are attempting to remove the meta-package 'proxmox-ve'!\nW: (pve-apt-hook) If you really want to permanently remove 'proxmox-ve' from your system, run the following command\nW: (pve-apt-hook)       touch '/please-remove-proxmox-ve'\nE: Sub-process /usr/share/proxmox-ve/pve-apt-hook returned an error code (1)\nE: Failure running script /usr/share/proxmox-ve/pve-apt-hook")
        STATUS = 100
        return
    }
    listed("The following packages will be REMOVED:", purge ? gsub_star(gone) : gone)
    summary(0, 0, k)
    if (k && !YES && !SIMULATE) { print "Do you want to continue? [Y/n] Abort."; STATUS = 1; return }
    for (i = 1; i <= k; i++) {
        name = list[i]
        if (SIMULATE) { print (purge ? "Purg " : "Remv ") name " [" field(name, "Version") "]"; continue }
        print "Removing " name " (" field(name, "Version") ") ..."
        take_away(name)
        if (purge) { print "Purging configuration files for " name " (" field(name, "Version") ") ..."; PARA[NAME_AT[name]] = ""; delete NAME_AT[name] }
        else sub(/Status: [a-z]+ ok [a-z-]+/, "Status: deinstall ok config-files", PARA[NAME_AT[name]])
    }
    if (k && !SIMULATE) save_status()
}

function gsub_star(names) { gsub(/[^ ]+/, "&*", names); return names }

BEGIN {
    STATUS = 0
    for (i = 1; i < ARGC; i++) {
        a = ARGV[i]
        if (names_only) ARG[++NARG] = a
        else if (a == "--") names_only = 1
        else if (a == "-o" || a == "-c" || a == "-t" || a == "--option" || a == "--target-release") i++
        else if (a ~ /^-o./ || a ~ /^--option=/ || a ~ /^--(no-install-recommends|no-install-suggests|allow-downgrades|allow-change-held-packages|fix-broken|no-show-upgraded|quiet|auto-remove|autoremove)$/) continue
        else if (a ~ /^(--yes|--assume-yes|-y|-qy|-yq|-yqq|-qqy)$/) YES = 1
        else if (a ~ /^(-q|-qq|-q=2|-f)$/) continue
        else if (a ~ /^(-s|--simulate|--dry-run|--just-print|--no-act)$/) SIMULATE = 1
        else if (a == "--purge") PURGE = 1
        else if (a ~ /^-/) refuse("apt-get " a)
        else ARG[++NARG] = a
    }
    if (!SIMULATE && env("SIM_MAY_WRITE") != "1") {
        err("E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?")
        quit(100)
    }
    load_known()
    load_status()
    if (ARG[1] == "update") { print "Hit:1 http://deb.debian.org/debian bookworm InRelease\nReading package lists..." }
    else if (ARG[1] == "install") install()
    else if (ARG[1] == "remove" || ARG[1] == "purge") remove(ARG[1] == "purge" || PURGE)
    else if (ARG[1] ~ /^(upgrade|dist-upgrade|autoremove)$/) { head_lines(); print "Calculating upgrade..."; summary(0, 0, 0) }
    else if (ARG[1] ~ /^(clean|autoclean|check)$/) exit 0
    else refuse("apt-get " ARG[1])
    exit STATUS
}
