package org.offx.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.offx.plan.Plan.GuardNote;
import org.offx.plan.Plan.NodePlan;
import org.offx.plan.Plan.Remark;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.Verdict;
import org.offx.render.Line.Mark;

/** What a plan says of one task, the same for a terminal and for Markdown. Tasks that are ok are counted elsewhere. */
final class TaskLines {

    private static final int DEEPER = 4;

    private final Detail detail;
    private final Set<String> consented;
    private final ChangeLines changes;
    private final StepLines steps;

    /** @param consented what was consented to, by name */
    TaskLines(Style style, Set<String> consented) {
        this.detail = style.detail();
        this.consented = consented;
        this.changes = new ChangeLines(style.width());
        this.steps = new StepLines(style.detail());
    }

    /** Of every task of a node's part that there is something to say of. */
    List<Line> of(NodePlan part, int indent) {
        List<Line> lines = new ArrayList<>();
        part.tasks().forEach(task -> lines.addAll(of(task, indent)));
        return lines;
    }

    private List<Line> of(TaskPlan task, int indent) {
        boolean settled = task.verdict() instanceof Verdict.Ok && task.surplus().isEmpty();
        if (settled || task.verdict() instanceof Verdict.Unreachable) {
            return List.of();
        }
        List<Line> lines = new ArrayList<>(List.of(head(task, indent)));
        if (detail != Detail.NONE) {
            lines.addAll(body(task, indent + DEEPER));
        }
        return lines;
    }

    private Line head(TaskPlan task, int indent) {
        Line head = Line.at(indent, mark(task.verdict())).say(Visible.of(task.name()));
        List<String> notes = new ArrayList<>(said(task.verdict()).stream().toList());
        task.guard().map(TaskLines::guard).ifPresent(notes::add);
        Tone tone = task.verdict().uncertain() && !task.verdict().changes() ? Tone.TROUBLE : Tone.QUIET;
        return task.destructive()
                ? head.beside(Tone.DESTROY, String.join("; ", plus(destruction(task), notes)))
                : head.beside(tone, String.join("; ", notes));
    }

    private String destruction(TaskPlan task) {
        return consented.contains(task.name()) ? "destructive, consented to" : "destructive: needs consent";
    }

    static String guard(GuardNote guard) {
        return (guard.together() ? "guarded together: undone on all nodes after " : "guarded: undone after ")
                + Phrases.time(guard.within()) + " unless " + Visible.of(guard.until()) + (guard.together() ? " on each" : "")
                + (guard.lost() ? "; a restart meanwhile would keep it" : "");
    }

    private static Mark mark(Verdict verdict) {
        return switch (verdict.kind()) {
            case CREATE -> Mark.CREATE;
            case UPDATE -> Mark.UPDATE;
            case REPLACE -> Mark.REPLACE;
            case RENAME -> Mark.RENAME;
            case DELETE -> Mark.DELETE;
            case ACT -> Mark.ACT;
            case DEFERRED, UNKNOWN, UNREACHABLE -> Mark.WAIT;
            case BLOCKED, FAILED -> Mark.TROUBLE;
            case PENDING, DRIFTED -> Mark.DRIFT;
            case OK -> Mark.OK;
        };
    }

    /** What the verdict says besides its mark. */
    private static Optional<String> said(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Replace replace -> Optional.of("destroyed and made anew");
            case Verdict.Rename(String from) -> Optional.of("renamed from " + Visible.of(from));
            case Verdict.Act(var because) -> Optional.of(because)
                    .filter(names -> !names.isEmpty())
                    .map(names -> "because of " + Visible.of(Phrases.nodes(names, ", ")));
            case Verdict.Blocked(String reason) -> Optional.of("blocked: " + Visible.of(reason));
            case Verdict.Pending(String reason) -> Optional.of("pending: " + Visible.of(reason));
            case Verdict.Drifted drifted -> Optional.of(Phrases.WATCHED);
            case Verdict.Deferred(String until, var estimate) -> Optional.of("deferred until " + Visible.of(until));
            case Verdict.Unknown(String reason) -> Optional.of("unknown: " + Visible.of(reason));
            case Verdict.Unreachable(String reason) -> Optional.of("unreachable: " + Visible.of(reason));
            case Verdict.Failed(String reason) -> Optional.of("not readable: " + Visible.of(reason));
            case Verdict.Ok ok -> Optional.of("ok");
            case Verdict.Create create -> Optional.empty();
            case Verdict.Update update -> Optional.empty();
            case Verdict.Delete delete -> Optional.empty();
        };
    }

    private List<Line> body(TaskPlan task, int indent) {
        List<Line> lines = new ArrayList<>();
        if (task.verdict() instanceof Verdict.Blocked || task.verdict() instanceof Verdict.Failed) {
            lines.add(Line.at(indent).say(Tone.QUIET, "at " + Visible.of(task.place())));
        }
        task.remarks().forEach(remark -> lines.addAll(remark(remark, indent)));
        task.consents().stream()
                .filter(consent -> !consent.equals(task.name()))
                .forEach(consent -> lines.add(Line.at(indent)
                        .say(Tone.RISK, consented.contains(consent) ? "consented to: " : "needs consent: ")
                        .say(Visible.of(consent))));
        List<Line> work = new ArrayList<>(changes.of(task.changes(), indent));
        work.addAll(steps.of(task.steps(), indent));
        task.guard().ifPresent(guard -> work.addAll(steps.undo(task.steps(), guard.undo(), indent)));
        if (task.verdict() instanceof Verdict.Deferred deferred && !work.isEmpty()) {
            lines.add(Line.at(indent).say(Tone.QUIET, deferred.deletes() ? "then:" : "an estimate, as if nothing were there:"));
            work.replaceAll(line -> line.deeper(2));
        }
        lines.addAll(work);
        if (!task.surplus().isEmpty()) {
            lines.addAll(titled(Tone.QUIET, "there and not declared, left alone", task.surplus(), indent));
        }
        return lines;
    }

    static List<Line> remark(Remark remark, int indent) {
        return titled(Tone.RISK, Visible.of(remark.title()), remark.lines(), indent);
    }

    private static List<Line> titled(Tone tone, String title, List<String> all, int indent) {
        List<String> shown = all.stream().map(Visible::of).toList();
        if (shown.size() <= 1) {
            String only = shown.isEmpty() ? "" : ": " + shown.getFirst();
            return List.of(Line.at(indent).say(tone, title).say(only));
        }
        List<Line> lines = new ArrayList<>(List.of(Line.at(indent).say(tone, title + ":")));
        shown.forEach(line -> lines.add(Line.at(indent + 2).say(line)));
        return lines;
    }

    private static List<String> plus(String first, List<String> rest) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all;
    }
}
