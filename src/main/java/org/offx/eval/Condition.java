package org.offx.eval;

import java.util.List;
import java.util.Optional;
import org.offx.check.Term;
import org.offx.value.Value;

/** A condition on what nodes say now: a gate, a confirmation. Facts in it are read anew each time it is asked. */
record Condition(Term term, Scope scope) implements Task.Confirmation {

    @Override
    public Optional<String> objection(Probes probes) {
        Scope now = LiveFacts.scope(scope, probes);
        try {
            Value value = Terms.value(term, now);
            Optional<Boolean> holds = Terms.truth(value);
            if (holds.isPresent()) {
                return holds.get() ? Optional.empty() : Optional.of(broken(now));
            }
            return Optional.of("`" + shown() + "` cannot be decided: " + ((Value.Unknown) value).shown());
        } catch (EvalFailure failure) {
            return Optional.of(failure.diagnostic().message());
        } catch (NoAnswer none) {
            return Optional.of(none.undecided().reason());
        } catch (StackOverflowError tooDeep) {
            return Optional.of(Findings.tooDeep(term.span()).message());
        }
    }

    private String broken(Scope now) {
        List<String> notes = Explanation.of(term, now);
        return "`" + shown() + "` does not hold" + (notes.isEmpty() ? "" : ": " + String.join("; ", notes));
    }

    @Override
    public String shown() {
        return term.span().text().strip().replaceAll("\\s+", " ");
    }
}
