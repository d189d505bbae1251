package org.offx.eval;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.offx.check.Term;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.value.Value;

/**
 * Where a term is evaluated.
 *
 * @param node the node that {@code node} and the facts mean
 * @param probes how the node is read; empty where only what is known already may be used
 * @param depth calls within calls so far
 * @param guess that some condition around cannot be decided yet
 */
record Scope(World world, Optional<String> node, Optional<Probes> probes, int depth, Locals locals, Optional<Guess> guess) {

    /** Calls within calls; a recursion this deep is a mistake. */
    static final int DEEPEST = 1_000;

    static Scope of(World world) {
        return new Scope(world, Optional.empty(), Optional.empty(), 0, Locals.NONE, Optional.empty());
    }

    static Scope of(World world, String node) {
        return new Scope(world, Optional.of(node), Optional.empty(), 0, Locals.NONE, Optional.empty());
    }

    Scope with(String local, Value value) {
        return new Scope(world, node, probes, depth, locals.with(local, value), guess);
    }

    /** @param later a {@code let} that is evaluated where it is needed */
    Scope with(Term.Let later) {
        return with(locals.with(later.name(), new Later(later, this)));
    }

    Scope with(Map<String, Value> values) {
        Locals all = locals;
        for (var entry : values.entrySet()) {
            all = all.with(entry.getKey(), entry.getValue());
        }
        return with(all);
    }

    Scope with(Locals others) {
        return new Scope(world, node, probes, depth, others, guess);
    }

    Scope probing(Probes reader) {
        return new Scope(world, node, Optional.of(reader), depth, locals, Optional.empty());
    }

    /** @param condition what is not known, so that every way behind it is gone */
    Scope guessing(Value condition) {
        return guess.isPresent() || probes.isPresent()
                ? this
                : new Scope(world, node, probes, depth, locals, Optional.of(new Guess(condition)));
    }

    Scope on(String other) {
        return new Scope(world, Optional.of(other), probes, depth, locals, guess);
    }

    /** The scope of a body that sees nothing of this one but its node: one call deeper. */
    Scope body(Span call, String what) {
        return deeper(call, what).with(Locals.NONE);
    }

    Scope deeper(Span call, String what) {
        if (depth >= DEEPEST) {
            throw new EvalFailure(Diagnostic.error(Code.RECURSION, call, String.format(Locale.ROOT, "%s needs itself more than %,d times", what, DEEPEST))
                    .note("every recursion must come to an end: look for the case that stops it"));
        }
        return new Scope(world, node, probes, depth + 1, locals, guess);
    }
}
