package org.offx.eval;

import java.util.Optional;
import org.offx.value.Shown;
import org.offx.value.Value;

/** A text put together from parts: secret as soon as one of them is, unknown as soon as one is not known. */
final class GrowingText {

    private final StringBuilder text = new StringBuilder();
    private Optional<Value.Unknown> unknown = Optional.empty();
    private boolean secret;

    void add(String literal) {
        text.append(literal);
    }

    void add(Value value) {
        Value open = Value.Secret.open(value);
        secret |= value instanceof Value.Secret;
        dependsOn(open);
        text.append(Shown.text(open));
    }

    /** Notes that what the text says hangs on a value that is not part of it. */
    void dependsOn(Value value) {
        unknown = unknown.or(() -> Unknowns.in(value));
    }

    boolean isSecret() {
        return secret;
    }

    /** What the first part that is not known is known after. */
    Optional<String> origin() {
        return unknown.map(Value.Unknown::origin);
    }

    /** All parts, secret ones in the clear. */
    String text() {
        return text.toString();
    }

    Value value() {
        Value all = origin().map(origin -> (Value) new Value.Unknown(origin, text())).orElseGet(() -> new Value.Text(text()));
        return secret ? new Value.Secret(all) : all;
    }
}
