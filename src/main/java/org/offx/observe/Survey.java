package org.offx.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.offx.check.Definition.OperationDef;
import org.offx.eval.ActionCall;
import org.offx.eval.Answer;
import org.offx.eval.Behaviour;
import org.offx.eval.Catalog;
import org.offx.eval.Catalog.Item;
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

        private static Found idle(Task task, Observation state, Optional<Observation> former) {
            return new Found(task, state, former, Changes.NONE, Optional.empty(), Review.SILENT, Optional.empty());
        }

        private Found differs(Changes differences, Optional<Operation> some) {
            return new Found(task, state, former, differences, some, review, failure);
        }

        private Found reviewed(Review said) {
            return new Found(task, state, former, changes, operation, said, failure);
        }

        private Found failed(Undecided why) {
            return new Found(task, state, former, changes, operation, review, Optional.of(why));
        }

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
    private final String node;
    private final Map<Task, Found> found = Collections.synchronizedMap(new IdentityHashMap<>());
    private final Map<String, Review> reviews = new ConcurrentHashMap<>();
    private final Map<NodeFile, Reading> files = new ConcurrentHashMap<>();
    private volatile Set<String> owed = Set.of();
    private volatile boolean guardsLost;

    Survey(Behaviour behaviour, Observers observers, String node) {
        this.behaviour = behaviour;
        this.observers = observers;
        this.node = node;
    }

    /**
     * Asks about all that plays want of the node, in two rounds of observers.
     *
     * @param guarded whether some of these plays are guarded as a whole
     */
    void ask(List<Item> items, boolean guarded) {
        List<Task> tasks = tasks(items);
        List<Runnable> first = new ArrayList<>();
        tasks.forEach(task -> first.add(() -> found.put(task, state(task))));
        first.add(() -> owed = lines(observers.file(node, OWED)));
        together(first);
        List<Found> all = tasks.stream().map(found::get).toList();
        List<Found> differing = all.stream().filter(one -> one.operation().isPresent()).toList();
        List<ActionCall> actions = actions(items);
        List<Runnable> second = new ArrayList<>();
        differing.forEach(one -> second.add(() -> found.put(one.task(), reviewed(one))));
        actions.forEach(call -> second.add(() -> reviews.put(call.name(), reviewed(call))));
        boolean guards = guarded && !actions.isEmpty()
                || all.stream().filter(Survey::mayChange).anyMatch(one -> guarded || guarded(one))
                || actions.stream().anyMatch(call -> call.action().perform().guarded());
        if (guards) {
            second.add(() -> guardsLost = refused(observers.run(node, Command.of("sh", "-c", GUARDS_LAST), PATIENCE)));
        }
        together(second);
    }

    private void together(List<Runnable> work) {
        observers.all(work.stream().<Supplier<Runnable>>map(one -> () -> {
            one.run();
            return one;
        }).toList());
    }

    /** What was found out about a task that was asked about. */
    Found found(Task task) {
        return Objects.requireNonNull(found.get(task), () -> node + " was not asked about " + task.name());
    }

    /** What the reviews of actions say, by name. */
    Map<String, Review> reviews() {
        return reviews;
    }

    /** The actions, by name, that an interrupted apply owes the node; none where nobody could look. */
    Set<String> owed() {
        return owed;
    }

    /** Whether it is known that a restart of the node would take its guards away; asked only where there is a guarded change. */
    boolean guardsLost() {
        return guardsLost;
    }

    /** What cannot be told yet may have to be changed as soon as it can. */
    private static boolean mayChange(Found found) {
        boolean unread = found.state() instanceof Undecided || found.failure().isPresent();
        return found.operation().isPresent() || unread && found.task().mode() != Task.Mode.WATCH;
    }

    /** What cannot be told yet is planned as if it were to be made. */
    private static boolean guarded(Found found) {
        return found.task().guard().isPresent()
                || found.task().resource().operation(found.operation().orElse(Operation.CREATE)).filter(OperationDef::guarded).isPresent();
    }

    private static boolean refused(Reading reading) {
        return reading instanceof Reading.Output answer && answer.status() != 0;
    }

    private static Set<String> lines(Reading reading) {
        return reading instanceof Reading.File file
                ? Set.copyOf(file.text().lines().filter(line -> !line.isBlank()).toList())
                : Set.of();
    }

    /** The text of a file as it was read for somebody's edit; empty where there is none. */
    Optional<String> text(String node, String path) {
        return files.get(new NodeFile(node, path)) instanceof Reading.File file ? Optional.of(file.text()) : Optional.empty();
    }

    /** Why a file cannot be edited: nobody could read it, or it is no text. Empty where it can. */
    Optional<String> unreadable(String node, String path) {
        return switch (files.get(new NodeFile(node, path))) {
            case Reading.File file when file.binary() && file.size() > SessionReader.LARGEST_FILE ->
                Optional.of(path + " is longer than " + (SessionReader.LARGEST_FILE >> 20) + " MiB: too long to be read and edited");
            case Reading.File file when file.binary() -> Optional.of(path + " is no text");
            case Reading.File file when file.kind().equals("directory") -> Optional.of(path + " is a directory");
            case Reading.TimedOut late -> Optional.of("reading " + path + " takes longer than " + late.after().toSeconds() + " s");
            case Reading.Unavailable(String why) -> Optional.of(why);
            case Reading.File _, Reading.NoFile _, Reading.Output _, Reading.NotInstalled _ -> Optional.empty();
            case null -> Optional.empty();
        };
    }

    private static List<Task> tasks(List<Item> items) {
        List<Task> tasks = new ArrayList<>();
        items.forEach(item -> {
            if (item instanceof Catalog.TaskEntry(Task task)) {
                tasks.add(task);
            }
        });
        return tasks;
    }

    /** The actions that a play asks for, and those that tasks owe when they change. */
    private static List<ActionCall> actions(List<Item> items) {
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
        return judged(Found.idle(task, state, former.get()));
    }

    private Found judged(Found seen) {
        boolean gone = seen.task().mode() == Task.Mode.ABSENT;
        return switch (seen.state()) {
            case Undecided nobodyKnows -> seen;
            case Observation.Present _ when gone -> compared(seen, changes -> Optional.of(Operation.DELETE));
            case Observation.Present _ -> compared(seen, changes -> towards(seen.task(), changes));
            case Observation.Absent _ when gone -> seen;
            case Observation.Absent _ when seen.former().filter(Observation.Present.class::isInstance).isPresent() ->
                compared(seen, changes -> Optional.of(Operation.RENAME));
            case Observation.Absent _ -> seen.differs(Changes.NONE, Optional.of(Operation.CREATE));
        };
    }

    private Found compared(Found seen, Function<Changes, Optional<Operation>> operation) {
        return switch (behaviour.diff(seen.task(), seen.observed())) {
            case Answer.Known<Changes>(Changes changes) -> seen.differs(changes, operation.apply(changes));
            case Answer.Unknown<Changes>(Undecided why) -> seen.failed(why);
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
        SequencedSet<NodeFile> edited = new LinkedHashSet<>(edited(found, operation));
        if (operation == Operation.RENAME) {
            edited.addAll(edited(found, Operation.UPDATE));
        }
        read(edited);
        return found.reviewed(review.get());
    }

    private SequencedSet<NodeFile> edited(Found found, Operation operation) {
        return behaviour.editedPaths(found.task(), operation, found.observed(), found.changes());
    }

    private Review reviewed(ActionCall call) {
        Probes.Branch<Review> review = observers.fork(() -> behaviour.review(call, node, observers));
        read(behaviour.editedPaths(call, node));
        return review.get();
    }

    private void read(SequencedSet<NodeFile> paths) {
        Map<NodeFile, Probes.Branch<Reading>> asked = new LinkedHashMap<>();
        paths.forEach(file -> asked.put(file, observers.fork(() -> observers.file(file.node(), file.path()))));
        asked.forEach((file, answer) -> files.put(file, answer.get()));
    }
}
