package org.offx.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.offx.e2e.Ran;
import org.offx.plan.ExitStatus;
import org.offx.plan.Plan;
import org.offx.plan.PlanJson;
import org.offx.plan.Saved;

/**
 * The nodes that {@code tests/lab/up} raised, {@code node1}, {@code node2} …, and a desk to work on them from. Where none
 * is up a test fails: who asks for the tests of the lab wants to have them run.
 */
public final class Machines {

    /** What limits are multiplied by on a machine that is busy, as those of the lab are. */
    private static final int PATIENCE = Integer.parseInt(Objects.requireNonNullElse(System.getenv("OFFX_LAB_PATIENCE"), "1"));

    /** Busy machines emulate slowly; a command on a node that takes longer hangs. */
    private static final long MINUTES = 5L * PATIENCE;

    private static final Path LAB = Ran.project().resolve("tests/lab");

    /** What a command on a node said, and its status. */
    public record Said(int status, String out, String err) {}

    private final Path run;
    private final Path files;
    private final int count;
    private Path config;

    private Machines(Path run, Path files, int count) {
        this.run = run;
        this.files = files;
        this.count = count;
        this.config = run.resolve("ssh_config");
    }

    /** So many nodes, as they were delivered: whatever a test before did to them is gone. */
    public static Machines clean(int count, Path files) throws IOException {
        Path run = directory();
        assertThat(run.resolve("ssh_config")).as("virtual machines; raise them with: tests/lab/up %d", count).exists();
        assertThat(run.resolve("node" + count + "/ready")).as("enough of them: tests/lab/up %d", count).exists();
        var machines = new Machines(run, files, count);
        machines.reset();
        return machines;
    }

    /** As lib/places.sh finds it. */
    private static Path directory() {
        String home = System.getProperty("user.home");
        return Stream.of(System.getenv("OFFX_LAB_RUN"), under(System.getenv("XDG_STATE_HOME")), home + "/.local/state/offx-vms")
                .filter(place -> place != null && !place.isEmpty())
                .map(place -> Path.of(fork().equals("1") ? place : place + "-" + fork()))
                .findFirst()
                .orElseThrow();
    }

    /** Which of several labs side by side is that of this process. */
    static String fork() {
        return System.getProperty("lab.fork", Objects.requireNonNullElse(System.getenv("OFFX_LAB_FORK"), "1")).replace("fork-", "");
    }

    private static String under(@Nullable String state) {
        return state == null || state.isEmpty() ? "" : state + "/offx-vms";
    }

    /** A limit for a playbook: so many seconds on an idle machine, more on a busy one. */
    public static int seconds(int idle) {
        return idle * PATIENCE;
    }

    /** Clean nodes, in the time of a restore; those that this test does not use stand still meanwhile. */
    public void reset() throws IOException {
        var words = new ArrayList<>(List.of(LAB.resolve("reset").toString(), "-p"));
        IntStream.rangeClosed(1, count).forEach(k -> words.add("" + k));
        Said said = run(words, "");
        assertThat(said.status()).as("tests/lab/reset: %s", said.err()).isZero();
    }

    /** The private network in the simplest form, for what is about something else. */
    public void addresses() throws IOException {
        for (int k = 1; k <= count; k++) {
            root("node" + k, "ip link set eth1 up && ip addr replace 10.99.0.%d/24 dev eth1".formatted(k));
        }
    }

    /** From now on the private network loses frames of more than 1500 bytes, as that of a provider who carries no larger ones. */
    public void narrow() throws IOException {
        Files.createFile(run.resolve("switch/narrow"));
    }

    /** As root, past offx and past the SSH server that it talks to; the command must succeed. */
    public String root(String node, String commands) throws IOException {
        Said said = attempt(node, commands);
        assertThat(said.status()).as("%s on %s: %s%s", commands, node, said.out(), said.err()).isZero();
        return said.out().strip();
    }

    /** The same; how it ends is for the test to judge. */
    public Said attempt(String node, String commands) throws IOException {
        return run(List.of("ssh", "-F", run.resolve("ssh_config").toString(), node + "-console", "sh"), commands + "\n");
    }

    /** Properties of a dataset on node1, as numbers and a line each, as {@code zfs get} prints them. */
    public String zfs(String properties, String dataset) throws IOException {
        return root("node1", "zfs get -Hp -o value %s %s".formatted(properties, dataset));
    }

    /** A file on the desk, and its name for a command. */
    public String write(String name, String text) throws IOException {
        return Files.writeString(files.resolve(name), text).toString();
    }

    /** A playbook for these nodes: the inventory, and then this. */
    public String playbook(String name, String text) throws IOException {
        var inventory = new StringBuilder();
        for (int k = 1; k <= count; k++) {
            inventory.append("node node%d { address = 10.99.0.%d, user = \"ops\" }\n".formatted(k, k));
        }
        return write(name, text.replaceFirst("(?m)^play ", inventory + "play "));
    }

    /** More ways to a node than the lab knows, for offx. */
    public void config(String hosts) throws IOException {
        config = Path.of(write("ssh_config", hosts + "\n" + Files.readString(run.resolve("ssh_config"))));
    }

    public Ran offx(String command, String... words) {
        return Ran.offx(words(List.of(command), List.of(words)), files);
    }

    /** The same in a process of its own, for a test that ends it; what it prints is nobody's. */
    public Process started(List<String> words) throws IOException {
        var all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss4m",
                "-cp", System.getProperty("java.class.path"), "org.offx.cli.Main"));
        all.addAll(words(words.subList(0, 1), words.subList(1, words.size())));
        var offx = new ProcessBuilder(all).directory(files.toFile()).redirectErrorStream(true).redirectOutput(files.resolve("offx.log").toFile());
        offx.environment().put("XDG_STATE_HOME", files.toString());
        return offx.start();
    }

    private List<String> words(List<String> command, List<String> words) {
        return Stream.of(command, List.of("-F", config.toString()), words).flatMap(List::stream).toList();
    }

    /**
     * All that a plan would do: a line for each task that is not as declared, with what differs of it,
     * {@code node1: zfs.dataset "tank/a" update: quota, atime}.
     */
    public List<String> differing(String playbook) throws IOException {
        Path saved = files.resolve("plan.json");
        Ran ran = offx("plan", "-o", saved.toString(), playbook);
        ran.endedWith(ExitStatus.DONE);
        var read = PlanJson.read(Files.readString(saved));
        assertThat(read).as(ran.out()).isInstanceOf(Saved.Read.class);
        return ((Saved.Read<Plan>) read).value().plays().stream()
                .flatMap(play -> play.nodes().stream())
                .flatMap(node -> node.tasks().stream()
                        .filter(task -> !task.verdict().kind().word().equals("ok"))
                        .map(task -> node.node() + ": " + what(task)))
                .toList();
    }

    private static String what(Plan.TaskPlan task) {
        String verdict = task.name() + " " + task.verdict().kind().word();
        return task.verdict().kind().word().equals("update")
                ? verdict + ": " + String.join(", ", task.changes().stream().map(Plan.AttributeChange::path).toList())
                : verdict;
    }

    /** What the nodes run: a program and its version each. */
    static List<String> versions() throws IOException {
        return Files.readAllLines(directory().resolve("versions"));
    }

    /** Which state of the project this is. */
    static String commit() throws IOException {
        String git = run(List.of("git", "-C", Ran.project().toString(), "describe", "--always", "--dirty"), "").out().strip();
        return git.isEmpty() ? "no commit" : "commit " + git;
    }

    static Said run(List<String> words, String input) throws IOException {
        var builder = new ProcessBuilder(words);
        builder.environment().put("OFFX_LAB_FORK", fork());
        var process = builder.start();
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(input);
        }
        var err = new StringBuilder();
        var reader = Thread.ofVirtual().start(() -> {
            try {
                err.append(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException closed) {
                err.append(closed);
            }
        });
        try {
            var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("takes longer than " + MINUTES + " min: " + words + " " + input);
            }
            reader.join();
            return new Said(process.exitValue(), out, err.toString());
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted: " + words, interrupted);
        }
    }
}
