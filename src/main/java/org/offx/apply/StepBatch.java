package org.offx.apply;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.offx.apply.Entry.Spot;
import org.offx.eval.Step;
import org.offx.eval.Task;
import org.offx.remote.Bytes;
import org.offx.remote.Request;
import org.offx.value.Command;
import org.offx.value.Value;

/**
 * The steps of changes that follow each other, as requests. Edits of one file without a command in between become one
 * write; what is to settle is run once, after all edits, or before the first change that needs one which asked for it.
 */
final class StepBatch {

    /** How long a command may take unless the playbook says otherwise. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration WRITING = Duration.ofMinutes(1);
    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final List<String> LOW = List.of("nice", "-n", "19", "ionice", "-c", "3");

    /** Requests that travel to one node together. */
    record Leg(String node, List<Sent> sent) {}

    /**
     * A request.
     *
     * @param owners the changes that it is part of
     * @param shown how a report calls it
     * @param change it changes something of the node, and is not only the engine's own
     */
    record Sent(Request request, Set<Spot> owners, String shown, boolean change) {

        static Sent own(Request request, Set<Spot> owners, String shown) {
            return new Sent(request, owners, shown, false);
        }
    }

    /** The engine's own requests around those of a change. */
    record Notes(Function<Entry, List<Sent>> before, Function<Entry, List<Sent>> after) {
        static final Notes NONE = new Notes(entry -> List.of(), entry -> List.of());
    }

    private record Place(String node, String path) {}

    private record Settled(String node, Command command) {}

    private record Folded(Step.Edit edit, Set<Spot> owners) {}

    private final String home;
    private final Notes notes;
    private final boolean lowPriority;
    private final List<Leg> legs = new ArrayList<>();
    private final Map<Place, Folded> edits = new LinkedHashMap<>();
    private final Map<Settled, Set<Spot>> settles = new LinkedHashMap<>();
    private final Map<Spot, Value.Reference> references = new LinkedHashMap<>();

    private StepBatch(String home, Notes notes, boolean lowPriority) {
        this.home = home;
        this.notes = notes;
        this.lowPriority = lowPriority;
    }

    /** @param home the node that the changes belong to; a step may still run on another one */
    static List<Leg> of(String home, List<Entry> entries, Notes notes, boolean lowPriority) {
        StepBatch batch = new StepBatch(home, notes, lowPriority);
        entries.forEach(batch::entry);
        batch.settle();
        return batch.legs;
    }

    private void entry(Entry entry) {
        entry.reference().ifPresent(reference -> references.put(entry.spot(), reference));
        if (awaitsWhatSettles(entry)) {
            settle();
        }
        if (entry.steps().isEmpty() || !(entry.steps().getFirst() instanceof Step.Edit)) {
            write();
        }
        notes.before().apply(entry).forEach(sent -> add(home, sent));
        entry.steps().forEach(step -> step(home, entry, step));
        List<Sent> after = notes.after().apply(entry);
        if (!after.isEmpty()) {
            settle();
            after.forEach(sent -> add(home, sent));
        }
    }

    private boolean awaitsWhatSettles(Entry entry) {
        return entry.task().isEmpty()
                || settles.values().stream().flatMap(Set::stream).anyMatch(owner -> isNeeded(owner, entry));
    }

    /** An action has no reference: what it settles is nothing that anybody can need. */
    private boolean isNeeded(Spot owner, Entry by) {
        return references.containsKey(owner) && by.needs().contains(references.get(owner));
    }

    private void step(String node, Entry entry, Step step) {
        switch (step) {
            case Step.Run run -> {
                write();
                Duration limit = run.limit().or(() -> entry.task().flatMap(Task::timeout)).orElse(PATIENCE);
                Optional<Bytes> input = run.input().map(given -> Bytes.utf8(given.text()));
                Set<Integer> accepted = new HashSet<>(run.accepted());
                accepted.add(0);
                add(node, new Request.Exec(priority(run.command()), input, limit, accepted), entry, run.command().shown());
            }
            case Step.Settle(Command command) ->
                settles.computeIfAbsent(new Settled(node, command), s -> new LinkedHashSet<>()).add(entry.spot());
            case Step.Edit edit -> fold(node, edit, entry.spot());
            case Step.Wait(Command command, Duration within) -> {
                write();
                add(node, waiting(command, within), entry, "wait for " + command.shown());
            }
            case Step.OnNode(String other, List<Step> inner) -> {
                write();
                inner.forEach(one -> step(other, entry, one));
                write();
            }
        }
    }

    private Command priority(Command command) {
        return lowPriority
                ? new Command(command.stages().stream()
                        .map(words -> {
                            List<String> nice = new ArrayList<>(LOW);
                            nice.addAll(words);
                            return nice;
                        })
                        .toList())
                : command;
    }

    private static Request.Script waiting(Command command, Duration within) {
        String text = "end=$(($(date +%s) + " + within.toSeconds() + "))\n"
                + "until said=$(" + NodeScript.pipeline(command, "") + " 2>&1 </dev/null); do\n"
                + "[ \"$(date +%s)\" -lt \"$end\" ] || { printf '%s\\n' \"$said\" >&2; exit 1; }\n"
                + "sleep 1\ndone\n";
        return new Request.Script(text, within.plus(MARGIN));
    }

    private void fold(String node, Step.Edit edit, Spot owner) {
        Place place = new Place(node, edit.path());
        Folded earlier = edits.get(place);
        if (earlier != null && !sameValidation(earlier.edit(), edit)) {
            write();
            earlier = null;
        }
        Set<Spot> owners = new LinkedHashSet<>(earlier == null ? Set.of() : earlier.owners());
        owners.add(owner);
        edits.put(place, new Folded(earlier == null ? edit : folded(earlier.edit(), edit), owners));
    }

    private static boolean sameValidation(Step.Edit first, Step.Edit second) {
        return first.validate().isEmpty() || second.validate().isEmpty() || first.validate().equals(second.validate());
    }

    private static Step.Edit folded(Step.Edit first, Step.Edit second) {
        return new Step.Edit(
                first.path(),
                first.before(),
                second.after(),
                second.mode().isPresent() ? second.mode() : first.mode(),
                second.owner().or(first::owner),
                second.group().or(first::group),
                second.validate().or(first::validate),
                first.secret() || second.secret());
    }

    private void write() {
        edits.forEach((place, folded) -> {
            Step.Edit edit = folded.edit();
            add(place.node(), new Sent(write(edit), folded.owners(), "write " + edit.path(), true));
        });
        edits.clear();
    }

    private static Request.WriteFile write(Step.Edit edit) {
        Optional<String> owner = edit.owner()
                .map(user -> user + edit.group().map(group -> ":" + group).orElse(""))
                .or(() -> edit.group().map(group -> ":" + group));
        return new Request.WriteFile(
                edit.path(),
                Bytes.utf8(edit.after()),
                edit.before().<Request.Expected>map(text -> new Request.Expected.Content(sha256(text)))
                        .orElseGet(Request.Expected.Nothing::new),
                edit.mode().stream().boxed().findFirst(),
                owner,
                edit.validate().map(command -> new Request.Validation(command, Step.Edit.CANDIDATE)),
                WRITING);
    }

    private void settle() {
        write();
        settles.forEach((settled, owners) -> add(settled.node(), new Sent(
                new Request.Exec(priority(settled.command()), PATIENCE), owners, settled.command().shown(), true)));
        settles.clear();
    }

    private void add(String node, Request request, Entry owner, String shown) {
        add(node, new Sent(request, Set.of(owner.spot()), shown, true));
    }

    private void add(String node, Sent sent) {
        if (legs.isEmpty() || !legs.getLast().node().equals(node)) {
            legs.add(new Leg(node, new ArrayList<>()));
        }
        legs.getLast().sent().add(sent);
    }

    /** The files of a node that the steps edit. */
    static Set<String> edited(String node, Collection<Entry> entries) {
        Set<String> paths = new LinkedHashSet<>();
        entries.forEach(entry -> entry.steps().forEach(step -> edited(node, node, step, paths)));
        return paths;
    }

    private static void edited(String wanted, String node, Step step, Set<String> paths) {
        switch (step) {
            case Step.Edit edit when node.equals(wanted) -> paths.add(edit.path());
            case Step.OnNode(String other, List<Step> inner) -> inner.forEach(one -> edited(wanted, other, one, paths));
            case Step.Edit elsewhere -> {}
            case Step.Run run -> {}
            case Step.Settle settle -> {}
            case Step.Wait wait -> {}
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java knows SHA-256", impossible);
        }
    }
}
