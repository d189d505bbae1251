package org.offx.eval;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.offx.check.Builtin;
import org.offx.check.Term;
import org.offx.value.Shown;
import org.offx.value.Value;

/**
 * Why a condition does not hold: the values of what it is made of, as written, in the order of the text. Of a quantifier,
 * the element that decided.
 */
final class Explanation {

    private static final int LONGEST_NOTE = 200;
    private static final int MOST_NOTES = 8;

    private Explanation() {}

    static List<String> of(Term condition, Scope scope) {
        SequencedSet<String> notes = new LinkedHashSet<>();
        collect(condition, scope, notes);
        return notes.stream().limit(MOST_NOTES).toList();
    }

    private static void collect(Term term, Scope scope, SequencedSet<String> notes) {
        switch (term) {
            case Term.Quantifier quantifier -> quantified(quantifier, scope, notes);
            case Term.Lambda lambda -> {}
            case Term.Comprehension comprehension -> collect(comprehension.in(), scope, notes);
            case Term.TableComprehension comprehension -> collect(comprehension.in(), scope, notes);
            case Term.Block block -> note(block, scope, notes);
            case Term.Convert convert -> collect(convert.value(), scope, notes);
            case Term.BuiltinCall call when isOperator(call) -> Subterms.of(call).forEach(part -> collect(part, scope, notes));
            case Term.Logic logic -> {
                collect(logic.left(), scope, notes);
                if (needsRight(logic, scope)) {
                    collect(logic.right(), scope, notes);
                }
            }
            case Term.If choice -> {
                collect(choice.condition(), scope, notes);
                attempt(choice.condition(), scope)
                        .flatMap(Terms::truth)
                        .ifPresent(holds -> collect(holds ? choice.then() : choice.otherwise(), scope, notes));
            }
            default -> {
                note(term, scope, notes);
                if (!(term instanceof Term.Field)) {
                    Subterms.of(term).forEach(part -> collect(part, scope, notes));
                }
            }
        }
    }

    private static boolean isOperator(Term.BuiltinCall call) {
        return call.builtin().signature().startsWith("operator ") && call.builtin() != Builtin.INDEX;
    }

    private static boolean needsRight(Term.Logic logic, Scope scope) {
        Optional<Value> left = attempt(logic.left(), scope);
        return left.isPresent() && switch (logic.operator()) {
            case AND -> left.get().equals(new Value.Bool(true));
            case OR -> left.get().equals(new Value.Bool(false));
            case OR_ELSE -> left.get() == Value.Nothing.NULL;
        };
    }

    private static void quantified(Term.Quantifier quantifier, Scope scope, SequencedSet<String> notes) {
        Optional<Value> in = attempt(quantifier.in(), scope);
        if (in.isEmpty() || in.get() instanceof Value.Unknown) {
            return;
        }
        Value deciding = new Value.Bool(!quantifier.all());
        for (Value element : Lists.elements(in.get())) {
            Scope inner = scope.with(quantifier.variable(), element);
            if (attempt(quantifier.condition(), inner).filter(deciding::equals).isPresent()) {
                notes.add(line(quantifier.variable(), element));
                collect(quantifier.condition(), inner, notes);
                return;
            }
        }
        note(quantifier.in(), scope, notes);
    }

    private static void note(Term term, Scope scope, SequencedSet<String> notes) {
        String written = term.span().onOneLine();
        attempt(term, scope)
                .filter(value -> !(value instanceof Value.Function))
                .filter(value -> !Shown.literal(value).equals(written) && !Shown.text(value).equals(written))
                .ifPresent(value -> notes.add(line(written, value)));
    }

    private static String line(String written, Value value) {
        String text = "`" + written + "` is " + Shown.literal(value);
        return text.length() <= LONGEST_NOTE ? text : text.substring(0, LONGEST_NOTE - 3) + "...";
    }

    private static Optional<Value> attempt(Term term, Scope scope) {
        try {
            return Optional.of(Terms.value(term, scope));
        } catch (EvalFailure | NoAnswer none) {
            return Optional.empty();
        }
    }
}
