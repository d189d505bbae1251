package org.offx.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.offx.plan.Plan.AttributeChange;
import org.offx.plan.Plan.NodePlan;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.PlanDrift;
import org.offx.plan.Report.Outcome;
import org.offx.plan.Seal;

/** A task that is neither as it was when the plan was made nor as it was planned to become, or would be done in another way. */
record Drift(Entry entry, String reason, List<PlanDrift.Difference> differences) {

    /**
     * @param shown a node's part of the plan that somebody has seen; empty where the plan does not have it
     * @param exact nothing may be done that it does not have, not even an action that has come to be owed since
     */
    static List<Drift> of(Optional<NodePlan> shown, Look now, boolean exact) {
        Map<String, List<TaskPlan>> saved = shown.stream()
                .flatMap(part -> part.tasks().stream())
                .collect(Collectors.groupingBy(TaskPlan::name));
        List<Drift> drifts = new ArrayList<>();
        for (Entry entry : now.entries()) {
            drift(saved.getOrDefault(entry.name(), List.of()), entry, exact).ifPresent(drifts::add);
        }
        return drifts;
    }

    /** An action that the plan has more than once may be any of these. */
    private static Optional<Drift> drift(List<TaskPlan> saved, Entry now, boolean exact) {
        if (saved.isEmpty()) {
            return Optional.of(new Drift(now, "it is not in the plan: plan again", List.of()))
                    .filter(drift -> exact || now.task().isPresent());
        }
        List<Optional<Drift>> each = saved.stream().map(plan -> drift(plan, now)).toList();
        return each.stream().filter(Optional::isEmpty).findFirst().orElse(each.getFirst());
    }

    private static Optional<Drift> drift(TaskPlan saved, Entry now) {
        return switch (PlanDrift.compare(saved, now.plan())) {
            case PlanDrift.AsPlanned done -> Optional.empty();
            case PlanDrift.Same same -> Optional.empty();
            case PlanDrift.Drifted(var differences) -> Optional.of(new Drift(
                    now, "it has changed since the plan was made, and is not as planned either: plan again", differences));
            case PlanDrift.OtherSteps(var differences) ->
                Optional.of(new Drift(now, "it would be done in another way than the plan shows: plan again", differences));
        };
    }

    Outcome.Failed outcome() {
        return new Outcome.Failed(reason, Optional.empty(), List.of());
    }

    /** From what is there now to what is wanted; beside it, what of both was another thing when the plan was made. */
    List<AttributeChange> changes() {
        return differences.stream()
                .map(difference -> new AttributeChange(
                        difference.attribute(),
                        Optional.of(difference.now()),
                        Optional.of(difference.wanted().orElse(difference.planned())),
                        remark(difference)))
                .toList();
    }

    /** What only the plan tells, and what is to be done now, need no remark, unless it is secret. */
    private static Optional<String> remark(PlanDrift.Difference difference) {
        if (difference.wanted().isEmpty()) {
            return Optional.of("it was " + other(difference.then(), difference.now()) + " when the plan was made");
        }
        boolean told = difference.now().equals(difference.planned()) && !isSame(difference.planned(), difference.wanted().get());
        return told
                ? Optional.empty()
                : Optional.of("it was to become " + other(difference.planned(), difference.wanted().get()) + " when the plan was made");
    }

    /** Of secrets nothing can be said but that they are not the same. */
    private static String other(String value, String than) {
        return isSame(value, than) ? "another secret" : Seal.shown(value);
    }

    private static boolean isSame(String value, String other) {
        return Seal.shown(value).equals(Seal.shown(other));
    }
}
