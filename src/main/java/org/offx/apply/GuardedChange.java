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

    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** How long after its time a node is waited for that was to undo a change. */
    private static final Duration GRACE = Duration.ofSeconds(90);

    private static final int GONE = 4;
    private static final int UNDONE = 5;

    private final Context context;
    private final String node;
    private final List<Entry> entries;
    private final StepBatch.Notes notes;
    private final boolean lowPriority;
    private final Supplier<Optional<String>> unlike;
    private final String name;
    private final Duration within;
    private final Transcript transcript = new Transcript();
    private boolean confirmed;

    /** @param unlike asks whether the changes read back as desired, where the playbook does not say what confirms them */
    GuardedChange(
            Context context,
            String node,
            List<Entry> entries,
            StepBatch.Notes notes,
            boolean lowPriority,
            Supplier<Optional<String>> unlike) {
        this.context = context;
        this.node = node;
        this.entries = entries;
        this.notes = notes;
        this.lowPriority = lowPriority;
        this.unlike = unlike;
        this.name = context.lock().guard(entries.getFirst().spot());
        this.within = entries.getFirst().plan().guard().orElseThrow().within();
    }

    boolean confirmed() {
        return confirmed;
    }

    Transcript refused(String why) {
        transcript.refuse(spots(), why);
        return transcript;
    }

    Transcript run() {
        List<Step> undo = new ArrayList<>();
        entries.reversed().forEach(entry -> undo.addAll(entry.undo()));
        Optional<String> impossible = GuardText.impossible(undo);
        if (impossible.isPresent()) {
            over(new Outcome.Failed("it cannot be guarded: " + impossible.get(), Optional.empty(), List.of()));
            return transcript;
        }
        Instant end = context.clock().instant().plus(within);
        boolean through = steps(undo);
        if (through || transcript.broken().isPresent() && begun()) {
            confirm(end);
        } else if (transcript.broken().isEmpty()) {
            takeBack(end);
        }
        return transcript;
    }

    /** A connection that hangs is given up at half time, so that there is time left to confirm over a new one. */
    private boolean steps(List<Step> undo) {
        List<Leg> legs = new ArrayList<>();
        legs.add(leg(GuardText.arming(context.scripts(), name, StepBatch.edited(node, entries), undo, within), "arm the undo"));
        legs.addAll(StepBatch.of(node, entries, notes, lowPriority));
        legs.add(leg(List.of(": >\"$g/through\""), "note that all steps are done"));
        try (Alarm alarm = new Alarm(within.dividedBy(2), this::giveUp)) {
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

    private boolean begun() {
        return entries.stream().anyMatch(entry -> !(transcript.of(entry.spot()) instanceof Transcript.End.Over(Outcome.NotReached no)));
    }

    private void confirm(Instant end) {
        String objection = "no new connection was made";
        boolean connected = false;
        while (context.clock().instant().isBefore(end)) {
            if (context.cancellation().requested()) {
                objection = "interrupted";
                context.ask(node, context.scripts().guard(node, name, List.of("offx_undo_now")));
                break;
            }
            if (!connected && context.fleet().reopen(node) instanceof Attempt.Failed<Session>(Failure failure)) {
                objection = failure.sentence();
            } else {
                Optional<String> against = objection();
                if (against.isEmpty()) {
                    against = disarm();
                }
                if (against.isEmpty()) {
                    confirmed = true;
                    transcript.mend();
                    return;
                }
                objection = against.get();
                connected = context.reader().unreachable(node).isEmpty();
            }
            context.progress().say(new Progress.Event.Countdown(
                    node, entries.stream().map(Entry::name).toList(), Duration.between(context.clock().instant(), end), objection));
            context.pause().forTime(AGAIN);
        }
        undone(end, objection);
    }

    private Optional<String> objection() {
        Optional<Answer> through = context.ask(node, context.scripts().guard(node, name, List.of("offx_through")));
        if (through.isEmpty()) {
            return Optional.of("the new connection broke");
        }
        if (status(through) != 0) {
            return Optional.of("its steps have not come to their end");
        }
        Optional<Task.Confirmation> confirmation = entries.getFirst().task().flatMap(Task::guard).flatMap(Task.Guard::confirm);
        if (confirmation.isEmpty()) {
            return unlike.get();
        }
        Observers observers = new Observers(context.reader());
        return observers.all(List.<Supplier<Optional<String>>>of(() -> confirmation.get().objection(observers))).getFirst();
    }

    private Optional<String> disarm() {
        return switch (status(context.ask(node, context.scripts().guard(node, name, List.of("offx_disarm " + GuardText.unit(name)))))) {
            case 0 -> Optional.empty();
            case UNDONE -> Optional.of("it was confirmed too late");
            default -> Optional.of("the undo could not be disarmed");
        };
    }

    /** A step has failed: what was done before it is taken back at once. */
    private void takeBack(Instant end) {
        context.ask(node, context.scripts().guard(node, name, List.of("offx_undo_now")));
        undone(end, "a step of it failed");
    }

    /** Waits until the node has undone the change, however long it takes to come back. */
    private void undone(Instant end, String reason) {
        Instant patience = end.plus(GRACE);
        while (true) {
            int status = status(context.ask(node, context.scripts().guard(node, name, List.of("offx_undone"))));
            if (status == 0) {
                transcript.reconnected();
                entries.forEach(entry -> transcript.overrule(entry.spot(), back(entry, reason)));
                return;
            }
            if (status == GONE) {
                lost("the guard is not there any more: " + reason);
                return;
            }
            if (context.clock().instant().isAfter(patience)) {
                lost(reason + "; the node was to undo it by itself, and has not been heard of since");
                return;
            }
            context.progress().say(new Progress.Event.Countdown(
                    node, entries.stream().map(Entry::name).toList(), Duration.ZERO, "the node undoes it: " + reason));
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

    private void over(Outcome outcome) {
        spots().forEach(spot -> transcript.overrule(spot, outcome));
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
