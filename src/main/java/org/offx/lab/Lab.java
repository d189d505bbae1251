package org.offx.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.offx.lab.LabStatus.NodeStatus;

/**
 * A lab that is up: Linux nodes made of namespaces on this machine, joined by a vRack of their own, reached over SSH
 * with the files {@link #sshConfig} names. Root has one, and so has an ordinary user where the kernel allows it.
 */
public final class Lab implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration COMMAND = Duration.ofSeconds(60);

    /** What the root of a node, when it is the machine's root, may not do: it concerns the whole machine. */
    private static final String KEPT_FROM_NODES = "-sys_module,-sys_boot,-sys_time,-sys_rawio,-syslog";

    private final LabDirectory directory;
    private final List<LabNode> nodes;

    private Lab(LabDirectory directory, List<LabNode> nodes) {
        this.directory = directory;
        this.nodes = List.copyOf(nodes);
    }

    /**
     * Raises a lab, and returns when SSH answers on every node. What a dead lab left in the directory is removed first.
     *
     * @throws LabException if this machine or this user cannot have one (the message says what is missing), if a lab is
     *     up in the directory or something else lies there, or if a step fails or takes longer than the limit
     */
    public static Lab up(LabOptions options) throws LabException {
        return LabStart.raise(options);
    }

    /** The lab in this directory, which {@link #up} of this or another process has raised. */
    public static Lab open(Path path) throws LabException {
        var directory = new LabDirectory(path.toAbsolutePath().normalize());
        try {
            if (statusOf(directory) instanceof LabStatus.Up) {
                return new Lab(directory, directory.readRecord());
            }
        } catch (IOException unread) {
            throw new LabException("The lab in " + path + " cannot be read: " + unread.getMessage(), unread);
        }
        throw new LabException("No lab is up in " + path + ".");
    }

    /** Where the lab of this name keeps its state: {@code $XDG_STATE_HOME/offx/lab/NAME}, by default under {@code ~/.local/state}. */
    public static Path directoryOf(String name) {
        return home().resolve(name);
    }

    /** The names of this user's labs, dead ones included, but for those with a directory of their own. */
    public static List<String> names() throws LabException {
        if (!Files.isDirectory(home())) {
            return List.of();
        }
        try (var entries = Files.list(home())) {
            return entries.filter(entry -> new LabDirectory(entry).exists())
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException unread) {
            throw new LabException("The labs in " + home() + " cannot be listed: " + unread.getMessage(), unread);
        }
    }

    /** How the lab in this directory is, if there is one. */
    public static LabStatus status(Path path) throws LabException {
        try {
            return statusOf(new LabDirectory(path.toAbsolutePath().normalize()));
        } catch (IOException unread) {
            throw new LabException("The lab in " + path + " cannot be read: " + unread.getMessage(), unread);
        }
    }

    /** Takes down the lab in this directory, up, half up or dead; does nothing if there is none. */
    public static void down(Path path) throws LabException {
        LabEnd.take(new LabDirectory(path.toAbsolutePath().normalize()));
    }

    public Path directory() {
        return directory.path();
    }

    /** A configuration with which {@code ssh}, and whoever reads the same format, reaches the nodes by name or address. */
    public Path sshConfig() {
        return directory.sshConfig();
    }

    /** The private key that the user {@code ops} of every node accepts. */
    public Path identity() {
        return directory.identity();
    }

    public Path knownHosts() {
        return directory.knownHosts();
    }

    public List<LabNode> nodes() {
        return nodes;
    }

    /** @throws IllegalArgumentException if the lab has no node of this name */
    public LabNode node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the lab has no node " + name + ", but "
                        + nodes.stream().map(LabNode::name).collect(Collectors.joining(", "))));
    }

    public LabStatus status() throws LabException {
        return status(directory.path());
    }

    /** Takes the lab down: afterwards there is no process, mount, namespace or file of it. */
    public void down() throws LabException {
        LabEnd.take(directory);
    }

    /** The same as {@link #down}. */
    @Override
    public void close() throws LabException {
        down();
    }

    /** The words that open an SSH session on a node; a command to run there may be appended. */
    public List<String> sshCommand(String node) {
        return List.of("ssh", "-F", sshConfig().toString(), node(node).name());
    }

    /**
     * Runs commands of {@code sh} as root on a node, past SSH and the network: to change a node by hand, and to look at
     * it when it is cut off.
     *
     * @throws LabException if the node has ended, or if the commands take longer than a minute
     */
    public ShellResult shell(String node, String commands) throws LabException {
        return shell(node, commands, COMMAND);
    }

    /** The same with a limit of one's own. */
    public ShellResult shell(String node, String commands, Duration limit) throws LabException {
        var init = node(node).init();
        if (!init.alive()) {
            throw new LabException("The lab node " + node + " has ended.");
        }
        try {
            // Files, not pipes: a process that the commands leave in the background holds on to what it writes to.
            var out = Files.createTempFile(directory.path(), "shell", ".out");
            var err = Files.createTempFile(directory.path(), "shell", ".err");
            try {
                var process = new ProcessBuilder(enter(init, commands))
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                    throw new LabException("On the lab node " + node + " this took longer than " + limit.toSeconds()
                            + " s: " + commands);
                }
                return new ShellResult(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
            }
        } catch (IOException broken) {
            throw new LabException("The lab node " + node + " cannot be entered: " + broken.getMessage(), broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LabException("Interrupted on the lab node " + node + ".", stopped);
        }
    }

    private static List<String> enter(ProcessMark init, String commands) {
        var words = new ArrayList<>(List.of("nsenter", "--target", Long.toString(init.pid())));
        if (Prerequisites.userId() != 0) {
            words.addAll(List.of("--user", "--preserve-credentials"));
        }
        words.addAll(List.of("--mount", "--uts", "--ipc", "--net", "--pid", "--root", "--wd"));
        if (Prerequisites.userId() == 0) {
            // As the init of the node does it for everything that comes from SSH.
            words.addAll(List.of("setpriv", "--bounding-set=" + KEPT_FROM_NODES));
        }
        words.addAll(List.of("env", "-i", "HOME=/root", "USER=root", "LOGNAME=root", "LANG=C.UTF-8"));
        words.add("PATH=/opt/offx-lab/simulated:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        words.addAll(List.of("/bin/sh", "-c", commands));
        return words;
    }

    private static LabStatus statusOf(LabDirectory directory) throws IOException {
        if (!directory.exists()) {
            return new LabStatus.Absent();
        }
        var processes = directory.processes();
        var nodes = directory.readRecord();
        if (!alive(processes, "keeper")) {
            return alive(processes, "starter") && !processes.containsKey("keeper")
                    ? new LabStatus.Starting()
                    : new LabStatus.Dead();
        }
        if (nodes.isEmpty()) {
            return new LabStatus.Starting();
        }
        return new LabStatus.Up(nodes.parallelStream()
                .map(node -> new NodeStatus(node, node.init().alive(), Relay.answers(node.port(), ANSWER)))
                .toList());
    }

    private static boolean alive(Map<String, ProcessMark> processes, String role) {
        var process = processes.get(role);
        return process != null && process.alive();
    }

    private static Path home() {
        var set = System.getenv("XDG_STATE_HOME");
        var own = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
        var state = set == null || set.isBlank() ? Path.of(own, ".local", "state") : Path.of(set);
        return state.resolve("offx").resolve("lab").toAbsolutePath();
    }
}
