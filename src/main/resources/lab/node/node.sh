# A node of a lab: process 1 of its own PID namespace, in mount, network, UTS and IPC namespaces of its own. Builds the
# root of the node on a tmpfs, moves into it, and becomes the init of the node (init.sh).
#
# Runs in the directory of the lab: node.sh NAME NIC IPV4/LEN IPV6/LEN SSH IDS
#   SSH  openssh | mina: which SSH server the node runs
#   IDS  machine | range | one: the machine's user ids (the lab runs as root), a range of ids, or a single one
set -eu
name=$1 nic=$2 ipv4=$3 ipv6=$4 ssh=$5 ids=$6
printf '%s %s\n' "$name" "$nic" >shared/born
umask 022
from=$PWD
root=$from/root
lab=/opt/offx-lab
path=$lab/simulated:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# What the machine lends is lent read-only, with every restriction that its own mount has.
lend() { # FROM TO
    mount --rbind "$1" "$2"
    restrictions=$(findmnt --noheadings --output VFS-OPTIONS --mountpoint "$2" | tail -n 1 | sed 's/^rw//')
    mount -o "remount,bind,ro$restrictions" "$2"
}

# What is copied belongs to the node's root; what the operator may not read stays behind.
copy() { # FROM DIRECTORY
    if [ -e "$1" ]; then
        cp -dR --preserve=mode,timestamps,links "$1" "$2" 2>/dev/null || :
    fi
}

lay_directories() {
    mount -t tmpfs -o mode=755,size=512m "$name" "$root"
    cd "$root"
    mkdir dev etc home mnt opt proc root run srv sys tmp usr var .machine
    chmod 700 root
    chmod 1777 tmp
    lend /usr "$root/usr"
    for entry in bin sbin lib lib32 lib64 libx32; do
        if [ -L "/$entry" ]; then
            cp -d "/$entry" "$entry"
        elif [ -d "/$entry" ]; then
            mkdir "$entry"
            lend "/$entry" "$root/$entry"
        fi
    done
    mkdir run/lock run/sshd run/sudo var/backups var/cache var/lib var/local var/log var/mail var/opt var/spool \
        var/spool/cron var/spool/cron/crontabs var/tmp var/lib/offx-lab-sim var/lib/offx-lab-shared
    ln -s /run var/run
    ln -s /run/lock var/lock
    chmod 1777 var/tmp run/lock
    : >var/log/wtmp
    : >var/log/lastlog
    : >run/utmp
    copy /var/lib/dpkg var/lib/
}

lay_devices() {
    mount -t tmpfs -o mode=755,size=64k,nosuid dev dev
    mkdir dev/pts dev/shm
    for entry in null zero full random urandom tty; do
        : >"dev/$entry"
        mount --bind "/dev/$entry" "dev/$entry"
    done
    mount -t tmpfs -o mode=1777,size=64m,nosuid,nodev shm dev/shm
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts 2>/dev/null ||
        mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
    ln -s pts/ptmx dev/ptmx
    ln -s /proc/self/fd dev/fd
    ln -s fd/0 dev/stdin
    ln -s fd/1 dev/stdout
    ln -s fd/2 dev/stderr
}

# The settings of the kernel that belong to the whole machine cannot be changed from a node; those of its network can.
lay_kernel() {
    mount -t proc -o nosuid,nodev,noexec proc proc
    mount --bind proc/sys proc/sys
    mount -o remount,bind,ro,nosuid,nodev,noexec proc/sys
    mount --bind proc/sys/net proc/sys/net 2>/dev/null || :
    mount -o remount,bind,rw,nosuid,nodev,noexec proc/sys/net 2>/dev/null || :
    if [ -e proc/sysrq-trigger ]; then
        mount --bind /dev/null proc/sysrq-trigger
    fi
    # Where the machine itself sees only part of /sys, the kernel refuses a fresh one; nothing here depends on it.
    mount -t sysfs -o ro,nosuid,nodev,noexec sysfs sys 2>/dev/null || :
}

lay_accounts() {
    # Where one id is all there is, the operator is that id, which is root's.
    ops=2000
    [ "$ids" != one ] || ops=0
    cat >etc/passwd <<END
root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
backup:x:34:34:backup:/var/backups:/usr/sbin/nologin
_apt:x:100:65534::/nonexistent:/usr/sbin/nologin
sshd:x:101:65534::/run/sshd:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
ops:x:$ops:$ops:operator:/home/ops:/bin/bash
END
    [ -x /bin/bash ] || sed -i 's,/bin/bash$,/bin/sh,' etc/passwd
    cut -d: -f1 etc/passwd | sed 's/$/:*:20000:0:99999:7:::/' >etc/shadow
    cat >etc/group <<END
root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:ops
tty:x:5:
disk:x:6:
mail:x:8:
man:x:12:
sudo:x:27:ops
www-data:x:33:
backup:x:34:
shadow:x:42:
utmp:x:43:
staff:x:50:
users:x:100:
nogroup:x:65534:
ops:x:$ops:
END
    cut -d: -f1 etc/group | sed 's/$/:*::/' >etc/gshadow
    chmod 640 etc/shadow etc/gshadow
    mkdir -p home/ops/.ssh root/.ssh
    chmod 700 home/ops home/ops/.ssh root/.ssh
    cp "$from/id_ecdsa.pub" home/ops/.ssh/authorized_keys
    chmod 600 home/ops/.ssh/authorized_keys
    chown -R "$ops:$ops" home/ops
    [ "$ids" = one ] || chown 0:42 etc/shadow etc/gshadow
}

lay_etc() {
    for entry in adduser.conf alternatives bash.bashrc debian_version default deluser.conf dpkg ld.so.cache \
        ld.so.conf ld.so.conf.d localtime login.defs os-release pam.conf pam.d security shells skel timezone; do
        copy "/etc/$entry" etc/
    done
    for entry in /etc/java-*; do
        copy "$entry" etc/
    done
    printf '%s\n' "$name" >etc/hostname
    tr -d - </proc/sys/kernel/random/uuid >etc/machine-id
    {
        printf '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n'
        while read -r other _ address rest; do
            printf '%s\t%s\n' "${address%/*}" "$other"
        done <"$from/nodes"
    } >etc/hosts
    printf '%s: files\n' passwd group shadow gshadow services protocols >etc/nsswitch.conf
    printf 'hosts: files dns\n' >>etc/nsswitch.conf
    : >etc/fstab
    : >etc/resolv.conf
    printf 'PATH="%s"\n' "$path" >etc/environment
    cat >etc/profile <<END
PATH=$path
export PATH
[ -z "\${PS1-}" ] || PS1='\\u@\\h:\\w\\\$ '
END
    mkdir -p etc/cron.d etc/exports.d etc/modprobe.d etc/profile.d etc/sysctl.d etc/systemd/system etc/pve
    # What Proxmox's cluster file system is for real; and what the simulated programs tell each other besides.
    mount --bind "$from/shared/pve" etc/pve
    mount --bind "$from/shared/cluster" var/lib/offx-lab-shared
}

lay_sudo() {
    mkdir etc/sudoers.d
    cat >etc/sudoers <<END
Defaults	env_reset
Defaults	secure_path="$path"
root	ALL=(ALL:ALL) ALL
%sudo	ALL=(ALL:ALL) ALL
@includedir /etc/sudoers.d
END
    printf 'ops ALL=(ALL:ALL) NOPASSWD: ALL\n' >etc/sudoers.d/ops
    chmod 750 etc/sudoers.d
    chmod 440 etc/sudoers etc/sudoers.d/ops
}

lay_interfaces() {
    mkdir -p etc/network/interfaces.d etc/network/if-up.d run/network
    cat >etc/network/interfaces <<END
auto lo
iface lo inet loopback

iface $nic inet manual
	mtu 1500

auto vmbr0
iface vmbr0 inet static
	address $ipv4
	bridge-ports $nic
	bridge-stp off
	bridge-fd 0
	mtu 1500

iface vmbr0 inet6 static
	address $ipv6
END
}

lay_ssh() {
    mkdir -p etc/ssh/sshd_config.d
    cp "$from/hosts/$name" etc/ssh/ssh_host_ecdsa_key
    cp "$from/hosts/$name.pub" etc/ssh/ssh_host_ecdsa_key.pub
    chmod 600 etc/ssh/ssh_host_ecdsa_key
    cat >etc/ssh/sshd_config <<END
Include /etc/ssh/sshd_config.d/*.conf

HostKey /etc/ssh/ssh_host_ecdsa_key
PermitRootLogin yes
KbdInteractiveAuthentication no
UsePAM yes
PrintMotd no
SetEnv PATH=$path
Subsystem sftp internal-sftp
END
    # pam_unix knows about accounts; the sessions of the machine's own configuration belong to its init.
    cat >etc/pam.d/sshd <<END
auth required pam_unix.so
account required pam_unix.so
session required pam_permit.so
END
}

# What only the lab has: the simulated programs (a copy, so that a test can break one on one node), the stand-ins for
# what this machine lacks, the init, and, for the SSH server in Java, the machine's Java.
lay_lab() {
    mkdir -p "$root$lab/simulated"
    cp -R "$from/simulated/." "$root$lab/simulated/"
    cp "$from/scripts/init.sh" "$from/scripts/sudo.sh" "$root$lab/"
    if [ "$ssh" = mina ]; then
        mkdir -p "$root$lab/java/home" "$root$lab/java/path"
        lend "$(cat "$from/java-home")" "$root$lab/java/home"
        number=0
        while read -r entry; do
            number=$((number + 1))
            if [ -d "$entry" ]; then mkdir "$root$lab/java/path/$number"; else : >"$root$lab/java/path/$number"; fi
            lend "$entry" "$root$lab/java/path/$number"
        done <"$from/java-path"
    fi
    chmod -R go+rX "$root$lab/simulated"
}

# Where the machine's root is nobody here, its sudo is worth nothing; a copy that belongs to the node's root is.
lay_sudo_program() {
    if [ "$ids" != range ] || [ ! -r /usr/bin/sudo ]; then
        return
    fi
    mkdir -p "$root$lab/sudo"
    install -m 4755 /usr/bin/sudo "$root$lab/sudo/sudo"
    mount --bind "$root$lab/sudo/sudo" usr/bin/sudo
    for entry in lib libexec; do
        if [ -d "/usr/$entry/sudo" ]; then
            cp -dR --preserve=mode "/usr/$entry/sudo" "$root$lab/sudo/$entry"
            mount --bind "$root$lab/sudo/$entry" "usr/$entry/sudo"
        fi
    done
}

lay_directories
lay_devices
lay_kernel
lay_etc
lay_accounts
lay_sudo
lay_interfaces
lay_ssh
lay_lab
lay_sudo_program
hostname "$name"
read -r _ <"$from/shared/$name.go"
cd "$root"
pivot_root . .machine
exec chroot . /usr/bin/env -i "PATH=${path#*:}" HOME=/root TERM=dumb LANG=C.UTF-8 \
    /bin/sh "$lab/init.sh" "$name" "$nic" "$ipv4" "$ipv6" "$ssh" "$ids"
