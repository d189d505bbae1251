package org.offx.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.offx.eval.ActionCall;
import org.offx.eval.Task;
import org.offx.plan.Plan.TaskPlan;

/**
 * The actions that changes of one node's tasks ask for: {@code now} right after the task, the others once at the end of the
 * batch, in the order written. What is owed already has the place that the first task which asks for it gives it.
 */
public final class Actions {

    private static final String EARLIER = "an earlier apply, which was interrupted";

    /** @param because the tasks, or what else, by name */
    public record Owed(ActionCall call, List<String> because) {
        public Owed {
            because = List.copyOf(because);
        }
    }

    private final Set<String> owedBefore;
    private final Set<String> placed = new HashSet<>();
    private final SequencedMap<String, Owed> owed = new LinkedHashMap<>();

    /** @param owedBefore actions, by name, that the node is owed whatever is changed now */
    public Actions(Set<String> owedBefore) {
        this.owedBefore = Set.copyOf(owedBefore);
    }

    /** Notes what a task's change asks for; gives what is to be done at once. */
    public List<Owed> after(Task task, TaskPlan plan) {
        List<Owed> atOnce = new ArrayList<>();
        for (ActionCall call : task.onChange()) {
            List<String> because = because(call, plan);
            if (!because.isEmpty() && call.now()) {
                atOnce.add(new Owed(call, because));
            } else if (!because.isEmpty()) {
                owe(call, because);
            }
        }
        return atOnce;
    }

    private List<String> because(ActionCall call, TaskPlan plan) {
        List<String> because = new ArrayList<>();
        if (owedBefore.contains(call.name()) && placed.add(call.name())) {
            because.add(EARLIER);
        }
        if (plan.verdict().changes()) {
            because.add(plan.name());
        }
        return because;
    }

    private void owe(ActionCall call, List<String> because) {
        owed.merge(call.name(), new Owed(call, because), (known, more) -> new Owed(
                known.call(), Stream.concat(known.because().stream(), more.because().stream()).distinct().toList()));
    }

    /** What is to be done once, after all tasks. */
    public List<Owed> atTheEnd() {
        return List.copyOf(owed.values());
    }
}
