package org.offx.lab;

import java.nio.file.Path;

/**
 * A process that raises a lab and waits, for tests that kill it or that run it as another user:
 * {@code LabStarter DIRECTORY NODES SSH_SERVER STAYS}. Says {@code up} or {@code refused} with the reason.
 */
final class LabStarter {

    private LabStarter() {}

    public static void main(String[] args) throws InterruptedException {
        var options = LabOptions.in(Path.of(args[0]))
                .withNodes(Integer.parseInt(args[1]))
                .withSshServer(SshServer.valueOf(args[2]))
                .withEvents(event -> System.out.println(event.who() + ": " + event.text()));
        try {
            var lab = Lab.up(args[3].equals("true") ? options.staying() : options);
            System.out.println("up " + lab.nodes().size());
            if (args[3].equals("false")) {
                Thread.sleep(Long.MAX_VALUE);
            }
        } catch (LabException refused) {
            System.out.println("refused " + refused.getMessage());
            System.exit(1);
        }
    }
}
