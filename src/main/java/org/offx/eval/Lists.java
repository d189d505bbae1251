package org.offx.eval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.offx.value.Shown;
import org.offx.value.Value;

/** Lists, sets and maps. */
final class Lists {

    private Lists() {}

    /**
     * What a loop over the value goes through: elements; of a map, records of {@code key} and {@code value}; of null,
     * nothing. Those of a secret are secrets.
     */
    static List<Value> elements(Value value) {
        return switch (value) {
            case Value.Items(List<Value> values) -> values;
            case Value.Group(var values) -> List.copyOf(values);
            case Value.Table(var entries) -> entries.entrySet().stream().map(e -> pair("key", e.getKey(), "value", e.getValue())).toList();
            case Value.Nothing nothing -> List.of();
            case Value.Secret(Value hidden) -> elements(hidden).stream().<Value>map(Value.Secret::new).toList();
            default -> throw new IllegalStateException("no elements in " + value + ": the checker let it through");
        };
    }

    private static Value pair(String first, Value a, String second, Value b) {
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        fields.put(first, a);
        fields.put(second, b);
        return new Value.Struct("", fields);
    }

    /** Whether a list or a set has an element that is the same. */
    static boolean contains(Value elements, Value value) {
        boolean found = elements instanceof Value.Group(var members) && members.contains(Order.plain(value));
        return found || elements(elements).stream().anyMatch(other -> Order.same(other, value));
    }

    static List<Value> minus(List<Value> values, List<Value> removed) {
        Set<Value> gone = removed.stream().map(Order::plain).collect(Collectors.toSet());
        return values.stream().filter(value -> !gone.contains(Order.plain(value))).toList();
    }

    static Value in(Call call) {
        Value value = call.argument(0);
        return new Value.Bool(switch (call.argument(1)) {
            case Value.Table(var entries) -> entries.containsKey(value);
            case Value.Cidr network -> Addresses.contains(network, value);
            case Value.Text(String text) -> text.contains(call.text(0));
            default -> contains(call.argument(1), value);
        });
    }

    static Value index(Call call) {
        Value index = call.argument(1);
        return switch (call.argument(0)) {
            case Value.Table(var entries) -> entries.getOrDefault(index, Value.Nothing.NULL);
            case Value.Items(List<Value> values) -> {
                long at = call.integer(1);
                if (at < 0 || at >= values.size()) {
                    throw call.failure("there is no element " + at + " in a list of " + values.size()
                            + (values.isEmpty() ? "" : ": the first is 0, the last " + (values.size() - 1)));
                }
                yield values.get((int) at);
            }
            case Value.Nothing nothing -> Value.Nothing.NULL;
            default -> throw call.failure(Shown.literal(call.argument(0)) + " has no elements");
        };
    }

    static List<Value> map(Call call) {
        Value.Function function = call.function(1);
        boolean reads = Subterms.read(call.term().arguments().get(1), call.scope());
        return Probing.each(call.elements(0), reads, element -> function.call(List.of(element)), call.scope());
    }

    static Value flatten(List<Value> lists) {
        Optional<Value.Unknown> unknown = Unknowns.among(lists);
        return unknown.isPresent()
                ? unknown.get()
                : new Value.Items(lists.stream().flatMap(list -> elements(list).stream()).toList());
    }

    static Value filter(Call call, Function<List<Value>, Value> gathered) {
        List<Value> kept = new ArrayList<>();
        for (Value element : call.elements(0)) {
            Value wanted = call.function(1).call(List.of(element));
            Optional<Boolean> holds = Terms.truth(wanted);
            if (holds.isEmpty()) {
                return wanted;
            }
            if (holds.get()) {
                kept.add(element);
            }
        }
        return gathered.apply(kept);
    }

    static Value find(Call call) {
        for (Value element : call.elements(0)) {
            Value wanted = call.function(1).call(List.of(element));
            Optional<Boolean> holds = Terms.truth(wanted);
            if (holds.isEmpty()) {
                return wanted;
            }
            if (holds.get()) {
                return element;
            }
        }
        return Value.Nothing.NULL;
    }

    static Value fold(Call call) {
        Value result = call.argument(1);
        for (Value element : call.elements(0)) {
            result = call.function(2).call(List.of(result, element));
        }
        return result;
    }

    static List<Value> sorted(List<Value> values) {
        return values.stream().sorted(Order::compare).toList();
    }

    /** Elements of which f says the same stay in their order. */
    static Value sortBy(Call call) {
        record Keyed(Value key, Value value) {}
        List<Keyed> keyed = call.elements(0).stream()
                .map(value -> new Keyed(call.function(1).call(List.of(value)), value))
                .toList();
        Optional<Value.Unknown> unknown = Unknowns.in(keyed.stream().map(Keyed::key).toList());
        return unknown.isPresent()
                ? unknown.get()
                : new Value.Items(keyed.stream()
                        .sorted((a, b) -> Order.compare(a.key(), b.key()))
                        .map(Keyed::value)
                        .toList());
    }

    /** Each where it first stood. */
    static List<Value> unique(List<Value> values) {
        Set<Value> known = new HashSet<>();
        return values.stream().filter(value -> known.add(Order.plain(value))).toList();
    }

    static Value join(Call call) {
        String text = String.join(call.text(1), call.elements(0).stream().map(Shown::text).toList());
        return Unknowns.in(call.elements(0))
                .map(unknown -> (Value) new Value.Unknown(unknown.origin(), text))
                .orElseGet(() -> new Value.Text(text));
    }

    /** From the first position to before the second; what lies outside of the list is not there. */
    static Value slice(Call call) {
        List<Value> values = call.elements(0);
        int from = Math.clamp(call.integer(1), 0, values.size());
        int to = Math.clamp(call.integer(2), from, values.size());
        return new Value.Items(values.subList(from, to));
    }

    static Value indexOf(Call call) {
        List<Value> values = call.elements(0);
        for (int i = 0; i < values.size(); i++) {
            if (Order.same(values.get(i), call.argument(1))) {
                return new Value.Int(i);
            }
        }
        return Value.Nothing.NULL;
    }

    static Value indexed(Call call) {
        List<Value> pairs = new ArrayList<>();
        for (Value value : call.elements(0)) {
            pairs.add(pair("index", new Value.Int(pairs.size()), "value", value));
        }
        return new Value.Items(pairs);
    }

    static Value groupBy(Call call) {
        Map<Value, List<Value>> groups = new LinkedHashMap<>();
        for (Value value : call.elements(0)) {
            Value key = call.function(1).call(List.of(value));
            Optional<Value.Unknown> unknown = Unknowns.in(key);
            if (unknown.isPresent()) {
                return unknown.get();
            }
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
        }
        SequencedMap<Value, Value> entries = new LinkedHashMap<>();
        groups.forEach((key, values) -> entries.put(key, new Value.Items(values)));
        return new Value.Table(entries);
    }

    static Value without(Call call) {
        SequencedMap<Value, Value> rest = new LinkedHashMap<>(call.entries(0));
        call.elements(1).forEach(rest::remove);
        return new Value.Table(rest);
    }
}
