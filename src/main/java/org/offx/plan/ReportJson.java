package org.offx.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.offx.plan.JsonTree.At;
import org.offx.plan.Report.NodeEnd;
import org.offx.plan.Report.NodeReport;
import org.offx.plan.Report.Outcome;
import org.offx.plan.Report.PlayReport;
import org.offx.plan.Report.TaskReport;

/** A report as JSON, and back: {@code read(write(report))} gives the very same report. docs/plan-format.md describes the form. */
public final class ReportJson {

    private static final JsonFormat FORMAT = new JsonFormat("offx-report", "a report of offx", "1.0");

    private ReportJson() {}

    /** Ends with a line feed. The same report gives the same text. */
    public static String write(Report report) {
        ObjectNode object = FORMAT.begin().put("title", report.title());
        if (report.interrupted()) {
            object.put("interrupted", true);
        }
        object.put("exit_status", ExitStatus.of(report).code());
        JsonTree.all(object, "nodes", report.nodes(), ReportJson::end);
        JsonTree.all(object, "plays", report.plays(), ReportJson::play);
        JsonTree.texts(object, "warnings", report.warnings());
        return JsonTree.print(object);
    }

    /** Whether a text says of itself that it is a report, damaged or not. */
    public static boolean isReport(String text) {
        return FORMAT.isNamedIn(text);
    }

    /** Reads a report; refuses what is none, what is damaged, and what a later major version wrote. */
    public static Saved<Report> read(String text) {
        return FORMAT.read(text, at -> new Report(
                at.text("title"),
                at.field("plays").elements(ReportJson::play),
                at.field("nodes").elements(ReportJson::end),
                at.texts("warnings"),
                at.truth("interrupted")));
    }

    private static ObjectNode end(NodeEnd end) {
        ObjectNode object = JsonTree.object().put("node", end.node());
        JsonTree.text(object, "why", end.why());
        if (end.unreachable()) {
            object.put("unreachable", true);
        }
        return object.put("took", end.took().toString());
    }

    private static NodeEnd end(At at) {
        return new NodeEnd(at.text("node"), at.optionalText("why"), at.truth("unreachable"), at.field("took").duration());
    }

    private static ObjectNode play(PlayReport play) {
        ObjectNode object = JsonTree.object().put("title", play.title());
        JsonTree.all(object, "nodes", play.nodes(), part -> {
            ObjectNode node = JsonTree.object().put("node", part.node());
            JsonTree.all(node, "tasks", part.tasks(), ReportJson::task);
            return node;
        });
        return object;
    }

    private static PlayReport play(At at) {
        return new PlayReport(
                at.text("title"),
                at.field("nodes").elements(node -> new NodeReport(
                        node.text("node"), node.field("tasks").elements(ReportJson::task))));
    }

    private static ObjectNode task(TaskReport task) {
        ObjectNode object = JsonTree.object().put("name", task.name());
        outcome(object, task.outcome());
        JsonTree.list(object, "changes", task.changes(), PlanJson::change);
        return object.put("took", task.took().toString());
    }

    private static TaskReport task(At at) {
        return new TaskReport(
                at.text("name"), outcome(at), at.list("changes", PlanJson::change), at.field("took").duration());
    }

    private static void outcome(ObjectNode object, Outcome outcome) {
        switch (outcome) {
            case Outcome.Unchanged unchanged -> object.put("outcome", "unchanged");
            case Outcome.Changed(Outcome.How how) -> object.put("outcome", "changed").put("how", how.word());
            case Outcome.Pending(String reason) -> object.put("outcome", "pending").put("reason", reason);
            case Outcome.Drifted drifted -> object.put("outcome", "drifted");
            case Outcome.Failed(String reason, Optional<String> step, var output) -> {
                object.put("outcome", "failed").put("reason", reason);
                JsonTree.text(object, "step", step);
                JsonTree.texts(object, "output", output);
            }
            case Outcome.UnknownOutcome(String step, String reason) ->
                object.put("outcome", "unknown").put("step", step).put("reason", reason);
            case Outcome.RolledBack(String reason) -> object.put("outcome", "rolled back").put("reason", reason);
            case Outcome.Undone(String reason) -> object.put("outcome", "undone").put("reason", reason);
            case Outcome.Skipped(String why) -> object.put("outcome", "skipped").put("reason", why);
            case Outcome.NotReached(String why) -> object.put("outcome", "not reached").put("reason", why);
        }
    }

    private static Outcome outcome(At at) {
        String word = at.text("outcome");
        return switch (word) {
            case "unchanged" -> new Outcome.Unchanged();
            case "changed" -> new Outcome.Changed(at.field("how").oneOf(Outcome.How.values(), Outcome.How::word, "change"));
            case "pending" -> new Outcome.Pending(at.text("reason"));
            case "drifted" -> new Outcome.Drifted();
            case "failed" -> new Outcome.Failed(at.text("reason"), at.optionalText("step"), at.texts("output"));
            case "unknown" -> new Outcome.UnknownOutcome(at.text("step"), at.text("reason"));
            case "rolled back" -> new Outcome.RolledBack(at.text("reason"));
            case "undone" -> new Outcome.Undone(at.text("reason"));
            case "skipped" -> new Outcome.Skipped(at.text("reason"));
            case "not reached" -> new Outcome.NotReached(at.text("reason"));
            default -> throw at.field("outcome").unknown(word, "outcome");
        };
    }
}
