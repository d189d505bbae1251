package org.offx.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.offx.apply.Agenda.Next;
import org.offx.apply.Entry.Spot;
import org.offx.apply.NodeLock.Mode;
import org.offx.apply.StepBatch.Leg;
import org.offx.eval.Catalog.NodeItems;
import org.offx.observe.Selection;
import org.offx.plan.Plan.NodePlan;
import org.offx.plan.Report.Outcome;
import org.offx.plan.Report.TaskReport;
import org.offx.plan.Verdict;

/**
 * One node's part of a play: looks at it, does what comes next, looks again, until nothing is left to do. The look after the
 * last step sees everything again, also what was as desired before.
 */
final class NodeRun {

    /** How a node stands after its turn. */
    enum Standing {
        DONE,
        /** It waits for what other nodes of the batch may bring about. */
        WAITING
    }

    private final Context context;
    private final Selection play;
    private final NodeCourse course;
    private final Optional<NodePlan> shown;
    private final GuardTurn turn;
    private final Notes notes;
    private final Ledger ledger = new Ledger();
    private final Set<Spot> fine = new HashSet<>();
    private Optional<Look> fresh;
    private Look last;
    private Map<Spot, Outcome> idle = Map.of();
    private boolean judged;
    private boolean moved;

    /**
     * @param play on this node only
     * @param shown this part of the plan that was shown
     * @param first what was seen when the apply began, where that is not long ago
     * @param seen what was seen then, however long ago
     */
    NodeRun(
            Context context,
            Selection play,
            NodeCourse course,
            Optional<NodePlan> shown,
            GuardTurn turn,
            Optional<Look> first,
            Look seen) {
        this.context = context;
        this.play = play;
        this.course = course;
        this.shown = shown;
        this.turn = turn;
        this.notes = new Notes(context, course.node());
        this.fresh = first;
        this.last = seen;
    }

    NodeItems part() {
        return play.nodes().getFirst();
    }

    NodeCourse course() {
        return course;
    }

    /** Whether the last turn did anything. */
    boolean moved() {
        return moved;
    }

    /**
     * Goes on until all is done, or only others can help.
     *
     * @param hope whether others may still bring about what is waited for
     */
    Standing advance(boolean hope) {
        moved = false;
        while (course.stopped().isEmpty()) {
            if (context.cancellation().requested()) {
                course.stop("interrupted");
                break;
            }
            Agenda agenda = judge(look());
            if (course.stopped().isPresent()) {
                break;
            }
            switch (agenda.next()) {
                case Next.Nothing nothing -> {
                    course.left().putAll(agenda.left());
                    return ended();
                }
                case Next.Waits(Entry entry, String until) -> {
                    if (hope) {
                        return Standing.WAITING;
                    }
                    fail(entry, new Outcome.Failed("it cannot be done before " + until, Optional.empty(), List.of()));
                }
                case Next.Stops(Entry entry, Outcome.Failed failure) -> fail(entry, failure);
                case Next.Together(List<Entry> entries) -> together(entries);
                case Next.Guarded(List<Entry> entries) -> guarded(entries);
            }
        }
        return ended();
    }

    private Standing ended() {
        course.active(context.clock().instant());
        return Standing.DONE;
    }

    private Look look() {
        if (fresh.isPresent()) {
            last = fresh.get();
            fresh = Optional.empty();
        } else {
            context.progress().say(new Progress.Event.NodeDoes(course.node(), "observes"));
            last = new Looks(context).at(course.node(), List.of(play), course.owed()).getFirst();
        }
        return last;
    }

    /** Reads back what was done, and says what is next. */
    private Agenda judge(Look look) {
        ledger.verify(look).forEach(this::told);
        look.unreachable().ifPresent(course::unreachable);
        if (!judged) {
            judged = true;
            look.entries().stream()
                    .filter(entry -> entry.plan().verdict() instanceof Verdict.Ok)
                    .forEach(entry -> fine.add(entry.spot()));
        }
        Agenda agenda = new Agenda(look, new Agenda.Terms(
                ledger.attempted(), course.left(), course.owed(), context.consents(), part().together().isPresent(), this::allowed));
        idle = agenda.idle();
        return agenda;
    }

    /** With --exact, only what the plan has; it may not have known yet how to do what it deferred. */
    private boolean allowed(Entry entry) {
        return !context.exact()
                || shown.stream()
                        .flatMap(part -> part.tasks().stream())
                        .anyMatch(task -> task.name().equals(entry.name()) && task.verdict().changes());
    }

    private void fail(Entry entry, Outcome.Failed failure) {
        told(ledger.close(entry, failure, entry.plan().changes(), Duration.ZERO));
    }

    private void told(TaskReport report) {
        context.progress().say(new Progress.Event.TaskEnds(course.node(), report));
        switch (report.outcome()) {
            case Outcome.Failed failed -> course.stop("stopped at " + report.name());
            case Outcome.UnknownOutcome unknown -> course.stop("stopped at " + report.name());
            case Outcome.RolledBack back -> course.stop("stopped at " + report.name());
            case Outcome.Unchanged ok -> {}
            case Outcome.Changed ok -> {}
            case Outcome.Pending ok -> {}
            case Outcome.Drifted ok -> {}
            case Outcome.Undone ok -> {}
            case Outcome.Skipped ok -> {}
            case Outcome.NotReached ok -> {}
        }
    }

    private void together(List<Entry> entries) {
        moved = true;
        context.progress().say(new Progress.Event.NodeDoes(
                course.node(), entries.size() == 1 ? entries.getFirst().name() : entries.size() + " changes"));
        Instant start = context.clock().instant();
        List<Leg> legs = StepBatch.of(course.node(), entries, notes.around(), play.play().settings().lowPriority());
        Transcript transcript = new Transcript();
        context.send(legs, Mode.END, transcript);
        Duration took = Duration.between(start, context.clock().instant());
        note(entries, transcript, took);
        transcript.broken().ifPresent(this::readBackAndStop);
        if (course.stopped().isPresent() && transcript.broken().isEmpty()) {
            ledger.verify(look()).forEach(this::told);
        }
    }

    private void note(List<Entry> entries, Transcript transcript, Duration took) {
        for (Entry entry : entries) {
            ledger.note(entry, transcript.of(entry.spot()), took).ifPresent(this::told);
            if (transcript.of(entry.spot()) instanceof Transcript.End.Through) {
                course.owed().addAll(entry.owes());
                if (entry.isOwed()) {
                    course.owed().remove(entry.name());
                }
            }
        }
    }

    /** What was done before the connection broke is read back over a new one; nothing more is done. */
    private void readBackAndStop(String why) {
        context.ask(course.node(), context.lock().take(course.node(), Mode.END));
        Look look = look();
        ledger.verify(look).forEach(this::told);
        if (look.unreachable().isPresent()) {
            course.unreachable(why);
        }
        course.stop(why);
    }

    private void guarded(List<Entry> entries) {
        moved = true;
        context.progress().say(new Progress.Event.NodeDoes(course.node(), "guarded: " + entries.getFirst().name()));
        Instant start = context.clock().instant();
        GuardedChange.Terms terms = part().together().map(GuardedChange.Terms::of).orElseGet(() -> entries.getFirst().guard());
        settled(change(entries, terms), start, guarded -> turn.take(course.node(), guarded));
    }

    private GuardedChange change(List<Entry> entries, GuardedChange.Terms terms) {
        return new GuardedChange(
                context, course.node(), entries, notes.around(), play.play().settings().lowPriority(), terms, () -> unlike(entries));
    }

    private void settled(GuardedChange change, Instant start, Function<GuardedChange, Transcript> how) {
        Transcript transcript = how.apply(change);
        note(change.entries(), transcript, Duration.between(start, context.clock().instant()));
        transcript.broken().ifPresent(this::readBackAndStop);
        transcript.refused().ifPresent(course::stop);
    }

    /** What this node has to change in a play that is guarded as a whole; empty where there is nothing, or nothing yet. */
    Optional<GuardedChange> together() {
        if (course.stopped().isPresent() || context.cancellation().requested()) {
            return Optional.empty();
        }
        Agenda agenda = judge(look());
        if (course.stopped().isEmpty() && agenda.next() instanceof Next.Guarded(List<Entry> entries)) {
            moved = true;
            return Optional.of(change(entries, GuardedChange.Terms.of(part().together().orElseThrow())));
        }
        fresh = Optional.of(last);
        return Optional.empty();
    }

    /** What came of {@link #together}. */
    void settled(GuardedChange change, Instant start) {
        settled(change, start, GuardedChange::transcript);
    }

    /** Why the tasks do not read back as desired; empty where they do. */
    private Optional<String> unlike(List<Entry> entries) {
        Look now = new Looks(context).at(course.node(), List.of(play), course.owed()).getFirst();
        return entries.stream()
                .filter(entry -> entry.task().isPresent())
                .map(entry -> now.at(entry.spot()).orElseThrow())
                .filter(entry -> !(entry.plan().verdict() instanceof Verdict.Ok || entry.plan().verdict() instanceof Verdict.Pending))
                .map(entry -> now.unreachable().orElse(entry.name() + " does not read back as desired"))
                .findFirst();
    }

    /** What was seen to have changed since the plan was made: nothing is done on the node. */
    void drifted(Drift drift) {
        told(ledger.close(drift.entry(), drift.outcome(), drift.changes(), Duration.ZERO));
    }

    /** Failures of the gates around the part, as lines of the report. */
    List<TaskReport> report(List<TaskReport> gates) {
        List<TaskReport> lines = new ArrayList<>(gates);
        lines.addAll(ledger.report(last, idle, fine, course.owed(), course.stopped().orElse("the apply ended before")));
        return lines;
    }
}
