package org.offx.apply;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.offx.eval.ActionCall;
import org.offx.eval.Step;
import org.offx.eval.Task;
import org.offx.observe.SurveySteps;
import org.offx.plan.Gathered.Finding;
import org.offx.plan.StepMaker;
import org.offx.tree.ResourceItem.Operation;

/** Makes steps for the planner and keeps them as they are: a plan holds no secrets, but steps that run do. */
final class StepMemory implements StepMaker {

    private final SurveySteps maker;
    private final Map<Task, List<Step>> steps = new IdentityHashMap<>();
    private final Map<Task, List<Operation>> operations = new IdentityHashMap<>();
    private final Map<String, Deque<List<Step>>> actions = new HashMap<>();

    StepMemory(SurveySteps maker) {
        this.maker = maker;
    }

    @Override
    public Made operation(Finding finding, Operation operation, boolean asIfAbsent, Texts texts) {
        Made made = maker.operation(finding, operation, asIfAbsent, texts);
        if (made instanceof Made.Steps(List<Step> does, List<Step> undo) && !asIfAbsent) {
            steps.computeIfAbsent(finding.task(), t -> new ArrayList<>()).addAll(does);
            operations.computeIfAbsent(finding.task(), t -> new ArrayList<>()).add(operation);
        }
        return made;
    }

    @Override
    public Made action(String node, ActionCall call, Texts texts) {
        Made made = maker.action(node, call, texts);
        if (made instanceof Made.Steps(List<Step> does, List<Step> undo)) {
            actions.computeIfAbsent(call.name(), name -> new ArrayDeque<>()).add(does);
        }
        return made;
    }

    List<Step> steps(Task task) {
        return Collections.unmodifiableList(steps.getOrDefault(task, List.of()));
    }

    /** The steps of this call, in the order in which the planner asked for them. */
    List<Step> next(ActionCall call) {
        return actions.get(call.name()).remove();
    }

    /** The last operation is taken back first. */
    List<Step> undo(Task task) {
        List<Step> back = new ArrayList<>();
        operations.getOrDefault(task, List.of()).reversed().forEach(operation -> back.addAll(maker.undo(task, operation)));
        return back;
    }

    List<Step> undo(String node, ActionCall call) {
        return maker.undo(node, call);
    }
}
