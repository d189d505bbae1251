package org.offx.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offx.plan.Report;

/** Actions in an apply: which are done and when, and which are left alone. */
@Timeout(60)
class ActionTest extends OnAPlayground {

    @Test
    void aGuardedActionThatATaskWantsAtOnceIsDoneBeforeTheTasksAfterIt() {
        Report report = ground.apply("""
                play "P" on a {
                    spot "ROOT/t" { on change { now slam("ROOT/slammed") } }
                    thief "ROOT/u" { victim = "ROOT/slammed" }
                }
                """);

        assertThat(ground.lines(report, "a"))
                .containsExactly("spot \"t\": created", "slam(\"slammed\"): done", "thief \"u\": created");
        assertThat(ground.read("run-a/owed")).isEmpty();
    }

    @Test
    void ofSeveralTasksEachHasTheGuardedActionThatItWantsAtOnce() {
        Report report = ground.apply("""
                play "P" on a {
                    spot "ROOT/t" { on change { now slam("ROOT/slammed") } }
                    thief "ROOT/u" { victim = "ROOT/slammed", on change { now slam("ROOT/slammed") } }
                    thief "ROOT/v" { victim = "ROOT/slammed" }
                }
                """);

        assertThat(ground.lines(report, "a")).containsExactly(
                "spot \"t\": created", "slam(\"slammed\"): done", "thief \"u\": created", "thief \"v\": created");
        assertThat(ground.read("run-a/owed")).isEmpty();
    }

    @Test
    void anActionAtOnceThatNeedsConsentIsReportedAndDoneByTheNextApplyThatHasIt() {
        String playbook = """
                play "P" on a {
                    spot "ROOT/t" { on change { now wipe("ROOT/wiped") } }
                    spot "ROOT/u"
                }
                """;
        String consent = "wipe(\"" + root + "/wiped\")";

        assertThat(ground.lines(ground.apply(playbook), "a")).containsExactly(
                "spot \"t\": created", "wipe(\"wiped\"): skipped: needs consent: --consent '" + consent + "'", "spot \"u\": created");
        assertThat(root.resolve("wiped")).doesNotExist();
        ground.consents = Set.of(consent);
        assertThat(ground.lines(ground.apply(playbook), "a"))
                .containsExactly("spot \"t\": ok", "wipe(\"wiped\"): done", "spot \"u\": ok");
        assertThat(ground.lines(ground.apply(playbook), "a")).containsExactly("spot \"t\": ok", "spot \"u\": ok");
    }

    @Test
    void anActionAtOnceThatNeedsWhatIsLeftAloneIsReported() {
        Report report = ground.apply("""
                play "P" on a {
                    shut "ROOT/s"
                    spot "ROOT/t" { on change { now visit("ROOT/s") } }
                }
                """);

        assertThat(ground.lines(report, "a")).containsExactly(
                "shut \"s\": skipped: nobody may",
                "spot \"t\": created",
                "visit(\"s\"): skipped: needs shut \"" + root + "/s\", which is blocked");
    }

    @Test
    void anActionAtOnceComesAfterWhatItNeedsEvenIfThatIsWrittenBelow() {
        Report report = ground.apply("""
                play "P" on a {
                    spot "ROOT/t" { on change { now greet("ROOT/u") } }
                    spot "ROOT/u"
                }
                """);

        assertThat(ground.lines(report, "a"))
                .containsExactly("spot \"u\": created", "spot \"t\": created", "greet(\"u\"): done");
    }

    @Test
    void anActionMayNeedTheVeryTaskThatWantsItAtOnce() {
        Report report = ground.apply("play \"P\" on a { spot \"ROOT/t\" { on change { now greet(\"ROOT/t\") } } }");

        assertThat(ground.lines(report, "a")).containsExactly("spot \"t\": created", "greet(\"t\"): done");
    }

    @Test
    void whatAnActionSettlesIsRunThoughATaskFollows() {
        Report report = ground.apply("""
                play "P" on a {
                    sweep("ROOT/swept")
                    spot "ROOT/s"
                }
                """);

        assertThat(ground.lines(report, "a")).containsExactly("sweep(\"swept\"): done", "spot \"s\": created");
        assertThat(root.resolve("swept")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now "})
    void anActionThatNobodyWantsDoesNotStopItsNode(String now) throws IOException {
        ground.write("n", "x");
        Files.write(root.resolve("bin"), new byte[] {(byte) 0xff});

        Report report = ground.apply("""
                play "P" on a {
                    absent note "ROOT/n" { on change { %sscribble("ROOT/bin") } }
                    spot "ROOT/s"
                }
                """.formatted(now));

        assertThat(ground.lines(report, "a")).containsExactly(
                "note \"n\": skipped: needs consent: --consent 'note \"" + root + "/n\"'", "spot \"s\": created");
    }

    @Test
    void anActionThatNobodyWantsIsNotSaidToBeSkipped() {
        ground.write("n", "x");

        Report report = ground.apply("""
                play "P" on a {
                    shut "ROOT/s"
                    absent note "ROOT/n" { on change { visit("ROOT/s") } }
                }
                """);

        assertThat(ground.lines(report, "a")).containsExactly(
                "shut \"s\": skipped: nobody may", "note \"n\": skipped: needs consent: --consent 'note \"" + root + "/n\"'");
    }
}
