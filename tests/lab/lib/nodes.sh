# shellcheck shell=bash disable=SC2154,SC2054  # what places.sh and image.sh set; commas are of QEMU
# Nodes: QEMU processes, each with a directory $run/nodeK that holds its disks, sockets, keys and the pid. All of them start
# from one warm state, which is the memory and the disk of an anonymous node that was saved when it had come up.

memory=${OFFX_LAB_MEMORY:-768}
data_disks=4
disk_size=2G

# Sets accel: kvm where it works, else tcg, which is emulation.
choose_accel() {
    accel=${OFFX_LAB_ACCEL:-}
    [ -z "$accel" ] || return 0
    accel=tcg
    [ ! -w /dev/kvm ] || ! kvm_works || accel=kvm
}

# The device may be there and useless: QEMU aborts, or the firmware runs and the kernel stands still. So the lab's own kernel
# has to say something. Where it does not, that is remembered until this machine starts again.
kvm_works() {
    local useless boot_id
    boot_id=$(cat /proc/sys/kernel/random/boot_id)
    useless=$cache/kvm-useless
    [ "$(cat "$useless" 2>/dev/null)" != "$boot_id" ] || return 1
    timeout $((10 * patience)) qemu-system-x86_64 -accel kvm -cpu max,la57=off -M q35 -m 256 -nodefaults -no-user-config -display none \
        -no-reboot -serial stdio -kernel "$image/vmlinuz" -append 'console=ttyS0 earlyprintk=ttyS0 panic=-1' </dev/null 2>/dev/null |
        grep -q 'Linux version' && return
    say "/dev/kvm is here and does not work: nodes are emulated, which is slow"
    echo "$boot_id" >"$useless"
    return 1
}

# Sets machine: the options of every node; a warm state fits only those that it was made with.
machine() {
    local engine=$accel line=(root=/dev/vda rw console=ttyS0 quiet loglevel=3 net.ifnames=0 mitigations=off nokaslr no5lvl
        audit=0 apparmor=0 selinux=0 tsc=reliable no_timer_check random.trust_cpu=on nowatchdog cryptomgr.notests
        rcupdate.rcu_expedited=1 8250.nr_uarts=1 systemd.show_status=0)
    [ "$accel" != tcg ] || engine=tcg,thread=multi,tb-size=256
    machine=(-nodefaults -no-user-config -M q35 -accel "$engine" -cpu max,la57=off -smp 1 -m "$memory"
        -kernel "$image/vmlinuz" -initrd "$image/initrd.img" -append "${line[*]}" -device virtio-rng-pci -display none)
}

# Sets state: the warm state for this image and this kind of machine. Made where there is none.
need_state() {
    choose_accel
    machine
    # Where the image lies does not matter: a cache may be moved.
    state=$cache/state-$({ basename "$image"; qemu-system-x86_64 --version; echo "$data_disks $disk_size ${machine[*]//$cache/}";
        declare -f add_devices warm_up save_state; } | hash_of)
    if [ -e "$state/memory.zst" ]; then
        used "$state"
        return
    fi
    need_space "$cache" 2
    alone 9 "$cache/lock" "prepares the warm state in $cache"
    [ -e "$state/memory.zst" ] || make_state
    exec 9>&-
}

# add_devices DIRECTORY K : appends the disks and NICs of node K to machine. eth0 leads to this machine only; eth1 to the switch.
add_devices() {
    local i
    machine+=(-drive "if=none,id=root,file=$1/root.qcow2,cache=unsafe,discard=unmap" -device virtio-blk-pci,drive=root,serial=root)
    for i in $(seq "$data_disks"); do
        machine+=(-drive "if=none,id=data$i,file=$1/data$i.qcow2,cache=unsafe,discard=unmap"
            -device "virtio-blk-pci,drive=data$i,serial=data$i")
    done
    machine+=(-netdev "user,id=way-in,restrict=on,hostfwd=tcp:127.0.0.1:$((port + $2))-:22,hostfwd=tcp:127.0.0.1:$((port + 100 + $2))-:2222"
        -device virtio-net-pci,netdev=way-in,mac=52:54:00:00:00:01,romfile=
        -netdev "dgram,id=private,local.type=unix,local.path=$1/net,remote.type=unix,remote.path=$run/switch/$2"
        -device virtio-net-pci,netdev=private,mac=52:54:00:99:00:00,host_mtu=9600,romfile=
        -serial "file:$1/console.log" -monitor "unix:$1/monitor,server,nowait" -daemonize -pidfile "$1/pid")
}

# start_node DIRECTORY K BACKING OPTION… : a QEMU with fresh data disks and a root disk over BACKING.
start_node() {
    local directory=$1 k=$2 backing=$3 i p
    shift 3
    for p in $((port + k)) $((port + 100 + k)); do
        ! (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null ||
            die "port $p of 127.0.0.1 is taken, node$k needs it: set OFFX_LAB_PORT, a lab uses PORT+1 to PORT+$((100 + most_nodes))"
    done
    mkdir -p "$directory"
    rm -f "$directory"/{root,data*}.qcow2 "$directory"/{monitor,net,mux,ready}
    qemu-img create -q -f qcow2 -F qcow2 -b "$backing" "$directory/root.qcow2"
    for i in $(seq "$data_disks"); do qemu-img create -q -f qcow2 "$directory/data$i.qcow2" "$disk_size"; done
    machine
    add_devices "$directory" "$k"
    qemu-system-x86_64 -name "node$k" "${machine[@]}" "$@" 8>&- 9>&- 2>"$directory/qemu.log" ||
        die "QEMU does not start node$k: $(tail -n 3 "$directory/qemu.log")"
}

# The private network, which needs no right. (A hub of QEMU's own spins where a node does not take its frames: a NIC is down.)
start_switch() {
    is_running "$run/switch" && return
    rm -rf "$run/switch"
    mkdir -p "$run/switch"
    "$lab/lib/switch" "$run" "$most_nodes" "$run/switch/pid" 8>&- 9>&- 2>"$run/switch/log" ||
        die "the private network does not start: $(tail -n 3 "$run/switch/log")"
}

# Does the process that this directory recorded still run? A number that meanwhile belongs to another process does not count.
is_running() {
    [ -s "$1/pid" ] && grep -qa -F -- "$1/pid" "/proc/$(cat "$1/pid" 2>/dev/null)/cmdline" 2>/dev/null
}

# stop DIRECTORY : ends that process, and no other.
stop() {
    local pid
    is_running "$1" || return 0
    pid=$(cat "$1/pid")
    kill "$pid"
    wait_for 20 "the end of $(basename "$1") (pid $pid)" ended "$1" || kill -9 "$pid" || true
    rm -f "$1/pid"
}

ended() {
    ! is_running "$1"
}

# root_of K DIRECTORY COMMAND… : as root through the console, with the host key that DIRECTORY knows.
root_of() {
    local k=$1 known=$2
    shift 2
    ssh -F /dev/null -i "$image/access/key" -p $((port + 100 + k)) -o BatchMode=yes -o StrictHostKeyChecking=yes \
        -o UserKnownHostsFile="$known" -o GlobalKnownHostsFile=/dev/null -o HostKeyAlias=node -o IdentitiesOnly=yes \
        -o ConnectTimeout=$((20 * patience)) -o LogLevel=ERROR root@127.0.0.1 "$@"
}

# Without a process there is nothing to wait for.
answers() {
    is_running "$2" || die "node$1 has ended: $(tail -n 3 "$2/qemu.log" "$2/console.log" 2>/dev/null)"
    root_of "$1" "$2/console_key" true 2>/dev/null </dev/null
}

# Until it has keys of its own, a node shows those of the image.
knows_image() {
    mkdir -p "$1"
    echo "node $(cut -d ' ' -f 1,2 "$image/access/host_key.pub")" >"$1/console_key"
}

make_state() {
    local directory start=$SECONDS
    directory=$(mktemp -d "$cache/warming.XXXXXX")
    say "making the warm state ($accel) ..."
    trap 'stop "$directory"; rm -rf "$directory"' EXIT
    knows_image "$directory"
    start_node "$directory" "$most_nodes" "../$(basename "$image")/disk.qcow2" -no-reboot
    wait_for 300 "SSH to the anonymous node" answers "$most_nodes" "$directory" ||
        die "it said last: $(tail -n 5 "$directory/console.log")"
    warm_up "$directory" || die "the anonymous node does not come up well"
    save_state "$directory"
    mv -T "$directory/state" "$state"
    rm -rf "$directory"
    trap - EXIT
    say "made the warm state in $((SECONDS - start)) s"
}

# What everybody would wait for after a start: services, kernel modules, programs in the page cache.
warm_up() {
    root_of "$most_nodes" "$1/console_key" '
        systemctl is-system-running --wait >/dev/null || systemctl --failed --no-legend
        modprobe -a zfs veth bridge nfs nfsv4 nfsd &&
        { zpool list; zfs list; lxc-ls; exportfs -ra; sudo -u ops sudo -n true; ifquery lo; rm -f /etc/hostid; sync; } >/dev/null 2>&1
        zfs version'
}

save_state() {
    local directory=$1 pid
    pid=$(cat "$directory/pid")
    mkdir "$directory/state"
    "$lab/lib/hmp" "$directory/monitor" stop >/dev/null
    "$lab/lib/hmp" "$directory/monitor" "migrate_set_parameter max-bandwidth 8g" >/dev/null
    "$lab/lib/hmp" "$directory/monitor" "migrate \"exec:zstd -q -1 -T2 -o $directory/state/memory.zst\"" >/dev/null
    wait_for 300 "the memory to be saved" saved "$directory" || die "it was not: $("$lab/lib/hmp" "$directory/monitor" info migrate)"
    "$lab/lib/hmp" "$directory/monitor" quit >/dev/null || true
    wait_for 20 "the end of the anonymous node (pid $pid)" ended "$directory" || die "it goes on"
    mv "$directory/root.qcow2" "$directory/state/root.qcow2"
}

saved() {
    "$lab/lib/hmp" "$1/monitor" info migrate | grep -q 'Migration status: completed'
}

# restore_node K : node K from the warm state, in the way of a machine that was just delivered.
restore_node() {
    local directory=$run/node$1
    stop "$directory"
    knows_image "$directory"
    start_node "$directory" "$1" "$state/root.qcow2" -incoming "exec:zstd -dcq $state/memory.zst"
}

arrived() {
    is_running "$1" || die "$(basename "$1") has ended: $(tail -n 3 "$1/qemu.log")"
    ! "$lab/lib/hmp" "$1/monitor" info status | grep -q inmigrate
}

# finish_node K : lets it run (it was saved while stopped, and so comes back stopped), and gives it its identity.
finish_node() {
    local k=$1 directory=$run/node$1
    wait_for 120 "the memory of node$k" arrived "$directory" || exit 1
    "$lab/lib/hmp" "$directory/monitor" cont >/dev/null
    wait_for 120 "SSH to node$k" answers "$k" "$directory" || exit 1
    make_keys "$directory"
    tar -C "$directory/keys" -cf - . |
        root_of "$k" "$directory/console_key" "lab-identity $k $(date +%s)" || die "node$k did not take its identity"
    echo "node $(cut -d ' ' -f 1,2 "$directory/keys/console/host_key.pub")" >"$directory/console_key"
    wait_for 60 "SSH to node$k under its own host key" answers "$k" "$directory" || exit 1
    : >"$directory/ready"
}

# Host keys of its own, the same as long as the lab is not taken down: known_hosts stays valid over a reset.
make_keys() {
    [ -e "$1/keys/console/host_key" ] && return
    mkdir -p "$1/keys/console"
    ssh-keygen -q -t ed25519 -N '' -C "root@$(basename "$1")" -f "$1/keys/ssh_host_ed25519_key"
    ssh-keygen -q -t ed25519 -N '' -C "console@$(basename "$1")" -f "$1/keys/console/host_key"
}

# restore_all COUNT K… : these nodes anew, side by side; then the files that tell of all COUNT. A start that is given up
# leaves no process of its own.
restore_all() {
    local count=$1 start=$SECONDS k jobs=()
    shift
    unfinished=("$@")
    trap 'for k in "${unfinished[@]}"; do stop "$run/node$k"; done' EXIT
    start_switch
    rm -f "$run/switch/narrow"
    for k in "$@"; do restore_node "$k"; done
    for k in "$@"; do
        finish_node "$k" &
        jobs+=($!)
    done
    for k in "${jobs[@]}"; do wait "$k" || exit 1; done
    write_ssh_files "$count"
    trap - EXIT
    say "$count $([ "$count" = 1 ] && echo node || echo nodes) up ($accel), ${#unfinished[@]} restored in $((SECONDS - start)) s:" \
        "ssh -F $run/ssh_config node1"
}
