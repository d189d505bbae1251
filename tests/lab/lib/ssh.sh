# shellcheck shell=bash disable=SC2154  # what places.sh and nodes.sh set
# How to reach the nodes: $run/ssh_config and $run/known_hosts, for ssh -F and for offx -F.

write_ssh_files() {
    local k
    install -m 0600 "$image/access/key" "$run/key"
    { cat "$image/versions" && qemu-system-x86_64 --version | sed -n "s/^QEMU emulator version \([^ ]*\).*/QEMU \1 ($accel)/p"; } >"$run/versions"
    for k in $(seq "$1"); do
        echo "node$k $(cut -d ' ' -f 1,2 "$run/node$k/keys/ssh_host_ed25519_key.pub")"
        echo "node$k-console $(cut -d ' ' -f 1,2 "$run/node$k/keys/console/host_key.pub")"
    done >"$run/known_hosts.new"
    ssh_config "$1" >"$run/ssh_config.new"
    mv "$run/known_hosts.new" "$run/known_hosts"
    mv "$run/ssh_config.new" "$run/ssh_config"
}

ssh_config() {
    local k
    cat <<EOF
# How to reach the nodes of this lab: ssh -F THIS-FILE node1
# nodeK is the SSH server that tests work on; nodeK-console is root beside it, whatever a test has done to that server;
# nodeK-via-node1 goes over node 1 and the private network, which can be cut.
EOF
    for k in $(seq "$1"); do
        cat <<EOF

Host node$k 10.99.0.$k
    HostName 127.0.0.1
    Port $((port + k))
    HostKeyAlias node$k

Host node$k-console
    HostName 127.0.0.1
    Port $((port + 100 + k))
    HostKeyAlias node$k-console
    User root
    ControlMaster auto
    ControlPath "$run/node$k/mux"
    ControlPersist 600

Host node$k-via-node1
    HostName 10.99.0.$k
    HostKeyAlias node$k
    ProxyJump node1
EOF
    done
    cat <<EOF

Host *
    User ops
    IdentityFile "$run/key"
    IdentitiesOnly yes
    UserKnownHostsFile "$run/known_hosts"
    GlobalKnownHostsFile /dev/null
    StrictHostKeyChecking yes
    PasswordAuthentication no
    KexAlgorithms curve25519-sha256
    ConnectTimeout $((20 * patience))
    LogLevel ERROR
EOF
}
