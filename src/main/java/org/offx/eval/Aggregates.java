package org.offx.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.offx.check.Definition.FieldDef;
import org.offx.check.Term;
import org.offx.type.Type;
import org.offx.value.Value;

/** Lists, sets, maps and records: written out, comprehended, quantified over. */
final class Aggregates {

    private Aggregates() {}

    static Value value(Term.Items items, Scope scope) {
        List<Value> values = new ArrayList<>();
        boolean secret = false;
        List<Probing.Part<Elements>> parts = items.elements().stream()
                .map(element -> new Probing.Part<>(
                        Stream.concat(element.condition().stream(), Stream.of(element.value()))
                                .anyMatch(term -> Subterms.read(term, scope)),
                        () -> elements(element, scope)))
                .toList();
        for (Elements some : Probing.sideBySide(parts, scope)) {
            if (some.doubt().isPresent()) {
                return some.doubt().get();
            }
            values.addAll(some.values());
            secret |= some.secret();
        }
        return secret
                ? new Value.Secret(listOrSet(items.type(), values.stream().map(Value.Secret::open).toList()))
                : listOrSet(items.type(), values);
    }

    private static Elements elements(Term.Element element, Scope scope) {
        Elements elements = under(element.condition(), scope, () -> List.of(Terms.value(element.value(), scope)));
        if (!element.spread() || elements.values().isEmpty()) {
            return elements;
        }
        Value list = elements.values().getFirst();
        return Value.Secret.open(list) instanceof Value.Unknown
                ? new Elements(List.of(), Optional.of(list), false)
                : new Elements(Lists.elements(list), Optional.empty(), list instanceof Value.Secret);
    }

    /**
     * What a part of a list comes to: any number of values; or the unknown that decides over it.
     *
     * @param secret the values come out of a secret
     */
    private record Elements(List<Value> values, Optional<Value> doubt, boolean secret) {}

    /** The values if a condition holds, and none else. */
    private static Elements under(Optional<Term> condition, Scope scope, Supplier<List<Value>> values) {
        Value wanted = condition.map(c -> Terms.value(c, scope)).orElse(new Value.Bool(true));
        Optional<Boolean> holds = Terms.truth(wanted);
        return holds.isEmpty()
                ? new Elements(List.of(), Optional.of(wanted), false)
                : new Elements(holds.get() ? values.get() : List.of(), Optional.empty(), false);
    }

    static Value value(Term.Comprehension term, Scope scope) {
        return over(Terms.value(term.in(), scope), term.variable(), term.condition(), List.of(term.element()), scope, rows ->
                listOrSet(term.type(), rows.stream().map(List::getFirst).toList()));
    }

    static Value value(Term.TableComprehension term, Scope scope) {
        return over(Terms.value(term.in(), scope), term.variable(), term.condition(), List.of(term.key(), term.value()), scope, rows -> {
            SequencedMap<Value, Value> entries = new LinkedHashMap<>();
            rows.forEach(row -> entries.put(row.getFirst(), row.getLast()));
            return new Value.Table(entries);
        });
    }

    private interface Gathered {
        Value of(List<List<Value>> rows);
    }

    /** For every element that meets the condition the values of some terms; unknown where it is not known for which. */
    private static Value over(
            Value in, String variable, Optional<Term> condition, List<Term> terms, Scope scope, Gathered gathered) {
        if (Value.Secret.open(in) instanceof Value.Unknown) {
            return in;
        }
        boolean reads = Stream.concat(condition.stream(), terms.stream()).anyMatch(term -> Subterms.read(term, scope));
        List<List<Value>> rows = new ArrayList<>();
        List<Elements> found = Probing.each(Lists.elements(in), reads, element -> {
            Scope inner = scope.with(variable, element);
            return under(condition, inner, () -> Terms.values(terms, inner));
        }, scope);
        for (Elements row : found) {
            if (row.doubt().isPresent()) {
                return row.doubt().get();
            }
            if (!row.values().isEmpty()) {
                rows.add(row.values());
            }
        }
        return in instanceof Value.Secret
                ? new Value.Secret(gathered.of(rows.stream().map(row -> row.stream().map(Value.Secret::open).toList()).toList()))
                : gathered.of(rows);
    }

    static Value value(Term.Quantifier term, Scope scope) {
        Value in = Terms.value(term.in(), scope);
        if (Value.Secret.open(in) instanceof Value.Unknown) {
            return in;
        }
        List<Value> answers = Probing.each(
                Lists.elements(in),
                Subterms.read(term.condition(), scope),
                element -> Terms.value(term.condition(), scope.with(term.variable(), element)),
                scope);
        Value deciding = new Value.Bool(!term.all());
        return answers.stream().map(Value.Secret::open).anyMatch(deciding::equals)
                ? deciding
                : Unknowns.among(answers.stream().map(Value.Secret::open).toList()).map(Value.class::cast).orElse(new Value.Bool(term.all()));
    }

    static Value value(Term.Table table, Scope scope) {
        SequencedMap<Value, Value> entries = new LinkedHashMap<>();
        List<Value> values = Terms.values(table.entries().stream().map(Term.Entry::value).toList(), scope);
        for (int i = 0; i < values.size(); i++) {
            Optional<Term> key = table.entries().get(i).key();
            if (key.isPresent()) {
                entries.put(Terms.value(key.get(), scope), values.get(i));
            } else if (values.get(i) instanceof Value.Table(var spread)) {
                entries.putAll(spread);
            } else if (values.get(i) instanceof Value.Secret(Value.Table(var spread))) {
                spread.forEach((name, value) -> entries.put(name, new Value.Secret(value)));
            } else if (Value.Secret.open(values.get(i)) instanceof Value.Unknown unknown) {
                return unknown;
            }
        }
        return new Value.Table(entries);
    }

    static Value value(Term.Record term, Scope scope) {
        SequencedMap<String, Value> given = new LinkedHashMap<>();
        for (Value spread : Terms.values(term.spreads(), scope)) {
            switch (Value.Secret.open(spread)) {
                case Value.Struct(String type, var fields) when spread instanceof Value.Secret ->
                    fields.forEach((name, field) -> given.put(name, new Value.Secret(field)));
                case Value.Struct(String type, var fields) -> given.putAll(fields);
                case Value.Unknown unknown -> {
                    return unknown;
                }
                case Value.Nothing nothing -> {}
                default -> throw new IllegalStateException("a spread of what is no record: the checker let it through");
            }
        }
        List<Value> values = Terms.values(term.fields().stream().map(Term.FieldValue::value).toList(), scope);
        for (int i = 0; i < values.size(); i++) {
            given.put(term.fields().get(i).name(), values.get(i));
        }
        return bare(term.type()) instanceof Type.Struct(String name)
                ? struct(name, given, scope)
                : new Value.Struct("", given);
    }

    /** A struct with every field of its definition, in that order: as given, by default, or null. */
    static Value.Struct struct(String name, SequencedMap<String, Value> given, Scope scope) {
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        for (FieldDef field : scope.world().program().structs().get(name).fields()) {
            Value value = given.get(field.name());
            fields.put(field.name(), value != null ? value : field.defaultValue()
                    .map(term -> Terms.value(term, scope.with(Locals.NONE)))
                    .orElse(Value.Nothing.NULL));
        }
        return new Value.Struct(name, fields);
    }

    static Value listOrSet(Type type, List<Value> values) {
        return bare(type) instanceof Type.SetOf ? set(values) : new Value.Items(values);
    }

    static Value.Group set(List<Value> values) {
        SequencedSet<Value> members = new LinkedHashSet<>(values);
        return new Value.Group(members);
    }

    /** The type without what only narrows it. */
    static Type bare(Type type) {
        return switch (type) {
            case Type.Optional(Type inner) -> bare(inner);
            case Type.Refined(String name, Type base) -> bare(base);
            case Type.Secret(Type inner) -> bare(inner);
            default -> type;
        };
    }
}
