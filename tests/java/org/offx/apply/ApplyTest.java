package org.offx.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.offx.plan.ExitStatus;
import org.offx.plan.Plan.AttributeChange;
import org.offx.plan.Report;
import org.offx.plan.Report.Outcome;

@Timeout(60)
class ApplyTest extends OnAPlayground {

    @Test
    void whatIsAppliedReadsBackAndASecondApplyChangesNothing() {
        String playbook = """
                play "P" on a {
                    spot "ROOT/s"
                    note "ROOT/n" { text = "hello" }
                }
                """;

        assertThat(ground.lines(ground.apply(playbook), "a")).containsExactly("spot \"s\": created", "note \"n\": created");
        assertThat(ground.read("n")).isEqualTo("hello");
        Report again = ground.apply(playbook);

        assertThat(ground.lines(again, "a")).containsExactly("spot \"s\": ok", "note \"n\": ok");
        assertThat(ExitStatus.of(again)).isEqualTo(ExitStatus.DONE);
        assertThat(root.resolve("run-a/lock")).doesNotExist();
    }

    @Test
    void manyChangesOfANodeCostFourRoundTripsAndTwoForItsLock() {
        StringBuilder playbook = new StringBuilder("play \"P\" on a {\n");
        for (int i = 0; i < 30; i++) {
            playbook.append("spot \"ROOT/s").append(i).append("\"\n");
        }
        AtomicInteger before = new AtomicInteger();
        ground.betweenPlanAndApply = () -> before.set(ground.fleet().roundTrips("a"));

        ground.apply(playbook.append("}").toString());

        assertThat(root.resolve("s29")).exists();
        // The lock, a look, the steps, the look after them, and the lock again.
        assertThat(ground.fleet().roundTrips("a") - before.get()).isEqualTo(5);
    }

    @Test
    void aFailureStopsItsNodeAndNotTheOthersAndNamesTheCommandAndWhatItSaid() {
        Report report = ground.apply("""
                play "P" on [a, b] {
                    spot "ROOT/${node}1"
                    if node == a { broken "ROOT/gone" }
                    spot "ROOT/${node}2"
                }
                play "Q" on [a, b] { spot "ROOT/${node}3" }
                """);

        assertThat(ground.lines(report, "a")).containsExactly(
                "spot \"a1\": created",
                "broken \"gone\": failed: it ended with status 2",
                "spot \"a2\": not reached: `ls " + root + "/gone/none` failed",
                "spot \"a3\": not reached: stopped at broken \"" + root + "/gone\"");
        assertThat(ground.lines(report, "b")).containsExactly("spot \"b1\": created", "spot \"b2\": created", "spot \"b3\": created");
        Outcome.Failed failed = (Outcome.Failed) report.plays().getFirst().nodes().getFirst().tasks().get(1).outcome();
        assertThat(failed.step()).contains("ls " + root + "/gone/none");
        assertThat(failed.output()).anyMatch(line -> line.contains("No such file or directory"));
        assertThat(ExitStatus.of(report)).isEqualTo(ExitStatus.FAILED);
    }

    @Test
    void whatDoesNotReadBackIsAFailure() {
        assertThat(ground.lines(ground.apply("play \"P\" on a { claim \"ROOT/c\" }"), "a"))
                .containsExactly("claim \"c\": failed: it was changed, and does not read back as desired");
    }

    @Test
    void aStatusThatAStepAcceptsIsNoFailure() {
        Report report = ground.apply("play \"P\" on a { for status in [0, 3, 6] { picky \"ROOT/${status}\" { status } } }");

        assertThat(ground.lines(report, "a")).containsExactly("picky \"0\": created", "picky \"3\": created", "picky \"6\": created");
        assertThat(ground.lines(ground.apply("play \"P\" on a { picky \"ROOT/4\" { status = 4 } }"), "a"))
                .containsExactly("picky \"4\": failed: it ended with status 4");
    }

    @Test
    void serialBatchesStopBeforeTheNextWhenANodeHasFailed() {
        Report report = ground.apply("""
                play "P" on [a, b] {
                    serial = 1
                    if node == a { broken "ROOT/gone" }
                    spot "ROOT/${node}"
                }
                """);

        assertThat(ground.lines(report, "b"))
                .containsExactly("spot \"b\": not reached: 1 node has failed in this play, which stops before its next batch");
        assertThat(root.resolve("b")).doesNotExist();
    }

    @Test
    void editsOfOneFileBecomeOneWriteAndWhatSettlesIsRunOnce() {
        Report report = ground.apply("""
                play "P" on a {
                    line "one" { into = "ROOT/f" }
                    line "two" { into = "ROOT/f" }
                }
                """);

        assertThat(ground.lines(report, "a")).hasSize(2).allMatch(line -> line.endsWith(": created"));
        assertThat(ground.read("f")).isEqualTo("one\ntwo\n");
        assertThat(root.resolve("f.settled")).exists();
        assertThat(root.resolve("f.settled.~1~")).as("left by a second run").doesNotExist();
    }

    @Test
    void aFileThatSomebodyElseChangesMeanwhileIsLeftToThem() {
        ground.write("n", "first");
        String playbook = """
                play "P" on a {
                    spot "ROOT/before"
                    note "ROOT/n" { text = "ours" }
                }
                """;
        ground.sessions = session -> new Meddler(session, "touch", () -> ground.write("n", "theirs"));

        Report report = ground.apply(playbook);

        assertThat(ground.lines(report, "a")).containsExactly("spot \"before\": created",
                "note \"n\": failed: the file was changed by somebody else meanwhile, and is left as it is; the next apply starts from what is there now");
        assertThat(ground.read("n")).isEqualTo("theirs");
    }

    @Test
    void whatNeedsConsentIsLeftAloneWithAllThatNeedsIt() {
        ground.write("n", "x");
        String playbook = """
                play "P" on a {
                    absent note "ROOT/n"
                    spot "ROOT/s" { needs [note("ROOT/n")] }
                    spot "ROOT/t"
                }
                """;

        assertThat(ground.lines(ground.apply(playbook), "a")).containsExactly(
                "note \"n\": skipped: needs consent: --consent 'note \"" + root + "/n\"'",
                "spot \"s\": skipped: needs note \"" + root + "/n\", which was left alone",
                "spot \"t\": created");
        ground.consents = Set.of("note \"" + root + "/n\"");
        assertThat(ground.lines(ground.apply(playbook), "a"))
                .containsExactly("note \"n\": deleted", "spot \"s\": created", "spot \"t\": ok");
    }

    @Test
    void anActionIsDoneOnceAtTheEndAndAtOnceWhereTheTaskSaysNow() {
        Report report = ground.apply("""
                play "P" on a {
                    spot "ROOT/s" { on change { tick("ROOT/ticks") } }
                    spot "ROOT/t" { on change { tick("ROOT/ticks"), now tick("ROOT/early") } }
                    spot "ROOT/u"
                }
                """);

        assertThat(ground.lines(report, "a")).containsExactly(
                "spot \"s\": created", "spot \"t\": created", "tick(\"early\"): done", "spot \"u\": created", "tick(\"ticks\"): done");
        assertThat(ground.read("ticks")).isEqualTo("tick\n");
        assertThat(ground.read("run-a/owed")).isEmpty();
    }

    @Test
    void whatHasChangedSinceThePlanStopsItsNodeBeforeTheFirstStep() {
        ground.write("n", "first");
        ground.betweenPlanAndApply = () -> ground.write("n", "theirs");

        Report report = ground.apply("""
                play "P" on a {
                    spot "ROOT/s"
                    note "ROOT/n" { text = "ours" }
                }
                play "Q" on b { spot "ROOT/t" }
                """);

        assertThat(ground.lines(report, "a")).containsExactly(
                "spot \"s\": not reached: stopped at note \"" + root + "/n\"",
                "note \"n\": failed: it has changed since the plan was made, and is not as planned either: plan again");
        assertThat(report.plays().getFirst().nodes().getFirst().tasks().get(1).changes().toString())
                .contains("theirs").contains("ours").contains("it was \\\"first\\\"".replace("\\\"", "\""));
        assertThat(root.resolve("s")).doesNotExist();
        assertThat(ground.lines(report, "b")).containsExactly("spot \"t\": created");
    }

    @Test
    void whatIsAsPlannedAlreadyIsNoDrift() {
        ground.betweenPlanAndApply = () -> ground.write("n", "ours");

        assertThat(ground.lines(ground.apply("play \"P\" on a { note \"ROOT/n\" { text = \"ours\" }\nspot \"ROOT/s\" }"), "a"))
                .containsExactly("note \"n\": ok", "spot \"s\": created");
    }

    @Test
    void stepsOnAnotherNodeRunThereInTheirOrder() {
        Report report = ground.apply("play \"P\" on a { far \"ROOT/f\" { host = b } }");

        assertThat(ground.lines(report, "a")).containsExactly("far \"f\": created");
        assertThat(root.resolve("f.there")).exists();
        assertThat(ground.fleet().roundTrips("b")).isEqualTo(3);
    }

    @Test
    void gatesStandBeforeTheFirstStepAndAfterTheBatch() {
        Report report = ground.apply("""
                play "P" on a {
                    require "somebody has opened the door" { file_at("ROOT/door") != null }
                    spot "ROOT/s"
                }
                play "Q" on b {
                    check { file_at("ROOT/door") != null }
                    spot "ROOT/t"
                }
                """);

        assertThat(ground.lines(report, "a")).first().asString().startsWith("require somebody has opened the door: failed: `file_at(");
        assertThat(root.resolve("s")).doesNotExist();
        assertThat(root.resolve("t")).exists();
        assertThat(ground.lines(report, "b")).first().asString().startsWith("check file_at(");
    }

    @Test
    void nothingMoreIsStartedOnceSomebodyHasInterrupted() {
        ground.cancellation = () -> Files.exists(root.resolve("s"));

        Report report = ground.apply("""
                play "P" on a { spot "ROOT/s" }
                play "Q" on a { spot "ROOT/t" }
                """);

        assertThat(report.interrupted()).isTrue();
        assertThat(ground.lines(report, "a")).contains("spot \"t\": not reached: interrupted");
        assertThat(root.resolve("t")).doesNotExist();
        assertThat(ExitStatus.of(report)).isEqualTo(ExitStatus.INTERRUPTED);
    }

    @Test
    void anEmptyPlaybookIsDone() {
        assertThat(ground.apply("").plays()).isEmpty();
    }

    @Test
    void whatIsDeferredIsDoneAsSoonAsItCanBeTold() {
        Report report = ground.apply("""
                play "P" on a {
                    folder "ROOT/d"
                    leaf "ROOT/d/x" { needs [folder("ROOT/d")] }
                    spot "ROOT/s"
                }
                """);

        assertThat(ground.lines(report, "a"))
                .containsExactly("folder \"d\": created", "leaf \"d/x\": created", "spot \"s\": created");
    }

    @Test
    void aNodeWaitsForWhatAnotherOfItsBatchBringsAbout() {
        Report report = ground.apply("""
                play "P" on [a, b] {
                    if node == b { folder "ROOT/d" }
                    if node == a { leaf "ROOT/d/x" { needs [folder("ROOT/d")] } }
                }
                """);

        assertThat(ground.lines(report, "a")).containsExactly("leaf \"d/x\": created");
    }

    @Test
    void whatALaterTaskTakesBackIsAFailureAndNotFoughtOver() {
        Report report = ground.apply("""
                play "P" on a {
                    spot "ROOT/s"
                    thief "ROOT/t" { victim = "ROOT/s" }
                }
                """);

        assertThat(ground.lines(report, "a")).containsExactly(
                "spot \"s\": failed: it was changed, and does not read back as desired", "thief \"t\": created");
        assertThat(ExitStatus.of(report)).isEqualTo(ExitStatus.FAILED);
    }

    @Test
    void whatWasAsDeclaredAndIsNotAnyMoreIsMendedUnlessOnlyThePlanMayBeDone() {
        String playbook = """
                play "P" on a {
                    note "ROOT/n" { text = "x" }
                    thief "ROOT/t%s" { victim = "ROOT/n" }
                }
                """;
        ground.write("n", "x");

        assertThat(ground.lines(ground.apply(playbook.formatted("1")), "a"))
                .containsExactly("note \"n\": created", "thief \"t1\": created");
        ground.exact = true;
        assertThat(ground.lines(ground.apply(playbook.formatted("2")), "a"))
                .containsExactly("note \"n\": undone", "thief \"t2\": created");
        assertThat(root.resolve("n")).doesNotExist();
    }

    @Test
    void aSavedPlanIsAppliedAsLongAsNothingElseHasChanged() {
        ground.write("n", "first");
        String playbook = """
                play "P" on a {
                    note "ROOT/n" { text = "ours" }
                    spot "ROOT/s"
                }
                """;
        ground.saved = Optional.of(ground.plan(playbook));
        ground.write("n", "theirs");

        assertThat(ground.lines(ground.apply(playbook), "a")).first().asString().contains("it has changed since the plan was made");
        ground.write("n", "first");
        ground.write("s", "");
        assertThat(ground.lines(ground.apply(playbook), "a")).containsExactly("note \"n\": updated", "spot \"s\": ok");
    }

    @Test
    void anActionWaitsForNothingThatIsLeftAlone() {
        Report report = ground.apply("""
                play "P" on a {
                    shut "ROOT/s"
                    visit("ROOT/s")
                    spot "ROOT/t" { on change { visit("ROOT/s") } }
                }
                """);

        assertThat(ground.lines(report, "a")).contains(
                "shut \"s\": skipped: nobody may",
                "spot \"t\": created",
                "visit(\"s\"): skipped: needs shut \"" + root + "/s\", which is blocked");
        assertThat(root.resolve("s.visited")).doesNotExist();
        ground.write("s", "");
        assertThat(ground.lines(ground.apply("play \"P\" on a { shut \"ROOT/s\"\n visit(\"ROOT/s\") }"), "a"))
                .containsExactly("shut \"s\": ok", "visit(\"s\"): done");
    }

    @Test
    void anActionOfASavedPlanDoesWhatWasApprovedOrStopsItsNode() {
        ground.write("word", "hello");
        String playbook = """
                play "P" on a {
                    say("ROOT/said")
                    if word == "" { spot "ROOT/never" }
                    spot "ROOT/t"
                }
                """;
        ground.saved = Optional.of(ground.plan(playbook));
        ground.exact = true;
        ground.write("word", "bye");
        Report report = ground.apply(playbook);
        assertThat(ground.lines(report, "a").getFirst()).endsWith("failed: it would be done in another way than the plan shows: plan again");
        assertThat(root.resolve("said")).doesNotExist();
        assertThat(report.plays().getFirst().nodes().getFirst().tasks().getFirst().changes()).containsExactly(new AttributeChange(
                "step 1", Optional.of("tee " + root + "/said < \"hello\""), Optional.of("tee " + root + "/said < \"bye\""), Optional.empty()));
        assertThat(root.resolve("t")).doesNotExist();
        ground.write("word", "hello");
        assertThat(ground.lines(ground.apply(playbook), "a")).containsExactly("say(\"said\"): done", "spot \"t\": created");
    }

    @Test
    void anActionThatASavedPlanDoesNotHaveStopsItsNode() {
        ground.saved = Optional.of(ground.plan("play \"P\" on a { spot \"ROOT/t\" }"));
        ground.exact = true;
        assertThat(ground.lines(ground.apply("play \"P\" on a { spot \"ROOT/t\"\n tick(\"ROOT/n\") }"), "a"))
                .contains("tick(\"n\"): failed: it is not in the plan: plan again");
        assertThat(root.resolve("t")).doesNotExist();
    }
}
