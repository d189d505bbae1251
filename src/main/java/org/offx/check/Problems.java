package org.offx.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;

/** What was found wrong so far. */
final class Problems {

    /** Written out, since the comparators that Comparator combines are linked anew at every start (0.01 s). */
    private static final Comparator<Diagnostic> BY_PLACE = (one, other) -> {
        int byFile = one.span().source().name().compareTo(other.span().source().name());
        int byStart = byFile != 0 ? byFile : Integer.compare(one.span().start(), other.span().start());
        return byStart != 0 ? byStart : one.code().id().compareTo(other.code().id());
    };

    private final List<Diagnostic> found = new ArrayList<>();

    void add(Diagnostic diagnostic) {
        found.add(diagnostic);
    }

    void addAll(List<Diagnostic> diagnostics) {
        found.addAll(diagnostics);
    }

    void error(Code code, Span at, String message) {
        found.add(Diagnostic.error(code, at, message));
    }

    int count() {
        return found.size();
    }

    /**
     * Forgets what was found in that place after the first {@code count}: an attempt that was given up. What was found
     * elsewhere meanwhile stays, in a declaration that was first needed then: it is checked once, and this was it.
     */
    void forgetAfter(int count, Span tried) {
        found.subList(count, found.size()).removeIf(problem -> tried.holds(problem.span()));
    }

    /** By file and place, each once. */
    List<Diagnostic> sorted() {
        return found.stream().sorted(BY_PLACE).distinct().toList();
    }

    /** What was found after the first {@code count}. */
    List<Diagnostic> after(int count) {
        return found.subList(count, found.size()).stream().sorted(BY_PLACE).distinct().toList();
    }
}
