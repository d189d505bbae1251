package org.offx.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The process that keeps a lab: it owns the fabric, answers on 127.0.0.1 for the nodes, and takes everything down when
 * its standard input ends (unless the lab stays), when it is asked to by SIGTERM, or when the fabric has ended. Should
 * it be killed itself, the fabric ends because the keeper's end of its standard input is gone.
 *
 * <p>{@code Keeper DIRECTORY IDS VIA VRACK_MTU MILLIS STAYS}, with the directory prepared. Reports on standard output:
 * {@code say WHO TEXT} for each step, then {@code up}, or {@code refused TEXT} (tabs for line ends) and it ends.
 */
final class Keeper {

    private static final String ENDED = "ended";

    private final LabDirectory directory;
    private final Fabric fabric;
    private final List<NodeRow> rows;
    private final Via via;
    private final Instant deadline;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    private Keeper(LabDirectory directory, Fabric fabric, List<NodeRow> rows, Via via, Instant deadline) {
        this.directory = directory;
        this.fabric = fabric;
        this.rows = rows;
        this.via = via;
        this.deadline = deadline;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var directory = new LabDirectory(Path.of(args[0]));
        var deadline = Instant.now().plusMillis(Long.parseLong(args[4]));
        directory.note("keeper", ProcessMark.of(ProcessHandle.current().pid()));
        var rows = Files.readAllLines(directory.nodes()).stream().map(NodeRow::parse).toList();
        try {
            var fabric = Fabric.start(directory, UserIds.valueOf(args[1]), Integer.parseInt(args[3]));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> takeDown(directory, fabric)));
            if (args[5].equals("false")) {
                Thread.ofPlatform().daemon().name("starter").start(Keeper::endWithStarter);
            }
            var keeper = new Keeper(directory, fabric, rows, Via.valueOf(args[2]), deadline);
            keeper.bringUp();
            System.out.println("up");
            fabric.root().waitFor();
            System.exit(0);
        } catch (LabException refused) {
            System.out.println("refused " + refused.getMessage().replace('\n', '\t'));
            System.exit(1);
        }
    }

    private static void takeDown(LabDirectory directory, Fabric fabric) {
        fabric.end();
        try {
            directory.delete();
        } catch (IOException left) {
            System.err.println("not everything could be removed: " + left);
        }
    }

    /** Nothing is ever written to the keeper: when reading ends, the process that started it has ended. */
    private static void endWithStarter() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            // Broken or ended, the starter is gone.
        }
        System.exit(0);
    }

    private void bringUp() throws IOException, LabException, InterruptedException {
        var ports = new LinkedHashMap<NodeRow, Integer>();
        for (var row : rows) {
            ports.put(row, Relay.listen(via == Via.IPV4 ? row.ipv4() : row.ipv6()));
        }
        Thread.ofPlatform().daemon().name("fabric").start(this::listenToFabric);
        awaitReady();
        for (var row : rows) {
            awaitSsh(row, ports.get(row));
        }
        writeDown(ports);
    }

    private void listenToFabric() {
        try {
            for (var line = fabric.says().readLine(); line != null; line = fabric.says().readLine()) {
                said.add(line);
            }
        } catch (IOException closed) {
            // The fabric has ended; whoever waits for it learns so.
        }
        said.add(ENDED);
    }

    private void awaitReady() throws LabException, InterruptedException {
        var awaited = new HashSet<>(Set.of("relay"));
        rows.forEach(row -> awaited.add(row.name()));
        while (!awaited.isEmpty()) {
            var line = said.poll(remaining().toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw tooLate(String.join(", ", awaited) + " to start", awaited.iterator().next());
            }
            if (line.equals(ENDED)) {
                throw new LabException("The lab's vRack could not be laid: " + lastOf("fabric"));
            }
            var words = line.split(" ", 3);
            if (words[0].equals("failed")) {
                throw new LabException("The lab node " + words[1] + " could not be started: " + lastOf(words[1]));
            }
            if (words[0].equals("ready")) {
                awaited.remove(words[1]);
            }
            say(words[1], words[2]);
        }
    }

    /** A node is there when its SSH server introduces itself (RFC 4253, 4.2), asked the way everybody will ask. */
    private void awaitSsh(NodeRow row, int port) throws LabException, InterruptedException {
        while (!Relay.answers(port, remaining())) {
            if (remaining().isZero()) {
                throw tooLate("SSH to answer on " + row.name(), row.name());
            }
            if (fabric.root().waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new LabException("The lab ended while it was started: " + lastOf("fabric"));
            }
        }
        say(row.name(), "answers SSH on 127.0.0.1 port " + port);
    }

    private Duration remaining() {
        var left = Duration.between(Instant.now(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private LabException tooLate(String what, String who) {
        return new LabException("The lab is not up: its time was over while it waited for " + what + ". " + lastOf(who));
    }

    private String lastOf(String who) {
        try {
            var lines = Files.readAllLines(directory.log(who));
            var last = lines.subList(Math.max(0, lines.size() - 5), lines.size());
            return last.isEmpty() ? "its log is empty." : "its log ends with\n    " + String.join("\n    ", last);
        } catch (IOException unread) {
            return "it has left no log.";
        }
    }

    private void writeDown(Map<NodeRow, Integer> ports) throws IOException, LabException {
        var nodes = new ArrayList<LabNode>();
        for (var row : rows) {
            var init = fabric.init(row.name())
                    .orElseThrow(() -> new LabException("The lab node " + row.name() + " has ended: " + lastOf(row.name())));
            nodes.add(new LabNode(row.spec(), ports.get(row), init));
        }
        SshFiles.write(directory, nodes);
        directory.writeRecord(nodes);
    }

    private static void say(String who, String text) {
        System.out.println("say " + who + " " + text);
    }
}
