package org.offx.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.offx.check.Definition.AttributeDef;
import org.offx.check.Definition.Role;
import org.offx.check.Term;
import org.offx.eval.Changes.AttributeChange;
import org.offx.value.Shown;
import org.offx.value.Value;

/**
 * What differs, attribute by attribute. Only what is declared is compared: an attribute that is left out, a field of a
 * record that is null, an entry of a map that is not written are nobody's business, except that an undeclared entry is
 * surplus, or goes where the map is {@code only} this. Lists and sets are exact. Read-only attributes, options and what
 * is given {@code at create} are never compared.
 */
final class Difference {

    private final Task task;
    private final Map<String, Value> observed;
    private final Scope scope;
    private final List<AttributeChange> changes = new ArrayList<>();
    private final List<String> surplus = new ArrayList<>();

    private Difference(Task task, Map<String, Value> observed, Scope scope) {
        this.task = task;
        this.observed = observed;
        this.scope = scope;
    }

    /** @param scope what the terms of the resource see */
    static Changes of(Task task, Map<String, Value> observed, Scope scope) {
        Difference difference = new Difference(task, observed, scope);
        for (AttributeDef attribute : task.resource().attributes()) {
            Value desired = task.desired().get(attribute.name());
            if (desired != null) {
                difference.attribute(attribute, desired, observed.getOrDefault(attribute.name(), Value.Nothing.NULL));
            }
        }
        return new Changes(List.copyOf(difference.changes), List.copyOf(difference.surplus));
    }

    private void attribute(AttributeDef attribute, Value desired, Value there) {
        switch (attribute.role()) {
            case Role.Managed managed -> compare(attribute, desired, there);
            case Role.Fixed fixed -> compare(attribute, desired, there);
            case Role.ReadOnly readOnly -> {}
            case Role.Option option -> {}
            case Role.AtCreate atCreate -> {}
        }
    }

    private void compare(AttributeDef attribute, Value desired, Value there) {
        boolean exact = task.only().contains(attribute.name());
        if (attribute.same().isPresent()) {
            Value.Function canonical = (Value.Function) Terms.value(attribute.same().get(), scope);
            if (!equal(canonical(desired, canonical), canonical(there, canonical))) {
                change(attribute, attribute.name(), there, desired);
            }
        } else if (there instanceof Value.Both(Value live, Value kept)) {
            if (!(equal(desired, live) && equal(desired, kept))) {
                change(attribute, attribute.name(), there, desired);
            }
        } else {
            parts(attribute, attribute.name(), desired, there, exact);
        }
    }

    /** Both sides after {@code same by}: of a property its value, of two truths each. */
    private static Value canonical(Value value, Value.Function function) {
        return switch (value) {
            case Value.Nothing nothing -> nothing;
            case Value.Unknown unknown -> unknown;
            case Value.Pinned(Value pinned) -> new Value.Pinned(canonical(pinned, function));
            case Value.Sourced(Value sourced, String source) -> new Value.Sourced(canonical(sourced, function), source);
            case Value.Both(Value live, Value kept) -> {
                Value now = canonical(live, function);
                Value later = canonical(kept, function);
                yield now.equals(later) ? now : new Value.Both(now, later);
            }
            default -> value.equals(Value.Symbol.INHERIT) ? value : function.call(List.of(value));
        };
    }

    private void parts(AttributeDef attribute, String path, Value desired, Value there, boolean exact) {
        if (desired instanceof Value.Struct(String type, var fields) && there instanceof Value.Struct(String other, var present)) {
            fields.forEach((name, value) -> {
                if (value != Value.Nothing.NULL) {
                    parts(attribute, path + "." + name, value, present.getOrDefault(name, Value.Nothing.NULL), false);
                }
            });
        } else if (desired instanceof Value.Table(var entries) && there instanceof Value.Table(var present)) {
            entries(attribute, path, entries, present, exact);
        } else if (!equal(desired, there)) {
            change(attribute, path, there, desired);
        }
    }

    private void entries(
            AttributeDef attribute, String path, SequencedMap<Value, Value> desired, SequencedMap<Value, Value> there, boolean exact) {
        desired.forEach((key, value) -> parts(attribute, entry(path, key), value, there.getOrDefault(key, Value.Nothing.NULL), false));
        there.forEach((key, value) -> {
            if (!desired.containsKey(key)) {
                if (exact) {
                    change(attribute, entry(path, key), value, Value.Nothing.NULL);
                } else {
                    surplus.add(entry(path, key));
                }
            }
        });
    }

    private static String entry(String path, Value key) {
        return path + "[" + Shown.literal(key) + "]";
    }

    private void change(AttributeDef attribute, String path, Value before, Value after) {
        Optional<String> instead = attribute.role() instanceof Role.Fixed(Term text)
                ? Optional.of(Shown.text(Terms.value(text, ResourceScopes.observed(task.resource(), observed, scope))))
                : Optional.empty();
        boolean secret = after instanceof Value.Secret && before != Value.Nothing.NULL;
        changes.add(new AttributeChange(attribute.name(), path, secret ? new Value.Secret(before) : before, after, instead));
    }

    /** Is what is there as desired? What is not known yet is not. */
    static boolean equal(Value desired, Value there) {
        return switch (desired) {
            case Value.Unknown unknown -> false;
            case Value.Secret(Value hidden) -> equal(hidden, there instanceof Value.Secret(Value other) ? other : there);
            case Value.Pinned(Value pinned) -> there instanceof Value.Sourced(Value value, String source)
                    ? source.equals("local") && equal(pinned, value)
                    : equal(pinned, there);
            case Value.Symbol symbol when desired.equals(Value.Symbol.INHERIT) && there instanceof Value.Sourced(Value value, String source) ->
                    !(source.equals("local") || source.equals("received"));
            case Value.Symbol symbol when desired.equals(Value.Symbol.INHERIT) && there == Value.Nothing.NULL -> true;
            case Value.Symbol symbol when desired.equals(Value.Symbol.ABSENT) && there == Value.Nothing.NULL -> true;
            default -> there instanceof Value.Sourced(Value value, String source) ? equal(desired, value) : bare(desired, there);
        };
    }

    private static boolean bare(Value desired, Value there) {
        return switch (desired) {
            case Value.Struct(String type, var fields) when there instanceof Value.Struct(String other, var present) ->
                    fields.entrySet().stream().allMatch(field -> field.getValue() == Value.Nothing.NULL
                            || equal(field.getValue(), present.getOrDefault(field.getKey(), Value.Nothing.NULL)));
            case Value.Table(var entries) when there instanceof Value.Table(var present) ->
                    entries.keySet().equals(present.keySet())
                            && entries.entrySet().stream().allMatch(e -> equal(e.getValue(), present.get(e.getKey())));
            case Value.Items(List<Value> values) when there instanceof Value.Items(List<Value> present) -> ordered(values, present);
            case Value.Items(List<Value> values) when there instanceof Value.Group(var present) -> unordered(values, present);
            case Value.Group(var values) when there instanceof Value.Items || there instanceof Value.Group ->
                    unordered(values, Aggregates.set(Lists.elements(there)).values());
            default -> Order.same(desired, there);
        };
    }

    private static boolean ordered(List<Value> desired, List<Value> there) {
        if (desired.size() != there.size()) {
            return false;
        }
        for (int i = 0; i < desired.size(); i++) {
            if (!equal(desired.get(i), there.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Each one has a counterpart of its own: the very same where it is there, so that no other takes it. */
    private static boolean unordered(Collection<Value> desired, Set<Value> there) {
        if (desired.size() != there.size()) {
            return false;
        }
        List<Value> open = new ArrayList<>();
        Set<Value> left = new LinkedHashSet<>(there);
        desired.stream().filter(value -> value instanceof Value.Unknown || !left.remove(value)).forEach(open::add);
        return open.stream().allMatch(value -> left.stream()
                .filter(other -> equal(value, other))
                .findFirst()
                .map(left::remove)
                .orElse(false));
    }
}
