package org.offx.eval;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.offx.value.Value;

/**
 * The locals in sight, innermost first. A value may still be on its way from a node ({@code value} then waits for it),
 * so that what does not need it goes on.
 */
record Locals(@Nullable Locals outer, String name, Supplier<Value> value) {

    static final Locals NONE = new Locals(null, "", () -> Value.Nothing.NULL);

    Locals with(String local, Value known) {
        return new Locals(this, local, () -> known);
    }

    Locals withLater(String local, Supplier<Value> later) {
        return new Locals(this, local, later);
    }

    Value get(String local) {
        for (Locals at = this; at != null; at = at.outer) {
            if (at.name.equals(local)) {
                return at.value.get();
            }
        }
        throw new IllegalStateException("no local " + local + " here: the checker let it through");
    }
}
