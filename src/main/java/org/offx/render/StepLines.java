package org.offx.render;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.offx.plan.PlannedStep;
import org.offx.plan.PlannedStep.Content;
import org.offx.render.Line.Mark;
import org.offx.value.Command;

/** Steps: the commands as one could paste them, and what becomes of files. */
final class StepLines {

    private static final int LINES_OF_INPUT = 10;

    private final Detail detail;

    StepLines(Detail detail) {
        this.detail = detail;
    }

    List<Line> of(List<PlannedStep> steps, int indent) {
        List<Line> lines = new ArrayList<>();
        steps.forEach(step -> lines.addAll(of(step, indent)));
        return lines;
    }

    /** What the node does to undo guarded steps: first their files, then the commands. */
    List<Line> undo(List<PlannedStep> steps, List<PlannedStep> undo, int indent) {
        List<Line> lines = new ArrayList<>();
        if (detail == Detail.FULL) {
            files(steps).distinct().forEach(path ->
                    lines.add(Line.at(indent + 2).say(Tone.PLACE, Visible.of(path)).say(" as it was")));
        }
        lines.addAll(of(undo, indent + 2));
        return lines.isEmpty() ? lines : headed(Line.at(indent).say(Tone.QUIET, "undone by:"), lines);
    }

    private static Stream<String> files(List<PlannedStep> steps) {
        return steps.stream().flatMap(step -> switch (step) {
            case PlannedStep.Edit edit -> Stream.of(edit.path());
            case PlannedStep.Run run -> Stream.empty();
            case PlannedStep.Settle settle -> Stream.empty();
            case PlannedStep.Wait wait -> Stream.empty();
            case PlannedStep.OnNode elsewhere -> Stream.empty();
        });
    }

    private List<Line> of(PlannedStep step, int indent) {
        return switch (step) {
            case PlannedStep.Run run -> run(run, indent);
            case PlannedStep.Settle(Command command) -> command(command, indent, "once, after all edits");
            case PlannedStep.Wait(Command command, var within) ->
                command(command, indent, "repeated until it succeeds, at most " + Phrases.time(within));
            case PlannedStep.Edit edit -> edit(edit, indent);
            case PlannedStep.OnNode(String node, List<PlannedStep> inner) -> {
                List<Line> lines = of(inner, indent + 2);
                yield lines.isEmpty() ? lines : headed(Line.at(indent).say("on ").say(Tone.NAME, Visible.of(node)).say(":"), lines);
            }
        };
    }

    private List<Line> run(PlannedStep.Run run, int indent) {
        String limit = run.limit().map(time -> "at most " + Phrases.time(time)).orElse("");
        String remark = Stream.of(limit, run.exits()).filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
        List<Line> lines = new ArrayList<>(command(run.command(), indent, remark));
        if (detail == Detail.FULL) {
            run.input().ifPresent(input -> lines.addAll(input(input, indent + 2)));
        }
        return lines;
    }

    private static List<Line> input(Content input, int indent) {
        return switch (input) {
            case Content.Hidden hidden -> List.of(Line.at(indent).say(Tone.QUIET, "< (secret)"));
            case Content.Kept kept -> List.of();
            case Content.Plain(String text) -> {
                List<String> all = text.lines().toList();
                List<Line> lines = new ArrayList<>();
                all.stream().limit(LINES_OF_INPUT).forEach(line ->
                        lines.add(Line.at(indent).say(Tone.QUIET, "< ").say(Visible.line(line))));
                if (all.size() > LINES_OF_INPUT) {
                    lines.add(Line.at(indent).say(Tone.QUIET, "< … " + Phrases.count(all.size() - LINES_OF_INPUT, "more line")));
                }
                yield lines;
            }
        };
    }

    private List<Line> command(Command command, int indent, String remark) {
        return detail == Detail.FULL
                ? List.of(Line.at(indent).say(Tone.QUIET, "$ ").say(Visible.of(command.shown())).beside(Tone.QUIET, remark))
                : List.of();
    }

    private List<Line> edit(PlannedStep.Edit edit, int indent) {
        String path = Visible.of(edit.path());
        if (edit.after() instanceof Content.Hidden) {
            return List.of(Line.at(indent).say(Tone.PLACE, path).beside(Tone.QUIET, "a secret in it: not shown"));
        }
        String after = plain(edit.after());
        String before = edit.before().map(StepLines::plain).orElse("");
        if (after.indexOf('\0') >= 0 || before.indexOf('\0') >= 0) {
            return List.of(Line.at(indent).say(Tone.PLACE, path).beside(Tone.QUIET, "binary"));
        }
        TextDiff diff = TextDiff.of(before, after);
        Line file = Line.at(indent).say(Tone.PLACE, path).beside(Tone.QUIET, facts(edit, diff));
        return detail == Detail.FULL ? headed(file, hunks(diff, edit.before().isEmpty(), indent + 2)) : List.of(file);
    }

    private static String plain(Content content) {
        return switch (content) {
            case Content.Plain(String text) -> text;
            case Content.Hidden hidden -> "";
            case Content.Kept kept -> "";
        };
    }

    private static String facts(PlannedStep.Edit edit, TextDiff diff) {
        List<String> facts = new ArrayList<>();
        if (edit.before().isEmpty()) {
            facts.add("a new file, " + Phrases.count(diff.added(), "line"));
        } else if (!(edit.after() instanceof Content.Kept)) {
            facts.add("+" + diff.added() + " -" + diff.removed());
        }
        edit.mode().ifPresent(mode -> facts.add("mode 0" + Integer.toOctalString(mode)));
        if (edit.owner().isPresent() || edit.group().isPresent()) {
            facts.add("owner " + Visible.of(edit.owner().orElse("") + edit.group().map(group -> ":" + group).orElse("")));
        }
        edit.validate().ifPresent(command -> facts.add("checked by `" + Visible.of(command.program()) + "`"));
        return String.join(", ", facts);
    }

    private static List<Line> hunks(TextDiff diff, boolean whole, int indent) {
        List<Line> lines = new ArrayList<>();
        for (TextDiff.Hunk hunk : diff.hunks()) {
            if (!whole) {
                lines.add(Line.at(indent, Mark.HUNK)
                        .say(Tone.PLACE, "line " + hunk.line())
                        .say(Tone.QUIET, hunk.heading().isEmpty() ? "" : ", " + Visible.line(hunk.heading())));
            }
            hunk.parts().forEach(part -> lines.add(Line.at(indent, part.mark()).say(Visible.line(part.text()))));
        }
        return lines;
    }

    private static List<Line> headed(Line head, List<Line> lines) {
        List<Line> all = new ArrayList<>(List.of(head));
        all.addAll(lines);
        return all;
    }
}
