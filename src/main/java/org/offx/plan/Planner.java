package org.offx.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.offx.eval.ActionCall;
import org.offx.eval.Review;
import org.offx.eval.Step;
import org.offx.eval.Task;
import org.offx.plan.Gathered.Action;
import org.offx.plan.Gathered.Finding;
import org.offx.plan.Gathered.NodeFindings;
import org.offx.plan.Plan.GuardNote;
import org.offx.plan.Plan.NodePlan;
import org.offx.plan.Plan.PlayPlan;
import org.offx.plan.Plan.Seen;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.StepMaker.Made;
import org.offx.tree.ResourceItem.Operation;

/**
 * From what is wanted and what was found to a plan. Verdicts first, for a task may be deferred because of another one;
 * then the steps in the order in which they run, so that a file that several tasks edit goes from hand to hand.
 */
public final class Planner {

    private static final String LATER = "there is nothing to run for it now: it takes effect after a restart";

    private static final String ANSWERS_AGAIN = "it answers again, as declared";

    private final Gathered gathered;
    private final StepMaker maker;
    private final Met seal;
    private final Particulars particulars;
    private final Needs needs;
    private final Map<String, Map<String, String>> texts = new HashMap<>();

    private Planner(Gathered gathered, StepMaker maker, Seal seal) {
        this.gathered = gathered;
        this.maker = maker;
        this.seal = new Met(seal);
        this.particulars = new Particulars(this.seal);
        this.needs = new Needs(gathered);
    }

    /** The plan of what was gathered. The same findings give the same plan. */
    public static Plan plan(Gathered gathered, StepMaker maker, Seal seal) {
        return new Planner(gathered, maker, seal).plan();
    }

    /** The plans of some parts of it, in the light of all that was gathered. */
    public static List<NodePlan> plan(Gathered gathered, List<NodeFindings> parts, StepMaker maker, Seal seal) {
        Planner planner = new Planner(gathered, maker, seal);
        return parts.stream().map(planner::node).toList();
    }

    private Plan plan() {
        List<PlayPlan> plays = new ArrayList<>();
        gathered.plays().forEach(play -> plays.add(new PlayPlan(
                play.title(), play.serial(), play.nodes().stream().map(this::node).toList())));
        return new Plan(
                gathered.title(), gathered.request(), gathered.sources(), gathered.nodes(), plays, gathered.warnings(), seal.met());
    }

    /** Notes whether the plan has any secret at all. */
    private static final class Met implements Seal {

        private final Seal seal;
        private Optional<String> met = Optional.empty();

        Met(Seal seal) {
            this.seal = seal;
        }

        @Override
        public String code(String secret) {
            met = Optional.of(key());
            return seal.code(secret);
        }

        @Override
        public String key() {
            return seal.key();
        }

        Optional<String> met() {
            return met;
        }
    }

    private NodePlan node(NodeFindings part) {
        List<TaskPlan> plans = new ArrayList<>();
        Actions owed = new Actions(part.owed());
        part.items().forEach(item -> {
            switch (item) {
                case Action(ActionCall call) -> plans.add(action(part, call, List.of()));
                case Finding finding -> {
                    TaskPlan plan = task(part, finding);
                    plans.add(plan);
                    owed.after(finding.task(), plan).forEach(now -> plans.add(action(part, now.call(), now.because())));
                }
            }
        });
        owed.atTheEnd().forEach(call -> plans.add(action(part, call.call(), call.because())));
        return new NodePlan(part.node(), plans);
    }

    private TaskPlan task(NodeFindings part, Finding finding) {
        String node = part.node();
        Task task = finding.task();
        Judgement judgement = needs.judge(finding);
        Work work = judgement.operations().isEmpty()
                ? new Work(judgement.verdict(), List.of(), List.of())
                : work(judgement.verdict(), made(node, finding, judgement));
        Verdict verdict = work.verdict();
        boolean acts = verdict.changes();
        boolean meant = acts || deletesLater(verdict);
        boolean destructive = meant && judgement.destructive(task);
        Review review = meant || verdict instanceof Verdict.Blocked ? finding.review() : Review.SILENT;
        return new TaskPlan(
                task.name(),
                task.span().place(),
                verdict,
                particulars.changes(finding, verdict),
                work.steps(),
                Particulars.remarks(review),
                meant ? consents(task.name(), destructive, review) : List.of(),
                destructive,
                acts ? guard(task.guard(), judgement.guarded(task), work, part) : Optional.empty(),
                finding.changes().surplus(),
                particulars.seen(finding));
    }

    /** What is there is seen as it is, though it is done later: its steps are no estimate, and its consents are asked for. */
    private static boolean deletesLater(Verdict verdict) {
        return verdict instanceof Verdict.Deferred deferred && deferred.deletes();
    }

    /** A verdict as it stands once its steps were made, those, and what would take them back. */
    private record Work(Verdict verdict, List<PlannedStep> steps, List<PlannedStep> undo) {}

    private Work work(Verdict verdict, Made made) {
        boolean estimate = verdict instanceof Verdict.Deferred;
        return switch (made) {
            case Made.Steps(List<Step> steps, List<Step> undo) -> {
                boolean idle = steps.isEmpty() && verdict instanceof Verdict.Update;
                yield new Work(
                        idle ? new Verdict.Pending(LATER) : verdict, PlannedStep.of(steps, seal), PlannedStep.of(undo, seal));
            }
            case Made.Awaits(String origin, List<Step> steps) -> new Work(
                    estimate ? verdict : new Verdict.Deferred(origin + " is applied", Optional.of(verdict)),
                    PlannedStep.of(steps, seal),
                    List.of());
            case Made.Failed(String reason) -> new Work(estimate ? verdict : new Verdict.Failed(reason), List.of(), List.of());
        };
    }

    private Made made(String node, Finding finding, Judgement judgement) {
        boolean asIfAbsent = judgement.verdict() instanceof Verdict.Deferred && !deletesLater(judgement.verdict());
        List<Step> all = new ArrayList<>();
        List<Step> back = new ArrayList<>();
        Optional<String> awaited = Optional.empty();
        for (Operation operation : judgement.operations()) {
            switch (maker.operation(finding, operation, asIfAbsent, this::left)) {
                case Made.Steps(List<Step> steps, List<Step> undo) -> {
                    remember(node, steps);
                    all.addAll(steps);
                    back.addAll(0, undo);
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
        return awaited.<Made>map(origin -> new Made.Awaits(origin, all)).orElseGet(() -> new Made.Steps(all, back));
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
        Work work = acted(part.node(), call, because, review);
        Verdict verdict = work.verdict();
        return new TaskPlan(
                call.name(),
                call.span().place(),
                verdict,
                List.of(),
                work.steps(),
                Particulars.remarks(review),
                verdict.changes() ? consents(call.name(), destructive, review) : List.of(),
                destructive && verdict.changes(),
                verdict.changes() ? guard(Optional.empty(), call.action().perform().guarded(), work, part) : Optional.empty(),
                List.of(),
                new Seen.NotRead());
    }

    private Work acted(String node, ActionCall call, List<String> because, Review review) {
        List<String> against = new ArrayList<>(needs.obstacle(call, node).stream().toList());
        against.addAll(Judgement.refusals(review));
        if (!against.isEmpty()) {
            return new Work(new Verdict.Blocked(String.join("; ", against)), List.of(), List.of());
        }
        Made made = maker.action(node, call, this::left);
        if (made instanceof Made.Steps(List<Step> steps, List<Step> undo)) {
            remember(node, steps);
        }
        return work(new Verdict.Act(because), made);
    }

    private static List<String> consents(String name, boolean destructive, Review review) {
        List<String> consents = new ArrayList<>(destructive ? List.of(name) : List.of());
        consents.addAll(review.consents());
        return consents;
    }

    /**
     * The guard of the play comes before that of a block, and that before the resource's own.
     *
     * @param block the guard of the block that the task stands in
     * @param byItself whether the resource guards the operation
     */
    private static Optional<GuardNote> guard(Optional<Task.Guard> block, boolean byItself, Work work, NodeFindings part) {
        return part.together()
                .or(() -> block)
                .map(guard -> note(guard.within(), guard.confirm().map(Task.Confirmation::shown).orElse(ANSWERS_AGAIN), work, part))
                .or(() -> byItself ? Optional.of(note(Task.Guard.PATIENCE, ANSWERS_AGAIN, work, part)) : Optional.empty());
    }

    private static GuardNote note(Duration within, String until, Work work, NodeFindings part) {
        return new GuardNote(within, until, work.undo(), part.together().isPresent(), part.guardsLost());
    }
}
