package org.offx.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
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
     * The same of a task. Fewer steps are what is left of those that were approved, on whatever node; and somebody else may have
     * changed another part of a file that is edited: the edit stays what it is. Of the same file it must make the same text.
     */
    static PlanDrift ofTask(List<PlannedStep> planned, List<PlannedStep> now) {
        List<PlannedStep> approved = single(planned).toList();
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            boolean known = single(List.of(now.get(i))).allMatch(step -> approved.stream().anyMatch(one -> isApproved(one, step)));
            if (!known) {
                String was = text(at(planned, i));
                differences.add(new Difference("step " + (i + 1), was, was, was, Optional.of(text(now.get(i)))));
            }
        }
        return differences.isEmpty() ? new PlanDrift.Same() : new PlanDrift.OtherSteps(differences);
    }

    /** What is done on another node, step by step. */
    private static Stream<PlannedStep> single(List<PlannedStep> steps) {
        return steps.stream().flatMap(step -> step instanceof PlannedStep.OnNode(String node, List<PlannedStep> inner)
                ? single(inner).<PlannedStep>map(one -> new PlannedStep.OnNode(node, List.of(one)))
                : Stream.of(step));
    }

    private static boolean isApproved(PlannedStep planned, PlannedStep now) {
        return switch (now) {
            case PlannedStep.Edit edit -> planned instanceof PlannedStep.Edit then
                    && then.equals(then.before().equals(edit.before()) ? edit : edit.with(then.before(), then.after()));
            case PlannedStep.OnNode(String node, List<PlannedStep> inner) -> planned instanceof PlannedStep.OnNode then
                    && then.node().equals(node)
                    && isApproved(then.steps().getFirst(), inner.getFirst());
            case PlannedStep.Run run -> planned.equals(run);
            case PlannedStep.Settle settle -> planned.equals(settle);
            case PlannedStep.Wait wait -> planned.equals(wait);
        };
    }

    private static Optional<PlannedStep> at(List<PlannedStep> steps, int index) {
        return index < steps.size() ? Optional.of(steps.get(index)) : Optional.empty();
    }

    private static String text(Optional<PlannedStep> step) {
        return step.map(StepDrift::text).orElse("none");
    }

    private static String text(PlannedStep step) {
        return switch (step) {
            case PlannedStep.Run run -> run.command().shown()
                    + run.input().map(given -> " < " + text(given)).orElse("")
                    + run.limit().map(time -> " within " + time).orElse("")
                    + (run.accepted().isEmpty() ? "" : " " + run.exits());
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
