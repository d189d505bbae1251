package org.offx.eval;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.offx.value.Value;

/**
 * The locals in sight, innermost first. Not all of them were evaluated yet.
 *
 * @param reads whether who asks for the value may have to wait for an answer of a node
 */
record Locals(@Nullable Locals outer, String name, Supplier<Value> value, boolean reads) {

    static final Locals NONE = new Locals(null, "", () -> Value.Nothing.NULL, false);

    Locals with(String local, Value known) {
        return new Locals(this, local, () -> known, false);
    }

    Locals with(String local, Later later) {
        return new Locals(this, local, later, later.reads());
    }

    /** Whether there is such a local, and its value may have to be read. */
    boolean reads(String local) {
        for (Locals at = this; at != null; at = at.outer) {
            if (at.name.equals(local)) {
                return at.reads;
            }
        }
        return false;
    }

    Value get(String local) {
        return find(local).orElseThrow(() -> new IllegalStateException("no local " + local + " here: the checker let it through"));
    }

    Optional<Value> find(String local) {
        for (Locals at = this; at != null; at = at.outer) {
            if (at.name.equals(local)) {
                return Optional.of(at.value.get());
            }
        }
        return Optional.empty();
    }
}
