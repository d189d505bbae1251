package org.offx.render;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.offx.plan.Report;
import org.offx.plan.Report.NodeEnd;
import org.offx.plan.Report.Outcome;
import org.offx.plan.Report.TaskReport;
import org.offx.render.Line.Mark;
import org.offx.text.DisplayWidth;

/** A report for a terminal: a line for each node where nothing was to be done, what was done on the others, a closing line. */
final class ReportText {

    private static final Duration WORTH_SAYING = Duration.ofSeconds(5);

    private final Report report;
    private final Style style;
    private final Layout layout;
    private final Map<String, List<TaskReport>> byNode = new HashMap<>();

    private ReportText(Report report, Style style) {
        this.report = report;
        this.style = style;
        this.layout = new Layout(style);
        report.plays().stream()
                .flatMap(play -> play.nodes().stream())
                .forEach(part -> byNode.computeIfAbsent(part.node(), node -> new ArrayList<>()).addAll(part.tasks()));
    }

    /** Ends with a line feed. */
    static String of(Report report, Style style) {
        return new ReportText(report, style).text();
    }

    private String text() {
        List<Line> lines = new ArrayList<>();
        int names = report.nodes().stream().mapToInt(node -> DisplayWidth.of(node.node())).max().orElse(0);
        report.nodes().forEach(node -> node(node, names, lines));
        if (!report.warnings().isEmpty() && !lines.isEmpty()) {
            lines.add(Line.EMPTY);
        }
        report.warnings().stream()
                .flatMap(String::lines)
                .forEach(warning -> lines.add(Line.at(0).say(Tone.RISK, Visible.of(warning))));
        if (!lines.isEmpty()) {
            lines.add(Line.EMPTY);
        }
        lines.addAll(closing());
        return layout.text(lines);
    }

    private void node(NodeEnd end, int names, List<Line> lines) {
        List<TaskReport> tasks = byNode.getOrDefault(end.node(), List.of());
        Line line = Line.at(0)
                .say(Tone.NAME, Visible.of(end.node()))
                .say(" ".repeat(names - DisplayWidth.of(end.node()) + 2))
                .say(tasks.isEmpty() ? "" : counts(tasks));
        NodeReason why = NodeReason.of(end.node(), end.why().orElse(""));
        lines.add(line.beside(Tone.TROUBLE, end.unreachable() ? "unreachable: " + why.first() : why.first()));
        lines.addAll(why.moreLines(2));
        tasks.forEach(task -> task(task, lines));
    }

    private static String counts(List<TaskReport> tasks) {
        List<String> parts = new ArrayList<>();
        add(parts, tasks, Outcome.Changed.class, "changed");
        add(parts, tasks, Outcome.Failed.class, "failed");
        add(parts, tasks, Outcome.UnknownOutcome.class, "of unknown outcome");
        add(parts, tasks, Outcome.RolledBack.class, "rolled back");
        add(parts, tasks, Outcome.Undone.class, "undone");
        add(parts, tasks, Outcome.Skipped.class, "skipped");
        add(parts, tasks, Outcome.NotReached.class, "not reached");
        add(parts, tasks, Outcome.Pending.class, "pending");
        add(parts, tasks, Outcome.Drifted.class, "drifted");
        add(parts, tasks, Outcome.Unchanged.class, "ok");
        boolean idle = tasks.stream().allMatch(task -> task.outcome() instanceof Outcome.Unchanged);
        return String.join(", ", parts) + (idle ? ", nothing to change" : "");
    }

    private static void add(List<String> parts, List<TaskReport> tasks, Class<? extends Outcome> outcome, String word) {
        long count = tasks.stream().filter(task -> outcome.isInstance(task.outcome())).count();
        if (count > 0) {
            parts.add(count + " " + word);
        }
    }

    private void task(TaskReport task, List<Line> lines) {
        switch (task.outcome()) {
            case Outcome.Unchanged unchanged -> {}
            case Outcome.Changed(Outcome.How how) -> said(task, mark(how), Tone.QUIET, how.word(), lines);
            case Outcome.Pending(String reason) -> said(task, Mark.DRIFT, Tone.CHANGE, "pending: " + Visible.of(reason), lines);
            case Outcome.Drifted drifted -> said(task, Mark.DRIFT, Tone.CHANGE, Phrases.WATCHED, lines);
            case Outcome.Failed(String reason, Optional<String> step, var output) -> {
                said(task, Mark.TROUBLE, Tone.TROUBLE, "failed: " + Visible.of(reason), lines);
                step.ifPresent(command -> lines.add(Line.at(6).say(Tone.QUIET, "$ ").say(Visible.of(command))));
                output.forEach(one -> lines.add(Line.at(6).say(Tone.QUIET, "| ").say(Visible.line(one))));
            }
            case Outcome.UnknownOutcome(String step, String reason) -> {
                said(task, Mark.WAIT, Tone.TROUBLE, "unknown outcome: " + Visible.of(reason), lines);
                lines.add(Line.at(6).say(Tone.QUIET, "$ ").say(Visible.of(step)));
            }
            case Outcome.RolledBack(String reason) ->
                said(task, Mark.TROUBLE, Tone.TROUBLE, "rolled back: " + Visible.of(reason), lines);
            case Outcome.Undone(String reason) -> said(task, Mark.TROUBLE, Tone.TROUBLE, "undone: " + Visible.of(reason), lines);
            case Outcome.Skipped(String why) -> said(task, Mark.TROUBLE, Tone.CHANGE, "skipped: " + Visible.of(why), lines);
            case Outcome.NotReached(String why) -> said(task, Mark.OK, Tone.QUIET, "not reached: " + Visible.of(why), lines);
        }
    }

    private static Mark mark(Outcome.How how) {
        return switch (how) {
            case CREATED -> Mark.CREATE;
            case DELETED -> Mark.DELETE;
            case REPLACED -> Mark.REPLACE;
            case RENAMED -> Mark.RENAME;
            case UPDATED -> Mark.UPDATE;
            case DONE -> Mark.ACT;
        };
    }

    private void said(TaskReport task, Mark mark, Tone tone, String what, List<Line> lines) {
        String took = task.took().compareTo(WORTH_SAYING) < 0 ? "" : " (" + Phrases.time(task.took()) + ")";
        lines.add(Line.at(2, mark).say(Visible.of(task.name())).beside(tone, what + took));
        if (style.detail() != Detail.NONE) {
            lines.addAll(new ChangeLines(style.width()).of(task.changes(), 6));
        }
    }

    private List<Line> closing() {
        List<TaskReport> tasks = report.plays().stream()
                .flatMap(play -> play.nodes().stream())
                .flatMap(node -> node.tasks().stream())
                .toList();
        List<String> parts = new ArrayList<>();
        if (!tasks.isEmpty()) {
            parts.add(counts(tasks));
        }
        long unreachable = report.nodes().stream().filter(NodeEnd::unreachable).count();
        if (unreachable > 0) {
            parts.add(Phrases.count((int) unreachable, "node") + " unreachable");
        }
        String what = parts.isEmpty() ? "no task on any node" : String.join(", ", parts);
        List<Line> lines = new ArrayList<>(List.of(
                Line.at(0).say(Tone.TITLE, (report.interrupted() ? "Interrupted: " : "Apply: ") + what + ".")));
        advice(tasks).ifPresent(advice -> lines.add(Line.at(0).say(advice)));
        return lines;
    }

    private Optional<String> advice(List<TaskReport> tasks) {
        Predicate<Class<? extends Outcome>> any =
                outcome -> tasks.stream().anyMatch(task -> outcome.isInstance(task.outcome()));
        boolean unfinished = report.interrupted()
                || report.nodes().stream().anyMatch(node -> node.why().isPresent())
                || Stream.of(
                                Outcome.Failed.class,
                                Outcome.UnknownOutcome.class,
                                Outcome.RolledBack.class,
                                Outcome.Undone.class,
                                Outcome.NotReached.class)
                        .anyMatch(any);
        return unfinished
                ? Optional.of("Run it again when the cause is mended: what is done already is not done twice.")
                : Optional.empty();
    }
}
