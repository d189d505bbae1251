package org.offx.apply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.offx.apply.Entry.Reason;
import org.offx.apply.Entry.Spot;
import org.offx.apply.Entry.Subject;
import org.offx.eval.Catalog;
import org.offx.eval.Task;
import org.offx.plan.Report.Outcome;
import org.offx.plan.Verdict;
import org.offx.value.Value;

/**
 * What is to be done next on a node, judged from one look at it: the changes from the first that is left up to the first
 * that cannot be told yet. What is left alone is left alone with all that needs it.
 */
final class Agenda {

    /** What comes next. */
    sealed interface Next {

        record Nothing() implements Next {}

        record Together(List<Entry> entries) implements Next {}

        /** Changes that are guarded together. */
        record Guarded(List<Entry> entries) implements Next {}

        /** It depends on something that has not come about. */
        record Waits(Entry entry, String until) implements Next {}

        record Stops(Entry entry, Outcome.Failed failure) implements Next {}
    }

    /**
     * What an agenda goes by.
     *
     * @param attempted what has had its turn in this apply, and gets no second one
     * @param left what was left alone earlier, see {@link Agenda#left}
     * @param owed the actions that are owed whatever else is done now
     * @param together the whole play is guarded: its changes are made as one
     * @param allowed whether a change may be made though it has only come up now
     */
    record Terms(
            Set<Spot> attempted, Map<Value.Reference, Value.Reference> left, Set<String> owed, Set<String> consents, boolean together,
            Predicate<Entry> allowed) {}

    private final Terms terms;
    private final Map<Value.Reference, Value.Reference> left;
    private final Map<Spot, Outcome> idle = new LinkedHashMap<>();
    private final List<Entry> run = new ArrayList<>();
    private Optional<Next> end = Optional.empty();
    private boolean guarded;

    Agenda(Look look, Terms terms) {
        this.terms = terms;
        this.left = new HashMap<>(terms.left());
        for (Entry entry : look.entries()) {
            boolean due = !terms.attempted().contains(entry.spot()) || isOwedAgain(entry);
            if (end.isEmpty() && due && isWanted(entry)) {
                judge(entry);
            }
        }
    }

    Next next() {
        if (run.isEmpty()) {
            return end.orElseGet(Next.Nothing::new);
        }
        return guarded ? new Next.Guarded(run) : new Next.Together(run);
    }

    /** The outcomes of what is not to be changed, as far as the look could tell. */
    Map<Spot, Outcome> idle() {
        return idle;
    }

    /** All that was left alone, by what it manages; and what is in place but needs such a thing, with that thing. */
    Map<Value.Reference, Value.Reference> left() {
        return left;
    }

    /** An action that was done may be asked for once more by a change after it. */
    private boolean isOwedAgain(Entry entry) {
        return entry.isOwed() && isOwed(entry);
    }

    private boolean isOwed(Entry entry) {
        return terms.owed().contains(entry.name());
    }

    private void judge(Entry entry) {
        switch (entry.plan().verdict()) {
            case Verdict.Ok ok -> stays(entry, new Outcome.Unchanged());
            case Verdict.Drifted drifted -> stays(entry, new Outcome.Drifted());
            case Verdict.Pending(String reason) -> stays(entry, new Outcome.Pending(reason));
            case Verdict.Blocked(String reason) -> leave(entry, reason);
            case Verdict.Unknown(String reason) -> leave(entry, "nobody knows its state: " + reason);
            case Verdict.Unreachable(String reason) -> idle.put(entry.spot(), new Outcome.NotReached(reason));
            case Verdict.Failed(String reason) -> stop(new Next.Stops(entry, new Outcome.Failed(reason, Optional.empty(), List.of())));
            case Verdict.Deferred(String until, var estimate) -> deferred(entry, until);
            case Verdict.Create change -> change(entry);
            case Verdict.Update change -> change(entry);
            case Verdict.Replace change -> change(entry);
            case Verdict.Rename change -> change(entry);
            case Verdict.Delete change -> change(entry);
            case Verdict.Act change -> change(entry);
        }
    }

    private void stop(Next next) {
        end = Optional.of(next);
    }

    private void leave(Entry entry, String why) {
        idle.put(entry.spot(), new Outcome.Skipped(why));
        entry.reference().ifPresent(reference -> left.put(reference, reference));
    }

    /** What needs it needs what it needs. */
    private void stays(Entry entry, Outcome outcome) {
        idle.put(entry.spot(), outcome);
        leftBelow(entry).ifPresent(below -> entry.reference().ifPresent(reference -> left.putIfAbsent(reference, below)));
    }

    private void deferred(Entry entry, String until) {
        Optional<String> missing = missing(entry);
        if (missing.isPresent()) {
            leave(entry, missing.get());
        } else {
            stop(new Next.Waits(entry, until));
        }
    }

    private void change(Entry entry) {
        Optional<String> against = missing(entry).or(() -> consent(entry));
        if (against.isPresent()) {
            leave(entry, against.get());
        } else if (!terms.allowed().test(entry)) {
            leave(entry, "it is not in the plan, and has come up since: plan again");
        } else {
            add(entry);
        }
    }

    /** Nobody asks for an action of a task that is not changed; whether it could be done is no matter then. */
    private boolean isWanted(Entry entry) {
        return switch (entry.subject()) {
            case Subject.Wanted task -> true;
            case Subject.Called(var call, Reason reason) -> switch (reason) {
                case ASKED -> true;
                case AT_ONCE -> run.stream().anyMatch(other -> other.spot().equals(new Spot(entry.spot().item(), "")))
                        || isOwed(entry) && run.stream().noneMatch(other -> other.name().equals(entry.name()));
                case OWED -> isOwed(entry) || run.stream().anyMatch(other -> other.owesAtTheEnd().contains(entry.name()));
            };
        };
    }

    /** A guarded change is alone, or with those of its block. */
    private void add(Entry entry) {
        boolean guard = terms.together() || entry.plan().guard().isPresent();
        if (run.isEmpty()) {
            guarded = guard;
            run.add(entry);
        } else if (guarded ? belongs(entry) : !guard) {
            run.add(entry);
        } else {
            stop(new Next.Nothing());
        }
    }

    private boolean belongs(Entry entry) {
        Entry first = run.getFirst();
        boolean sameBlock = first.task().flatMap(Task::guard).isPresent()
                && entry.task().flatMap(Task::guard).filter(guard -> guard == first.task().flatMap(Task::guard).get()).isPresent();
        boolean atOnce = entry.subject() instanceof Subject.Called(var call, Reason reason) && reason == Reason.AT_ONCE;
        return terms.together() || sameBlock || atOnce;
    }

    private Optional<String> missing(Entry entry) {
        return leftBelow(entry).map(need -> "needs " + Catalog.taskName(need.resource(), need.key()) + ", which was left alone");
    }

    /** Of all that it needs, directly or through what is in place, the first that was left alone. */
    private Optional<Value.Reference> leftBelow(Entry entry) {
        return entry.needs().stream().filter(left::containsKey).findFirst().map(left::get);
    }

    private Optional<String> consent(Entry entry) {
        List<String> open = entry.plan().consents().stream().filter(name -> !terms.consents().contains(name)).toList();
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of("needs consent: " + open.stream()
                        .map(name -> "--consent '" + name.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" ")));
    }
}
