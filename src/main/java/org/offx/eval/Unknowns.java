package org.offx.eval;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
            case Value.Items(List<Value> values) -> in(values);
            case Value.Group(var values) -> in(values);
            case Value.Table(var entries) -> in(entries.keySet()).or(() -> in(entries.values()));
            case Value.Struct(String type, var fields) -> in(fields.values());
            case Value.Reference(String resource, List<Value> key) -> in(key);
            case Value.Member member -> member.payload().flatMap(Unknowns::in);
            case Value.Secret(Value hidden) -> in(hidden);
            case Value.Pinned(Value pinned) -> in(pinned);
            case Value.Sourced(Value sourced, String source) -> in(sourced);
            case Value.Both(Value live, Value kept) -> in(List.of(live, kept));
            case Value.CommandLine(var command, Optional<String> unknown) -> unknown.map(Unknowns::after);
            case Value.Nothing _, Value.Bool _, Value.Int _, Value.Decimal _, Value.Text _, Value.Size _, Value.Time _,
                    Value.Rate _, Value.Percent _, Value.Ip _, Value.Cidr _, Value.Mac _, Value.Path _, Value.Mode _,
                    Value.Regex _, Value.Version _, Value.Symbol _, Value.NodeName _, Value.Function _ -> Optional.empty();
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
        return values.stream()
                .filter(Value.Unknown.class::isInstance)
                .map(Value.Unknown.class::cast)
                .findFirst();
    }
}
