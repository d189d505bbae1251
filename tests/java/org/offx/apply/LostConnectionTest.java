package org.offx.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.offx.plan.ExitStatus;
import org.offx.plan.Report;

@Timeout(120)
class LostConnectionTest {

    private static final String FIVE = """
            play "P" on a {
                spot "ROOT/s1"
                spot "ROOT/s2"
                note "ROOT/s3" { text = "x" }
                spot "ROOT/s4"
                spot "ROOT/s5"
            }
            """;

    @TempDir
    Path root;

    /** The lock; then for each task its line in the journal and its step: five tasks, eleven requests. */
    @Test
    void whereverTheConnectionIsLostTheReportSaysWhatIsKnownAndTheNextApplyConverges() throws Exception {
        for (int at = 0; at < 11; at++) {
            for (boolean done : List.of(true, false)) {
                Path here = Files.createDirectory(root.resolve(at + (done ? "done" : "not")));
                try (Playground ground = new Playground(here)) {
                    AtomicInteger left = new AtomicInteger(1);
                    int cut = at;
                    ground.sessions = session -> new Cut(session, cut, done, left);
                    Report report = ground.apply(FIVE);

                    List<String> lines = ground.lines(report, "a");
                    for (int task = 0; task < 5; task++) {
                        String line = lines.get(task);
                        int step = 2 * task + 2;
                        if (step < at) {
                            assertThat(line).as("cut at %d", at).endsWith(": created");
                        } else if (step == at) {
                            assertThat(line).as("cut at %d", at).contains(": unknown: ");
                        } else {
                            assertThat(line).as("cut at %d", at).contains(": not reached: the connection to a broke");
                        }
                    }
                    assertThat(ExitStatus.of(report)).isEqualTo(ExitStatus.FAILED);
                    assertThat(ground.lines(ground.apply(FIVE), "a")).allMatch(line -> line.endsWith(": ok") || line.endsWith(": created"));
                    assertThat(ground.lines(ground.apply(FIVE), "a")).allMatch(line -> line.endsWith(": ok"));
                }
            }
        }
    }

    @Test
    void anActionThatAnInterruptedApplyOwesIsDoneByTheNextOne() {
        String playbook = """
                play "P" on a {
                    spot "ROOT/s" { on change { tick("ROOT/ticks") } }
                    spot "ROOT/t"
                }
                """;
        try (Playground ground = new Playground(root)) {
            AtomicInteger left = new AtomicInteger(1);
            ground.sessions = session -> new Cut(session, 5, false, left);

            List<String> first = ground.lines(ground.apply(playbook), "a");
            assertThat(first).contains("spot \"s\": created");
            assertThat(root.resolve("ticks")).doesNotExist();
            assertThat(ground.read("run-a/owed")).contains("tick(");

            assertThat(ground.lines(ground.apply(playbook), "a"))
                    .containsExactly("spot \"s\": ok", "spot \"t\": created", "tick(\"ticks\"): done");
            assertThat(ground.read("ticks")).isEqualTo("tick\n");
            assertThat(ground.lines(ground.apply(playbook), "a")).containsExactly("spot \"s\": ok", "spot \"t\": ok");
        }
    }

    @Test
    void anActionAtOnceThatAnInterruptedApplyOwesIsDoneByTheNextOne() {
        String playbook = """
                play "P" on a {
                    spot "ROOT/s" { on change { now tick("ROOT/ticks") } }
                    spot "ROOT/t"
                }
                """;
        try (Playground ground = new Playground(root)) {
            AtomicInteger left = new AtomicInteger(1);
            ground.sessions = session -> new Cut(session, 4, false, left);

            List<String> first = ground.lines(ground.apply(playbook), "a");
            assertThat(first).contains("spot \"s\": created");
            assertThat(root.resolve("ticks")).doesNotExist();

            assertThat(ground.lines(ground.apply(playbook), "a"))
                    .containsExactly("spot \"s\": ok", "tick(\"ticks\"): done", "spot \"t\": created");
            assertThat(ground.read("ticks")).isEqualTo("tick\n");
            assertThat(ground.lines(ground.apply(playbook), "a")).containsExactly("spot \"s\": ok", "spot \"t\": ok");
        }
    }

    @Test
    void aNodeThatIsLostDoesNotHoldUpTheOthers() {
        try (Playground ground = new Playground(root)) {
            AtomicInteger left = new AtomicInteger(1);
            ground.sessions = session -> session.node().equals("a") ? new Cut(session, 2, false, left) : session;

            Report report = ground.apply("play \"P\" on [a, b] { spot \"ROOT/${node}\" }");

            assertThat(ground.lines(report, "a")).containsExactly("spot \"a\": unknown: touch " + root + "/a");
            assertThat(ground.lines(report, "b")).containsExactly("spot \"b\": created");
        }
    }
}
