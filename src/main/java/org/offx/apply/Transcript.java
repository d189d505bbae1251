package org.offx.apply;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.offx.apply.Entry.Spot;
import org.offx.apply.StepBatch.Sent;
import org.offx.plan.Report.Outcome;
import org.offx.remote.Answer;
import org.offx.remote.Answer.Fate;

/** What became of changes, from the answers to the requests that they are made of. */
final class Transcript {

    /** Of one change. */
    sealed interface End {

        /** All its steps were done: it remains to be read back. */
        record Through() implements End {}

        /** Some step may have been started unheard: only reading back can tell that it was done. */
        record Doubtful(Outcome.UnknownOutcome otherwise) implements End {}

        record Over(Outcome outcome) implements End {}
    }

    private final Map<Spot, Outcome> over = new HashMap<>();
    private final Map<Spot, Outcome.UnknownOutcome> doubts = new HashMap<>();
    private final Map<Spot, String> open = new HashMap<>();
    private final Set<Spot> begun = new HashSet<>();
    private Optional<String> broken = Optional.empty();
    private Optional<String> obstacle = Optional.empty();
    private Optional<String> refused = Optional.empty();

    /**
     * The answers of one exchange.
     *
     * @param lost what is to be said of the connection, where it broke
     * @return whether all was done
     */
    boolean add(List<Sent> sent, List<Answer> answers, Optional<String> lost) {
        broken = broken.or(() -> lost);
        boolean all = true;
        for (int i = 0; i < sent.size(); i++) {
            all &= add(sent.get(i), answers.get(i));
        }
        return all;
    }

    private boolean add(Sent sent, Answer answer) {
        if (sent.request().accepts(answer)) {
            if (sent.change()) {
                begun.addAll(sent.owners());
            }
            return true;
        }
        switch (answer) {
            case Answer.Lost(Fate fate) -> lost(sent, fate);
            case Answer.NotRun notRun -> leave(sent);
            default -> failed(sent, answer);
        }
        return false;
    }

    private void failed(Sent sent, Answer answer) {
        Outcome.Failed failure = StepFailure.of(sent, answer);
        sent.owners().forEach(owner -> over.putIfAbsent(owner, failure));
        obstacle = obstacle.or(() -> Optional.of("`" + sent.shown() + "` failed"));
    }

    /** What is only the engine's own leaves no doubt about the change that comes behind it. */
    private void lost(Sent sent, Fate fate) {
        if (!sent.change()) {
            leave(sent);
            return;
        }
        String reason = broken.orElseThrow();
        var unknown = new Outcome.UnknownOutcome(sent.shown(), reason);
        switch (fate) {
            case RUNNING -> sent.owners().forEach(owner -> over.putIfAbsent(owner, unknown));
            case PERHAPS_STARTED -> sent.owners().forEach(owner -> doubts.putIfAbsent(owner, unknown));
            case NOT_STARTED -> leave(sent);
        }
    }

    /** Requests that were not sent, because those before them were not done. */
    void leave(Sent sent) {
        sent.owners().forEach(owner -> open.putIfAbsent(owner, sent.shown()));
    }

    /** None of it is started. */
    void refuse(Set<Spot> spots, String why) {
        refused = Optional.of(why);
        spots.forEach(spot -> over.put(spot, new Outcome.NotReached(why)));
    }

    /** Whatever was said of a change, this became of it in the end. */
    void overrule(Spot spot, Outcome outcome) {
        over.put(spot, outcome);
    }

    /** Whether one of its own steps failed. */
    boolean failed(Spot spot) {
        return over.get(spot) instanceof Outcome.Failed;
    }

    /** All was done after all, as was seen over a new connection. */
    void mend() {
        over.clear();
        doubts.clear();
        open.clear();
        broken = Optional.empty();
    }

    /** The connection is there again, whatever it was that broke it. */
    void reconnected() {
        broken = Optional.empty();
    }

    /** Why nothing was started; empty where it was. */
    Optional<String> refused() {
        return refused;
    }

    /** Why the connection broke; empty where it did not. */
    Optional<String> broken() {
        return broken;
    }

    End of(Spot spot) {
        if (over.containsKey(spot)) {
            return new End.Over(over.get(spot));
        }
        if (doubts.containsKey(spot)) {
            return new End.Doubtful(doubts.get(spot));
        }
        if (!open.containsKey(spot)) {
            return new End.Through();
        }
        String why = broken.or(() -> obstacle).orElse("what comes before it was not done");
        return new End.Over(begun.contains(spot)
                ? new Outcome.Failed("not finished: " + why, Optional.of(open.get(spot)), List.of())
                : new Outcome.NotReached(why));
    }
}
