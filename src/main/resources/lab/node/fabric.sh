# The fabric of a lab: process 1 of a PID namespace, in mount, network, UTS and IPC namespaces of its own. It lays the
# vRack (one bridge), starts the relay and the nodes, and lives as long as somebody holds its standard input open: when
# the keeper of the lab is gone, however it went, this process ends, and the kernel ends everything below it.
#
# Runs in the directory of the lab: fabric.sh VRACK_MTU OPERATOR_IPV4 OPERATOR_IPV6 COMMAND..., where COMMAND starts the
# relay. Tells what happens on standard output, a line each: "say WHO TEXT", "ready WHO TEXT", "failed WHO TEXT".
set -eu
vrack_mtu=$1 operator_ipv4=$2 operator_ipv6=$3
shift 3
exec 3<&0 </dev/null

say() { printf 'say %s %s\n' "$1" "$2"; }

lay_vrack() {
    ip link set lo up
    ip link add vrack type bridge stp_state 0 forward_delay 0
    ip link set vrack mtu "$vrack_mtu" up
    # Where the operator connects from: an ordinary port of the vRack, with the MTU that the Internet leaves to SSH.
    ip link add operator mtu 1500 type veth peer name v-operator mtu "$vrack_mtu"
    ip link set v-operator master vrack up
    ip addr add "$operator_ipv4" dev operator
    ip -6 addr add "$operator_ipv6" dev operator nodad
    ip link set operator up
}

# A cable from the vRack into the network namespace of a process. Its far end starts at 1500, as a NIC does.
plug() { # NAME NIC PID
    ip link add "v-$1" mtu "$vrack_mtu" type veth peer name "$2" netns "$3"
    ip link set "v-$1" master vrack up
}

start_node() { # NAME and the other columns of its row
    mkfifo "shared/$1.go"
    {
        status=0
        # The process that notes its id becomes unshare, and so belongs to the network namespace of the node.
        sh -c 'echo $$ >"shared/$1.pid"
               exec unshare --mount --net --uts --ipc --pid --fork --kill-child sh scripts/node.sh "$@"' \
            start "$@" </dev/null 2>>"log/$1.log" || status=$?
        printf 'failed %s the node ended with status %s; its log is log/%s.log\n' "$1" "$status" "$1"
    } 3<&- 4<&- &
}

mount -t proc -o nosuid,nodev,noexec proc /proc
mount -t tmpfs -o mode=755,size=64m shared shared
mkdir shared/pve shared/cluster
mkfifo shared/born
exec 4<>shared/born
lay_vrack
say fabric "the vRack is laid; it carries frames of $vrack_mtu"
"$@" 2>>log/relay.log 3<&- 4<&- &

count=0
while read -r row; do
    # shellcheck disable=SC2086 # a row is words
    start_node $row
    count=$((count + 1))
done <nodes
while [ "$count" -gt 0 ]; do
    # A node tells its name as soon as its namespaces exist, and builds its root while it is plugged in.
    read -r name nic <&4
    plug "$name" "$nic" "$(cat "shared/$name.pid")"
    echo go >"shared/$name.go"
    count=$((count - 1))
done
exec 4<&-
cat <&3 >/dev/null &
wait $!
