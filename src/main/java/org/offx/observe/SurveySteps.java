package org.offx.observe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;
import org.offx.eval.ActionCall;
import org.offx.eval.Behaviour;
import org.offx.eval.Changes;
import org.offx.eval.FileTexts;
import org.offx.eval.Step;
import org.offx.eval.Steps;
import org.offx.eval.Steps.NodeFile;
import org.offx.eval.Task;
import org.offx.observe.Survey.Found;
import org.offx.plan.Gathered.Finding;
import org.offx.plan.StepMaker;
import org.offx.tree.ResourceItem.Operation;
import org.offx.value.Value;

/** Makes steps from what a survey found, asking no node any more. */
public final class SurveySteps implements StepMaker {

    private static final Texts UNTOUCHED = (node, path) -> Optional.empty();

    private final Behaviour behaviour;
    private final Function<String, Survey> surveys;

    /** @param surveys the survey of a node */
    SurveySteps(Behaviour behaviour, Function<String, Survey> surveys) {
        this.behaviour = behaviour;
        this.surveys = surveys;
    }

    @Override
    public Made operation(Finding finding, Operation operation, boolean asIfAbsent, Texts texts) {
        Task task = finding.task();
        Found known = found(task);
        var observed = asIfAbsent ? new LinkedHashMap<String, Value>() : known.observed();
        Changes changes = asIfAbsent ? Changes.NONE : known.changes();
        Optional<String> unreadable = asIfAbsent
                ? Optional.empty()
                : unreadable(task.node(), behaviour.editedPaths(task, operation, observed, changes));
        return unreadable
                .<Made>map(Made.Failed::new)
                .orElseGet(() -> made(behaviour.steps(task, operation, observed, changes, texts(task.node(), texts))));
    }

    @Override
    public Made action(String node, ActionCall call, Texts texts) {
        return unreadable(node, behaviour.editedPaths(call, node))
                .<Made>map(Made.Failed::new)
                .orElseGet(() -> made(behaviour.steps(call, node, texts(node, texts))));
    }

    /** What takes a guarded operation back, as if nothing before it had changed any file. */
    public List<Step> undo(Task task, Operation operation) {
        Found known = found(task);
        return behaviour.steps(task, operation, known.observed(), known.changes(), texts(task.node(), UNTOUCHED)).undo();
    }

    public List<Step> undo(String node, ActionCall call) {
        return behaviour.steps(call, node, texts(node, UNTOUCHED)).undo();
    }

    private Found found(Task task) {
        return surveys.apply(task.node()).found(task);
    }

    private FileTexts texts(String surveyed, Texts texts) {
        return (node, path) -> texts.left(node, path).or(() -> surveys.apply(surveyed).text(node, path));
    }

    private Optional<String> unreadable(String surveyed, SequencedSet<NodeFile> files) {
        return files.stream()
                .map(file -> surveys.apply(surveyed).unreadable(file.node(), file.path()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Made made(Steps steps) {
        return steps.failure()
                .<Made>map(failure -> new Made.Failed(failure.message()))
                .or(() -> steps.awaits().map(origin -> new Made.Awaits(origin, steps.steps())))
                .orElseGet(() -> new Made.Steps(steps.steps(), steps.undo()));
    }
}
