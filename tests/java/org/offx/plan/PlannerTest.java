package org.offx.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.offx.plan.Scene.absent;
import static org.offx.plan.Scene.action;
import static org.offx.plan.Scene.change;
import static org.offx.plan.Scene.fixed;
import static org.offx.plan.Scene.planned;
import static org.offx.plan.Scene.resource;
import static org.offx.plan.Scene.run;
import static org.offx.plan.Scene.size;
import static org.offx.plan.Scene.tasks;
import static org.offx.plan.Scene.there;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.offx.check.Definition.OperationDef;
import org.offx.check.Definition.ResourceDef;
import org.offx.eval.ActionCall;
import org.offx.eval.Review;
import org.offx.eval.Step;
import org.offx.eval.Task;
import org.offx.eval.Undecided;
import org.offx.plan.Gathered.Finding;
import org.offx.plan.Gathered.Item;
import org.offx.plan.Gathered.NodeFindings;
import org.offx.plan.Plan.GuardNote;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.PlannedStep.Content;
import org.offx.plan.Scene.Wanted;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.tree.ResourceItem.Operation;
import org.offx.value.Command;
import org.offx.value.Value;

/** What a plan says of a task, from what was found. */
final class PlannerTest {

    private static final ResourceDef DATASET =
            resource("zfs.dataset", Operation.CREATE, Operation.UPDATE, Operation.RENAME, Operation.DELETE);
    private static final ResourceDef EXPORT = resource("nfs.export", Operation.CREATE, Operation.UPDATE);
    private static final ResourceDef PACKAGE = resource("package", Operation.CREATE);
    private static final ResourceDef PATH = resource("vrack.path");
    private static final ResourceDef CONTAINER = resource("lxc.ct", Operation.CREATE, Operation.UPDATE, Operation.REPLACE);

    private static final Wanted X = Wanted.of(DATASET, "rpool/x").with("quota", size(20));
    private static final Undecided MISSING = new Undecided.NotInstalled("zfs");
    private static final Undecided ERROR =
            new Undecided.Failed(Diagnostic.error(Code.EVALUATION, Scene.HERE, "it ended with status 2").note("no such dataset"));

    private record Row(String name, Item item, Verdict verdict) {}

    @TestFactory
    Stream<DynamicTest> aTaskByItself() {
        Wanted gone = X.mode(Task.Mode.ABSENT);
        Wanted watched = X.mode(Task.Mode.WATCH);
        Wanted moved = X.moved("rpool/old", false);
        var quota = change("quota", size(10), size(20));
        var cipher = fixed("cipher", new Value.Text("a"), new Value.Text("b"));
        return Stream.of(
                        new Row("as desired", X.found(there()), new Verdict.Ok()),
                        new Row("absent", X.found(absent()), new Verdict.Create()),
                        new Row("different", X.found(there(), quota), new Verdict.Update()),
                        new Row("to go, and there", gone.found(there()), new Verdict.Delete()),
                        new Row("to go, and gone", gone.found(absent()), new Verdict.Ok()),
                        new Row("watched, as declared", watched.found(there()), new Verdict.Ok()),
                        new Row("watched, different", watched.found(there(), quota), new Verdict.Drifted()),
                        new Row("watched, absent", watched.found(absent()), new Verdict.Drifted()),
                        new Row("fixed", X.found(there(), cipher), new Verdict.Blocked("`cipher` cannot be changed: copy it")),
                        new Row("replaceable", Wanted.of(CONTAINER, "1").found(there(), cipher), new Verdict.Replace()),
                        new Row("moved", moved.found(absent(), there()), new Verdict.Rename("zfs.dataset \"rpool/old\"")),
                        new Row("moved already", moved.found(there(), absent()), new Verdict.Ok()),
                        new Row("moved, neither there", moved.found(absent(), absent()), new Verdict.Blocked(
                                "there is neither zfs.dataset \"rpool/x\" nor zfs.dataset \"rpool/old\", which it is moved from;"
                                        + " `if_there` after the old name allows that")),
                        new Row("moved if there, neither there", X.moved("rpool/old", true).found(absent(), absent()),
                                new Verdict.Create()),
                        new Row("moved, both there", moved.found(there(), there()), new Verdict.Blocked(
                                "there is zfs.dataset \"rpool/x\", and also zfs.dataset \"rpool/old\", which it is moved from:"
                                        + " remove one of them by hand")),
                        new Row("not made by offx", Wanted.of(PATH, "ovh2").found(absent()), new Verdict.Blocked(
                                "it is not there, and offx does not make one: `vrack.path` has no `create`")),
                        new Row("no answer", X.found(new Undecided.TimedOut("`zfs list`", Duration.ofSeconds(10))),
                                new Verdict.Unknown("no answer within 10 s to `zfs list`")),
                        new Row("not recorded", X.found(new Undecided.Unavailable("the recorded state does not hold it")),
                                new Verdict.Unknown("the recorded state does not hold it")),
                        new Row("not installed", X.found(MISSING), new Verdict.Failed("`zfs` is not installed on ovh1: a `package` task before this one can bring it")),
                        new Row("an error", X.found(ERROR), new Verdict.Failed("it ended with status 2: no such dataset")),
                        new Row("known later", X.found(new Undecided.Awaits("lxc.ct 113")),
                                new Verdict.Deferred("lxc.ct 113 is applied", Optional.empty())),
                        new Row("refused", X.found(there(), refusing("3GiB are in use"), quota), new Verdict.Blocked("3GiB are in use")),
                        new Row("not reviewed", X.found(there(), unanswered(), quota), new Verdict.Blocked(
                                "what may speak against it could not be read: zfs is not installed")))
                .map(row -> DynamicTest.dynamicTest(
                        row.name(), () -> assertThat(planned(row.item()).getFirst().verdict()).isEqualTo(row.verdict())));
    }

    private static Review refusing(String why) {
        return new Review(List.of(why), List.of(), List.of(), List.of(), List.of());
    }

    private static Review unanswered() {
        return new Review(List.of(), List.of(), List.of(), List.of(), List.of(MISSING));
    }

    @Test
    void whatCannotBeReadBeforeAnEarlierChangeIsDeferred() {
        Wanted export = Wanted.of(EXPORT, "/rpool/x").needs(X);
        List<TaskPlan> plans = planned(X.found(absent()), export.found(ERROR));
        assertThat(plans.getLast().verdict())
                .isEqualTo(new Verdict.Deferred("zfs.dataset \"rpool/x\" exists", Optional.of(new Verdict.Create())));
        assertThat(plans.getLast().steps()).as("an estimate").hasSize(1);
    }

    @Test
    void theChangeMayBeOnAnotherNodeInAnEarlierPlayAndBehindAnotherTask() {
        Wanted export = Wanted.of(EXPORT, "/rpool/x").needs(X);
        Wanted mount = Wanted.of(resource("nfs.mount", Operation.CREATE), "/mnt").needs(export);
        Plan plan = new Scene()
                .node("ovh1")
                .node("ovh3")
                .play("ovh3", X.found(there(), change("quota", size(1), size(2))), export.found(there()))
                .play("ovh1", mount.found(there(), refusing("the server does not export it"), change("quota", size(1), size(2))))
                .plan();
        assertThat(tasks(plan).getLast().verdict()).isEqualTo(new Verdict.Deferred(
                "zfs.dataset \"rpool/x\" on ovh3 is as declared", Optional.of(new Verdict.Create())));
    }

    /** A rename takes what is below along: what is not there under its new name yet is looked at when that has come about. */
    @Test
    void whatIsNotThereBesideARenameIsDeferredUntilThen() {
        Wanted moved = X.moved("rpool/old", false);
        Wanted child = Wanted.of(DATASET, "rpool/x/in").moved("rpool/old/in", false).needs(X);
        Wanted grandchild = Wanted.of(DATASET, "rpool/x/in/deep").needs(child);
        List<TaskPlan> plans =
                planned(moved.found(absent(), there()), child.found(absent(), there()), grandchild.found(absent()));
        var until = new Verdict.Deferred("zfs.dataset \"rpool/x\" has its new name", Optional.of(new Verdict.Create()));
        assertThat(plans).extracting(TaskPlan::verdict).containsExactly(
                new Verdict.Rename("zfs.dataset \"rpool/old\""), until, until);
        assertThat(planned(moved.found(absent(), there()), child.found(there())).getLast().verdict()).isEqualTo(new Verdict.Ok());
    }

    @Test
    void aTaskThatIsFineDoesNotCareWhatItsNeedsDo() {
        Wanted export = Wanted.of(EXPORT, "/rpool/x").needs(X);
        assertThat(planned(X.found(absent()), export.found(there())).getLast().verdict()).isEqualTo(new Verdict.Ok());
        assertThat(planned(X.found(ERROR), export.found(there())).getLast().verdict()).isEqualTo(new Verdict.Ok());
        assertThat(planned(X.found(absent()), export.found(absent())).getLast().verdict()).isEqualTo(new Verdict.Create());
    }

    @Test
    void whatNeedsSomethingThatWillNotBeInPlaceIsBlocked() {
        Wanted export = Wanted.of(EXPORT, "/rpool/x").needs(X);
        assertThat(planned(X.found(ERROR), export.found(absent())).getLast().verdict())
                .isEqualTo(new Verdict.Blocked("needs zfs.dataset \"rpool/x\", which could not be read"));
        Plan plan = new Scene()
                .unreachable("ovh3", "connection refused")
                .node("ovh1")
                .play("ovh3", X.found(new Undecided.Unavailable("the node was not reached")))
                .play("ovh1", export.found(absent()))
                .plan();
        assertThat(tasks(plan)).extracting(TaskPlan::verdict).containsExactly(
                new Verdict.Unreachable("connection refused"),
                new Verdict.Blocked("needs zfs.dataset \"rpool/x\" on ovh3, whose node is unreachable"));
    }

    @Test
    void aMissingProgramMayComeWithAnEarlierPackage() {
        Wanted zfs = Wanted.of(PACKAGE, "zfsutils-linux");
        assertThat(planned(zfs.found(absent()), X.found(MISSING)).getLast().verdict()).isEqualTo(new Verdict.Deferred(
                "package \"zfsutils-linux\" is installed", Optional.of(new Verdict.Create())));
        assertThat(planned(zfs.found(there()), X.found(MISSING)).getLast().verdict())
                .as("no package is to be installed")
                .isEqualTo(new Verdict.Failed("`zfs` is not installed on ovh1: a `package` task before this one can bring it"));
        assertThat(planned(X.found(MISSING), zfs.found(absent())).getFirst().verdict())
                .as("the package comes later")
                .isEqualTo(new Verdict.Failed("`zfs` is not installed on ovh1: a `package` task before this one can bring it"));
    }

    @Test
    void tasksThatNeedEachOtherEndSomewhere() {
        Wanted a = Wanted.of(DATASET, "a");
        Wanted b = Wanted.of(DATASET, "b").needs(a);
        assertThat(planned(a.needs(b).found(ERROR), b.found(absent()))).extracting(plan -> plan.verdict().kind())
                .containsExactly(Verdict.Kind.DEFERRED, Verdict.Kind.CREATE);
    }

    @Test
    void aLongChainOfNeedsIsJudgedQuickly() {
        List<Item> items = new ArrayList<>();
        Wanted last = X;
        items.add(X.found(absent()));
        for (int i = 0; i < 5_000; i++) {
            last = Wanted.of(DATASET, "rpool/x" + i).needs(last);
            items.add(last.found(ERROR));
        }
        assertThat(planned(items.toArray(Item[]::new)).getLast().verdict().kind()).isEqualTo(Verdict.Kind.DEFERRED);
    }

    @Test
    void anActionIsDoneOnceAtTheEndAndSaysWhy() {
        ActionCall reload = action("nfs.reload", false);
        ActionCall sync = action("sync", true);
        Wanted a = Wanted.of(EXPORT, "/a").onChange(reload, sync);
        Wanted b = Wanted.of(EXPORT, "/b").onChange(reload);
        assertThat(planned(a.found(absent()), b.found(absent()))).extracting(TaskPlan::name, TaskPlan::verdict).containsExactly(
                tuple("nfs.export \"/a\"", new Verdict.Create()),
                tuple("sync", new Verdict.Act(List.of("nfs.export \"/a\""))),
                tuple("nfs.export \"/b\"", new Verdict.Create()),
                tuple(
                        "nfs.reload", new Verdict.Act(List.of("nfs.export \"/a\"", "nfs.export \"/b\""))));
        assertThat(planned(a.found(there()), b.found(there()))).as("nothing changes").hasSize(2);
    }

    @Test
    void anActionIsNotDoneWithoutWhatItNeeds() {
        ActionCall scrub = Scene.needing(action("zfs.scrub", false), X);
        Finding blocked = X.found(there(), refusing("it is in use"), change("quota", size(10), size(20)));
        Verdict.Blocked without = new Verdict.Blocked("needs zfs.dataset \"rpool/x\", which is blocked");
        assertThat(planned(blocked, new Gathered.Action(scrub)).getLast().verdict()).isEqualTo(without);
        Wanted export = Wanted.of(EXPORT, "/a").onChange(scrub);
        assertThat(planned(blocked, export.found(absent())).getLast().verdict()).isEqualTo(without);
        assertThat(planned(X.found(there()), export.found(absent())).getLast().verdict()).isInstanceOf(Verdict.Act.class);
        assertThat(planned(export.found(absent())).getLast().verdict()).as("nobody manages it").isInstanceOf(Verdict.Act.class);
        Wanted y = Wanted.of(DATASET, "rpool/y").needs(X);
        assertThat(planned(blocked, y.found(there()), new Gathered.Action(Scene.needing(action("zfs.scrub", false), y))).getLast().verdict())
                .as("through another one").isEqualTo(without);
    }

    @Test
    void whatAnInterruptedApplyOwesIsDoneAlthoughNothingChanges() {
        Wanted a = Wanted.of(EXPORT, "/a").onChange(action("nfs.reload", false));
        Plan plan = new Scene()
                .node("ovh1")
                .play(new NodeFindings("ovh1", List.of(a.found(there())), Set.of("nfs.reload"), Map.of(), Optional.empty(), false))
                .plan();
        assertThat(tasks(plan).getLast().verdict())
                .isEqualTo(new Verdict.Act(List.of("an earlier apply, which was interrupted")));
    }

    @Test
    void whatIsDestructiveNeedsConsentByItsName() {
        Review review = new Review(
                List.of(), List.of("frees 3TiB"), List.of(), List.of(new Review.Show("destroys", List.of("rpool/x@a"))), List.of());
        TaskPlan plan = planned(X.mode(Task.Mode.ABSENT).found(there(), review)).getFirst();
        assertThat(plan.destructive()).isTrue();
        assertThat(plan.consents()).containsExactly("zfs.dataset \"rpool/x\"", "frees 3TiB");
        assertThat(plan.remarks()).containsExactly(new Plan.Remark("destroys", List.of("rpool/x@a")));
        TaskPlan replaced = planned(Wanted.of(CONTAINER, "1").found(there(), fixed("cipher", size(1), size(2)))).getFirst();
        assertThat(replaced.destructive()).as("a replacement always is").isTrue();
    }

    @Test
    void aGuardSaysWhatConfirmsIt() {
        ResourceDef sshd = resource("access.sshd", List.of(
                new OperationDef(Operation.UPDATE, Scene.HERE, false, true, List.of(), List.of())));
        var quota = change("quota", size(1), size(2));
        assertThat(planned(Wanted.of(sshd, "x").found(there(), quota)).getFirst().guard())
                .contains(new GuardNote(Duration.ofSeconds(120), "it answers again, as declared", List.of(), false, false));
        Task.Guard longer = new Task.Guard(Scene.HERE, Duration.ofMinutes(5), Optional.empty());
        assertThat(planned(X.guarded(longer).found(there(), quota)).getFirst().guard().orElseThrow().within())
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(planned(X.guarded(longer).found(there())).getFirst().guard()).as("nothing changes").isEmpty();
    }

    @Test
    void theGuardOfAWholePlayIsSaidOfEachOfItsChanges() {
        Task.Guard whole = new Task.Guard(Scene.HERE, Duration.ofMinutes(5), Optional.empty());
        Task.Guard block = new Task.Guard(Scene.HERE, Duration.ofMinutes(9), Optional.empty());
        var quota = change("quota", size(1), size(2));
        List<Item> items = List.of(
                X.guarded(block).found(there(), quota), Wanted.of(EXPORT, "/a").found(there()), new Gathered.Action(action("sync", false)));
        Plan plan = new Scene()
                .node("ovh1")
                .play(new NodeFindings("ovh1", items, Set.of(), Map.of(), Optional.of(whole), true))
                .plan();
        Optional<GuardNote> note = Optional.of(
                new GuardNote(Duration.ofMinutes(5), "it answers again, as declared", List.of(), true, true));
        assertThat(tasks(plan)).extracting(TaskPlan::guard).containsExactly(note, Optional.empty(), note);
    }

    @Test
    void aDifferenceWithNothingToRunIsPending() {
        StepMaker nothing = making(List.of());
        Plan plan = new Scene().node("ovh1").play("ovh1", X.found(there(), change("quota", size(1), size(2)))).plan(nothing);
        assertThat(tasks(plan).getFirst().verdict()).isInstanceOf(Verdict.Pending.class);
    }

    @Test
    void aFileGoesFromTaskToTask() {
        StepMaker appending = new StepMaker() {
            @Override
            public Made operation(Finding finding, Operation operation, boolean asIfAbsent, Texts texts) {
                String before = texts.left("ovh1", "/etc/hosts").orElse("localhost\n");
                return new Made.Steps(List.of(edit(before, before + finding.task().name() + "\n", false)), List.of());
            }

            @Override
            public Made action(String node, ActionCall call, Texts texts) {
                return new Made.Steps(List.of(), List.of());
            }
        };
        Wanted a = Wanted.of(EXPORT, "/a");
        Wanted b = Wanted.of(EXPORT, "/b");
        Plan plan = new Scene().node("ovh1").play("ovh1", a.found(absent())).play("ovh1", b.found(absent())).plan(appending);
        assertThat(tasks(plan)).extracting(task -> ((PlannedStep.Edit) task.steps().getFirst()).before().orElseThrow())
                .containsExactly(
                        new Content.Plain("localhost\n"), new Content.Plain("localhost\nnfs.export \"/a\"\n"));
    }

    @Test
    void noSecretGetsIntoAPlan() {
        Step secretInput = new Step.Run(
                Command.of("chpasswd"), Optional.of(new Step.Input("hunter2", true)), Optional.empty(), List.of());
        StepMaker secrets = making(List.of(secretInput, edit("old hunter2\n", "hunter2\n", true)));
        Value hidden = new Value.Secret(new Value.Text("hunter2"));
        Plan plan = new Scene()
                .node("ovh1")
                .play("ovh1",
                        X.with("password", hidden).found(absent()),
                        X.with("password", hidden).found(
                                there("password", new Value.Secret(new Value.Text("old hunter2"))),
                                change("password", new Value.Secret(new Value.Text("old hunter2")), hidden)))
                .plan(secrets);
        assertThat(PlanJson.write(plan)).doesNotContain("hunter2").contains("(secret:");
    }

    @Test
    void onlyWhatIsDeclaredIsPromisedAbout() {
        TaskPlan plan = planned(X.found(there("quota", size(20), "used", size(3)))).getFirst();
        assertThat(plan.seen()).isEqualTo(new Plan.Seen.There(new LinkedHashMap<>(Map.of("quota", "20GiB"))));
    }

    @Test
    void stepsWithPartsThatAreKnownLaterAreAnEstimate() {
        StepMaker later = new StepMaker() {
            @Override
            public Made operation(Finding finding, Operation operation, boolean asIfAbsent, Texts texts) {
                return new Made.Awaits("lxc.ct 113", List.of(run("ping", "(known after lxc.ct 113)")));
            }

            @Override
            public Made action(String node, ActionCall call, Texts texts) {
                return new Made.Failed("it has no value");
            }
        };
        TaskPlan plan = tasks(new Scene().node("ovh1").play("ovh1", X.found(absent())).plan(later)).getFirst();
        assertThat(plan.verdict()).isEqualTo(new Verdict.Deferred("lxc.ct 113 is applied", Optional.of(new Verdict.Create())));
        assertThat(plan.steps()).hasSize(1);
        Plan acting = new Scene().node("ovh1").play("ovh1", new Gathered.Action(action("scrub", false))).plan(later);
        assertThat(tasks(acting).getFirst().verdict()).isEqualTo(new Verdict.Failed("it has no value"));
    }

    private static StepMaker making(List<Step> steps) {
        return new StepMaker() {
            @Override
            public Made operation(Finding finding, Operation operation, boolean asIfAbsent, Texts texts) {
                return new Made.Steps(steps, List.of());
            }

            @Override
            public Made action(String node, ActionCall call, Texts texts) {
                return new Made.Steps(steps, List.of());
            }
        };
    }

    private static Step edit(String before, String after, boolean secret) {
        return new Step.Edit(
                "/etc/hosts", Optional.of(before), after, OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                secret);
    }
}
