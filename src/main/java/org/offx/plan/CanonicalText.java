package org.offx.plan;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.offx.value.Shown;
import org.offx.value.Value;

/** Values as a plan holds them: canonical text, with codes in the place of secrets. */
final class CanonicalText {

    private CanonicalText() {}

    static String of(Value value, Seal seal) {
        return Shown.literal(sealed(value, seal));
    }

    private static Value sealed(Value value, Seal seal) {
        return switch (value) {
            case Value.Secret(Value hidden) -> new Value.Unknown("", Seal.text(seal.code(Shown.literal(sealed(hidden, seal)))));
            case Value.Items(List<Value> values) -> new Value.Items(values.stream().map(v -> sealed(v, seal)).toList());
            case Value.Group(var values) -> {
                SequencedSet<Value> sealed = new LinkedHashSet<>();
                values.forEach(element -> sealed.add(sealed(element, seal)));
                yield new Value.Group(sealed);
            }
            case Value.Table(var entries) -> {
                SequencedMap<Value, Value> sealed = new LinkedHashMap<>();
                entries.forEach((key, entry) -> sealed.put(sealed(key, seal), sealed(entry, seal)));
                yield new Value.Table(sealed);
            }
            case Value.Struct(String type, var fields) -> {
                SequencedMap<String, Value> sealed = new LinkedHashMap<>();
                fields.forEach((name, field) -> sealed.put(name, sealed(field, seal)));
                yield new Value.Struct(type, sealed);
            }
            case Value.Member(String type, String name, String spelling, Optional<Value> payload) ->
                new Value.Member(type, name, spelling, payload.map(carried -> sealed(carried, seal)));
            case Value.Pinned(Value pinned) -> new Value.Pinned(sealed(pinned, seal));
            case Value.Sourced(Value sourced, String source) -> new Value.Sourced(sealed(sourced, seal), source);
            case Value.Both(Value live, Value kept) -> new Value.Both(sealed(live, seal), sealed(kept, seal));
            case Value.Reference _, Value.Nothing _, Value.Bool _, Value.Int _, Value.Decimal _, Value.Text _, Value.Size _,
                    Value.Time _, Value.Rate _, Value.Percent _, Value.Ip _, Value.Cidr _, Value.Mac _, Value.Path _,
                    Value.Mode _, Value.Regex _, Value.Version _, Value.Symbol _, Value.NodeName _,
                    Value.CommandLine _, Value.Unknown _, Value.Function _ -> value;
        };
    }
}
