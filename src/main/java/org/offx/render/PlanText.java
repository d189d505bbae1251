package org.offx.render;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.offx.plan.Plan;
import org.offx.plan.Plan.NodeState;
import org.offx.plan.Plan.PlayPlan;
import org.offx.plan.Plan.Remark;
import org.offx.render.Line.Mark;
import org.offx.render.Risks.Risk;
import org.offx.text.DisplayWidth;
import org.offx.value.Command;

/** A plan for a terminal: the risks, then play by play what would be done, identical nodes once, and a closing line. */
final class PlanText {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);
    private static final int WIDEST_NODES = 24;

    private final Plan plan;
    private final Style style;
    private final Layout layout;
    private final TaskLines tasks;
    private final Set<String> unreached;

    private PlanText(Plan plan, Style style) {
        this.plan = plan;
        this.style = style;
        this.layout = new Layout(style);
        this.tasks = new TaskLines(style, new LinkedHashSet<>(plan.request().consents()));
        this.unreached = Risks.unreached(plan).stream().map(NodeState::name).collect(Collectors.toSet());
    }

    /** Ends with a line feed. */
    static String of(Plan plan, Style style) {
        return new PlanText(plan, style).text();
    }

    private String text() {
        List<Line> lines = new ArrayList<>(List.of(header()));
        risks(lines);
        plays(lines);
        if (!plan.warnings().isEmpty()) {
            lines.add(Line.EMPTY);
            plan.warnings().stream()
                    .flatMap(String::lines)
                    .forEach(warning -> lines.add(Line.at(0).say(Tone.RISK, Visible.of(warning))));
        }
        lines.add(Line.EMPTY);
        lines.add(Line.at(0).say(Tone.TITLE, "Plan: ").say(Tone.TITLE, Risks.summary(plan)));
        consents(lines);
        return layout.text(lines);
    }

    private Line header() {
        List<String> parts = new ArrayList<>(List.of("offx plan " + Visible.of(plan.title())));
        parts.add(Phrases.count(plan.nodes().size(), "node"));
        recorded(plan).ifPresent(parts::add);
        return Line.at(0).say(Tone.QUIET, String.join(" · ", parts));
    }

    /** Of a plan from recorded state, when the oldest answer was given. */
    static Optional<String> recorded(Plan plan) {
        return plan.nodes().stream()
                .flatMap(node -> node.recorded().stream())
                .min(Instant::compareTo)
                .map(when -> "recorded " + MINUTE.format(when.atOffset(ZoneOffset.UTC)));
    }

    /** The counts; and of what destroys, needs consent, or was not reached, also what it is. */
    private void risks(List<Line> lines) {
        String counts = Risks.line(plan);
        if (counts.isEmpty()) {
            return;
        }
        lines.add(Line.EMPTY);
        lines.add(Line.at(0).say(Tone.RISK, "⚠ " + counts));
        Risks risks = Risks.of(plan);
        risks.of(Risks.Kind.DESTRUCTIVE).forEach(risk -> {
            lines.add(risk(risk));
            risk.lines().forEach(remark -> lines.addAll(TaskLines.remark(condensed(remark), 6)));
        });
        risks.of(Risks.Kind.CONSENT).forEach(risk -> lines.add(risk(risk)));
        Risks.unreached(plan).forEach(node -> {
            NodeReason why = NodeReason.of(node.name(), node.why().orElse(""));
            lines.add(Line.at(2, Mark.TROUBLE)
                    .say(Tone.NAME, Visible.of(node.name()))
                    .beside(Tone.TROUBLE, "unreachable: " + why.first()));
            lines.addAll(why.moreLines(6));
        });
    }

    /** Below, the lines stand in full. */
    private Remark condensed(Remark remark) {
        int more = remark.lines().size() - 1;
        return more < 1 || style.detail() == Detail.NONE
                ? remark
                : new Remark(remark.title(), List.of(remark.lines().getFirst() + " and " + more + " more"));
    }

    /** What somebody must still consent to, ready to be given on the command line. */
    private void consents(List<Line> lines) {
        Set<String> missing = new LinkedHashSet<>();
        plan.plays().stream()
                .flatMap(play -> play.nodes().stream())
                .flatMap(part -> part.tasks().stream())
                .forEach(task -> missing.addAll(task.consents()));
        missing.removeAll(plan.request().consents());
        if (!missing.isEmpty()) {
            lines.add(Line.at(0).say("Apply will ask for consent; to give it now: ").say(Visible.of(missing.stream()
                    .map(consent -> "--consent " + Command.quote(consent))
                    .collect(Collectors.joining(" ")))));
        }
    }

    private static Line risk(Risk risk) {
        Mark mark = risk.kind() == Risks.Kind.DESTRUCTIVE ? Mark.DELETE : Mark.TROUBLE;
        return Line.at(2, mark)
                .say(Visible.of(risk.what()) + " on " + Visible.of(Phrases.nodes(risk.nodes(), ", ")))
                .beside(Tone.DESTROY, risk.kind().label() + ": " + Visible.of(risk.why()));
    }

    /** Plays in which all is as declared take a line each, without blank lines between them. */
    private void plays(List<Line> lines) {
        boolean compact = false;
        for (PlayPlan play : plan.plays()) {
            List<NodeGroup> groups = NodeGroup.of(play, tasks, unreached, 4);
            boolean settled = groups.stream().allMatch(NodeGroup::settled);
            if (!settled || !compact) {
                lines.add(Line.EMPTY);
            }
            String title = Visible.of(play.title());
            lines.add(settled
                    ? layout.title(title, settled(groups))
                    : layout.title(title + Phrases.rollout(play), difference(groups)));
            if (!settled) {
                groups(groups, lines);
            }
            compact = settled;
        }
    }

    private static String settled(List<NodeGroup> groups) {
        List<String> nodes = groups.stream().flatMap(group -> group.nodes().stream()).toList();
        int ok = groups.stream().mapToInt(group -> group.ok() * group.nodes().size()).sum();
        return nodes.isEmpty() ? "no node" : ok + " ok on " + Visible.of(Phrases.nodes(nodes, " "));
    }

    /** {@code ovh1 ovh2 ovh4 same · ovh3 differs}. */
    private String difference(List<NodeGroup> groups) {
        List<NodeGroup> reached = groups.stream().filter(NodeGroup::reached).toList();
        List<NodeGroup> several = reached.stream().filter(group -> group.nodes().size() > 1).toList();
        if (reached.size() == 1 && !several.isEmpty()) {
            return Phrases.count(several.getFirst().nodes().size(), "node") + ", all the same";
        }
        if (several.isEmpty() || reached.size() > 4) {
            return "";
        }
        return reached.stream()
                .map(group -> Visible.of(Phrases.nodes(group.nodes(), " "))
                        + (group.nodes().size() > 1 ? " same" : " differs"))
                .collect(Collectors.joining(" · "));
    }

    private void groups(List<NodeGroup> groups, List<Line> lines) {
        int widest = groups.stream()
                .map(group -> DisplayWidth.of(names(group)))
                .filter(width -> width <= WIDEST_NODES)
                .max(Integer::compare)
                .orElse(0);
        for (NodeGroup group : groups) {
            String pad = " ".repeat(Math.max(0, widest - DisplayWidth.of(names(group))) + 3);
            Line line = Line.at(2).say(Tone.NAME, names(group));
            if (!group.reached()) {
                line = line.say(pad).say(Tone.TROUBLE, "unreachable");
            } else if (group.ok() > 0) {
                line = line.say(pad).say(Tone.QUIET, group.ok() + " ok");
            }
            lines.add(line);
            lines.addAll(group.lines());
        }
    }

    private static String names(NodeGroup group) {
        return Visible.of(Phrases.nodes(group.nodes(), " "));
    }
}
