package org.offx.eval;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Supplier;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;

/** What was found to be wrong so far. The same mistake at the same place, met for one node after the other, is one. */
final class Findings {

    /** So many nodes are named of those that a mistake was met for. */
    private static final int NAMED = 5;

    private record Mistake(Code code, Span at, String message) {}

    private record Found(Diagnostic diagnostic, SequencedSet<String> nodes) {}

    private final SequencedMap<Mistake, Found> found = new LinkedHashMap<>();

    void add(Diagnostic diagnostic) {
        found(diagnostic);
    }

    private Found found(Diagnostic diagnostic) {
        Mistake mistake = new Mistake(diagnostic.code(), diagnostic.span(), diagnostic.message());
        return found.computeIfAbsent(mistake, m -> new Found(diagnostic, new LinkedHashSet<>()));
    }

    /** The result of a part; empty where it failed, which is noted. */
    <T> Optional<T> attempt(Span at, Supplier<T> part) {
        return attempt(at, at, Optional.empty(), part);
    }

    /**
     * The result of a part of a node's catalog; empty where it failed, which is noted.
     *
     * @param at what is evaluated, all of it
     * @param called what of it a person is shown, where the mistake itself is somewhere else
     */
    <T> Optional<T> attempt(Span at, Span called, Optional<String> node, Supplier<T> part) {
        Diagnostic failed;
        try {
            return Optional.of(part.get());
        } catch (EvalFailure failure) {
            failed = failure.diagnostic();
        } catch (StackOverflowError tooDeep) {
            failed = tooDeep(called);
        }
        node.ifPresent(found(at.holds(failed.span()) ? failed : failed.and(called, "for this")).nodes()::add);
        return Optional.empty();
    }

    static Diagnostic tooDeep(Span at) {
        return Diagnostic.error(Code.RECURSION, at, "this needs itself too many times")
                .note("every recursion must come to an end: look for the case that stops it");
    }

    List<Diagnostic> all() {
        return found.values().stream()
                .map(each -> each.nodes().isEmpty()
                        ? each.diagnostic()
                        : each.diagnostic().note(on(List.copyOf(each.nodes()))))
                .toList();
    }

    private static String on(List<String> nodes) {
        int more = nodes.size() - NAMED;
        return (nodes.size() == 1 ? "on the node " : "on the nodes ") + String.join(", ", nodes.subList(0, Math.min(NAMED, nodes.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
