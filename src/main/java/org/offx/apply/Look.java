package org.offx.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.offx.apply.Entry.Reason;
import org.offx.apply.Entry.Spot;
import org.offx.apply.Entry.Subject;
import org.offx.eval.ActionCall;
import org.offx.eval.Catalog;
import org.offx.eval.Step;
import org.offx.eval.Task;
import org.offx.plan.Actions;
import org.offx.plan.Plan.NodePlan;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.Verdict;

/**
 * What one look at a node shows of its part of a play.
 *
 * @param unreachable why the node could not be asked
 */
record Look(List<Entry> entries, Optional<String> unreachable) {

    /**
     * Puts each line of a plan beside what it stands for: the planner goes through the items in the same order.
     *
     * @param owed the actions that the node was owed when the plan was made, by name
     */
    static Look of(List<Catalog.Item> items, NodePlan plan, Set<String> owed, StepMemory memory, Optional<String> unreachable) {
        Actions actions = new Actions(owed);
        List<Entry> entries = new ArrayList<>();
        List<TaskPlan> lines = plan.tasks();
        int next = 0;
        for (int i = 0; i < items.size(); i++) {
            TaskPlan line = lines.get(next++);
            switch (items.get(i)) {
                case Catalog.ActionEntry(ActionCall call) ->
                    entries.add(action(plan.node(), new Spot(i, ""), call, Reason.ASKED, line, memory));
                case Catalog.TaskEntry(Task task) -> {
                    entries.add(new Entry(new Spot(i, ""), new Subject.Wanted(task), line, memory.steps(task), () -> memory.undo(task)));
                    for (Actions.Owed now : actions.after(task, line)) {
                        Spot spot = new Spot(i, now.call().name());
                        entries.add(action(plan.node(), spot, now.call(), Reason.AT_ONCE, lines.get(next++), memory));
                    }
                }
            }
        }
        for (Actions.Owed end : actions.atTheEnd()) {
            Spot spot = new Spot(Spot.END, end.call().name());
            entries.add(action(plan.node(), spot, end.call(), Reason.OWED, lines.get(next++), memory));
        }
        return new Look(entries, unreachable);
    }

    private static Entry action(String node, Spot spot, ActionCall call, Reason reason, TaskPlan line, StepMemory memory) {
        List<Step> steps = line.verdict() instanceof Verdict.Act ? memory.next(call) : List.of();
        return new Entry(spot, new Subject.Called(call, reason), line, steps, () -> memory.undo(node, call));
    }

    Optional<Entry> at(Spot spot) {
        return entries.stream().filter(entry -> entry.spot().equals(spot)).findFirst();
    }
}
