package org.offx.plan;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.offx.plan.Plan.NodePlan;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.Verdict.Kind;

/** How many tasks have which verdict. */
public record Tally(Map<Kind, Integer> counts) {

    public Tally {
        Map<Kind, Integer> copy = new EnumMap<>(Kind.class);
        copy.putAll(counts);
        counts = Collections.unmodifiableMap(copy);
    }

    /** Of all tasks of a plan, on each node. */
    public static Tally of(Plan plan) {
        return of(plan.plays().stream().flatMap(play -> play.nodes().stream()).flatMap(node -> node.tasks().stream()));
    }

    /** Of one node's part of a play. */
    public static Tally of(NodePlan node) {
        return of(node.tasks().stream());
    }

    public static Tally of(List<Verdict> verdicts) {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        verdicts.forEach(verdict -> counts.merge(verdict.kind(), 1, Integer::sum));
        return new Tally(counts);
    }

    private static Tally of(Stream<TaskPlan> tasks) {
        return of(tasks.map(TaskPlan::verdict).toList());
    }

    /** Tasks with such a verdict. */
    public int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    /** Tasks for which apply would do something. */
    public int changes() {
        return Stream.of(Kind.values()).filter(Kind::changes).mapToInt(this::count).sum();
    }

    /** All tasks. */
    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Is everything as declared? */
    public boolean settled() {
        return total() == count(Kind.OK);
    }
}
