# shellcheck shell=bash disable=SC2034  # what sources this uses them
# Where the lab keeps things, how it speaks, and how it waits. Sourced by the commands beside this folder.
#
#   OFFX_LAB_CACHE   images and warm states, kept between runs        ${XDG_CACHE_HOME:-~/.cache}/offx-lab
#   OFFX_LAB_RUN     the nodes that run: disks, sockets, ssh_config   ${XDG_STATE_HOME:-~/.local/state}/offx-vms
#   OFFX_LAB_PORT    node K answers SSH on 127.0.0.1, port PORT+K     2200
#   OFFX_LAB_FORK    which of several labs side by side: the 2nd has RUN-2, and ports from PORT+200 on    1
#   OFFX_LAB_ACCEL   kvm or tcg (emulation); by itself kvm where it works
#   OFFX_LAB_MEMORY  MiB of a node                                    768
#   OFFX_LAB_PATIENCE  every limit of a wait is multiplied by it, for machines that are busy    1

lab=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${OFFX_LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/offx-lab}
run=${OFFX_LAB_RUN:-${XDG_STATE_HOME:-$HOME/.local/state}/offx-vms}
port=${OFFX_LAB_PORT:-2200}
fork=${OFFX_LAB_FORK:-1}
if [ "$fork" -gt 1 ]; then
    run=$run-$fork
    port=$((port + 200 * (fork - 1)))
fi
patience=${OFFX_LAB_PATIENCE:-1}

# The largest lab: the switch has as many sockets.
most_nodes=8

# Programs and the Debian packages that have them.
tools_to_run=(qemu-system-x86_64:qemu-system-x86 qemu-img:qemu-utils zstd:zstd ssh:openssh-client ssh-keygen:openssh-client
    flock:util-linux perl:perl)
tools_to_build=(mmdebstrap:mmdebstrap mkfs.ext4:e2fsprogs cpio:cpio busybox:busybox-static tar:tar)

say() {
    printf 'lab: %s\n' "$*" >&2
}

die() {
    say "$@"
    exit 1
}

# need TOOL:PACKAGE… : all of them are here, or the end, with one line that mends it.
need() {
    local tool packages=()
    for tool in "$@"; do
        command -v "${tool%%:*}" >/dev/null || packages+=("${tool##*:}")
    done
    [ ${#packages[@]} -eq 0 ] || die "missing on this machine; as root:" \
        "apt-get install --no-install-recommends $(printf '%s\n' "${packages[@]}" | sort -u | xargs)"
}

# need_space DIRECTORY GIB
need_space() {
    local free
    mkdir -p "$1" || die "cannot make $1"
    free=$(df --output=avail -k "$1" | tail -n 1)
    [ "$free" -ge $(($2 * 1048576)) ] || die "needs $2 GiB in $1, and there are $((free / 1048576)): make room," \
        "or name another place with OFFX_LAB_CACHE or OFFX_LAB_RUN"
}

# used FILE… : today, for who clears the cache. Where the cache is somebody else's, they count their own use.
used() {
    touch "$@" 2>/dev/null || :
}

# wait_for SECONDS WHAT COMMAND… : until the command succeeds. Returns 1 when the limit is over, with what it waited for.
wait_for() {
    local limit=$(($1 * patience)) what=$2 start=$SECONDS
    shift 2
    until "$@"; do
        if [ $((SECONDS - start)) -ge "$limit" ]; then
            say "waited $limit s for $what, in vain"
            return 1
        fi
        sleep 0.2
    done
}

# alone FD FILE WHAT : nobody else does this at the same time. The lock lives on a descriptor of this process, 8 or 9; what is
# started to stay gets neither of them.
alone() {
    mkdir -p "$(dirname "$2")" || die "cannot make $(dirname "$2")"
    eval "exec $1>\"\$2\""
    flock -n "$1" && return
    say "another command $3; waiting for it"
    flock -w $((1800 * patience)) "$1" || die "it has not ended in $((1800 * patience)) s"
}
