package org.offx.eval;

import java.util.List;
import java.util.Optional;
import org.offx.check.Term;
import org.offx.value.Shown;
import org.offx.value.Value;

/** A condition on what nodes say now: a gate, a confirmation. Facts in it are read anew each time it is asked. */
record Condition(Term term, Scope scope) implements Task.Confirmation {

    @Override
    public Optional<String> objection(Probes probes) {
        Scope now = LiveFacts.scope(scope, probes);
        return switch (Evaluation.asked(term.span(), () -> objection(now))) {
            case Answer.Known<Optional<String>>(Optional<String> objection) -> objection;
            case Answer.Unknown<Optional<String>>(Undecided why) -> Optional.of(why.reason());
        };
    }

    private Optional<String> objection(Scope now) {
        Value value = Terms.value(term, now);
        return Terms.truth(value)
                .map(holds -> holds ? Optional.<String>empty() : Optional.of(broken(now)))
                .orElseGet(() -> Optional.of("`" + shown() + "` cannot be decided: " + Shown.text(value)));
    }

    private String broken(Scope now) {
        List<String> notes = Explanation.of(term, now);
        return "`" + shown() + "` does not hold" + (notes.isEmpty() ? "" : ": " + String.join("; ", notes));
    }

    @Override
    public String shown() {
        return term.span().onOneLine();
    }
}
