package org.offx.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The process tree of a lab, seen from the keeper: everything in it is a descendant of {@link #root} in one PID
 * namespace, and ends when the standard input of the root is closed or the root is killed.
 */
record Fabric(Process root, BufferedReader says) {

    private static final String OPERATOR_IPV4 = "10.255.255.254/8";
    private static final String OPERATOR_IPV6 = "fd00:ff::ffff/64";
    /** Ids 1 to 65535 of the nodes; id 0 is the user who started the lab. */
    private static final int SUBORDINATE = 65_535;

    /** For the JVMs of a lab: they serve a handful of connections and shall start fast and stay small. */
    static final List<String> SMALL_JVM =
            List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto");

    static Fabric start(LabDirectory directory, UserIds ids, int vrackMtu) throws IOException, LabException {
        var words = new ArrayList<>(LabDirectory.holding());
        if (ids == UserIds.RANGE) {
            // newuidmap(1) works on a process from outside: it waits here until that has happened.
            words.addAll(List.of("unshare", "--user", "sh", "-c", "echo born; read -r _ && exec \"$@\"", "mapped"));
        }
        words.add("unshare");
        if (ids == UserIds.ONE) {
            words.addAll(List.of("--user", "--map-root-user"));
        }
        words.addAll(List.of("--mount", "--net", "--uts", "--ipc", "--pid", "--fork", "--kill-child"));
        words.addAll(List.of("sh", "scripts/fabric.sh", Integer.toString(vrackMtu), OPERATOR_IPV4, OPERATOR_IPV6));
        words.addAll(java(Relay.class));
        var process = new ProcessBuilder(words)
                .directory(directory.path().toFile())
                .redirectError(directory.log("fabric").toFile())
                .start();
        directory.note("fabric", ProcessMark.of(process.pid()));
        var says = process.inputReader(StandardCharsets.UTF_8);
        if (ids == UserIds.RANGE) {
            map(process, says);
        }
        return new Fabric(process, says);
    }

    /** The words that start another JVM at a main class of this program that needs no library. */
    static List<String> java(Class<?> main) {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(SMALL_JVM);
        words.add("-cp");
        var origins = Resources.origins(main, Fabric.class).stream().map(Path::toString).toList();
        words.add(String.join(":", origins));
        words.add(main.getName());
        return words;
    }

    private static void map(Process process, BufferedReader says) throws IOException, LabException {
        says.readLine();
        var users = SubordinateIds.users(SUBORDINATE).orElseThrow();
        var groups = SubordinateIds.groups(SUBORDINATE).orElseThrow();
        mapWith("newuidmap", process, Prerequisites.userId(), users);
        mapWith("newgidmap", process, Prerequisites.groupId(), groups);
        process.outputWriter().write("go\n");
        process.outputWriter().flush();
    }

    private static void mapWith(String program, Process process, int own, SubordinateIds range)
            throws IOException, LabException {
        var mapper = new ProcessBuilder(
                        program, Long.toString(process.pid()),
                        "0", Integer.toString(own), "1",
                        "1", Long.toString(range.first()), Integer.toString(SUBORDINATE))
                .redirectErrorStream(true)
                .start();
        var said = new String(mapper.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (mapper.waitFor() != 0) {
                throw new LabException(program + " refuses: " + said);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LabException("Interrupted while user ids were mapped.", stopped);
        }
    }

    /** Process 1 of a node, as this machine sees it. */
    Optional<ProcessMark> init(String node) {
        return root.descendants()
                .filter(process -> isInit(process, node))
                .min(Comparator.comparingLong(ProcessHandle::pid))
                .map(process -> ProcessMark.of(process.pid()));
    }

    private static boolean isInit(ProcessHandle process, String node) {
        var proc = Path.of("/proc", Long.toString(process.pid()));
        try {
            var words = Files.readString(proc.resolve("cmdline")).split("\0");
            var ids = Files.readAllLines(proc.resolve("status")).stream()
                    .filter(line -> line.startsWith("NSpid:"))
                    .findFirst()
                    .orElse("");
            return words.length > 2 && words[1].endsWith("/init.sh") && words[2].equals(node) && ids.endsWith("\t1");
        } catch (IOException gone) {
            return false;
        }
    }

    /** Ends everything; returns when nothing of it is left, or after some seconds. */
    void end() {
        try {
            root.outputWriter().close();
        } catch (IOException gone) {
            // It had ended by itself.
        }
        try {
            if (!root.waitFor(3, TimeUnit.SECONDS)) {
                root.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
