package org.offx.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offx.eval.Changes;
import org.offx.eval.Observation;
import org.offx.eval.Review;
import org.offx.eval.Undecided;
import org.offx.observe.Survey.Found;
import org.offx.plan.Gathered;
import org.offx.plan.Gathered.Finding;
import org.offx.plan.Gathered.State;
import org.offx.plan.Plan.Remark;
import org.offx.value.Value;

/** What a survey found, in the words of the planner. */
final class Findings {

    private Findings() {}

    static Finding of(Found found) {
        State state = found.failure().<State>map(Findings::state).orElseGet(() -> state(found.state()));
        if (found.task().conditional()) {
            state = new State.Unavailable("whether it is wanted depends on a fact that could not be read");
        }
        return new Finding(
                found.task(),
                state,
                found.former().map(Findings::state),
                found.changes().attributes().stream().map(change -> change(change, found.review())).toList(),
                review(found.review()),
                found.changes().surplus());
    }

    static Gathered.Review review(Review review) {
        List<String> refusals = new ArrayList<>(review.refusals());
        review.unanswered().forEach(why -> refusals.add("what speaks against it could not be looked at: " + why.reason()));
        List<Remark> remarks = new ArrayList<>();
        review.notes().stream()
                .filter(note -> note.attribute().isEmpty())
                .forEach(note -> remarks.add(new Remark("note", List.of(note.text()))));
        review.shows().forEach(show -> remarks.add(new Remark(show.title(), show.lines())));
        return new Gathered.Review(refusals, review.consents(), remarks);
    }

    private static State state(Observation observation) {
        return switch (observation) {
            case Observation.Present(var attributes) -> new State.There(attributes);
            case Observation.Absent absent -> new State.Absent();
            case Undecided.TimedOut(String asked, var after) -> new State.TimedOut(asked, after);
            case Undecided.NotInstalled(String program) -> new State.NotInstalled(program);
            case Undecided.Unavailable(String why) -> new State.Unavailable(why);
            case Undecided.Awaits(String origin) -> new State.Awaits(origin);
            case Undecided.Failed failed -> new State.Failed(failed.reason());
        };
    }

    private static Gathered.Change change(Changes.AttributeChange change, Review review) {
        Optional<String> note = review.notes().stream()
                .filter(n -> n.attribute().filter(change.attribute()::equals).isPresent())
                .map(Review.Note::text)
                .findFirst();
        return new Gathered.Change(change.path(), there(change.before()), there(change.after()), change.instead(), note);
    }

    private static Optional<Value> there(Value value) {
        return value == Value.Nothing.NULL ? Optional.empty() : Optional.of(value);
    }
}
