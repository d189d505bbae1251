package org.offx.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** What an SSH client needs to reach the nodes: {@code ssh_config} and {@code known_hosts} (ssh_config(5), sshd(8)). */
final class SshFiles {

    private SshFiles() {}

    static void write(LabDirectory directory, List<LabNode> nodes) throws IOException {
        var known = new StringBuilder();
        var config = new StringBuilder("# How to reach the nodes of this lab: ssh -F THIS-FILE ovh1\n");
        for (var node : nodes) {
            var publicKey = Files.readString(directory.hostKeys().resolve(node.name() + ".pub")).split(" ");
            known.append(node.name() + " " + publicKey[0] + " " + publicKey[1] + "\n");
            config.append(
                    """

                    Host %s %s %s
                        HostName 127.0.0.1
                        Port %s
                    """
                            .formatted(node.name(), node.spec().ipv4(), node.spec().ipv6(), node.port()));
            config.append("    HostKeyAlias " + node.name() + "\n");
        }
        config.append(
                """

                Host *
                    User ops
                    IdentityFile "%s"
                    IdentitiesOnly yes
                    UserKnownHostsFile "%s"
                    GlobalKnownHostsFile /dev/null
                    StrictHostKeyChecking yes
                    PasswordAuthentication no
                """
                        .formatted(directory.identity(), directory.knownHosts()));
        Files.writeString(directory.knownHosts(), known);
        Files.writeString(directory.sshConfig(), config);
    }
}
