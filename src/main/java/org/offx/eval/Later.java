package org.offx.eval;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.offx.check.Term;
import org.offx.value.Value;

/**
 * The value of a {@code let} that is evaluated when somebody first needs it, and not at all if nobody does: what is asked
 * of a node is what an evaluated expression needs, whoever is faster.
 */
final class Later implements Supplier<Value> {

    private final Term.Let let;
    private final Scope scope;
    private final boolean reads;
    private @Nullable Supplier<Value> started;

    /** @param scope what the {@code let} sees */
    Later(Term.Let let, Scope scope) {
        this.let = let;
        this.scope = scope;
        this.reads = Subterms.read(let.value(), scope);
    }

    /** Whether the evaluation may read a node. */
    boolean reads() {
        return reads;
    }

    @Override
    public Value get() {
        return started().get();
    }

    /** What reads goes on by itself: several branches may wait for it, and none of them does so under a lock. */
    private synchronized Supplier<Value> started() {
        if (started == null) {
            if (reads) {
                started = scope.probes().orElseThrow().fork(() -> Terms.value(let.value(), scope))::get;
            } else {
                Value value = Terms.value(let.value(), scope);
                started = () -> value;
            }
        }
        return started;
    }
}
