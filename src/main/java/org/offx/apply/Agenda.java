package org.offx.apply;

import java.util.ArrayList;
import java.util.HashSet;
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
     * @param left what was left alone earlier
     * @param owed the actions that are owed whatever else is done now
     * @param together the whole play is guarded: its changes are made as one
     * @param allowed whether a change may be made though it has only come up now
     */
    record Terms(
            Set<Spot> attempted, Set<Value.Reference> left, Set<String> owed, Set<String> consents, boolean together,
            Predicate<Entry> allowed) {}

    private final Terms terms;
    private final Set<Value.Reference> left;
    private final Map<Spot, Outcome> idle = new LinkedHashMap<>();
    private final List<Entry> run = new ArrayList<>();
    private Optional<Next> end = Optional.empty();
    private boolean guarded;

    Agenda(Look look, Terms terms) {
        this.terms = terms;
        this.left = new HashSet<>(terms.left());
        for (Entry entry : look.entries()) {
            if (end.isEmpty() && !terms.attempted().contains(entry.spot())) {
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

    /** All that was left alone, by what it manages. */
    Set<Value.Reference> left() {
        return left;
    }

    private void judge(Entry entry) {
        switch (entry.plan().verdict()) {
            case Verdict.Ok ok -> idle.put(entry.spot(), new Outcome.Unchanged());
            case Verdict.Drifted drifted -> idle.put(entry.spot(), new Outcome.Drifted());
            case Verdict.Pending(String reason) -> idle.put(entry.spot(), new Outcome.Pending(reason));
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
            case Verdict.Act act -> action(entry, act);
        }
    }

    private void stop(Next next) {
        end = Optional.of(next);
    }

    private void leave(Entry entry, String why) {
        idle.put(entry.spot(), new Outcome.Skipped(why));
        entry.reference().ifPresent(left::add);
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

    private void action(Entry entry, Verdict.Act act) {
        boolean wanted = switch (((Subject.Called) entry.subject()).reason()) {
            case ASKED -> true;
            case AT_ONCE -> run.stream().anyMatch(other -> other.spot().equals(new Spot(entry.spot().item(), "")));
            case OWED -> terms.owed().contains(entry.name()) || run.stream().anyMatch(other -> other.owes().contains(entry.name()));
        };
        if (wanted) {
            change(entry);
        }
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
        return entry.needs().stream()
                .filter(left::contains)
                .findFirst()
                .map(need -> "needs " + Catalog.taskName(need.resource(), need.key()) + ", which was left alone");
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
