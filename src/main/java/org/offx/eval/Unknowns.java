package org.offx.eval;

import java.util.Collection;
import java.util.Optional;
import org.offx.value.Parts;
import org.offx.value.Value;

/** Values with parts that only apply will know. */
final class Unknowns {

    private Unknowns() {}

    static Value.Unknown after(String origin) {
        return new Value.Unknown(origin, "(known after " + origin + ")");
    }

    /** The first part, however deep, that is not known. */
    static Optional<Value.Unknown> in(Value value) {
        return switch (value) {
            case Value.Unknown unknown -> Optional.of(unknown);
            case Value.CommandLine(var command, Optional<String> origin) -> origin.map(Unknowns::after);
            default -> in(Parts.of(value));
        };
    }

    static Optional<Value.Unknown> in(Collection<Value> values) {
        for (Value value : values) {
            Optional<Value.Unknown> found = in(value);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The first value that is itself not known. */
    static Optional<Value.Unknown> among(Collection<Value> values) {
        for (Value value : values) {
            if (value instanceof Value.Unknown unknown) {
                return Optional.of(unknown);
            }
        }
        return Optional.empty();
    }
}
