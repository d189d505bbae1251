package org.offx.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What values are made of. */
public final class Parts {

    private Parts() {}

    /** The values directly inside of a value, in order; of a map all keys first. What is hidden in a secret is a part of it. */
    public static Collection<Value> of(Value value) {
        return switch (value) {
            case Value.Items(List<Value> values) -> values;
            case Value.Group(var values) -> values;
            case Value.Table(var entries) -> {
                List<Value> parts = new ArrayList<>(entries.keySet());
                parts.addAll(entries.values());
                yield parts;
            }
            case Value.Struct(String type, var fields) -> fields.values();
            case Value.Reference(String resource, List<Value> key) -> key;
            case Value.Member member -> member.payload().stream().toList();
            case Value.Secret(Value hidden) -> List.of(hidden);
            case Value.Pinned(Value pinned) -> List.of(pinned);
            case Value.Sourced(Value sourced, String source) -> List.of(sourced);
            case Value.Both(Value live, Value kept) -> List.of(live, kept);
            case Value.CommandLine _, Value.Nothing _, Value.Bool _, Value.Int _, Value.Decimal _, Value.Text _, Value.Size _,
                    Value.Time _, Value.Rate _, Value.Percent _, Value.Ip _, Value.Cidr _, Value.Mac _, Value.Path _, Value.Mode _,
                    Value.Regex _, Value.Version _, Value.Symbol _, Value.NodeName _, Value.Function _, Value.Unknown _ -> List.of();
        };
    }
}
