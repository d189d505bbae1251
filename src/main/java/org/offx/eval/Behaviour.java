package org.offx.eval;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.offx.check.Definition.OperationDef;
import org.offx.check.Definition.ResourceDef;
import org.offx.eval.Steps.NodeFile;
import org.offx.text.Span;
import org.offx.tree.ResourceItem.Operation;
import org.offx.value.Value;

/**
 * Resources at work: what is there, what differs, what speaks against a change, what would be done. Whatever a node
 * answers, the result is a value: an {@link Undecided}, an unanswered review, a failure in {@link Steps}.
 */
public final class Behaviour {

    private final World world;

    Behaviour(World world) {
        this.world = world;
    }

    /** Asks the task's node for the state of what the task manages. Blocks while the probes are on their way. */
    public Observation observe(Task task, Probes probes) {
        ResourceDef resource = task.resource();
        if (resource.observe().isEmpty()) {
            return new Undecided.Unavailable(resource.name() + " does not say how it is observed");
        }
        Answer<Value> answer = Evaluation.asked(
                task.span(), () -> Terms.value(resource.observe().get(), observing(task, probes)));
        return switch (answer) {
            case Answer.Unknown<Value>(Undecided why) -> why;
            case Answer.Known<Value>(Value value) -> observation(resource, value);
        };
    }

    private static Observation observation(ResourceDef resource, Value value) {
        return switch (value) {
            case Value.Struct(String type, var fields) -> new Observation.Present(fields);
            case Value.Unknown(String origin, String shown) -> new Undecided.Awaits(origin);
            case Value.Nothing nothing -> new Observation.Absent();
            case Value.Symbol symbol when symbol.equals(Value.Symbol.ABSENT) -> new Observation.Absent();
            default -> throw new IllegalStateException(resource.name() + " observed no record: the checker let it through");
        };
    }

    /** What differs. Fails only where a {@code same by} or the text of a {@code fixed} does. */
    public Answer<Changes> diff(Task task, Map<String, Value> observed) {
        return Evaluation.asked(task.span(), () -> Difference.of(task, observed, ResourceScopes.lets(task.resource(), scope(task))));
    }

    /**
     * What the resource says of an operation. May read the node.
     *
     * @param observed what is there; empty where nothing is
     * @param changes what differs; {@link Changes#NONE} where nothing is there
     */
    public Review review(Task task, Operation operation, Map<String, Value> observed, Changes changes, Probes probes) {
        return Reviewing.of(
                task.resource().review(),
                ResourceScopes.lets(task.resource(), operating(task, operation, observed, changes).probing(probes)));
    }

    /** What an action says before it is done. May read the node. */
    public Review review(ActionCall call, String node, Probes probes) {
        return Reviewing.of(call.action().review(), scope(call, node).probing(probes));
    }

    /** The steps of an operation, and of its undo. Of an operation that the resource does not have, none. */
    public Steps steps(Task task, Operation operation, Map<String, Value> observed, Changes changes, FileTexts texts) {
        return task.resource()
                .operation(operation)
                .map(definition -> steps(definition, task.node(), working(task, operation, observed, changes), texts))
                .orElse(new Steps(List.of(), List.of(), Optional.empty(), Optional.empty()));
    }

    /** The steps of an action on a node. */
    public Steps steps(ActionCall call, String node, FileTexts texts) {
        return steps(call.action().perform(), node, scope(call, node), texts);
    }

    private static Steps steps(OperationDef operation, String node, Scope scope, FileTexts texts) {
        Answer<Steps> steps = Evaluation.asked(operation.span(), () -> {
            StepWriter writer = new StepWriter(texts);
            List<Step> does = writer.write(operation.steps(), node, scope);
            StepWriter back = new StepWriter(texts);
            List<Step> undoes = back.write(operation.undo(), node, scope);
            return new Steps(does, undoes, writer.awaits().or(back::awaits), Optional.empty());
        });
        return switch (steps) {
            case Answer.Known<Steps>(Steps known) -> known;
            case Answer.Unknown<Steps>(Undecided why) -> switch (why) {
                case Undecided.Failed(var diagnostic) -> new Steps(List.of(), List.of(), Optional.empty(), Optional.of(diagnostic));
                case Undecided.Awaits(String origin) -> new Steps(List.of(), List.of(), Optional.of(origin), Optional.empty());
                case Undecided.TimedOut asked -> throw pure(operation.span());
                case Undecided.NotInstalled asked -> throw pure(operation.span());
                case Undecided.Unavailable asked -> throw pure(operation.span());
            };
        };
    }

    private static IllegalStateException pure(Span at) {
        return new IllegalStateException("steps asked a node at " + at.place() + ": the checker let it through");
    }

    /** The files whose texts {@link #steps} will ask for, so that they can be read beforehand, together. */
    public SequencedSet<NodeFile> editedPaths(Task task, Operation operation, Map<String, Value> observed, Changes changes) {
        return task.resource()
                .operation(operation)
                .map(definition -> editedPaths(definition, task.node(), working(task, operation, observed, changes)))
                .orElseGet(LinkedHashSet::new);
    }

    /** The files whose texts the steps of an action will ask for. */
    public SequencedSet<NodeFile> editedPaths(ActionCall call, String node) {
        return editedPaths(call.action().perform(), node, scope(call, node));
    }

    /** The files that a task would write wholly, whatever is in them, where nothing of it were there yet. */
    SequencedSet<NodeFile> wholeFiles(Task task) {
        if (!task.resource().overwrites()) {
            return new LinkedHashSet<>();
        }
        Operation operation = task.resource().operation(Operation.CREATE).isPresent() ? Operation.CREATE : Operation.UPDATE;
        SequencedSet<NodeFile> files = new LinkedHashSet<>();
        task.resource().operation(operation).ifPresent(definition -> {
            Scope scope = working(task, operation, Map.of(), Changes.NONE);
            if (Evaluation.asked(definition.span(), () -> StepWriter.files(definition.steps(), task.node(), scope))
                    instanceof Answer.Known<List<StepWriter.Written>>(List<StepWriter.Written> written)) {
                written.stream().filter(StepWriter.Written::whole).forEach(each -> files.add(each.file()));
            }
        });
        return files;
    }

    /** What cannot be told because a value makes no sense is told by {@link #steps}. */
    private static SequencedSet<NodeFile> editedPaths(OperationDef operation, String node, Scope scope) {
        return switch (Evaluation.asked(operation.span(), () -> files(operation, node, scope))) {
            case Answer.Known<SequencedSet<NodeFile>>(SequencedSet<NodeFile> files) -> files;
            case Answer.Unknown<SequencedSet<NodeFile>> failed -> new LinkedHashSet<>();
        };
    }

    private static SequencedSet<NodeFile> files(OperationDef operation, String node, Scope scope) {
        SequencedSet<NodeFile> files = new LinkedHashSet<>();
        StepWriter.files(operation.steps(), node, scope).forEach(written -> files.add(written.file()));
        StepWriter.files(operation.undo(), node, scope).forEach(written -> files.add(written.file()));
        return files;
    }

    /** The keys of every instance of a resource that there is on a node. */
    public Answer<List<Value>> list(ResourceDef resource, String node, Probes probes) {
        if (resource.listing().isEmpty()) {
            return new Answer.Unknown<>(new Undecided.Unavailable(resource.name() + " cannot be listed"));
        }
        return Evaluation.asked(resource.span(), () -> Lists.elements(
                Terms.value(resource.listing().get(), Scope.of(world, node).probing(probes))));
    }

    // What the terms see.

    private Scope scope(Task task) {
        return ResourceScopes.of(task, Scope.of(world, task.node()));
    }

    private Scope observing(Task task, Probes probes) {
        return ResourceScopes.lets(task.resource(), scope(task).probing(probes));
    }

    private Scope scope(ActionCall call, String node) {
        return Scope.of(world, node).with(Terms.bind(call.action().params(), call.arguments()));
    }

    private Scope operating(Task task, Operation operation, Map<String, Value> observed, Changes changes) {
        SequencedMap<String, Value> more = new LinkedHashMap<>();
        more.put("changes", changes.asRecord(task, operation));
        more.put("create", new Value.Bool(operation == Operation.CREATE));
        more.put("update", new Value.Bool(operation == Operation.UPDATE));
        more.put("delete", new Value.Bool(operation == Operation.DELETE || operation == Operation.REPLACE));
        task.moved().ifPresent(moved -> more.put("old", old(task, moved)));
        return ResourceScopes.observed(task.resource(), observed, scope(task)).with(more);
    }

    private Scope working(Task task, Operation operation, Map<String, Value> observed, Changes changes) {
        return ResourceScopes.lets(task.resource(), operating(task, operation, observed, changes));
    }

    private static Value old(Task task, Task.Moved moved) {
        return moved.from().size() == 1
                ? moved.from().getFirst()
                : new Value.Struct("", Terms.bind(task.resource().key(), moved.from()));
    }
}
