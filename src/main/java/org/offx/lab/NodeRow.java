package org.offx.lab;

import java.util.List;

/** A row of the file {@code nodes}: what the scripts and the keeper know about a node. Addresses without their lengths. */
record NodeRow(String name, String nic, String ipv4, String ipv6) {

    static String write(NodeSpec node, Prerequisites machine) {
        var server = machine.sshServer() == SshServer.OPENSSH ? "openssh" : "mina";
        return String.join(
                " ",
                List.of(node.name(), node.nic(), node.ipv4() + "/8", node.ipv6() + "/64", server, machine.ids().word()));
    }

    static NodeRow parse(String line) {
        var words = line.split(" ");
        return new NodeRow(words[0], words[1], withoutLength(words[2]), withoutLength(words[3]));
    }

    NodeSpec spec() {
        return new NodeSpec(name, nic, Integer.parseInt(ipv4.substring(ipv4.lastIndexOf('.') + 1)));
    }

    private static String withoutLength(String address) {
        return address.substring(0, address.indexOf('/'));
    }
}
