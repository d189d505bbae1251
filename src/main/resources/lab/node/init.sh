# The init of a lab node: process 1 inside its root. Leaves the machine behind, brings the network up, starts the SSH
# server and keeps it running, and reaps what loses its parent.
#
# init.sh NAME NIC IPV4/LEN IPV6/LEN SSH IDS, as node.sh was given them; one "ready" or "failed" line on standard output.
set -eu
name=$1 nic=$2 ipv4=$3 ipv6=$4 ssh=$5 ids=$6
lab=/opt/offx-lab

leave_machine() {
    umount -l /.machine
    rmdir /.machine
}

start_network() {
    ip link set lo up
    ip link add vmbr0 type bridge stp_state 0 forward_delay 0
    ip link set "$nic" mtu 1500 master vmbr0 up
    ip addr add "$ipv4" dev vmbr0
    ip -6 addr add "$ipv6" dev vmbr0 nodad
    ip link set vmbr0 mtu 1500 up
    # Whoever has an account may ping, without any privilege of the program.
    echo "0 $([ "$ids" = one ] && echo 0 || echo 65534)" >/proc/sys/net/ipv4/ping_group_range 2>/dev/null || :
}

# The kernel takes IPv6 from an interface whose MTU falls below 1280, and gives back none of its addresses when the MTU
# rises again. As a network daemon would, put the address back when the interface can carry it.
keep_ipv6_address() {
    ip -o monitor link dev vmbr0 | while read -r _; do
        ip -6 addr add "$ipv6" dev vmbr0 nodad 2>/dev/null || :
    done
}

as_ops() {
    if [ "$ids" = one ]; then "$@"; else setpriv --reuid=ops --regid=ops --init-groups "$@"; fi
}

# The real sudo where it works here, the stand-in otherwise; what it says about that goes to the node's log.
choose_sudo() {
    if ! as_ops sudo -n true </dev/null >&2; then
        [ "$ids" = one ] || install -m 4755 "$(command -v setpriv)" $lab/as-root
        install -m 755 $lab/sudo.sh $lab/simulated/sudo
        as_ops $lab/simulated/sudo -n true </dev/null >&2
    fi
}

# A server that ends is started again, as the machine's init would do; a restart is therefore a kill.
serve_ssh() {
    while :; do
        if [ "$ssh" = openssh ]; then
            /usr/sbin/sshd -D -E /var/log/sshd.log || :
        else
            $lab/java/home/bin/java -Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xshare:auto \
                -cp "$(printf '%s:' $lab/java/path/*)" org.offx.lab.node.NodeSshServer "$ids" \
                >>/var/log/sshd.log 2>&1 &
            echo $! >/run/sshd.pid
            wait $! || :
        fi
        sleep 0.2
    done
}

# The machine's modules, clock and power are not the node's, although its root may be the machine's.
confine() {
    if [ "$ids" = machine ]; then
        exec setpriv --bounding-set=-sys_module,-sys_boot,-sys_time,-sys_rawio,-syslog "$@"
    fi
    exec "$@"
}

if [ "${confined-no}" = no ]; then
    leave_machine
    start_network
    confined=yes
    export confined
    confine /bin/sh $lab/init.sh "$@"
fi
unset confined
choose_sudo
keep_ipv6_address </dev/null >/dev/null 2>&1 &
serve_ssh </dev/null >/dev/null 2>&1 &
printf 'ready %s %s\n' "$name" "$nic at ${ipv4%/*}"
exec </dev/null >/dev/null 2>&1
# Waiting for a child that never ends reaps every other one, those included that were inherited.
while :; do
    sleep infinity &
    wait $! || :
done
