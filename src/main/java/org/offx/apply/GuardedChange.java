package org.offx.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.offx.apply.Entry.Spot;
import org.offx.apply.NodeLock.Mode;
import org.offx.apply.StepBatch.Leg;
import org.offx.apply.StepBatch.Sent;
import org.offx.eval.Step;
import org.offx.eval.Task;
import org.offx.observe.Observers;
import org.offx.plan.Report.Outcome;
import org.offx.remote.Alarm;
import org.offx.remote.Answer;
import org.offx.remote.Attempt;
import org.offx.remote.Failure;
import org.offx.remote.Session;

/**
 * A change that may cut the node off: its undo is armed on the node first; it stays only if, over a new connection, it is
 * confirmed in time. Whatever happens to the connection or to offx itself, the node takes it back otherwise.
 */
final class GuardedChange {

    /**
     * How it is confirmed.
     *
     * @param confirm empty: the tasks read back as desired
     */
    record Terms(Duration within, Optional<Task.Confirmation> confirm) {

        static Terms of(Task.Guard guard) {
            return new Terms(guard.within(), guard.confirm());
        }
    }

    static final Duration AGAIN = Duration.ofSeconds(1);

    /** How long after its time a node is waited for that was to undo a change. */
    private static final Duration GRACE = Duration.ofSeconds(90);

    // What guard.sh ends with.
    private static final int GONE = 4;
    private static final int UNDONE = 5;
    private static final int UNDONE_BY_A_START = 6;

    private final Context context;
    private final String node;
    private final List<Entry> entries;
    private final StepBatch.Notes notes;
    private final boolean lowPriority;
    private final Supplier<Optional<String>> unlike;
    private final String name;
    private final Terms terms;
    private final Transcript transcript = new Transcript();
    private boolean confirmed;
    private boolean connected;
    private boolean takenBack;

    /** @param unlike asks whether the changes read back as desired, where the playbook does not say what confirms them */
    GuardedChange(
            Context context,
            String node,
            List<Entry> entries,
            StepBatch.Notes notes,
            boolean lowPriority,
            Terms terms,
            Supplier<Optional<String>> unlike) {
        this.context = context;
        this.node = node;
        this.entries = entries;
        this.notes = notes;
        this.lowPriority = lowPriority;
        this.unlike = unlike;
        this.name = context.lock().guard(entries.getFirst().spot());
        this.terms = terms;
    }

    boolean confirmed() {
        return confirmed;
    }

    /** Whether the node has undone the change already, or is doing so. */
    boolean takenBack() {
        return takenBack;
    }

    Transcript refused(String why) {
        transcript.refuse(spots(), why);
        return transcript;
    }

    List<Entry> entries() {
        return entries;
    }

    String node() {
        return node;
    }

    Duration within() {
        return terms.within();
    }

    Transcript transcript() {
        return transcript;
    }

    Transcript run() {
        Optional<List<Step>> undo = undo();
        if (undo.isPresent()) {
            Instant end = context.clock().instant().plus(within());
            List<Leg> legs = new ArrayList<>(List.of(arming(undo.get())));
            legs.addAll(changing());
            send(legs);
            if (begun()) {
                confirm(end);
            } else if (transcript.broken().isEmpty()) {
                takeBack(end, "a step of it failed");
            }
        }
        return transcript;
    }

    /** Only arms the undo. */
    boolean arm() {
        return undo().map(undo -> send(List.of(arming(undo)))).orElse(false);
    }

    /** The steps, once the undo is armed; whether they were done, or may have been. */
    boolean change() {
        send(changing());
        return begun();
    }

    /** Reverse order: the last is taken back first. Empty, and a failure, where the node could not do it by itself. */
    private Optional<List<Step>> undo() {
        List<Step> undo = new ArrayList<>();
        entries.reversed().forEach(entry -> undo.addAll(entry.undo().get()));
        Optional<String> impossible = GuardText.impossible(undo);
        impossible.ifPresent(why -> spots().forEach(spot -> transcript.overrule(
                spot, new Outcome.Failed("it cannot be guarded: " + why, Optional.empty(), List.of()))));
        return impossible.isPresent() ? Optional.empty() : Optional.of(undo);
    }

    private Leg arming(List<Step> undo) {
        return leg(GuardText.arming(context.scripts(), StepBatch.edited(node, entries), undo, within()), "arm the undo");
    }

    private List<Leg> changing() {
        List<Leg> legs = new ArrayList<>(StepBatch.of(node, entries, notes, lowPriority));
        legs.add(leg(List.of(": >\"$g/through\""), "note that all steps are done"));
        return legs;
    }

    /** A connection that hangs is given up at half time, so that there is time left to confirm over a new one. */
    private boolean send(List<Leg> legs) {
        try (Alarm _ = new Alarm(within().dividedBy(2), this::giveUp)) {
            return context.send(joined(legs), Mode.LEAVE, transcript);
        }
    }

    private void giveUp() {
        if (context.fleet().session(node) instanceof Attempt.Reached<Session>(Session session)) {
            session.close();
        }
    }

    private Leg leg(List<String> lines, String shown) {
        return new Leg(node, List.of(Sent.own(context.scripts().guard(node, name, lines), spots(), shown)));
    }

    /** Neighbours that go to the same node travel together. */
    private static List<Leg> joined(List<Leg> legs) {
        List<Leg> joined = new ArrayList<>();
        for (Leg leg : legs) {
            if (!joined.isEmpty() && joined.getLast().node().equals(leg.node())) {
                joined.getLast().sent().addAll(leg.sent());
            } else {
                joined.add(new Leg(leg.node(), new ArrayList<>(leg.sent())));
            }
        }
        return joined;
    }

    /** No step has failed, and some was done, or may have been. */
    private boolean begun() {
        return entries.stream().noneMatch(entry -> transcript.failed(entry.spot()))
                && entries.stream().anyMatch(entry -> !(transcript.of(entry.spot()) instanceof Transcript.End.Over(Outcome.NotReached no)));
    }

    private void confirm(Instant end) {
        String objection = "no new connection was made in time";
        while (context.clock().instant().isBefore(end) && !takenBack) {
            if (context.cancellation().requested()) {
                takeBack(end, "interrupted");
                return;
            }
            boolean reached = connected;
            Optional<String> against = against().or(this::disarm);
            if (against.isEmpty()) {
                return;
            }
            // Reached for the first time after the end, the node has undone the change, and tells nothing of why.
            objection = reached || context.clock().instant().isBefore(end) ? against.get() : objection;
            if (!takenBack) {
                countdown(end, objection);
                context.pause().forTime(AGAIN);
            }
        }
        undone(end, objection);
    }

    void countdown(Instant end, String objection) {
        Duration left = Duration.between(context.clock().instant(), end);
        context.progress().say(new Progress.Event.Countdown(
                node, entries.stream().map(Entry::name).toList(), left.isNegative() ? Duration.ZERO : left, objection));
    }

    /** Why it is not confirmed yet, asked over a new connection; empty where it is. */
    Optional<String> against() {
        if (!connected && context.fleet().reopen(node) instanceof Attempt.Failed<Session>(Failure failure)) {
            return Optional.of(failure.sentence());
        }
        Optional<String> objection = objection();
        connected = context.reader().unreachable(node).isEmpty();
        return objection;
    }

    private Optional<String> objection() {
        Optional<Answer> through = context.ask(node, context.scripts().guard(node, name, List.of("offx_through")));
        if (through.isEmpty()) {
            return Optional.of("the new connection broke");
        }
        if (status(through) == UNDONE) {
            takenBack = true;
            return Optional.of("the node has undone it before it was confirmed");
        }
        if (status(through) != 0) {
            return Optional.of("its steps have not come to their end");
        }
        if (terms.confirm().isEmpty()) {
            return unlike.get();
        }
        Observers observers = new Observers(context.reader());
        return observers.all(List.<Supplier<Optional<String>>>of(() -> terms.confirm().get().objection(observers))).getFirst();
    }

    /** Why it could not be made to stay; empty where it stays. */
    Optional<String> disarm() {
        int status = status(context.ask(node, context.scripts().guard(node, name, List.of("offx_disarm"))));
        if (status == 0) {
            confirmed = true;
            transcript.mend();
            return Optional.empty();
        }
        takenBack = status == UNDONE;
        return Optional.of(takenBack ? "it was confirmed too late" : "the undo could not be disarmed");
    }

    /** What was done is taken back at once. */
    void takeBack(Instant end, String reason) {
        context.ask(node, context.scripts().guard(node, name, List.of("offx_undo_now")));
        undone(end, reason);
    }

    /** Waits until the node has undone the change, however long it takes to come back. */
    void undone(Instant end, String reason) {
        Instant patience = end.plus(GRACE);
        while (true) {
            int status = status(context.ask(node, context.scripts().guard(node, name, List.of("offx_undone"))));
            if (status == 0 || status == UNDONE_BY_A_START) {
                String why = status == 0 ? reason : "the node was restarted before it was confirmed";
                transcript.reconnected();
                entries.forEach(entry -> transcript.overrule(entry.spot(), back(entry, why)));
                return;
            }
            if (status == GONE) {
                lost("the guard is not there any more, as after a restart where systemd does not run: " + reason);
                return;
            }
            if (context.clock().instant().isAfter(patience)) {
                lost(reason + "; the node was to undo it by itself, and has not been heard of since");
                return;
            }
            countdown(end, "the node undoes it: " + reason);
            context.pause().forTime(AGAIN);
            if (status < 0) {
                context.fleet().reopen(node);
            }
        }
    }

    private Outcome back(Entry entry, String reason) {
        return transcript.failed(entry.spot()) && transcript.of(entry.spot()) instanceof Transcript.End.Over(Outcome.Failed failure)
                ? new Outcome.Failed(failure.reason() + "; the node has undone what was done before", failure.step(), failure.output())
                : new Outcome.RolledBack(reason);
    }

    /** Failures that are known stay what they are: a guard that could not be armed has nothing to undo. */
    private void lost(String reason) {
        entries.stream()
                .filter(entry -> !(transcript.of(entry.spot()) instanceof Transcript.End.Over(Outcome.Failed failure)))
                .filter(entry -> !(transcript.of(entry.spot()) instanceof Transcript.End.Over(Outcome.NotReached no)))
                .forEach(entry -> transcript.overrule(entry.spot(), new Outcome.UnknownOutcome(entry.name(), reason)));
    }

    private Set<Spot> spots() {
        Set<Spot> spots = new LinkedHashSet<>();
        entries.forEach(entry -> spots.add(entry.spot()));
        return spots;
    }

    /** Negative where there was no answer. */
    private static int status(Optional<Answer> answer) {
        return answer.filter(Answer.Done.class::isInstance).map(done -> ((Answer.Done) done).status()).orElse(-1);
    }
}
