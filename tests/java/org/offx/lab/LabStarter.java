package org.offx.lab;

import java.nio.file.Path;

/**
 * A process that raises a lab, for tests that kill it or that run it as another user:
 * {@code LabStarter DIRECTORY NODES SSH_SERVER THEN}, where THEN is {@code wait} (until it is killed), {@code stay} (leave
 * the lab up and end) or {@code try} (show what an account, root and SSH see on the first node, and take the lab down).
 */
final class LabStarter {

    private LabStarter() {}

    public static void main(String[] args) throws Exception {
        var options = LabOptions.in(Path.of(args[0]))
                .withNodes(Integer.parseInt(args[1]))
                .withSshServer(SshServer.valueOf(args[2]))
                .withEvents(event -> System.out.println(event.who() + ": " + event.text()));
        try {
            var lab = Lab.up(args[3].equals("stay") ? options.staying() : options);
            System.out.println("up " + lab.nodes().size());
            switch (args[3]) {
                case "wait" -> Thread.currentThread().join();
                case "try" -> tryOut(lab);
                default -> {}
            }
        } catch (LabException refused) {
            System.out.println("refused " + refused.getMessage());
            System.exit(1);
        }
    }

    private static void tryOut(Lab lab) throws Exception {
        var remains = Remains.of(lab);
        System.out.println("root " + lab.shell("ovh1", "id -u; hostname; touch /etc/x && echo written").out().replace('\n', ' '));
        var ssh = Trial.ssh(lab, "ovh1", "echo $USER; sudo -n id -u; ping -n -c 1 -W 2 10.0.0.2 >/dev/null && echo pinged");
        System.out.println("ssh " + ssh.out().replace('\n', ' ') + ssh.err());
        var account = lab.shell("ovh1", "useradd -m alice && stat -c %U /home/alice");
        System.out.println("account " + account.out() + account.err());
        var frames = lab.shell(
                "ovh1",
                "ip link set enp5s0f1 mtu 9600; ip link set vmbr0 mtu 9600; ping -n -c 1 -W 1 -M do -s 9572 10.0.0.2");
        System.out.println("frames " + frames.status());
        lab.down();
        System.out.println("left " + remains.left());
    }
}
