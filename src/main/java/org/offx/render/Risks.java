package org.offx.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.offx.plan.Plan;
import org.offx.plan.Plan.NodePlan;
import org.offx.plan.Plan.NodeState;
import org.offx.plan.Plan.PlayPlan;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.Tally;
import org.offx.plan.Verdict;

/** What a reviewer must not miss, gathered from all plays: the same on several nodes is one risk. */
record Risks(List<Risk> all) {

    enum Kind {
        DESTRUCTIVE("destructive", "destructive"),
        CONSENT("needs consent", "needs consent"),
        GUARDED("can cut the connection", "can cut the connection (guarded)"),
        BLOCKED("blocked", "blocked"),
        FAILED("not readable", "not readable"),
        UNKNOWN("unknown", "unknown"),
        DEFERRED("not predictable yet", "not predictable yet"),
        DRIFTED("drifted", "drifted");

        private final String label;
        private final String counted;

        Kind(String label, String counted) {
            this.label = label;
            this.counted = counted;
        }

        String label() {
            return label;
        }
    }

    /**
     * One risk.
     *
     * @param what the task, or the action
     * @param why a reason in words; empty where the kind says it all
     * @param lines of a destructive change, what it destroys
     */
    record Risk(Kind kind, String what, String why, List<Plan.Remark> lines, List<String> nodes) {}

    private record Key(Kind kind, String what, String why, List<Plan.Remark> lines) {}

    static Risks of(Plan plan) {
        Map<Key, List<String>> found = new LinkedHashMap<>();
        for (PlayPlan play : plan.plays()) {
            for (NodePlan part : play.nodes()) {
                for (TaskPlan task : part.tasks()) {
                    of(task, plan.request().consents()).forEach(key ->
                            found.computeIfAbsent(key, risk -> new ArrayList<>()).add(part.node()));
                }
            }
        }
        return new Risks(found.entrySet().stream()
                .map(risk -> new Risk(
                        risk.getKey().kind(), risk.getKey().what(), risk.getKey().why(), risk.getKey().lines(), risk.getValue()))
                .sorted(Comparator.comparing(Risk::kind))
                .toList());
    }

    private static List<Key> of(TaskPlan task, List<String> consented) {
        List<Key> keys = new ArrayList<>();
        String name = task.name();
        if (task.destructive()) {
            keys.add(new Key(
                    Kind.DESTRUCTIVE, name, consented.contains(name) ? "consented to" : "needs consent", task.remarks()));
        }
        task.consents().stream()
                .filter(consent -> !consent.equals(name))
                .forEach(consent -> keys.add(new Key(
                        Kind.CONSENT, name, consent + (consented.contains(consent) ? " (consented to)" : ""), List.of())));
        task.guard().ifPresent(guard -> keys.add(new Key(Kind.GUARDED, name, TaskLines.guard(guard), List.of())));
        reason(task.verdict()).ifPresent(reason -> keys.add(new Key(reason.kind(), name, reason.text(), List.of())));
        return keys;
    }

    private record Reason(Kind kind, String text) {}

    private static Optional<Reason> reason(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Blocked(String reason) -> Optional.of(new Reason(Kind.BLOCKED, reason));
            case Verdict.Failed(String reason) -> Optional.of(new Reason(Kind.FAILED, reason));
            case Verdict.Unknown(String reason) -> Optional.of(new Reason(Kind.UNKNOWN, reason));
            case Verdict.Deferred(String until, var estimate) ->
                Optional.of(new Reason(Kind.DEFERRED, "deferred until " + until));
            case Verdict.Drifted drifted -> Optional.of(new Reason(Kind.DRIFTED, Phrases.WATCHED));
            case Verdict.Ok ok -> Optional.empty();
            case Verdict.Create create -> Optional.empty();
            case Verdict.Update update -> Optional.empty();
            case Verdict.Replace replace -> Optional.empty();
            case Verdict.Rename rename -> Optional.empty();
            case Verdict.Delete delete -> Optional.empty();
            case Verdict.Act act -> Optional.empty();
            case Verdict.Pending pending -> Optional.empty();
            case Verdict.Unreachable unreachable -> Optional.empty();
        };
    }

    /** {@code 1 destructive · 1 node unreachable}; empty where there is none. Counts tasks, on each node. */
    static String line(Plan plan) {
        Risks risks = of(plan);
        List<String> parts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            int count = risks.of(kind).stream().mapToInt(risk -> risk.nodes().size()).sum();
            if (count > 0) {
                parts.add(count + " " + kind.counted);
            }
        }
        int unreached = unreached(plan).size();
        if (unreached > 0) {
            parts.add(Phrases.count(unreached, "node") + " unreachable");
        }
        return String.join(" · ", parts);
    }

    List<Risk> of(Kind kind) {
        return all.stream().filter(risk -> risk.kind() == kind).toList();
    }

    static List<NodeState> unreached(Plan plan) {
        return plan.nodes().stream().filter(node -> node.why().isPresent()).toList();
    }

    /** {@code 1 to create, 14 ok, 1 node unreachable. Nothing was changed.}. */
    static String summary(Plan plan) {
        Map<Verdict.Kind, Integer> counts = new EnumMap<>(Verdict.Kind.class);
        counts.putAll(Tally.of(plan).counts());
        counts.remove(Verdict.Kind.UNREACHABLE);
        Tally reached = new Tally(counts);
        List<String> parts = new ArrayList<>();
        if (reached.total() > 0) {
            parts.add(reached.settled() ? "nothing to do, " + Phrases.counts(reached) : Phrases.counts(reached));
        }
        int unreached = unreached(plan).size();
        if (unreached > 0) {
            parts.add(Phrases.count(unreached, "node") + " unreachable");
        }
        String all = parts.isEmpty() ? "no task on any node" : String.join(", ", parts);
        return all + (reached.changes() > 0 ? ". Nothing was changed." : ".");
    }
}
