package org.offx.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.offx.plan.Plan.AttributeChange;
import org.offx.plan.Plan.Seen;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.PlannedStep.Content;
import org.offx.plan.PlannedStep.Run;

/**
 * Whether a saved plan of a task still fits, judged by a plan that was made just now from the same sources. What the plan
 * relied on is what it promised about: an attribute that neither the difference nor the steps used may have changed.
 */
public sealed interface PlanDrift {

    /** Everything is already as planned: by an interrupted apply, or by hand. Nothing is left to do. */
    record AsPlanned() implements PlanDrift {}

    /** Every part is as it was seen, or already as planned: what is left may be applied. */
    record Same() implements PlanDrift {}

    /** Some part is neither as it was seen nor as planned. */
    record Drifted(List<Difference> differences) implements PlanDrift {
        public Drifted {
            differences = List.copyOf(differences);
        }
    }

    /** All is as it was seen, and still something else would be run than the plan shows: some fact or other file has changed. */
    record OtherSteps(List<Difference> differences) implements PlanDrift {
        public OtherSteps {
            differences = List.copyOf(differences);
        }
    }

    /**
     * One part, in canonical text.
     *
     * @param attribute its path; {@link #WHOLE} of the thing itself
     * @param wanted what it is to become now, where that is something else than was planned
     */
    record Difference(String attribute, String then, String planned, String now, Optional<String> wanted) {

        Difference(String attribute, String then, String planned, String now) {
            this(attribute, then, planned, now, Optional.empty());
        }
    }

    /** Stands for the thing itself, where it came or went. */
    String WHOLE = "(itself)";

    static PlanDrift compare(TaskPlan saved, TaskPlan now) {
        return switch (saved.verdict()) {
            case Verdict.Act act -> now.verdict() instanceof Verdict.Act ? StepDrift.of(saved.steps(), now.steps()) : new Same();
            case Verdict.Deferred deferred when deferred.deletes() -> deleted(saved, now);
            case Verdict.Deferred deferred -> now.verdict() instanceof Verdict.Ok ? new AsPlanned() : new Same();
            case Verdict.Create create -> created(saved, now);
            case Verdict.Delete delete -> deleted(saved, now);
            case Verdict.Update update -> changed(saved, now);
            case Verdict.Replace replace -> changed(saved, now);
            case Verdict.Rename rename -> changed(saved, now);
            case Verdict.Ok ok -> changed(saved, now);
            case Verdict.Drifted drifted -> changed(saved, now);
            case Verdict.Pending pending -> idle(saved, now);
            case Verdict.Blocked blocked -> idle(saved, now);
            case Verdict.Unknown unknown -> idle(saved, now);
            case Verdict.Unreachable unreachable -> idle(saved, now);
            case Verdict.Failed failed -> idle(saved, now);
        };
    }

    /** Planned to be made: what stands there now must be nothing, or all that was planned. */
    private static PlanDrift created(TaskPlan saved, TaskPlan now) {
        if (now.verdict() instanceof Verdict.Ok) {
            return new AsPlanned();
        }
        if (!(now.seen() instanceof Seen.There)) {
            return changed(saved, now);
        }
        List<Difference> differences = new ArrayList<>();
        differences.add(new Difference(WHOLE, "absent", "created as declared", "there, and different"));
        now.changes().forEach(change ->
                differences.add(new Difference(change.path(), "absent", after(change), before(change))));
        return new Drifted(differences);
    }

    private static PlanDrift deleted(TaskPlan saved, TaskPlan now) {
        return now.verdict() instanceof Verdict.Delete
                ? StepDrift.ofTask(saved.steps(), now.steps())
                : now.verdict() instanceof Verdict.Ok ? new AsPlanned() : new Same();
    }

    /** What has come to be blocked was read, and may be as it was seen: it is left alone, and nothing is done that nobody saw. */
    private static PlanDrift changed(TaskPlan saved, TaskPlan now) {
        List<Difference> differences = new ArrayList<>();
        boolean unread = !now.verdict().changes() && now.verdict().uncertain() && !(now.verdict() instanceof Verdict.Blocked);
        if (unread) {
            differences.add(new Difference(
                    WHOLE, saved.verdict().kind().word(), saved.verdict().kind().word(), now.verdict().kind().word()));
        } else if (saved.seen() instanceof Seen.There && now.seen() instanceof Seen.Absent) {
            differences.add(new Difference(WHOLE, "there", "there", "absent"));
        } else {
            differences.addAll(attributes(saved, now));
            differences.addAll(inputs(saved, now));
        }
        if (!differences.isEmpty()) {
            return new Drifted(differences);
        }
        if (now.verdict() instanceof Verdict.Ok) {
            return new AsPlanned();
        }
        return untouched(saved, now) ? StepDrift.ofTask(saved.steps(), now.steps()) : new Same();
    }

    /** Nothing of it is done yet, so that what is left is the whole of it. */
    private static boolean untouched(TaskPlan saved, TaskPlan now) {
        return saved.verdict().equals(now.verdict()) && differing(saved).equals(differing(now));
    }

    private static List<List<Optional<String>>> differing(TaskPlan task) {
        return task.changes().stream().map(change -> List.of(Optional.of(change.path()), change.before(), change.after())).toList();
    }

    /** Nothing was planned for it; now there is something to do, or there is not. */
    private static PlanDrift idle(TaskPlan saved, TaskPlan now) {
        if (now.verdict() instanceof Verdict.Ok) {
            return new AsPlanned();
        }
        String then = saved.verdict().kind().word();
        return now.verdict().changes()
                ? new Drifted(List.of(new Difference(WHOLE, then, then, now.verdict().kind().word())))
                : new Same();
    }

    /**
     * A part that differed and differs no more is as planned. One that differs must differ as it did; one that differs
     * only now has drifted.
     */
    private static List<Difference> attributes(TaskPlan saved, TaskPlan now) {
        Map<String, AttributeChange> planned = byPath(saved);
        Map<String, AttributeChange> needed = byPath(now);
        List<Difference> differences = new ArrayList<>();
        needed.forEach((path, change) -> {
            AttributeChange then = planned.get(path);
            if (then == null) {
                differences.add(new Difference(path, after(change), after(change), before(change)));
            } else if (!then.before().equals(change.before())) {
                differences.add(new Difference(path, before(then), after(then), before(change)));
            } else if (!then.after().equals(change.after())) {
                differences.add(new Difference(path, before(then), after(then), before(change), Optional.of(after(change))));
            }
        });
        SequencedSet<String> others = new LinkedHashSet<>();
        if (saved.seen() instanceof Seen.There then && now.seen() instanceof Seen.There there) {
            others.addAll(then.values().keySet());
            others.retainAll(there.values().keySet());
            others.removeIf(name -> covered(name, planned) || covered(name, needed));
            others.removeIf(name -> then.values().get(name).equals(there.values().get(name)));
            others.forEach(name -> differences.add(new Difference(
                    name, then.values().get(name), then.values().get(name), there.values().get(name))));
        }
        return differences;
    }

    /** Secrets that would be handed over now, where the plan has others: some attributes are never compared. */
    private static List<Difference> inputs(TaskPlan saved, TaskPlan now) {
        List<Run> planned = secretive(saved.steps()).toList();
        return secretive(now.steps())
                .filter(run -> !planned.contains(run))
                .flatMap(run -> planned.stream().filter(other -> other.command().equals(run.command())).limit(1).map(other ->
                        new Difference(
                                "input of `" + run.command().shown() + "`", input(other), input(other), input(other), Optional.of(input(run)))))
                .toList();
    }

    /** Commands that are handed a secret. */
    private static Stream<Run> secretive(List<PlannedStep> steps) {
        return steps.stream().flatMap(step -> switch (step) {
            case Run run -> Stream.of(run).filter(one -> one.input().filter(Content.Hidden.class::isInstance).isPresent());
            case PlannedStep.OnNode(String node, List<PlannedStep> inner) -> secretive(inner);
            case PlannedStep.Edit edit -> Stream.empty();
            case PlannedStep.Settle settle -> Stream.empty();
            case PlannedStep.Wait wait -> Stream.empty();
        });
    }

    private static String input(Run run) {
        return Seal.text(((Content.Hidden) run.input().orElseThrow()).code());
    }

    private static boolean covered(String attribute, Map<String, AttributeChange> changes) {
        return changes.keySet().stream().anyMatch(path -> path.equals(attribute) || path.startsWith(attribute + ".")
                || path.startsWith(attribute + "["));
    }

    private static Map<String, AttributeChange> byPath(TaskPlan task) {
        Map<String, AttributeChange> changes = new LinkedHashMap<>();
        task.changes().forEach(change -> changes.put(change.path(), change));
        return changes;
    }

    private static String before(AttributeChange change) {
        return text(change.before());
    }

    private static String after(AttributeChange change) {
        return text(change.after());
    }

    private static String text(Optional<String> value) {
        return value.orElse("absent");
    }
}
