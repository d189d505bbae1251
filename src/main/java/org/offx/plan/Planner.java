package org.offx.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.offx.check.Definition.AttributeDef;
import org.offx.check.Definition.Role;
import org.offx.eval.ActionCall;
import org.offx.eval.Changes;
import org.offx.eval.Observation;
import org.offx.eval.Review;
import org.offx.eval.Step;
import org.offx.eval.Task;
import org.offx.eval.Undecided;
import org.offx.plan.Gathered.Action;
import org.offx.plan.Gathered.Finding;
import org.offx.plan.Gathered.NodeFindings;
import org.offx.plan.Plan.AttributeChange;
import org.offx.plan.Plan.GuardNote;
import org.offx.plan.Plan.NodePlan;
import org.offx.plan.Plan.PlayPlan;
import org.offx.plan.Plan.Remark;
import org.offx.plan.Plan.Seen;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.StepMaker.Made;
import org.offx.tree.ResourceItem.Operation;
import org.offx.value.Value;

/**
 * From what is wanted and what was found to a plan. Verdicts first, for a task may be deferred because of another one;
 * then the steps in the order in which they run, so that a file that several tasks edit goes from hand to hand.
 */
public final class Planner {

    /** How long a guarded change waits for its confirmation unless the playbook says otherwise: spanning trees and LACP take their time. */
    public static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Gathered gathered;
    private final StepMaker maker;
    private final Seal seal;
    private final Needs needs;
    private final Map<String, Map<String, String>> texts = new HashMap<>();

    private Planner(Gathered gathered, StepMaker maker, Seal seal) {
        this.gathered = gathered;
        this.maker = maker;
        this.seal = seal;
        this.needs = new Needs(gathered);
    }

    public static Plan plan(Gathered gathered, StepMaker maker, Seal seal) {
        return new Planner(gathered, maker, seal).plan();
    }

    private Plan plan() {
        List<PlayPlan> plays = new ArrayList<>();
        gathered.plays().forEach(play -> plays.add(new PlayPlan(
                play.title(), play.serial(), play.nodes().stream().map(this::node).toList())));
        return new Plan(
                gathered.title(), gathered.request(), gathered.sources(), gathered.nodes(), plays, gathered.warnings());
    }

    private NodePlan node(NodeFindings part) {
        List<TaskPlan> plans = new ArrayList<>();
        Actions owed = new Actions(part);
        part.items().forEach(item -> {
            switch (item) {
                case Action(ActionCall call) -> plans.add(action(part, call, List.of()));
                case Finding finding -> {
                    TaskPlan plan = task(part.node(), finding);
                    plans.add(plan);
                    owed.after(finding.task(), plan).forEach(call -> plans.add(action(part, call, List.of(plan.name()))));
                }
            }
        });
        owed.atTheEnd().forEach(call -> plans.add(action(part, call.call(), call.because())));
        return new NodePlan(part.node(), plans);
    }

    private TaskPlan task(String node, Finding finding) {
        Task task = finding.task();
        Judgement judgement = needs.judge(node, finding);
        Verdict verdict = judgement.verdict();
        List<PlannedStep> steps = List.of();
        if (!judgement.operations().isEmpty()) {
            boolean estimate = verdict instanceof Verdict.Deferred;
            switch (made(node, finding, judgement.operations(), estimate)) {
                case Made.Steps(List<Step> made) -> {
                    steps = PlannedStep.of(made, seal);
                    if (made.isEmpty() && verdict instanceof Verdict.Update) {
                        verdict = new Verdict.Pending("there is nothing to run for it now: it takes effect after a restart");
                    }
                }
                case Made.Awaits(String origin, List<Step> made) -> {
                    steps = PlannedStep.of(made, seal);
                    verdict = estimate ? verdict : waiting(origin, verdict);
                }
                case Made.Failed(String reason) -> verdict = estimate ? verdict : new Verdict.Failed(reason);
            }
        }
        boolean acts = verdict.changes();
        boolean destructive = acts && judgement.destructive(task);
        Review review = acts || verdict instanceof Verdict.Blocked ? finding.review() : Review.SILENT;
        return new TaskPlan(
                task.name(),
                task.span().place(),
                verdict,
                changes(finding, verdict),
                steps,
                remarks(review),
                acts ? consents(task, destructive, review) : List.of(),
                destructive,
                acts ? guard(task, judgement) : Optional.empty(),
                finding.changes().surplus(),
                seen(finding));
    }

    private static Verdict waiting(String origin, Verdict estimate) {
        return new Verdict.Deferred(origin + " is applied", Optional.of(estimate));
    }

    private Made made(String node, Finding finding, List<Operation> operations, boolean estimate) {
        List<Step> all = new ArrayList<>();
        Optional<String> awaited = Optional.empty();
        for (Operation operation : operations) {
            switch (maker.operation(finding, operation, estimate, this::left)) {
                case Made.Steps(List<Step> steps) -> {
                    remember(node, steps);
                    all.addAll(steps);
                }
                case Made.Awaits(String origin, List<Step> steps) -> {
                    awaited = awaited.or(() -> Optional.of(origin));
                    all.addAll(steps);
                }
                case Made.Failed failed -> {
                    return failed;
                }
            }
        }
        return awaited.<Made>map(origin -> new Made.Awaits(origin, all)).orElseGet(() -> new Made.Steps(all));
    }

    private Optional<String> left(String node, String path) {
        return Optional.ofNullable(texts.getOrDefault(node, Map.of()).get(path));
    }

    /** What the steps leave in files, for the tasks after it. */
    private void remember(String node, List<Step> steps) {
        for (Step step : steps) {
            switch (step) {
                case Step.Edit edit -> texts.computeIfAbsent(node, n -> new HashMap<>()).put(edit.path(), edit.after());
                case Step.OnNode(String other, List<Step> inner) -> remember(other, inner);
                case Step.Run run -> {}
                case Step.Settle settle -> {}
                case Step.Wait wait -> {}
            }
        }
    }

    private TaskPlan action(NodeFindings part, ActionCall call, List<String> because) {
        Optional<String> unreachable = needs.unreachable(part.node());
        if (unreachable.isPresent()) {
            Verdict verdict = new Verdict.Unreachable(unreachable.get());
            return TaskPlan.of(call.name(), call.span().place(), verdict, new Seen.NotRead());
        }
        Review review = part.actions().getOrDefault(call.name(), Review.SILENT);
        boolean destructive = call.action().perform().destructive();
        List<PlannedStep> steps = List.of();
        Verdict verdict = new Verdict.Act(because);
        List<String> refusals = Judgement.refusals(review);
        if (!refusals.isEmpty()) {
            verdict = new Verdict.Blocked(String.join("; ", refusals));
        } else {
            switch (maker.action(part.node(), call, this::left)) {
                case Made.Steps(List<Step> made) -> {
                    remember(part.node(), made);
                    steps = PlannedStep.of(made, seal);
                }
                case Made.Awaits(String origin, List<Step> made) -> {
                    steps = PlannedStep.of(made, seal);
                    verdict = waiting(origin, verdict);
                }
                case Made.Failed(String reason) -> verdict = new Verdict.Failed(reason);
            }
        }
        List<String> consents = new ArrayList<>(destructive ? List.of(call.name()) : List.of());
        consents.addAll(review.consents());
        return new TaskPlan(
                call.name(),
                call.span().place(),
                verdict,
                List.of(),
                steps,
                remarks(review),
                verdict.changes() ? consents : List.of(),
                destructive && verdict.changes(),
                call.action().perform().guarded() ? Optional.of(answersAgain()) : Optional.empty(),
                List.of(),
                new Seen.NotRead());
    }

    private static List<String> consents(Task task, boolean destructive, Review review) {
        List<String> consents = new ArrayList<>(destructive ? List.of(task.name()) : List.of());
        consents.addAll(review.consents());
        return consents;
    }

    private static Optional<GuardNote> guard(Task task, Judgement judgement) {
        return task.guard()
                .map(guard -> new GuardNote(
                        guard.within(), guard.confirm().map(Task.Confirmation::shown).orElse(answersAgain().until())))
                .or(() -> judgement.guarded(task) ? Optional.of(answersAgain()) : Optional.empty());
    }

    private static GuardNote answersAgain() {
        return new GuardNote(PATIENCE, "it answers again, as declared");
    }

    /** What differs; where nothing is there, all that is declared. */
    private List<AttributeChange> changes(Finding finding, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Create create -> declared(finding);
            case Verdict.Deferred(String until, Optional<Verdict> estimate) ->
                estimate.map(guess -> changes(finding, guess)).orElse(List.of());
            case Verdict.Unknown unknown -> List.of();
            case Verdict.Unreachable unreachable -> List.of();
            case Verdict.Failed failed -> List.of();
            case Verdict.Delete delete -> List.of();
            case Verdict.Ok ok -> differences(finding);
            case Verdict.Update update -> differences(finding);
            case Verdict.Replace replace -> differences(finding);
            case Verdict.Rename rename -> differences(finding);
            case Verdict.Act act -> differences(finding);
            case Verdict.Blocked blocked -> differences(finding);
            case Verdict.Pending pending -> differences(finding);
            case Verdict.Drifted drifted -> differences(finding);
        };
    }

    private List<AttributeChange> differences(Finding finding) {
        return finding.changes().attributes().stream()
                .map(change -> new AttributeChange(
                        change.path(), there(change.before()), there(change.after()), note(finding, change.attribute())))
                .toList();
    }

    private Optional<String> there(Value value) {
        return value == Value.Nothing.NULL ? Optional.empty() : Optional.of(text(value));
    }

    private static Optional<String> note(Finding finding, String attribute) {
        List<String> notes = finding.review().notes().stream()
                .filter(note -> note.attribute().equals(Optional.of(attribute)))
                .map(Review.Note::text)
                .toList();
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", notes));
    }

    /** What a review says besides what stands beside an attribute. */
    private static List<Remark> remarks(Review review) {
        List<Remark> remarks = new ArrayList<>();
        review.notes().stream()
                .filter(note -> note.attribute().isEmpty())
                .forEach(note -> remarks.add(new Remark("note", List.of(note.text()))));
        review.shows().forEach(show -> remarks.add(new Remark(show.title(), show.lines())));
        return remarks;
    }

    private List<AttributeChange> declared(Finding finding) {
        Task task = finding.task();
        List<AttributeChange> changes = new ArrayList<>();
        task.desired().forEach((name, value) -> {
            boolean stated = task.resource().attribute(name).map(AttributeDef::role).filter(Planner::isState).isPresent();
            if (stated && !isEmpty(value)) {
                changes.add(new AttributeChange(name, Optional.empty(), there(value), note(finding, name)));
            }
        });
        return changes;
    }

    /** Nothing of it would be made, so that there is nothing to say. */
    private static boolean isEmpty(Value value) {
        return switch (value) {
            case Value.Nothing nothing -> true;
            case Value.Items(var values) -> values.isEmpty();
            case Value.Group(var values) -> values.isEmpty();
            case Value.Table(var entries) -> entries.isEmpty();
            default -> false;
        };
    }

    private static boolean isState(Role role) {
        return switch (role) {
            case Role.Managed managed -> true;
            case Role.AtCreate atCreate -> true;
            case Role.Fixed fixed -> true;
            case Role.ReadOnly readOnly -> false;
            case Role.Option option -> false;
        };
    }

    /** What is promised about: of what was observed, that which is declared. Other figures may move as they like. */
    private Seen seen(Finding finding) {
        Observation state =
                finding.state() instanceof Observation.Absent ? finding.former().orElse(finding.state()) : finding.state();
        return switch (state) {
            case Observation.Present(var attributes) -> {
                SequencedMap<String, String> values = new LinkedHashMap<>();
                attributes.forEach((name, value) -> {
                    if (finding.task().desired().containsKey(name)) {
                        values.put(name, text(value));
                    }
                });
                yield new Seen.There(values);
            }
            case Observation.Absent absent -> new Seen.Absent();
            case Undecided nobodyKnows -> new Seen.NotRead();
        };
    }

    private String text(Value value) {
        return CanonicalText.of(value, seal);
    }
}
