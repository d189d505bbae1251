package org.offx.eval;

import java.util.List;
import java.util.SequencedMap;
import org.offx.check.Term;
import org.offx.value.Shown;
import org.offx.value.Value;

/** A call of a builtin: its arguments, as what the signature says they are. */
record Call(Term.BuiltinCall term, List<Value> arguments, Scope scope) {

    Value argument(int index) {
        return arguments.get(index);
    }

    /** Texts, and what the language lets stand for one. */
    String text(int index) {
        return Shown.text(arguments.get(index));
    }

    long integer(int index) {
        return ((Value.Int) arguments.get(index)).value();
    }

    /** The elements of a list or a set. */
    List<Value> elements(int index) {
        return Lists.elements(arguments.get(index));
    }

    SequencedMap<Value, Value> entries(int index) {
        return ((Value.Table) arguments.get(index)).entries();
    }

    Value.Function function(int index) {
        return (Value.Function) arguments.get(index);
    }

    EvalFailure failure(String message) {
        return EvalFailure.at(term.span(), message);
    }

    EvalFailure overflow() {
        return failure("the result of `" + term.span().text().strip() + "` is too large to be counted");
    }
}
