package org.offx.stdlib;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.offx.eval.Observation;
import org.offx.eval.Undecided;
import org.offx.plan.Gathered;
import org.offx.plan.Plan;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.PlannedStep;
import org.offx.plan.PlannedStep.Content;
import org.offx.plan.Seal;
import org.offx.plan.Verdict;
import org.offx.value.Shown;
import org.offx.value.Value;

/** A plan taken apart: plain lines that change only when the plan's data does, however plans are drawn. */
record PlanPieces(Plan plan, Gathered gathered) {

    private static final int CONTEXT = 1;

    /** All that was read of every task's thing, attribute by attribute. */
    String observed() {
        var lines = new ArrayList<String>();
        gathered.plays().stream()
                .flatMap(play -> play.nodes().stream())
                .flatMap(part -> part.items().stream())
                .forEach(item -> {
                    switch (item) {
                        case Gathered.Action action -> {}
                        case Gathered.Finding finding -> {
                            lines.add(finding.task().name());
                            seen(finding.state(), lines);
                        }
                    }
                });
        return text(lines);
    }

    private static void seen(Observation state, List<String> lines) {
        switch (state) {
            case Observation.Absent absent -> lines.add("    absent");
            case Observation.Present(var attributes) -> attributes.forEach((name, value) ->
                    lines.add("    " + name + " = " + (value == Value.Nothing.NULL ? "nothing" : Shown.literal(value))));
            case Undecided why -> lines.add("    nobody knows: " + why.reason());
        }
    }

    /** What becomes of every task, and what differs. */
    String changes() {
        return each(task -> {
            var lines = new ArrayList<String>();
            lines.add(task.name() + ": " + task.verdict().kind().word());
            task.changes().forEach(change -> lines.add("    " + change.path() + ": " + shown(change.before()) + " -> "
                    + shown(change.after()) + change.remark().map(remark -> "  (" + remark + ")").orElse("")));
            task.surplus().forEach(path -> lines.add("    left alone: " + path));
            return lines;
        });
    }

    private static String shown(Optional<String> value) {
        return value.map(Seal::shown).orElse("nothing");
    }

    /** The commands and edits, in order. */
    String steps() {
        return each(task -> task.steps().stream().flatMap(step -> step(step).stream()).toList());
    }

    private static List<String> step(PlannedStep step) {
        return switch (step) {
            case PlannedStep.Run run -> {
                String limit = run.limit().map(time -> "at most " + Shown.literal(new Value.Time(time))).orElse("");
                String remark = Stream.of(limit, run.exits()).filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
                var lines = new ArrayList<>(List.of("$ " + run.command().shown() + (remark.isEmpty() ? "" : "  (" + remark + ")")));
                run.input().ifPresent(content -> plain(content).lines().forEach(line -> lines.add("< " + line)));
                yield lines;
            }
            case PlannedStep.Settle(var command) -> List.of("$ " + command.shown() + "  (once, after all edits)");
            case PlannedStep.Wait(var command, var within) ->
                List.of("$ " + command.shown() + "  (until it succeeds, within " + Shown.literal(new Value.Time(within)) + ")");
            case PlannedStep.OnNode(String node, var inner) -> {
                var lines = new ArrayList<>(List.of("on " + node));
                inner.forEach(one -> step(one).forEach(line -> lines.add("    " + line)));
                yield lines;
            }
            case PlannedStep.Edit edit -> edit(edit);
        };
    }

    private static List<String> edit(PlannedStep.Edit edit) {
        var lines = new ArrayList<String>();
        lines.add("edit " + edit.path() + (edit.before().isEmpty() ? " (new)" : "")
                + (edit.mode().isPresent() ? " mode 0" + Integer.toOctalString(edit.mode().getAsInt()) : "")
                + edit.owner().map(owner -> " owner " + owner).orElse("")
                + edit.group().map(group -> " group " + group).orElse("")
                + edit.validate().map(command -> " accepted by `" + command.shown() + "`").orElse(""));
        List<String> before = edit.before().map(content -> plain(content).lines().toList()).orElse(List.of());
        List<String> after = plain(edit.after()).lines().toList();
        UnifiedDiffUtils.generateUnifiedDiff("", "", before, DiffUtils.diff(before, after), CONTEXT).stream()
                .skip(2)
                .filter(line -> !line.startsWith("@@"))
                .forEach(line -> lines.add("    " + line));
        return lines;
    }

    private static String plain(Content content) {
        return switch (content) {
            case Content.Plain(String text) -> text;
            case Content.Hidden hidden -> "(secret)";
            case Content.Kept kept -> "";
        };
    }

    /** Why nothing is done, what must be consented to, what destroys, and what is said besides. */
    String remarks() {
        return each(task -> {
            var lines = new ArrayList<String>();
            reason(task.verdict()).ifPresent(lines::add);
            if (task.destructive()) {
                lines.add("destroys");
            }
            task.consents().forEach(consent -> lines.add("consent: " + consent));
            task.remarks().forEach(remark -> lines.add(remark.title() + ": " + String.join(" | ", remark.lines())));
            task.guard().ifPresent(guard -> {
                lines.add("undone by the node after " + Shown.literal(new Value.Time(guard.within())) + " unless " + guard.until());
                guard.undo().forEach(step -> step(step).forEach(line -> lines.add("    " + line)));
            });
            return lines;
        });
    }

    private static Optional<String> reason(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Blocked(String reason) -> Optional.of("blocked: " + reason);
            case Verdict.Pending(String reason) -> Optional.of("pending: " + reason);
            case Verdict.Failed(String reason) -> Optional.of("failed: " + reason);
            case Verdict.Unknown(String reason) -> Optional.of("unknown: " + reason);
            case Verdict.Unreachable(String reason) -> Optional.of("unreachable: " + reason);
            case Verdict.Deferred(String until, var estimate) -> Optional.of("deferred until " + until);
            case Verdict.Rename(String from) -> Optional.of("renamed from " + from);
            case Verdict.Act(var because) -> Optional.of("because of " + String.join(", ", because));
            case Verdict.Ok ok -> Optional.empty();
            case Verdict.Create create -> Optional.empty();
            case Verdict.Update update -> Optional.empty();
            case Verdict.Replace replace -> Optional.empty();
            case Verdict.Delete delete -> Optional.empty();
            case Verdict.Drifted drifted -> Optional.empty();
        };
    }

    private String each(Function<TaskPlan, List<String>> lines) {
        return text(plan.plays().stream()
                .flatMap(play -> play.nodes().stream())
                .flatMap(node -> node.tasks().stream())
                .flatMap(task -> lines.apply(task).stream())
                .toList());
    }

    private static String text(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
