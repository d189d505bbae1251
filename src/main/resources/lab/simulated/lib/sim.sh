# Shared start of every simulated program: where its state lies, its lock, its refusals, the real program behind it.
#
# OFFX_LAB_ROOT    before every absolute path (tests only; empty on a lab node)
# OFFX_LAB_STATE   this node's state, /var/lib/offx-lab-sim
# OFFX_LAB_PVE     the cluster's state, /etc/pve: one directory that all nodes share
# OFFX_LAB_SHARED  what nodes tell each other besides (NFS exports, running containers): /var/lib/offx-lab-shared,
#                  or .offx-lab in /etc/pve where that does not exist
# OFFX_LAB_NODE    this node's name instead of the host name
# OFFX_LAB_NOW     the time in seconds since 1970, for tests
# OFFX_LAB_AWK     the awk to run, for tests with several
# STATE/zfs-version  which OpenZFS zfs and zpool answer as: 2.1.11 or the like, 2.2.7-pve1 where there is none
# STATE/real-path  directories with the real programs, separated by colons, where the simulated ones hide them

LC_ALL=C
export LC_ALL
SIM_ROOT=${OFFX_LAB_ROOT-}
SIM_STATE=${OFFX_LAB_STATE:-$SIM_ROOT/var/lib/offx-lab-sim}
SIM_PVE=${OFFX_LAB_PVE:-$SIM_ROOT/etc/pve}
SIM_SHARED=${OFFX_LAB_SHARED:-$SIM_ROOT/var/lib/offx-lab-shared}
[ -d "$SIM_SHARED" ] || SIM_SHARED=$SIM_PVE/.offx-lab
SIM_NAME=${0##*/}
SIM_AWK=${OFFX_LAB_AWK:-awk}
SIM_LIB=$SIM_DIR/lib
SIM_NODE=${OFFX_LAB_NODE-}
[ -n "$SIM_NODE" ] || read -r SIM_NODE </proc/sys/kernel/hostname || SIM_NODE=localhost
SIM_NODE=${SIM_NODE%%.*}
export SIM_ROOT SIM_STATE SIM_PVE SIM_SHARED SIM_NAME SIM_DIR SIM_LIB SIM_NODE SIM_AWK

# sim_zfs_version: sets SIM_ZFS, for programs whose answers differ from version to version.
sim_zfs_version() {
    SIM_ZFS=2.2.7-pve1
    [ ! -r "$SIM_STATE/zfs-version" ] || read -r SIM_ZFS <"$SIM_STATE/zfs-version"
    export SIM_ZFS
}

# sim_refuse TEXT: what is not simulated is never answered with success.
sim_refuse() {
    printf 'simulated %s: not simulated: %s\n' "$SIM_NAME" "$*" >&2
    exit 64
}

# sim_lock DIR: one writer at a time in DIR (a program that another one started under that lock is inside it already), until this process ends (flock) or sim_unlock.
sim_lock() {
    [ "${SIM_LOCKED-}" != "$1" ] || return 0
    SIM_LOCKED=$1
    export SIM_LOCKED
    if command -v flock >/dev/null 2>&1; then
        exec 9>"$1/.lock" && flock -w 20 9 && return 0
    else
        sim_tries=0
        while ! mkdir "$1/.lock.d" 2>/dev/null; do
            sim_tries=$((sim_tries + 1))
            [ "$sim_tries" -gt 200 ] && break
            sleep 0.1
        done
        if [ "$sim_tries" -le 200 ]; then
            SIM_LOCK=$1/.lock.d
            trap 'rmdir "$SIM_LOCK" 2>/dev/null' EXIT
            trap 'exit 130' INT TERM
            return 0
        fi
    fi
    printf 'simulated %s: the lock in %s is held by another program\n' "$SIM_NAME" "$1" >&2
    exit 75
}

sim_unlock() {
    if [ -n "${SIM_LOCK-}" ]; then
        rmdir "$SIM_LOCK" 2>/dev/null
        SIM_LOCK=
        trap - EXIT
    else
        exec 9>&-
    fi
    unset SIM_LOCKED
}

# sim_find_real NAME: sets SIM_REAL to the real program: the first of that name that is not one of these.
sim_find_real() {
    SIM_REAL=
    sim_path=/usr/sbin:/usr/bin:/sbin:/bin
    [ -r "$SIM_STATE/real-path" ] && read -r sim_path <"$SIM_STATE/real-path"
    sim_ifs=$IFS
    IFS=:
    for sim_d in $sim_path; do
        [ -x "$sim_d/$1" ] && [ ! -d "$sim_d/$1" ] || continue
        sim_mark=
        { read -r sim_mark && read -r sim_mark; } <"$sim_d/$1" 2>/dev/null
        case $sim_mark in
        '# SIMULATED'*) ;;
        *) SIM_REAL=$sim_d/$1 && break ;;
        esac
    done
    IFS=$sim_ifs
    [ -n "$SIM_REAL" ]
}

# sim_log FILE WORDS…: what was asked of this node, one line each, for tests and for the curious.
sim_log() {
    sim_file=$1
    shift
    printf '%s\n' "$*" >>"$SIM_STATE/$sim_file"
}

# sim_exec COMMAND…: the last thing a program does; keeps the shell only when it must give a lock back.
sim_exec() {
    [ -n "${SIM_LOCK-}" ] || exec "$@"
    "$@"
    exit $?
}

# sim_cluster: for programs that write what all nodes share; one writer at a time in the whole lab.
sim_cluster() {
    [ -d "$SIM_SHARED" ] || mkdir -p "$SIM_SHARED" 2>/dev/null
    [ -w "$SIM_SHARED" ] || {
        printf 'please run as root\n' >&2
        exit 255
    }
    sim_lock "$SIM_SHARED"
}
