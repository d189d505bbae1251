package org.offx.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offx.Await;
import org.offx.plan.ExitStatus;
import org.offx.plan.Report;
import org.offx.remote.local.LocalLink;

@Timeout(120)
class GuardTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path root;

    @Test
    void whatIsConfirmedOverANewConnectionStaysAndNothingIsLeftOnTheNode() {
        try (Playground ground = new Playground(root)) {
            Report report = ground.apply("play \"P\" on a { guarded 20s { wall \"ROOT/w\" { text = \"new\" } } }");

            assertThat(ground.lines(report, "a")).containsExactly("wall \"w\": created");
            assertThat(ground.read("w")).isEqualTo("new");
            assertThat(ground.links).as("connections").hasSize(2);
            assertThat(root.resolve("run-a").toFile().list()).as("what is left").isEmpty();
        }
    }

    @Test
    void whatIsNotConfirmedIsUndoneByTheNodeFileByFileAndThenByTheResource() throws Exception {
        try (Playground ground = new Playground(root)) {
            ground.write("w", "old");
            Files.setPosixFilePermissions(root.resolve("w"), PosixFilePermissions.fromString("rw-r-----"));

            Report report = ground.apply("""
                    play "P" on a {
                        guarded 3s { wall "ROOT/w" { text = "new" } } confirm { file_at("ROOT/nowhere") != null }
                        spot "ROOT/s"
                    }
                    """);

            assertThat(ground.lines(report, "a").getFirst()).startsWith("wall \"w\": rolled back: `file_at(");
            assertThat(ground.lines(report, "a").get(1)).startsWith("spot \"s\": not reached: stopped at wall");
            assertThat(ground.read("w")).isEqualTo("old");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("w")))).isEqualTo("rw-r-----");
            assertThat(root.resolve("w.undone")).exists();
            assertThat(ground.events).anyMatch(Progress.Event.Countdown.class::isInstance);
            assertThat(ExitStatus.of(report)).isEqualTo(ExitStatus.ROLLED_BACK);
        }
    }

    /** Of a play, one node at a time makes its guarded changes: who waits for its turn when somebody interrupts has none. */
    @Test
    void whoWaitsForItsTurnBeginsNothingOnceSomebodyHasInterrupted() {
        try (Playground ground = new Playground(root)) {
            ground.cancellation = () -> (Files.exists(root.resolve("wa")) || Files.exists(root.resolve("wb")))
                    && nobodyIsGuarded("run-a") && nobodyIsGuarded("run-b");

            Report report = ground.apply("play \"P\" on [a, b] { guarded 20s { wall \"ROOT/w${node}\" { text = \"new\" } } }");

            assertThat(Stream.of("wa", "wb").filter(name -> Files.exists(root.resolve(name)))).hasSize(1);
            String other = Files.exists(root.resolve("wa")) ? "b" : "a";
            assertThat(ground.lines(report, other)).containsExactly("wall \"w" + other + "\": not reached: interrupted");
        }
    }

    private boolean nobodyIsGuarded(String run) {
        String[] names = root.resolve(run).toFile().list((directory, name) -> name.startsWith("guard-"));
        return names == null || names.length == 0;
    }

    @Test
    void theNodeUndoesItAloneWhenNobodyReachesIt() throws Exception {
        Playground ground = new Playground(root);
        Thread apply = Thread.ofPlatform().daemon().start(() -> ground.apply("""
                play "P" on a { guarded 6s { wall "ROOT/w" { text = "new" } } confirm { file_at("ROOT/nowhere") != null } }
                """));
        Await.until("the change is made", SOON, () -> Files.exists(root.resolve("w")));
        ground.cutOff = true;
        List.copyOf(ground.links).forEach(LocalLink::close);

        Await.until("the node has undone it", SOON, () -> !Files.exists(root.resolve("w")) && Files.exists(root.resolve("w.undone")));
        ground.cutOff = false;
        assertThat(apply.join(SOON)).isTrue();
        ground.close();
    }

    @Test
    void aStepThatFailsIsTakenBackAtOnce() {
        try (Playground ground = new Playground(root)) {
            ground.write("w", "old");
            Report report = ground.apply("""
                    play "P" on a { guarded 100s {
                        wall "ROOT/w" { text = "new" }
                        broken "ROOT/gone"
                    } }
                    """);

            assertThat(ground.lines(report, "a")).containsExactly(
                    "wall \"w\": rolled back: a step of it failed",
                    "broken \"gone\": failed: it ended with status 2; the node has undone what was done before");
            assertThat(ground.read("w")).isEqualTo("old");
        }
    }

    @Test
    void afterOneNodeWasRolledBackNoOtherIsTried() {
        try (Playground ground = new Playground(root)) {
            Report report = ground.apply("""
                    play "P" on [a, b] { guarded 2s { wall "ROOT/${node}" { text = "new" } } confirm { file_at("ROOT/nowhere") != null } }
                    """);

            List<String> both = List.of(ground.lines(report, "a").getFirst(), ground.lines(report, "b").getFirst());
            assertThat(both).filteredOn(line -> line.contains("rolled back")).hasSize(1);
            assertThat(both).filteredOn(line -> line.contains("not reached: a guarded change of this play has not come out well")).hasSize(1);
            assertThat(root.resolve("a")).doesNotExist();
            assertThat(root.resolve("b")).doesNotExist();
        }
    }

    @Test
    void whatDoesNotReadBackIsNotConfirmed() {
        try (Playground ground = new Playground(root)) {
            Report report = ground.apply("""
                    play "P" on a { guarded 3s { wall "ROOT/w" { text = "new", claim = "other" } } }
                    """);

            assertThat(ground.lines(report, "a")).containsExactly(
                    "wall \"w\": rolled back: wall \"" + root + "/w\" does not read back as desired");
            assertThat(root.resolve("w")).doesNotExist();
        }
    }

    @Test
    void aPlayThatIsGuardedAsAWholeStaysOnAllNodesOrOnNone() {
        String playbook = """
                play "P" on [a, b] {
                    guarded together 3s confirm { file_at("ROOT/a") != null and file_at("ROOT/b") != null and file_at("ROOT/%s") != null }
                    note "ROOT/${node}" { text = "new" }
                    spot "ROOT/${node}-more"
                }
                """;
        try (Playground ground = new Playground(root)) {
            Report refused = ground.apply(playbook.formatted("nowhere"));

            for (String node : List.of("a", "b")) {
                assertThat(ground.lines(refused, node)).hasSize(2).allMatch(line -> line.contains(": rolled back: "));
                assertThat(root.resolve(node)).doesNotExist();
            }
            Report kept = ground.apply(playbook.formatted("a"));
            for (String node : List.of("a", "b")) {
                assertThat(ground.lines(kept, node)).first().asString().endsWith(": created");
                assertThat(ground.read(node)).isEqualTo("new");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "busybox sh", "bash --posix"})
    void guardsHoldInEveryShellThatANodeMayHave(String shell) {
        assumeTrue(Stream.of("/bin", "/usr/bin", "").anyMatch(in -> Files.exists(Path.of(in, shell.split(" ")[0]))));
        try (Playground ground = new Playground(root, List.of(shell.split(" ")))) {
            ground.write("w", "old");
            Report refused = ground.apply("""
                    play "P" on a { guarded 2s { wall "ROOT/w" { text = "new" } } confirm { file_at("ROOT/nowhere") != null } }
                    """);
            assertThat(ground.lines(refused, "a")).first().asString().contains("rolled back");
            assertThat(ground.read("w")).isEqualTo("old");

            Report kept = ground.apply("play \"P\" on a { guarded 20s { wall \"ROOT/w\" { text = \"new\" } } }");
            assertThat(ground.lines(kept, "a")).containsExactly("wall \"w\": updated");
        }
    }
}
