package org.offx.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offx.plan.Plan.AttributeChange;
import org.offx.plan.Plan.NodePlan;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.PlanDrift;
import org.offx.plan.Report.Outcome;
import org.offx.plan.Seal;

/** A task that is neither as it was when the plan was made nor as it was planned to become. */
record Drift(Entry entry, String reason, List<PlanDrift.Difference> differences) {

    /** @param shown a node's part of the plan that somebody has seen; empty where the plan does not have it */
    static List<Drift> of(Optional<NodePlan> shown, Look now) {
        List<Drift> drifts = new ArrayList<>();
        for (Entry entry : now.entries()) {
            if (entry.task().isPresent()) {
                Optional<TaskPlan> saved = shown.stream()
                        .flatMap(part -> part.tasks().stream())
                        .filter(task -> task.name().equals(entry.name()))
                        .findFirst();
                drift(saved, entry).ifPresent(drifts::add);
            }
        }
        return drifts;
    }

    private static Optional<Drift> drift(Optional<TaskPlan> saved, Entry now) {
        if (saved.isEmpty()) {
            return Optional.of(new Drift(now, "it is not in the plan: plan again", List.of()));
        }
        return switch (PlanDrift.compare(saved.get(), now.plan())) {
            case PlanDrift.AsPlanned done -> Optional.empty();
            case PlanDrift.Same same -> Optional.empty();
            case PlanDrift.Drifted(var differences) -> Optional.of(new Drift(
                    now, "it has changed since the plan was made, and is not as planned either: plan again", differences));
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
                        Optional.of(remark(difference))))
                .toList();
    }

    private static String remark(PlanDrift.Difference difference) {
        return difference.wanted().isPresent()
                ? "it was to become " + other(difference.planned(), difference.wanted().get()) + " when the plan was made"
                : "it was " + other(difference.then(), difference.now()) + " when the plan was made";
    }

    /** Of secrets nothing can be said but that they are not the same. */
    private static String other(String value, String than) {
        return Seal.shown(value).equals(Seal.shown(than)) ? "another secret" : Seal.shown(value);
    }
}
