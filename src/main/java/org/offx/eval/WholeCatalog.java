package org.offx.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import org.offx.eval.Expansion.ActionDraft;
import org.offx.eval.Expansion.Draft;
import org.offx.eval.Expansion.Needed;
import org.offx.eval.Expansion.TaskDraft;
import org.offx.eval.Plays.NodeDraft;
import org.offx.eval.Plays.PlayDraft;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.value.Shown;
import org.offx.value.Value;

/**
 * What shows only where all tasks are seen together: that two of them manage the same thing. Where they agree they are
 * one; where they do not, nobody could say which of them is right (OFX0501).
 */
final class WholeCatalog {

    /** As much of a value as a mistake shows, in characters. */
    private static final int BRIEF = 60;

    /** What a task manages: a thing of a node, or of the cluster. */
    record Managed(String node, Value.Reference reference) {

        static Managed by(Task task) {
            return task.resource().cluster() ? ofCluster(task.reference()) : new Managed(task.node(), task.reference());
        }

        static Managed ofCluster(Value.Reference reference) {
            return new Managed("", reference);
        }
    }

    /** A place in a node's part that a task of a later place may be merged into. */
    private static final class Slot {
        private Draft draft;

        Slot(Draft draft) {
            this.draft = draft;
        }
    }

    private final Findings findings;
    private Map<Managed, Slot> known = new HashMap<>();

    private WholeCatalog(Findings findings) {
        this.findings = findings;
    }

    /** The plays without what is there twice. */
    static List<PlayDraft> merged(List<PlayDraft> plays, Findings findings) {
        WholeCatalog whole = new WholeCatalog(findings);
        Map<NodeDraft, List<Slot>> slots = new IdentityHashMap<>();
        for (PlayDraft play : plays) {
            Map<Managed, Slot> before = whole.known;
            Map<Managed, Slot> afterFirst = before;
            for (NodeDraft node : play.nodes()) {
                boolean first = node == play.nodes().getFirst();
                // Only one of the candidates of a play `on one of` runs: they do not get in each other's way.
                whole.known = play.definition().oneOf() ? new HashMap<>(before) : whole.known;
                slots.put(node, whole.keep(node));
                afterFirst = first || !play.definition().oneOf() ? whole.known : afterFirst;
            }
            whole.known = afterFirst;
        }
        return plays.stream()
                .map(play -> new PlayDraft(play.definition(), play.settings(), play.nodes().stream()
                        .map(node -> node.with(slots.get(node).stream().map(s -> s.draft).toList()))
                        .toList()))
                .toList();
    }

    private List<Slot> keep(NodeDraft node) {
        List<Slot> kept = new ArrayList<>();
        for (Draft draft : node.items()) {
            switch (draft) {
                case ActionDraft action -> kept.add(new Slot(action));
                case TaskDraft task -> {
                    Slot earlier = task.task().conditional() ? null : known.get(Managed.by(task.task()));
                    if (earlier == null) {
                        Slot slot = new Slot(task);
                        kept.add(slot);
                        if (!task.task().conditional()) {
                            known.put(Managed.by(task.task()), slot);
                        }
                    } else {
                        meet(earlier, task);
                    }
                }
            }
        }
        return kept;
    }

    private void meet(Slot slot, TaskDraft later) {
        TaskDraft earlier = (TaskDraft) slot.draft;
        SequencedSet<String> differences = differences(earlier.task(), later.task());
        if (differences.isEmpty()) {
            slot.draft = merged(earlier, later);
        } else {
            findings.add(conflict(earlier.task(), later.task(), differences));
        }
    }

    private static SequencedSet<String> differences(Task a, Task b) {
        SequencedSet<String> names = new LinkedHashSet<>(a.desired().keySet());
        names.addAll(b.desired().keySet());
        names.removeIf(name -> a.desired().containsKey(name)
                && a.desired().get(name).equals(b.desired().get(name))
                && a.only().contains(name) == b.only().contains(name));
        return a.mode() == b.mode() ? names : new LinkedHashSet<>(List.of(""));
    }

    private static Diagnostic conflict(Task earlier, Task later, SequencedSet<String> differences) {
        String where = later.resource().cluster() ? "in the cluster" : "on " + later.node();
        boolean one = earlier.span().equals(later.span());
        Diagnostic conflict = Diagnostic.error(
                Code.DUPLICATE_TASK,
                later.span(),
                one ? later.name() + " is wanted differently by " + earlier.node() + " and " + later.node()
                        : "two tasks manage " + later.name() + " " + where + ", differently");
        if (!one) {
            return conflict.here(wants(later, differences)).and(earlier.span(), wants(earlier, differences));
        }
        return conflict.here("there is one of it in the cluster: it cannot depend on the node")
                .note("on " + earlier.node() + " " + wants(earlier, differences))
                .note("on " + later.node() + " " + wants(later, differences));
    }

    /** {@code `quota` is 1TiB, `atime` is left out}. */
    private static String wants(Task task, SequencedSet<String> differences) {
        return differences.stream()
                .map(name -> name.isEmpty() ? "it is to be " + word(task.mode()) : "`" + name + "` is " + shown(task, name))
                .collect(Collectors.joining(", "));
    }

    private static String word(Task.Mode mode) {
        return switch (mode) {
            case PRESENT -> "there";
            case ABSENT -> "absent";
            case WATCH -> "only watched";
        };
    }

    private static String shown(Task task, String attribute) {
        Value value = task.desired().get(attribute);
        return value == null ? "left out" : (task.only().contains(attribute) ? "only " : "") + brief(Shown.literal(value));
    }

    private static String brief(String literal) {
        int end = literal.offsetByCodePoints(0, Math.min(BRIEF, literal.codePointCount(0, literal.length())));
        return end == literal.length() ? literal : literal.substring(0, end) + "…";
    }

    private static TaskDraft merged(TaskDraft a, TaskDraft b) {
        Task first = a.task();
        Task second = b.task();
        Task task = new Task(
                first.resource(),
                first.key(),
                first.node(),
                first.mode(),
                first.desired(),
                first.only(),
                union(first.needs(), second.needs()),
                actions(first.onChange(), second.onChange()),
                union(first.tags(), second.tags()),
                first.timeout().or(second::timeout),
                first.moved().or(second::moved),
                first.guard().or(second::guard),
                false,
                first.span());
        SequencedSet<Needed> written = new LinkedHashSet<>(a.written());
        written.addAll(b.written());
        return new TaskDraft(task, List.copyOf(written));
    }

    private static <T> List<T> union(Collection<T> a, Collection<T> b) {
        SequencedSet<T> all = new LinkedHashSet<>(a);
        all.addAll(b);
        return List.copyOf(all);
    }

    /** The same action is asked for once, wherever it is written; at once where one of them says so. */
    private static List<ActionCall> actions(List<ActionCall> a, List<ActionCall> b) {
        record Asked(String name, boolean now) {}
        List<ActionCall> all = new ArrayList<>(a);
        var asked = a.stream().map(call -> new Asked(call.name(), call.now())).collect(Collectors.toSet());
        b.stream().filter(call -> asked.add(new Asked(call.name(), call.now()))).forEach(all::add);
        return all;
    }
}
