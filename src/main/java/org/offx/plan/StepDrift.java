package org.offx.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.offx.plan.PlanDrift.Difference;
import org.offx.plan.PlannedStep.Content;
import org.offx.value.Shown;
import org.offx.value.Value;

/** Whether what would be done now is what the plan shows, step by step. */
final class StepDrift {

    private StepDrift() {}

    static PlanDrift of(List<PlannedStep> planned, List<PlannedStep> now) {
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(planned.size(), now.size()); i++) {
            Optional<PlannedStep> then = at(planned, i);
            Optional<PlannedStep> instead = at(now, i);
            if (!then.equals(instead)) {
                String was = text(then);
                differences.add(new Difference("step " + (i + 1), was, was, was, Optional.of(text(instead))));
            }
        }
        return differences.isEmpty() ? new PlanDrift.Same() : new PlanDrift.OtherSteps(differences);
    }

    /**
     * The same of a task. Fewer steps are what is left of those that were approved; and somebody else may have changed another
     * part of a file that is edited: the edit stays what it is.
     */
    static PlanDrift ofTask(List<PlannedStep> planned, List<PlannedStep> now) {
        List<PlannedStep> approved = bare(planned);
        List<PlannedStep> left = bare(now);
        return approved.containsAll(left) ? new PlanDrift.Same() : of(approved, left);
    }

    private static List<PlannedStep> bare(List<PlannedStep> steps) {
        return steps.stream().<PlannedStep>map(step -> switch (step) {
            case PlannedStep.Edit edit -> new PlannedStep.Edit(
                    edit.path(), Optional.empty(), new Content.Plain(""), edit.mode(), edit.owner(), edit.group(), edit.validate());
            case PlannedStep.OnNode(String node, List<PlannedStep> inner) -> new PlannedStep.OnNode(node, bare(inner));
            case PlannedStep.Run run -> run;
            case PlannedStep.Settle settle -> settle;
            case PlannedStep.Wait wait -> wait;
        }).toList();
    }

    private static Optional<PlannedStep> at(List<PlannedStep> steps, int index) {
        return index < steps.size() ? Optional.of(steps.get(index)) : Optional.empty();
    }

    private static String text(Optional<PlannedStep> step) {
        return step.map(StepDrift::text).orElse("none");
    }

    private static String text(PlannedStep step) {
        return switch (step) {
            case PlannedStep.Run(var command, var input, var limit) ->
                command.shown() + input.map(given -> " < " + text(given)).orElse("") + limit.map(time -> " within " + time).orElse("");
            case PlannedStep.Settle(var command) -> command.shown();
            case PlannedStep.Wait(var command, var within) -> "wait for " + command.shown() + " within " + within;
            case PlannedStep.OnNode(String node, List<PlannedStep> inner) ->
                "on " + node + ": " + String.join("; ", inner.stream().map(StepDrift::text).toList());
            case PlannedStep.Edit edit -> "write " + edit.path() + " < " + text(edit.after())
                    + mode(edit.mode()) + edit.owner().map(name -> " owner " + name).orElse("")
                    + edit.group().map(name -> " group " + name).orElse("")
                    + edit.validate().map(command -> " validate " + command.shown()).orElse("");
        };
    }

    private static String mode(OptionalInt mode) {
        return mode.isPresent() ? " mode " + Shown.literal(new Value.Mode(mode.getAsInt())) : "";
    }

    private static String text(Content content) {
        return switch (content) {
            case Content.Plain(String text) -> Shown.literal(new Value.Text(text));
            case Content.Hidden(String code) -> Seal.text(code);
            case Content.Kept kept -> "its text";
        };
    }
}
