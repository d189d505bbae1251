package org.offx.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of a lab: where each lies, and the two that say whose they are ({@code processes}, {@code up}). */
record LabDirectory(Path path) {

    Path sshConfig() {
        return path.resolve("ssh_config");
    }

    Path knownHosts() {
        return path.resolve("known_hosts");
    }

    Path identity() {
        return path.resolve("id_ecdsa");
    }

    Path hostKeys() {
        return path.resolve("hosts");
    }

    Path scripts() {
        return path.resolve("scripts");
    }

    Path simulated() {
        return path.resolve("simulated");
    }

    /** One row a node: name, NIC, addresses with their prefix lengths, SSH server, user ids. */
    Path nodes() {
        return path.resolve("nodes");
    }

    Path javaHome() {
        return path.resolve("java-home");
    }

    Path javaPath() {
        return path.resolve("java-path");
    }

    Path log(String who) {
        return path.resolve("log").resolve(who + ".log");
    }

    private Path processesFile() {
        return path.resolve("processes");
    }

    private Path record() {
        return path.resolve("up");
    }

    /** Makes the directory for a lab that this process starts. */
    void make() throws IOException {
        Files.createDirectories(path.getParent());
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException exists) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
        note("starter", ProcessMark.of(ProcessHandle.current().pid()));
        for (var name : new String[] {"hosts", "log", "root", "scripts", "shared", "simulated"}) {
            Files.createDirectory(path.resolve(name));
        }
    }

    boolean exists() {
        return Files.exists(processesFile());
    }

    /** Whether something else than a lab lies here. */
    boolean foreign() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try (var entries = Files.list(path)) {
            return !exists() && entries.findAny().isPresent();
        }
    }

    /** Writes down a process of the lab, so that whoever comes later can end it. */
    void note(String role, ProcessMark process) throws IOException {
        Files.writeString(
                processesFile(),
                role + " " + process + " " + bootId() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /**
     * Words before those of a process of the lab, started in the directory: as long as it, or anything below it, lives, it
     * holds a lock, so that whoever waits for its end need not be its parent.
     */
    static List<String> holding() {
        return List.of("sh", "-c", "exec 9<processes && flock -s 9 && exec \"$@\"", "lab");
    }

    /** A process that ends when no process of the lab is left, with 0, or else after some time. Started when this returns. */
    Process awaitEnd(Duration patience) throws IOException {
        return new ProcessBuilder("flock", "-x", "-w", Long.toString(patience.toSeconds()), "0")
                .redirectInput(processesFile().toFile())
                .start();
    }

    /** The processes written down since the machine was started, by role. */
    Map<String, ProcessMark> processes() throws IOException {
        var found = new LinkedHashMap<String, ProcessMark>();
        var boot = bootId();
        for (var line : Files.readAllLines(processesFile())) {
            var words = line.split(" ");
            if (words.length == 3 && words[2].equals(boot)) {
                found.put(words[0], ProcessMark.parse(words[1]));
            }
        }
        return found;
    }

    /** Says that the lab is up, with these nodes. */
    void writeRecord(List<LabNode> nodes) throws IOException {
        var lines = new StringBuilder();
        for (var node : nodes) {
            var spec = node.spec();
            lines.append("%s %s %s %s %s\n".formatted(spec.name(), spec.nic(), spec.place(), node.port(), node.init()));
        }
        var draft = path.resolve("up.new");
        Files.writeString(draft, lines);
        Files.move(draft, record(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** What {@link #writeRecord} wrote; empty while the lab is not up. */
    List<LabNode> readRecord() throws IOException {
        if (!Files.exists(record())) {
            return List.of();
        }
        var nodes = new ArrayList<LabNode>();
        for (var line : Files.readAllLines(record())) {
            var words = line.split(" ");
            var spec = new NodeSpec(words[0], words[1], Integer.parseInt(words[2]));
            nodes.add(new LabNode(spec, Integer.parseInt(words[3]), ProcessMark.parse(words[4])));
        }
        return nodes;
    }

    /** Removes everything, never following a link out of the directory. */
    void delete() throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var entries = Files.walk(path)) {
            for (var entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        } catch (UncheckedIOException walking) {
            throw walking.getCause();
        }
    }

    private static String bootId() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }
}
