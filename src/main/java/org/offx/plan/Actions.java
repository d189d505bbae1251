package org.offx.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.offx.eval.ActionCall;
import org.offx.eval.Task;
import org.offx.plan.Gathered.NodeFindings;
import org.offx.plan.Plan.TaskPlan;

/** The actions that changes of one node's tasks ask for: each once, at the end of the batch, in the order written. */
final class Actions {

    private static final String EARLIER = "an earlier apply, which was interrupted";

    /** @param because the tasks, or what else, by name */
    record Owed(ActionCall call, List<String> because) {}

    private final Set<String> owedBefore;
    private final SequencedMap<String, Owed> owed = new LinkedHashMap<>();

    Actions(NodeFindings part) {
        this.owedBefore = part.owed();
    }

    /** Notes what a task's change asks for; gives what is to be done at once. */
    List<ActionCall> after(Task task, TaskPlan plan) {
        List<ActionCall> atOnce = new ArrayList<>();
        for (ActionCall call : task.onChange()) {
            if (owedBefore.contains(call.name()) && !owed.containsKey(call.name())) {
                owe(call, EARLIER);
            }
            if (plan.verdict().changes() && call.now()) {
                atOnce.add(call);
            } else if (plan.verdict().changes()) {
                owe(call, plan.name());
            }
        }
        return atOnce;
    }

    private void owe(ActionCall call, String because) {
        owed.merge(call.name(), new Owed(call, List.of(because)), (known, more) -> known.because().contains(because)
                ? known
                : new Owed(known.call(), Stream.concat(known.because().stream(), more.because().stream()).toList()));
    }

    List<Owed> atTheEnd() {
        return List.copyOf(owed.values());
    }
}
