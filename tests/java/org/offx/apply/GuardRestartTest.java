package org.offx.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.offx.Await;
import org.offx.plan.ExitStatus;
import org.offx.plan.Report;
import org.offx.remote.local.LocalLink;

/**
 * Guards where systemd runs. Here it is simulated: {@code systemd-run} and {@code systemctl} are small scripts, and a
 * restart is what a restart does to files and processes. What real systemd makes of it is asked in {@code org.offx.vm}.
 */
@Timeout(120)
class GuardRestartTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String SYSTEMD_RUN = """
            #!/bin/sh
            echo "systemd-run $*" >>ROOT/systemd.log
            while :; do
              case $1 in
                --unit=*) unit=${1#*=} ;;
                --on-active=*) time=${1#*=} ;;
                --*) ;;
                *) break ;;
              esac
              shift
            done
            case $time in
              66) echo 'Failed to start transient timer unit: refused' >&2; exit 1 ;;
            esac
            setsid sh -c 'echo $$ >ROOT/$0.pid; sleep "$1"; shift; exec "$@"' "$unit.timer" "$time" "$@" </dev/null >/dev/null 2>&1 &
            """;

    private static final String SYSTEMCTL = """
            #!/bin/sh
            echo "systemctl $*" >>ROOT/systemd.log
            [ "$1" != stop ] || kill -TERM "-$(cat ROOT/$2.pid)"
            """;

    private static final String CONFIRMED = "play \"P\" on a { guarded 60s { wall \"ROOT/w\" { text = \"new\" } } }";
    private static final String NEVER_CONFIRMED =
            "play \"P\" on a { guarded %ds { wall \"ROOT/w\" { text = \"new\" } } confirm { file_at(\"ROOT/nowhere\") != null } }";

    @TempDir
    Path root;

    private Playground ground;

    @BeforeEach
    void open() throws IOException {
        ground = new Playground(root);
        Files.createDirectories(root.resolve("units"));
        program("systemd-run", SYSTEMD_RUN);
        program("systemctl", SYSTEMCTL);
        ground.directories = "v=ROOT/lib u=ROOT/units PATH=ROOT/bin:$PATH\n".replace("ROOT", root.toString());
        ground.write("w", "old");
    }

    @AfterEach
    void close() {
        ground.close();
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.createDirectories(root.resolve("bin")).resolve(name);
        Files.writeString(file, text.replace("ROOT", root.toString()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void whatIsConfirmedLeavesNeitherTimerNorUnitsNorFiles() throws Exception {
        Report report = ground.apply(CONFIRMED);

        assertThat(ground.lines(report, "a")).containsExactly("wall \"w\": updated");
        assertThat(ground.read("systemd.log").lines().map(line -> line.replaceAll("run[0-9]+x[0-9]+", "RUN").replace(root.toString(), "ROOT")))
                .containsExactly(
                        "systemd-run --quiet --collect --unit=offx-guard-RUN-0 --on-active=60 --timer-property=AccuracySec=1s"
                                + " /bin/sh ROOT/lib/guard-RUN-0/undo.sh",
                        "systemctl stop offx-guard-RUN-0.timer",
                        "systemctl daemon-reload");
        nothingIsLeft();
    }

    @Test
    void theTimerUndoesWhatIsNotConfirmedAndLeavesNothingEither() throws Exception {
        Report report = ground.apply(NEVER_CONFIRMED.formatted(10));

        assertThat(ground.lines(report, "a").getFirst()).startsWith("wall \"w\": rolled back: `file_at(");
        assertThat(ground.read("w")).isEqualTo("old");
        assertThat(root.resolve("w.undone")).exists();
        nothingIsLeft();
    }

    @Test
    void aRestartBeforeTheConfirmationPutsFilesBackEarlyAndUndoesTheRestLater() throws Exception {
        Thread apply = Thread.ofPlatform().daemon().start(() -> {
            Report report = ground.apply(NEVER_CONFIRMED.formatted(60));
            assertThat(ground.lines(report, "a")).containsExactly("wall \"w\": rolled back: the node was restarted before it was confirmed");
            assertThat(ExitStatus.of(report)).isEqualTo(ExitStatus.ROLLED_BACK);
            ground.write("reported", "");
        });
        Await.until("the change is made", SOON, this::changed);

        goDown();
        start("sysinit.target");
        assertThat(ground.read("w")).as("before anything reads it").isEqualTo("old");
        assertThat(root.resolve("w.undone")).doesNotExist();
        ground.write("w", "written by what started since");
        start("multi-user.target");
        assertThat(root.resolve("w.undone")).exists();
        assertThat(ground.read("w")).isEqualTo("written by what started since");
        assertThat(root.resolve("lib")).doesNotExist();
        ground.cutOff = false;

        assertThat(apply.join(SOON)).isTrue();
        assertThat(root.resolve("reported")).as("what the report says").exists();
        nothingIsLeft();
    }

    @Test
    void aStartOfItsTargetsWithoutARestartUndoesNothing() throws Exception {
        Thread apply = Thread.ofPlatform().daemon().start(() -> ground.apply(NEVER_CONFIRMED.formatted(8)));
        Await.until("the change is made", SOON, this::changed);

        start("sysinit.target");
        start("multi-user.target");
        assertThat(ground.read("w")).isEqualTo("new");
        assertThat(apply.join(SOON)).isTrue();
        assertThat(ground.read("w")).isEqualTo("old");
    }

    @Test
    void whatWentDownWhileItWasUndoingIsUndoneAllTheSame() throws Exception {
        armedForGood();
        Files.move(guard().resolve("armed"), guard().resolve("undoing"));
        goDown();
        start("sysinit.target");
        start("multi-user.target");
        assertThat(ground.read("w")).isEqualTo("old");
        assertThat(root.resolve("w.undone")).exists();
        assertThat(root.resolve("lib")).doesNotExist();
    }

    @Test
    void whatWentDownWhileItWasDisarmedStays() throws Exception {
        armedForGood();
        Files.move(guard().resolve("armed"), guard().resolve("disarmed"));
        goDown();
        start("sysinit.target");
        assertThat(ground.read("w")).isEqualTo("new");
        assertThat(root.resolve("lib")).doesNotExist();
        nothingIsLeft();
    }

    @Test
    void aFileThatIsNotThereYetIsPutBackLater() throws Exception {
        Path place = Files.createDirectory(root.resolve("mounted"));
        Files.writeString(place.resolve("w"), "old");
        armedForGood(NEVER_CONFIRMED.replace("ROOT/w", "ROOT/mounted/w"));
        goDown();
        Files.move(place, root.resolve("not-mounted"));
        start("sysinit.target");
        Files.move(root.resolve("not-mounted"), place);
        start("multi-user.target");
        assertThat(place.resolve("w")).hasContent("old");
    }

    @Test
    void anArmedGuardOfAnotherApplyKeepsTheNodeAlsoAfterARestart() throws Exception {
        armedForGood();
        goDown();
        start("sysinit.target");
        try (Playground other = new Playground(root)) {
            other.directories = ground.directories;
            assertThat(other.attempt("play \"Q\" on a { spot \"ROOT/s\" }", Duration.ZERO))
                    .isInstanceOfSatisfying(Apply.Outcome.Locked.class, locked ->
                            assertThat(locked.holders()).extracting(Holder::who, Holder::from).containsExactly(
                                    tuple("marie", "desk")));
            start("multi-user.target");
            assertThat(other.lines(other.apply("play \"Q\" on a { spot \"ROOT/s\" }"), "a")).containsExactly("spot \"s\": created");
        }
        nothingIsLeft();
    }

    @Test
    void whereTheTimerIsRefusedNothingIsChanged() throws Exception {
        Report report = ground.apply(NEVER_CONFIRMED.formatted(66));
        assertThat(ground.lines(report, "a").getFirst()).startsWith("wall \"w\": failed");
        assertThat(ground.read("w")).isEqualTo("old");
        nothingIsLeft();
    }

    @Test
    void systemdFindsNothingToComplainAboutInItsUnits() throws Exception {
        Path analyze = Path.of("/usr/bin/systemd-analyze");
        assumeTrue(Files.isExecutable(analyze), "no systemd-analyze here");
        armedForGood();
        for (Path unit : units()) {
            Process verify = new ProcessBuilder(analyze.toString(), "verify", "--man=no", unit.toString()).redirectErrorStream(true).start();
            String said = new String(verify.getInputStream().readAllBytes());
            assertThat(said.lines().filter(line -> line.contains("offx-guard"))).as(said).isEmpty();
            verify.waitFor();
        }
    }

    /** A guard whose apply has ended without a word, and whose connection is gone. */
    private void armedForGood() throws Exception {
        armedForGood(NEVER_CONFIRMED);
    }

    private void armedForGood(String playbook) throws Exception {
        Thread.ofPlatform().daemon().start(() -> ground.apply(playbook.formatted(110)));
        Await.until("the change is made", SOON, this::changed);
        cutOff();
    }

    private void cutOff() {
        ground.cutOff = true;
        List.copyOf(ground.links).forEach(LocalLink::close);
    }

    /** The node goes down: connections and timers end, and /run is gone. What is on its disk comes from an earlier start then. */
    private void goDown() throws Exception {
        cutOff();
        for (long timer : timers()) {
            ProcessHandle process = ProcessHandle.of(timer).orElseThrow();
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.onExit().join();
        }
        delete(root.resolve("run-a"));
        Files.writeString(guard().resolve("boot"), "an earlier start of the node\n");
    }

    /** What systemd does when it reaches a target at the start of a node. */
    private void start(String target) throws Exception {
        Path wants = root.resolve("units").resolve(target + ".wants");
        List<Path> links;
        try (Stream<Path> files = Files.list(wants)) {
            links = files.toList();
        }
        assertThat(links).hasSize(1);
        String command = Files.readAllLines(links.getFirst()).stream()
                .filter(line -> line.startsWith("ExecStart="))
                .map(line -> line.substring("ExecStart=".length()))
                .findFirst()
                .orElseThrow();
        Process run = new ProcessBuilder(command.split(" ")).inheritIO().start();
        assertThat(run.waitFor()).isZero();
    }

    /** The guard is armed, and the steps are done. */
    private boolean changed() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.anyMatch(file -> file.endsWith("through"));
        } catch (UncheckedIOException gone) {
            return false;
        }
    }

    private Path guard() throws IOException {
        try (Stream<Path> guards = Files.list(root.resolve("lib"))) {
            return guards.findFirst().orElseThrow();
        }
    }

    private List<Path> units() throws IOException {
        try (Stream<Path> units = Files.list(root.resolve("units"))) {
            return units.filter(Files::isRegularFile).toList();
        }
    }

    private void nothingIsLeft() throws Exception {
        assertThat(root.resolve("units").toFile().list()).as("units").isEmpty();
        assertThat(root.resolve("lib")).doesNotExist();
        assertThat(root.resolve("run-a").toFile().list()).as("what is left in /run").isNullOrEmpty();
        Await.until("timers have ended", SOON, () -> timers().stream().allMatch(timer -> ProcessHandle.of(timer).isEmpty()));
    }

    private List<Long> timers() throws IOException {
        List<Long> timers = new ArrayList<>();
        try (Stream<Path> files = Files.list(root)) {
            for (Path pid : files.filter(file -> file.toString().endsWith(".timer.pid")).toList()) {
                timers.add(Long.parseLong(Files.readString(pid).strip()));
            }
        }
        return timers;
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }
}
