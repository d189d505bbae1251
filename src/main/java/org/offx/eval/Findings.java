package org.offx.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;

/** What was found to be wrong so far. The same mistake at the same place, met for one node after the other, is one. */
final class Findings {

    private record Mistake(Code code, Span at, String message) {}

    private final SequencedMap<Mistake, Diagnostic> found = new LinkedHashMap<>();

    void add(Diagnostic diagnostic) {
        found.putIfAbsent(new Mistake(diagnostic.code(), diagnostic.span(), diagnostic.message()), diagnostic);
    }

    /** The result of a part; empty where it failed, which is noted. */
    <T> Optional<T> attempt(Span at, Supplier<T> part) {
        try {
            return Optional.of(part.get());
        } catch (EvalFailure failure) {
            add(failure.diagnostic());
        } catch (StackOverflowError tooDeep) {
            add(tooDeep(at));
        }
        return Optional.empty();
    }

    static Diagnostic tooDeep(Span at) {
        return Diagnostic.error(Code.RECURSION, at, "this needs itself too many times")
                .note("every recursion must come to an end: look for the case that stops it");
    }

    List<Diagnostic> all() {
        return List.copyOf(found.values());
    }
}
