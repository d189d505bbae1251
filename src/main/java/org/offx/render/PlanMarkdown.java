package org.offx.render;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.offx.plan.Plan;
import org.offx.plan.Plan.NodePlan;
import org.offx.plan.Plan.NodeState;
import org.offx.plan.Plan.Remark;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.Tally;
import org.offx.plan.Verdict;
import org.offx.render.Risks.Risk;

/**
 * A plan as the comment on a pull request: the risks first, a table of counts, and a folded section for each node that
 * something is to be said of, identical nodes once. Shorter than {@link #LIMIT}; what is cut is the middle of long
 * sections. The same plan gives the same text, so that a bot can keep one comment up to date.
 */
final class PlanMarkdown {

    /** In characters. GitHub takes 65,536 in a comment, and a bot may want to add some. */
    static final int LIMIT = 60_000;

    private static final int RISKS = 36_000;
    private static final int ROWS = 60;
    private static final int WIDTH = 120;
    private static final int SHOWN_LINES = 20;
    private static final int SHOWN_OF_A_KIND = 10;

    private final Plan plan;
    private final TaskLines tasks;
    private final Set<String> unreached;
    private final Map<String, List<Part>> byNode = new HashMap<>();

    /** A node's part of a play. */
    private record Part(String title, NodePlan tasks) {}

    private PlanMarkdown(Plan plan, Detail detail) {
        this.plan = plan;
        this.tasks = new TaskLines(new Style(WIDTH, false, detail), new LinkedHashSet<>(plan.request().consents()));
        this.unreached = Risks.unreached(plan).stream().map(NodeState::name).collect(Collectors.toSet());
        plan.plays().forEach(play -> play.nodes().forEach(part -> byNode
                .computeIfAbsent(part.node(), node -> new ArrayList<>())
                .add(new Part(play.title() + Phrases.rollout(play), part))));
    }

    private List<Part> parts(NodeState node) {
        return byNode.getOrDefault(node.name(), List.of());
    }

    private Tally tally(NodeState node) {
        return Tally.of(parts(node).stream()
                .flatMap(part -> part.tasks().tasks().stream())
                .map(TaskPlan::verdict)
                .toList());
    }

    static String of(Plan plan, Detail detail) {
        return new PlanMarkdown(plan, detail).text();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        text.append("<!-- offx plan ").append(Markdown.html(plan.title()).replace("--", "- -")).append(" -->\n");
        text.append("### Plan of ").append(Markdown.name(plan.title())).append("\n\n");
        text.append("**").append(sentence(Risks.summary(plan))).append("**");
        PlanText.recorded(plan).ifPresent(when -> text.append(" The nodes were not asked: their state was ").append(when).append("."));
        text.append('\n');
        risks(text);
        warnings(text);
        table(text);
        text.append(Folded.text(sections(), LIMIT - text.length() - 1));
        return text.toString();
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private void risks(StringBuilder text) {
        List<String> items = new ArrayList<>();
        Risks.unreached(plan).forEach(node -> items.add(unreachable(node)));
        Risks risks = Risks.of(plan);
        for (Risks.Kind kind : Risks.Kind.values()) {
            List<Risk> all = risks.of(kind);
            int shown = neverFew(kind) ? all.size() : Math.min(all.size(), SHOWN_OF_A_KIND);
            all.subList(0, shown).forEach(risk -> items.add(item(risk)));
            if (shown < all.size()) {
                items.add("- **" + kind.label() + "**: " + (all.size() - shown) + " more, see below\n");
            }
        }
        if (items.isEmpty()) {
            return;
        }
        text.append("\n#### ⚠ ").append(Risks.line(plan)).append("\n\n");
        int left = RISKS;
        for (int i = 0; i < items.size(); i++) {
            left -= items.get(i).length();
            if (left < 0) {
                text.append("- **and ").append(items.size() - i).append(" more**: `offx show` of the saved plan lists them\n");
                return;
            }
            text.append(items.get(i));
        }
    }

    private static String unreachable(NodeState node) {
        NodeReason why = NodeReason.of(node.name(), node.why().orElse(""));
        String more = why.more().stream().map(line -> "  - " + brief(line) + "\n").collect(Collectors.joining());
        return "- **unreachable**: " + Markdown.name(node.name()) + ": " + brief(why.first()) + "\n" + more;
    }

    private static boolean neverFew(Risks.Kind kind) {
        return switch (kind) {
            case DESTRUCTIVE, CONSENT, BLOCKED -> true;
            case GUARDED, FAILED, UNKNOWN, DEFERRED, DRIFTED -> false;
        };
    }

    private static String item(Risk risk) {
        StringBuilder item = new StringBuilder("- **" + risk.kind().label() + "**: " + brief(risk.what()) + " on "
                + Markdown.codes(risk.nodes()) + ": "
                + (risk.kind() == Risks.Kind.DESTRUCTIVE ? risk.why() : brief(risk.why())) + "\n");
        risk.lines().forEach(remark -> item.append(remark(remark)));
        return item.toString();
    }

    private static String remark(Remark remark) {
        List<String> shown = remark.lines().stream().limit(SHOWN_LINES).map(PlanMarkdown::brief).toList();
        int more = remark.lines().size() - shown.size();
        return "  - " + brief(remark.title()) + (shown.isEmpty() ? "" : ": " + String.join(", ", shown))
                + (more > 0 ? " and **" + Phrases.number(more) + " more**" : "") + "\n";
    }

    private static String brief(String text) {
        return Markdown.code(Literals.cut(text, 300));
    }

    private void warnings(StringBuilder text) {
        if (!plan.warnings().isEmpty()) {
            String all = String.join("\n", plan.warnings()).lines().map(Visible::line).collect(Collectors.joining("\n"));
            text.append('\n').append(Markdown.fenced("text", Literals.cut(all, RISKS / 4)));
        }
    }

    /** What the table says of a node. */
    private record Row(boolean reached, Tally tally) {}

    private void table(StringBuilder text) {
        Map<Row, List<String>> rows = new LinkedHashMap<>();
        plan.nodes().forEach(node -> {
            boolean reached = !unreached.contains(node.name());
            Row same = new Row(reached, reached ? tally(node) : Tally.of(List.of()));
            rows.computeIfAbsent(same, row -> new ArrayList<>()).add(node.name());
        });
        Set<Verdict.Kind> kinds = EnumSet.noneOf(Verdict.Kind.class);
        rows.keySet().forEach(row -> kinds.addAll(row.tally().counts().keySet()));
        if (rows.isEmpty() || kinds.isEmpty()) {
            return;
        }
        text.append("\n| node |");
        kinds.forEach(kind -> text.append(' ').append(Phrases.column(kind)).append(" |"));
        text.append("\n|---|").append("--:|".repeat(kinds.size())).append('\n');
        rows.entrySet().stream().limit(ROWS).forEach(row -> row(text, row.getKey(), row.getValue(), kinds));
        if (rows.size() > ROWS) {
            int more = rows.values().stream().skip(ROWS).mapToInt(List::size).sum();
            text.append("| and ").append(Phrases.count(more, "more node")).append(" |").append(" … |".repeat(kinds.size())).append('\n');
        }
    }

    private static void row(StringBuilder text, Row row, List<String> nodes, Set<Verdict.Kind> kinds) {
        text.append("| ").append(Phrases.nodes(nodes.stream().map(Markdown::cell).toList(), ", "));
        text.append(row.reached() ? " |" : " unreachable |");
        for (Verdict.Kind kind : kinds) {
            int count = row.tally().count(kind);
            text.append(' ').append(count == 0 ? "" : count + " ").append('|');
        }
        text.append('\n');
    }

    private record Content(List<String> lines, Tally tally) {}

    private List<Folded.Section> sections() {
        Map<Content, List<String>> groups = new LinkedHashMap<>();
        for (NodeState node : plan.nodes()) {
            List<String> lines = parts(node).stream().flatMap(this::lines).toList();
            if (!lines.isEmpty()) {
                groups.computeIfAbsent(new Content(lines, tally(node)), same -> new ArrayList<>())
                        .add(node.name());
            }
        }
        return groups.entrySet().stream()
                .map(group -> new Folded.Section(summary(group.getValue(), group.getKey().tally()), group.getKey().lines()))
                .toList();
    }

    private static String summary(List<String> nodes, Tally tally) {
        return "<b>" + Phrases.nodes(nodes.stream().map(Markdown::html).toList(), ", ") + "</b>" + (nodes.size() > 1 ? " (the same)" : "") + ": "
                + Phrases.counts(tally);
    }

    private Stream<String> lines(Part part) {
        List<Line> lines = tasks.of(part.tasks(), 0);
        return lines.isEmpty()
                ? Stream.empty()
                : Stream.concat(Stream.of(DiffBlock.title(part.title())), DiffBlock.lines(lines).stream());
    }
}
