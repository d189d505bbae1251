package org.offx.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.offx.check.Definition.OperationDef;
import org.offx.eval.ActionCall;
import org.offx.eval.Answer;
import org.offx.eval.Behaviour;
import org.offx.eval.Catalog;
import org.offx.eval.Changes;
import org.offx.eval.Observation;
import org.offx.eval.Probes;
import org.offx.eval.Reading;
import org.offx.eval.Review;
import org.offx.eval.Steps.NodeFile;
import org.offx.eval.Task;
import org.offx.eval.Undecided;
import org.offx.tree.ResourceItem.Operation;
import org.offx.value.Command;
import org.offx.value.Value;

/**
 * What one node answers about its tasks: first the state of all of them, together; then, for those that differ, what their
 * reviews ask and the files that their steps will edit, together again.
 */
public final class Survey {

    /**
     * What was found out about one task.
     *
     * @param former the state under the name that it is moved from; empty for tasks that are not moved
     * @param operation what would be done; empty where nothing differs or nobody knows
     * @param failure why the difference could not be told
     */
    public record Found(
            Task task,
            Observation state,
            Optional<Observation> former,
            Changes changes,
            Optional<Operation> operation,
            Review review,
            Optional<Undecided> failure) {

        /** What the resource's terms see as observed: under the old name where only that is there. */
        public SequencedMap<String, Value> observed() {
            return attributes(state).or(() -> former.flatMap(Found::attributes)).orElseGet(LinkedHashMap::new);
        }

        private static Optional<SequencedMap<String, Value>> attributes(Observation observation) {
            return observation instanceof Observation.Present(var attributes) ? Optional.of(attributes) : Optional.empty();
        }
    }

    /** Where an apply notes, one line each, the actions that it owes a node. */
    public static final String OWED = "/run/offx/owed";

    /** Whether who works on the node can have it take back a change when it restarts: a condition in POSIX sh. */
    public static final String GUARDS_LAST = "[ \"$(id -u)\" = 0 ] && [ -d /run/systemd/system ]";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Behaviour behaviour;
    private final Observers observers;
    private final Map<NodeFile, Reading> files = new HashMap<>();
    private volatile Set<String> owed = Set.of();
    private volatile boolean guardsLost;

    public Survey(Behaviour behaviour, Observers observers) {
        this.behaviour = behaviour;
        this.observers = observers;
    }

    /** Asks about all these tasks of a node. At most two rounds of observers. */
    public List<Found> of(String node, List<Task> tasks) {
        List<Found> states = round(tasks, this::state, () -> owed = lines(observers.file(node, OWED)));
        if (states.stream().noneMatch(found -> found.operation().isPresent())) {
            return states;
        }
        Runnable guards = states.stream().anyMatch(Survey::guarded) ? () -> guard(node) : () -> {};
        return round(states, found -> found.operation().isPresent() ? reviewed(found) : found, guards);
    }

    /** Finds out about all of these, and does something besides, at the same time. */
    private <T> List<Found> round(List<T> all, Function<T, Found> about, Runnable besides) {
        List<Supplier<Optional<Found>>> work = new ArrayList<>();
        all.forEach(one -> work.add(() -> Optional.of(about.apply(one))));
        work.add(() -> {
            besides.run();
            return Optional.empty();
        });
        return observers.all(work).stream().flatMap(Optional::stream).toList();
    }

    /** The actions, by name, that an interrupted apply owes the node; none where nobody could look. */
    public Set<String> owed() {
        return owed;
    }

    /** Whether it is known that a restart of the node would take its guards away; asked only where there is a guarded change. */
    public boolean guardsLost() {
        return guardsLost;
    }

    private void guard(String node) {
        guardsLost = observers.run(node, Command.of("sh", "-c", GUARDS_LAST), PATIENCE) instanceof Reading.Output answer
                && answer.status() != 0;
    }

    private static boolean guarded(Found found) {
        return found.operation().isPresent()
                && (found.task().guard().isPresent()
                        || found.task().resource().operation(found.operation().get()).filter(OperationDef::guarded).isPresent());
    }

    private static Set<String> lines(Reading reading) {
        return reading instanceof Reading.File file
                ? Set.copyOf(file.text().lines().filter(line -> !line.isBlank()).toList())
                : Set.of();
    }

    /** What the reviews of actions say, by name, with the files they edit read. */
    public Map<String, Review> of(List<ActionCall> calls, String node) {
        Map<String, Review> reviews = new LinkedHashMap<>();
        List<Review> said = observers.all(calls.stream().<Supplier<Review>>map(call -> () -> {
            if (call.action().perform().guarded()) {
                guard(node);
            }
            read(behaviour.editedPaths(call, node));
            return behaviour.review(call, node, observers);
        }).toList());
        for (int i = 0; i < calls.size(); i++) {
            reviews.put(calls.get(i).name(), said.get(i));
        }
        return reviews;
    }

    /** The text of a file as it was read for somebody's edit; empty where there is none. */
    public synchronized Optional<String> text(String node, String path) {
        return files.get(new NodeFile(node, path)) instanceof Reading.File file ? Optional.of(file.text()) : Optional.empty();
    }

    /** Why a file cannot be edited: nobody could read it, or it is no text. Empty where it can. */
    public synchronized Optional<String> unreadable(String node, String path) {
        return switch (files.get(new NodeFile(node, path))) {
            case Reading.File file when file.binary() -> Optional.of(path + " is no text");
            case Reading.File file when file.kind().equals("directory") -> Optional.of(path + " is a directory");
            case Reading.TimedOut late -> Optional.of("reading " + path + " takes longer than " + late.after().toSeconds() + " s");
            case Reading.Unavailable(String why) -> Optional.of(why);
            case null, default -> Optional.empty();
        };
    }

    /** The actions that a play asks for, and those that tasks owe when they change. */
    static List<ActionCall> actions(List<Catalog.Item> items) {
        SequencedMap<String, ActionCall> calls = new LinkedHashMap<>();
        items.forEach(item -> {
            switch (item) {
                case Catalog.ActionEntry(ActionCall call) -> calls.putIfAbsent(call.name(), call);
                case Catalog.TaskEntry(Task task) -> task.onChange().forEach(call -> calls.putIfAbsent(call.name(), call));
            }
        });
        return List.copyOf(calls.values());
    }

    private Found state(Task task) {
        Probes.Branch<Optional<Observation>> former =
                observers.fork(() -> task.former().map(old -> behaviour.observe(old, observers)));
        Observation state = behaviour.observe(task, observers);
        return judged(task, state, former.get());
    }

    private Found judged(Task task, Observation state, Optional<Observation> former) {
        Optional<Observation.Present> old = former.flatMap(f -> f instanceof Observation.Present p ? Optional.of(p) : Optional.empty());
        return switch (state) {
            case Undecided nobodyKnows -> new Found(task, state, former, Changes.NONE, Optional.empty(), Review.SILENT, Optional.empty());
            case Observation.Present(var attributes) -> compared(task, state, former, attributes,
                    task.mode() == Task.Mode.ABSENT ? Operation.DELETE : Operation.UPDATE);
            case Observation.Absent absent when task.mode() == Task.Mode.ABSENT ->
                new Found(task, state, former, Changes.NONE, Optional.empty(), Review.SILENT, Optional.empty());
            case Observation.Absent absent when old.isPresent() ->
                compared(task, state, former, old.get().attributes(), Operation.RENAME);
            case Observation.Absent absent ->
                new Found(task, state, former, Changes.NONE, Optional.of(Operation.CREATE), Review.SILENT, Optional.empty());
        };
    }

    private Found compared(
            Task task, Observation state, Optional<Observation> former, SequencedMap<String, Value> there, Operation operation) {
        return switch (behaviour.diff(task, there)) {
            case Answer.Known<Changes>(Changes changes) -> new Found(task, state, former, changes,
                    operation == Operation.UPDATE ? towards(task, changes) : Optional.of(operation),
                    Review.SILENT, Optional.empty());
            case Answer.Unknown<Changes>(Undecided why) ->
                new Found(task, state, former, Changes.NONE, Optional.empty(), Review.SILENT, Optional.of(why));
        };
    }

    /** What would remove the difference, as the planner will judge: what cannot be changed is replaced where that is possible. */
    private static Optional<Operation> towards(Task task, Changes changes) {
        boolean replace = !changes.blocked().isEmpty() && task.resource().operation(Operation.REPLACE).isPresent();
        return changes.isEmpty() ? Optional.empty() : Optional.of(replace ? Operation.REPLACE : Operation.UPDATE);
    }

    private Found reviewed(Found found) {
        Operation operation = found.operation().orElseThrow();
        Probes.Branch<Review> review = observers.fork(
                () -> behaviour.review(found.task(), operation, found.observed(), found.changes(), observers));
        SequencedSet<NodeFile> edited = new LinkedHashSet<>();
        edited.addAll(behaviour.editedPaths(found.task(), operation, found.observed(), found.changes()));
        if (operation == Operation.RENAME) {
            edited.addAll(behaviour.editedPaths(found.task(), Operation.UPDATE, found.observed(), found.changes()));
        }
        read(edited);
        return new Found(found.task(), found.state(), found.former(), found.changes(), found.operation(), review.get(), found.failure());
    }

    private void read(SequencedSet<NodeFile> paths) {
        Map<NodeFile, Probes.Branch<Reading>> asked = new LinkedHashMap<>();
        paths.forEach(file -> asked.put(file, observers.fork(() -> observers.file(file.node(), file.path()))));
        asked.forEach((file, answer) -> {
            Reading reading = answer.get();
            synchronized (this) {
                files.put(file, reading);
            }
        });
    }
}
