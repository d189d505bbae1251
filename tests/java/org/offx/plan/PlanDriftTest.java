package org.offx.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.offx.plan.Plan.AttributeChange;
import org.offx.plan.Plan.Seen;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.PlanDrift.AsPlanned;
import org.offx.plan.PlanDrift.Difference;
import org.offx.plan.PlanDrift.Drifted;
import org.offx.plan.PlanDrift.Same;
import org.offx.value.Command;

/** Whether a saved plan still fits what a node holds now. */
final class PlanDriftTest {

    private static final TaskPlan OK = task(new Verdict.Ok(), Map.of("quota", "20TiB", "atime", "off"));
    private static final TaskPlan SAVED =
            task(new Verdict.Update(), Map.of("quota", "10TiB", "atime", "off"), change("quota", "10TiB", "20TiB"));
    private static final TaskPlan ABSENT = TaskPlan.of("x", "p", new Verdict.Create(), new Seen.Absent());

    @Test
    void whatIsStillAsItWasSeenMayBeApplied() {
        assertThat(PlanDrift.compare(SAVED, SAVED)).isEqualTo(new Same());
        assertThat(PlanDrift.compare(ABSENT, ABSENT)).isEqualTo(new Same());
    }

    @Test
    void whatIsAlreadyAsPlannedIsDone() {
        assertThat(PlanDrift.compare(SAVED, OK)).isEqualTo(new AsPlanned());
        assertThat(PlanDrift.compare(ABSENT, OK)).isEqualTo(new AsPlanned());
        assertThat(PlanDrift.compare(OK, OK)).isEqualTo(new AsPlanned());
        TaskPlan delete = task(new Verdict.Delete(), Map.of());
        assertThat(PlanDrift.compare(delete, TaskPlan.of("x", "p", new Verdict.Ok(), new Seen.Absent()))).isEqualTo(new AsPlanned());
    }

    @Test
    void whatAnInterruptedApplyHasHalfDoneMayGoOn() {
        TaskPlan saved = task(new Verdict.Update(), Map.of("quota", "10TiB", "atime", "on"),
                change("quota", "10TiB", "20TiB"), change("atime", "on", "off"));
        TaskPlan now = task(new Verdict.Update(), Map.of("quota", "20TiB", "atime", "on"), change("atime", "on", "off"));
        assertThat(PlanDrift.compare(saved, now)).isEqualTo(new Same());
    }

    @Test
    void whatIsNeitherAsSeenNorAsPlannedHasDrifted() {
        TaskPlan now = task(new Verdict.Update(), Map.of("quota", "12TiB", "atime", "off"), change("quota", "12TiB", "20TiB"));
        assertThat(PlanDrift.compare(SAVED, now))
                .isEqualTo(new Drifted(List.of(new Difference("quota", "10TiB", "20TiB", "12TiB"))));
    }

    @Test
    void anAttributeThatWasFineAndIsNoMoreHasDrifted() {
        TaskPlan now = task(new Verdict.Update(), Map.of("quota", "10TiB", "atime", "on"),
                change("quota", "10TiB", "20TiB"), change("atime", "on", "off"));
        assertThat(PlanDrift.compare(SAVED, now)).isEqualTo(new Drifted(List.of(new Difference("atime", "off", "off", "on"))));
        assertThat(PlanDrift.compare(OK, now)).isInstanceOf(Drifted.class);
    }

    @Test
    void whatTheStepsReliedOnAlthoughItDidNotDifferHasDriftedToo() {
        TaskPlan now = task(new Verdict.Update(), Map.of("quota", "10TiB", "atime", "on"), change("quota", "10TiB", "20TiB"));
        assertThat(PlanDrift.compare(SAVED, now)).isEqualTo(new Drifted(List.of(new Difference("atime", "off", "off", "on"))));
    }

    @Test
    void anotherSecretThanWhenItWasPlannedIsNotApplied() {
        TaskPlan saved = task(new Verdict.Update(), Map.of(), change("key", "(secret:aa)", "(secret:bb)"));
        TaskPlan now = task(new Verdict.Update(), Map.of(), change("key", "(secret:aa)", "(secret:cc)"));
        assertThat(PlanDrift.compare(saved, now)).isEqualTo(
                new Drifted(List.of(new Difference("key", "(secret:aa)", "(secret:bb)", "(secret:aa)", Optional.of("(secret:cc)")))));
    }

    @Test
    void anotherSecretForACommandIsNotHandedOverThoughNoAttributeTellsOfIt() {
        TaskPlan saved = with(SAVED, input("passwd", "aa"), input("zfs create", "bb"));
        TaskPlan now = with(SAVED, input("passwd", "aa"), input("zfs create", "cc"));
        assertThat(PlanDrift.compare(saved, saved)).isEqualTo(new Same());
        assertThat(PlanDrift.compare(saved, with(SAVED, input("zfs create", "bb")))).as("half of it is done").isEqualTo(new Same());
        assertThat(PlanDrift.compare(saved, now)).isEqualTo(new Drifted(List.of(new Difference(
                "input of `zfs create`", "(secret:bb)", "(secret:bb)", "(secret:bb)", Optional.of("(secret:cc)")))));
    }

    @Test
    void whatWouldNowBeDoneInAnotherWayIsNotWhatWasApproved() {
        TaskPlan saved = with(SAVED, run("zfs set a"), edit("/etc/f", "old\n", "old\nnew\n"));
        TaskPlan other = with(SAVED, run("zfs set b"), edit("/etc/f", "old\n", "old\nnew\n"));
        assertThat(PlanDrift.compare(saved, other)).isEqualTo(new PlanDrift.OtherSteps(List.of(
                new Difference("step 1", "zfs set a", "zfs set a", "zfs set a", Optional.of("zfs set b")))));
        TaskPlan elsewhere = with(SAVED, run("zfs set a"), edit("/etc/f", "else\n", "else\nnew\n"));
        assertThat(PlanDrift.compare(saved, elsewhere)).as("somebody else's line in the same file").isEqualTo(new Same());
    }

    @Test
    void whatIsTakenAwayGoesInTheWayThatWasApproved() {
        TaskPlan delete = with(task(new Verdict.Delete(), Map.of()), on("ovh1", run("pct stop 113"), run("pct destroy 113")));
        assertThat(PlanDrift.compare(delete, delete)).isEqualTo(new Same());
        assertThat(PlanDrift.compare(delete, with(delete, on("ovh1", run("pct destroy 113"))))).as("it was stopped").isEqualTo(new Same());
        assertThat(PlanDrift.compare(delete, with(delete, on("ovh2", run("pct destroy 113"))))).isEqualTo(new PlanDrift.OtherSteps(List.of(
                new Difference("step 1", "on ovh1: pct stop 113; pct destroy 113", "on ovh1: pct stop 113; pct destroy 113",
                        "on ovh1: pct stop 113; pct destroy 113", Optional.of("on ovh2: pct destroy 113")))));
    }

    @Test
    void ofTheSameFileAnEditMakesTheTextThatWasApproved() {
        TaskPlan saved = with(SAVED, run("zfs set a"), edit("/etc/f", "old\n", "old\nnew\n"));
        assertThat(PlanDrift.compare(saved, with(SAVED, run("zfs set a"), edit("/etc/f", "old\n", "old\nelse\n"))))
                .isEqualTo(new PlanDrift.OtherSteps(List.of(new Difference("step 2", "write /etc/f < \"old\\nnew\\n\"",
                        "write /etc/f < \"old\\nnew\\n\"", "write /etc/f < \"old\\nnew\\n\"", Optional.of("write /etc/f < \"old\\nelse\\n\"")))));
        TaskPlan there = with(SAVED, on("b", edit("/etc/f", "old\n", "old\nnew\n")));
        assertThat(PlanDrift.compare(there, with(SAVED, on("b", edit("/etc/f", "other\n", "other\nnew\n"))))).isEqualTo(new Same());
        assertThat(PlanDrift.compare(there, with(SAVED, on("b", edit("/etc/f", "old\n", "new\n"))))).isInstanceOf(PlanDrift.OtherSteps.class);
    }

    @Test
    void aReportOfOtherStepsHasTheTextsOfTheFilesAsTheyWouldBe() {
        TaskPlan saved = with(SAVED, edit("/etc/f", "old\n", "new\n"));
        assertThat(PlanDrift.compare(saved, with(SAVED, edit("/etc/g", "old\n", "new\n")))).isEqualTo(new PlanDrift.OtherSteps(List.of(
                new Difference("step 1", "write /etc/f < \"new\\n\"", "write /etc/f < \"new\\n\"", "write /etc/f < \"new\\n\"",
                        Optional.of("write /etc/g < \"new\\n\"")))));
    }

    @Test
    void whatIsLeftOfTheStepsOnAnotherNodeWasApproved() {
        TaskPlan saved = with(SAVED, on("h", run("pct set 113"), run("pct reboot 113")));
        assertThat(PlanDrift.compare(saved, with(SAVED, on("h", run("pct set 113"))))).isEqualTo(new Same());
        assertThat(PlanDrift.compare(saved, with(SAVED, run("pct set 113")))).isInstanceOf(PlanDrift.OtherSteps.class);
    }

    /** Of a need on another node, which is down now; what is blocked is left alone. */
    @Test
    void whatIsAsItWasSeenAndHasComeToBeBlockedHasNotDrifted() {
        TaskPlan blocked = TaskPlan.of("x", "p", new Verdict.Blocked("needs y on b"), new Seen.Absent());
        assertThat(PlanDrift.compare(ABSENT, blocked)).isEqualTo(new Same());
        assertThat(PlanDrift.compare(OK, task(new Verdict.Blocked("in use"), Map.of("quota", "1TiB", "atime", "off"), change("quota", "1TiB", "20TiB"))))
                .isInstanceOf(Drifted.class);
    }

    @Test
    void theStepsOfAnActionAreThoseOfThePlanToTheLetter() {
        TaskPlan act = with(TaskPlan.of("reload", "p", new Verdict.Act(List.of("x")), new Seen.NotRead()), run("systemctl reload a"));
        assertThat(PlanDrift.compare(act, act)).isEqualTo(new Same());
        assertThat(PlanDrift.compare(act, with(act, run("systemctl reload b"), input("tee /x", "aa"))))
                .isEqualTo(new PlanDrift.OtherSteps(List.of(
                        new Difference("step 1", "systemctl reload a", "systemctl reload a", "systemctl reload a", Optional.of("systemctl reload b")),
                        new Difference("step 2", "none", "none", "none", Optional.of("tee /x < (secret:aa)")))));
        TaskPlan writes = with(act, edit("/etc/f", "a\n", "b\n"));
        assertThat(PlanDrift.compare(writes, with(act, edit("/etc/f", "a\n", "c\n"))))
                .isEqualTo(new PlanDrift.OtherSteps(List.of(new Difference("step 1", "write /etc/f < \"b\\n\"",
                        "write /etc/f < \"b\\n\"", "write /etc/f < \"b\\n\"", Optional.of("write /etc/f < \"c\\n\"")))));
        TaskPlan blocked = TaskPlan.of("reload", "p", new Verdict.Blocked("in use"), new Seen.NotRead());
        assertThat(PlanDrift.compare(act, blocked)).as("nothing is done then").isEqualTo(new Same());
        assertThat(PlanDrift.compare(blocked, act)).as("nobody has approved it").isInstanceOf(Drifted.class);
    }

    @Test
    void whatCameOrWentInBetweenHasDrifted() {
        assertThat(PlanDrift.compare(SAVED, ABSENT))
                .isEqualTo(new Drifted(List.of(new Difference(PlanDrift.WHOLE, "there", "there", "absent"))));
        TaskPlan other = task(new Verdict.Update(), Map.of("quota", "1TiB"), change("quota", "1TiB", "20TiB"));
        assertThat(PlanDrift.compare(ABSENT, other)).isEqualTo(new Drifted(List.of(
                new Difference(PlanDrift.WHOLE, "absent", "created as declared", "there, and different"),
                new Difference("quota", "absent", "20TiB", "1TiB"))));
    }

    @Test
    void whatCannotBeReadAnyMoreIsNotApplied() {
        TaskPlan unknown = TaskPlan.of("x", "p", new Verdict.Unknown("no answer"), new Seen.NotRead());
        assertThat(PlanDrift.compare(SAVED, unknown))
                .isEqualTo(new Drifted(List.of(new Difference(PlanDrift.WHOLE, "update", "update", "unknown"))));
        assertThat(PlanDrift.compare(ABSENT, unknown)).isInstanceOf(Drifted.class);
    }

    @Test
    void whatWasDeferredIsAppliedAsItIsFound() {
        TaskPlan deferred = TaskPlan.of(
                "x", "p", new Verdict.Deferred("y exists", Optional.of(new Verdict.Create())), new Seen.NotRead());
        assertThat(PlanDrift.compare(deferred, SAVED)).isEqualTo(new Same());
    }

    @Test
    void whatWasBlockedAndIsNoMoreWasNotInThePlan() {
        TaskPlan blocked = TaskPlan.of("x", "p", new Verdict.Blocked("in use"), new Seen.NotRead());
        assertThat(PlanDrift.compare(blocked, SAVED))
                .isEqualTo(new Drifted(List.of(new Difference(PlanDrift.WHOLE, "blocked", "blocked", "update"))));
        assertThat(PlanDrift.compare(blocked, blocked)).isEqualTo(new Same());
    }

    private static TaskPlan task(Verdict verdict, Map<String, String> seen, AttributeChange... changes) {
        return new TaskPlan(
                "x", "p", verdict, List.of(changes), List.of(), List.of(), List.of(), false, Optional.empty(), List.of(),
                new Seen.There(new LinkedHashMap<>(seen)));
    }

    private static PlannedStep run(String command) {
        return new PlannedStep.Run(Command.of(command.split(" ")), Optional.empty(), Optional.empty(), List.of());
    }

    private static PlannedStep edit(String path, String before, String after) {
        return new PlannedStep.Edit(
                path, Optional.of(new PlannedStep.Content.Plain(before)), new PlannedStep.Content.Plain(after), OptionalInt.empty(),
                Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static PlannedStep on(String node, PlannedStep... steps) {
        return new PlannedStep.OnNode(node, List.of(steps));
    }

    private static PlannedStep input(String command, String code) {
        return new PlannedStep.Run(
                Command.of(command.split(" ")), Optional.of(new PlannedStep.Content.Hidden(code)), Optional.empty(), List.of());
    }

    private static TaskPlan with(TaskPlan task, PlannedStep... steps) {
        return new TaskPlan(
                task.name(), task.place(), task.verdict(), task.changes(), List.of(steps), task.remarks(), task.consents(),
                task.destructive(), task.guard(), task.surplus(), task.seen());
    }

    private static AttributeChange change(String path, String before, String after) {
        return new AttributeChange(path, Optional.of(before), Optional.of(after), Optional.empty());
    }
}
