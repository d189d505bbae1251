# shellcheck shell=bash disable=SC2154  # what places.sh sets
# The image that all nodes start from: built in stages, each kept in the cache under the hash of what it is made from. A
# stage is written under another name and moved into place, so an interrupted build leaves whole stages only.
#
#   root-HASH.tar, kernel-HASH      Debian with all packages, and the version of its kernel
#   module-KERNEL-HASH.tar          the ZFS module for that kernel
#   container-HASH.tar.zst          the system of the nodes' containers
#   image-HASH/                     disk.qcow2, vmlinuz, initrd.img, access/

release=bookworm
image_size=3G

hash_of() {
    sha256sum | cut -c 1-16
}

# What the packages of one part are: node, module or container.
packages_of() {
    sed -n "s/^$1 //p" "$lab/image/packages" | tr ' ' '\n' | sort -u | paste -sd ,
}

# Everything that the image depends on.
recipe_key() {
    {
        (cd "$lab" && find image -type f -print0 | sort -z | xargs -0 sha256sum)
        declare -f debian assemble make_initrd
        echo "$release $image_size"
    } | hash_of
}

# The image of this recipe, built where it is not in the cache. Sets image.
need_image() {
    image=$cache/image-$(recipe_key)
    if [ -e "$image/disk.qcow2" ]; then
        used "$image"
        return
    fi
    need "${tools_to_build[@]}"
    [ "$(id -u)" -eq 0 ] || die "there is no image of this recipe in $cache yet, and building one makes a file system with" \
        "the owners of Debian's files: run this once as root. The nodes themselves need no root"
    need_space "$cache" 6
    alone 9 "$cache/lock" "builds the image in $cache"
    [ -e "$image/disk.qcow2" ] || build_image
    exec 9>&-
}

build_image() {
    umask 022
    work=$(mktemp -d "$cache/building.XXXXXX")
    chmod 755 "$work"
    trap clear_work EXIT
    find_sources >"$work/sources.list"

    local stage
    stage=$({ packages_of node; cat "$lab/image/hooks/node-early"; } | hash_of)
    root_tar=$cache/root-$stage.tar
    kernel_file=$cache/kernel-$stage
    container_tar=$cache/container-$({ packages_of container; cat "$lab/image/hooks/container"; } | hash_of).tar.zst

    [ -e "$root_tar" ] || timed "Debian with ZFS, LXC and NFS" build_root
    kernel=$(cat "$kernel_file")
    module_tar=$cache/module-$kernel-$({ packages_of module; cat "$lab/image/hooks/module"; } | hash_of).tar
    [ -e "$module_tar" ] || timed "the ZFS module for $kernel" build_module
    [ -e "$container_tar" ] || timed "the system of containers" build_container
    timed "the image" assemble
    used "$root_tar" "$kernel_file" "$module_tar" "$container_tar"
    forget_unused
    clear_work
    trap - EXIT
}

# What no start has used for a month: recipes change, and an image with its stages takes 1 GiB.
forget_unused() {
    find "$cache" -maxdepth 1 -mtime +30 \( -name 'image-*' -o -name 'state-*' -o -name 'root-*' -o -name 'kernel-*' \
        -o -name 'module-*' -o -name 'container-*' \) -exec rm -rf {} +
}

# Also after an interruption, when file systems of a half-made Debian are still mounted below.
clear_work() {
    local mount
    for mount in $(findmnt -rno TARGET | grep -F "$work/" | tac); do umount "$mount" || true; done
    rm -rf --one-file-system "$work"
}

# timed WHAT COMMAND
timed() {
    local start=$SECONDS
    say "building $1 ..."
    "$2" || die "could not build $1; see above"
    say "built $1 in $((SECONDS - start)) s"
}

# This machine's own sources of Debian, for the release of the image, with contrib: ZFS is there. On a machine that is not
# Debian, OFFX_LAB_MIRROR names a mirror.
find_sources() {
    local found
    if [ -n "${OFFX_LAB_MIRROR-}" ]; then
        found=$(printf '%s\n' "$OFFX_LAB_MIRROR $release" "$OFFX_LAB_MIRROR $release-updates")
    else
        # shellcheck disable=SC2016  # apt's own variables
        found=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(ORIGIN)' 'Created-By: Packages' 2>/dev/null |
            sed -En "s/^([^ ]+) [a-z]+(-updates|-security)? Debian\$/\1 $release\2/p" | sort -u)
    fi
    [ -n "$found" ] || die "apt on this machine knows no source of Debian: set OFFX_LAB_MIRROR to the URL of a mirror"
    # shellcheck disable=SC2001  # every line of several
    sed "s|.*|deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] & main contrib|" <<<"$found"
}

# debian PART ARCHIVE OPTION… : a minimal Debian with the packages of a part.
debian() {
    local packages
    packages=$(packages_of "$1")
    TMPDIR=$work mmdebstrap -q --mode=root --variant=apt --include="${packages//@KERNEL@/${kernel-}}" \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/info/*' \
        --aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Retries "3"' \
        "${@:3}" "$release" "$2" - <"$work/sources.list"
}

build_root() {
    debian node "$work/root.tar" --essential-hook="$lab/image/hooks/node-early \"\$1\"" \
        --customize-hook="ls \"\$1/lib/modules\" | sort -V | tail -n 1 >'$work/kernel'" &&
        mv "$work/kernel" "$kernel_file" && mv "$work/root.tar" "$root_tar"
}

build_module() {
    MODULE_KERNEL=$kernel MODULE_ARCHIVE=$work/module.tar \
        debian module /dev/null --customize-hook="$lab/image/hooks/module \"\$1\"" || {
        say "if the mirror has no headers of $kernel any more, remove $root_tar and start again"
        return 1
    }
    mv "$work/module.tar" "$module_tar"
}

build_container() {
    debian container "$work/container.tar" --customize-hook="$lab/image/hooks/container \"\$1\"" &&
        zstd -q -T0 -12 --rm "$work/container.tar" -o "$work/container.tar.zst" && mv "$work/container.tar.zst" "$container_tar"
}

assemble() {
    local root=$work/root new=$work/image
    mkdir -p "$root" "$new/access" &&
        ssh-keygen -q -t ed25519 -N '' -C offx-lab -f "$new/access/key" &&
        ssh-keygen -q -t ed25519 -N '' -C offx-lab -f "$new/access/host_key" &&
        tar -C "$root" -xpf "$root_tar" &&
        tar -C "$root" --no-same-owner --keep-directory-symlink -xf "$module_tar" &&
        install -D -m 0644 "$container_tar" "$root/var/lib/lab/container.tar.zst" &&
        "$lab/image/customise" "$root" "$kernel" "$new/access" &&
        cp "$root/boot/vmlinuz-$kernel" "$new/vmlinuz" &&
        make_initrd "$root" "$new/initrd.img" &&
        truncate -s "$image_size" "$work/disk.raw" &&
        mkfs.ext4 -q -F -L labroot -O '^has_journal,^metadata_csum,^64bit' -E lazy_itable_init=1,nodiscard -m 0 \
            -d "$root" "$work/disk.raw" &&
        qemu-img convert -O qcow2 "$work/disk.raw" "$new/disk.qcow2" &&
        write_versions "$root" >"$new/versions" &&
        mv -T "$new" "$image"
}

# The initramfs has busybox and the few modules that the root disk needs.
make_initrd() {
    local root=$1 made=$work/initrd module file
    mkdir -p "$made"/{bin,dev,proc,sys,new,mod} && cp "$(command -v busybox)" "$made/bin/busybox" && cp "$lab/image/init" "$made/init" || return
    for module in crc32c_generic virtio_pci virtio_blk ext4; do
        chroot "$root" /sbin/modprobe -S "$kernel" --show-depends "$module" | sed -n 's/^insmod \([^ ]*\).*/\1/p'
    done | awk '!seen[$0]++' >"$work/modules"
    while read -r file; do
        cp "$root$file" "$made/mod/" && basename "$file" >>"$made/mods" || return
    done <"$work/modules"
    (cd "$made" && find . | cpio -o -H newc --quiet) >"$2"
}

# What a report says that it was run on.
write_versions() {
    # shellcheck disable=SC2016  # dpkg's own variables
    chroot "$1" dpkg-query -W -f '${Package} ${Version}\n' zfsutils-linux sanoid lxc nfs-kernel-server ifupdown2 openssh-server \
        sudo iproute2 systemd && echo "linux $kernel"
}
