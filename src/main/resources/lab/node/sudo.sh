#!/bin/sh
# SIMULATED sudo: stands in for the real program where it is not installed, or where its set-user-id bit is worth nothing.
# Knows what a tool that works without a terminal uses: sudo [-n] [-H] [-E] [-k] [-S] [-u USER] [--] [NAME=VALUE...] COMMAND.
# Whoever a sudoers file grants NOPASSWD may; everybody else is asked for a password, which nobody can type here.
set -u
as_root=/opt/offx-lab/as-root
PATH=/opt/offx-lab/simulated:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH

# First call: become root, by the only program here whose set-user-id bit works, and come back.
if [ "${1-}" != --as-root ]; then
    caller=$(id -un)
    groups=$(id -Gn)
    [ "$(id -u)" = 0 ] && [ ! -x $as_root ] && exec /bin/sh "$0" --as-root "${USER:-root}" "$groups" "$@"
    exec $as_root --reuid=0 --regid=0 --clear-groups /bin/sh "$0" --as-root "$caller" "$groups" "$@"
fi

caller=$2 groups=$3
shift 3
target=root
# shellcheck disable=SC2163 # the word is the assignment
while [ $# -gt 0 ]; do
    case $1 in
    -n | -H | -E | -S | -k | -nH | -Hn) shift ;;
    -u) target=${2:?sudo: option requires an argument -- 'u'}; shift 2 ;;
    --) shift; break ;;
    -*) echo "sudo (simulated): the option $1 is not known here" >&2; exit 1 ;;
    *=*) export "$1"; shift ;;
    *) break ;;
    esac
done

granted() {
    [ "$caller" != root ] || return 0
    # shellcheck disable=SC2086 # one word a group
    for who in "$caller" $(printf '%%%s ' $groups); do
        cat /etc/sudoers /etc/sudoers.d/* 2>/dev/null |
            awk -v who="$who" '$1 == who && /NOPASSWD:/ { found = 1 } END { exit !found }' && return 0
    done
    return 1
}

if ! granted; then
    echo 'sudo: a password is required' >&2
    exit 1
fi
[ $# -gt 0 ] || exit 0
home=$(getent passwd "$target" | cut -d: -f6)
if [ -z "$home" ]; then
    echo "sudo: unknown user $target" >&2
    exit 1
fi
SUDO_USER=$caller USER=$target LOGNAME=$target HOME=$home
export SUDO_USER USER LOGNAME HOME
if [ "$target" = root ]; then
    exec env -- "$@"
fi
exec setpriv "--reuid=$target" "--regid=$(id -g "$target")" --init-groups env -- "$@"
