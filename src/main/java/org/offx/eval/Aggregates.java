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
        }
        return listOrSet(items.type(), values);
    }

    private static Elements elements(Term.Element element, Scope scope) {
        Elements elements = under(element.condition(), scope, () -> List.of(Terms.value(element.value(), scope)));
        if (!element.spread() || elements.values().isEmpty()) {
            return elements;
        }
        Value list = elements.values().getFirst();
        return list instanceof Value.Unknown
                ? new Elements(List.of(), Optional.of(list))
                : new Elements(Lists.elements(list), Optional.empty());
    }

    /** What a part of a list comes to: any number of values; or the unknown that decides over it. */
    private record Elements(List<Value> values, Optional<Value> doubt) {}

    /** The values if a condition holds, and none else. */
    private static Elements under(Optional<Term> condition, Scope scope, Supplier<List<Value>> values) {
        Value wanted = condition.map(c -> Terms.value(c, scope)).orElse(new Value.Bool(true));
        Optional<Boolean> holds = Terms.truth(wanted);
        return holds.isEmpty()
                ? new Elements(List.of(), Optional.of(wanted))
                : new Elements(holds.get() ? values.get() : List.of(), Optional.empty());
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
        if (in instanceof Value.Unknown unknown) {
            return unknown;
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
        return gathered.of(rows);
    }

    static Value value(Term.Quantifier term, Scope scope) {
        Value in = Terms.value(term.in(), scope);
        if (in instanceof Value.Unknown unknown) {
            return unknown;
        }
        List<Value> answers = Probing.each(
                Lists.elements(in),
                Subterms.read(term.condition(), scope),
                element -> Terms.value(term.condition(), scope.with(term.variable(), element)),
                scope);
        Value deciding = new Value.Bool(!term.all());
        return answers.contains(deciding)
                ? deciding
                : Unknowns.among(answers).map(Value.class::cast).orElse(new Value.Bool(term.all()));
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
            } else if (values.get(i) instanceof Value.Unknown unknown) {
                return unknown;
            }
        }
        return new Value.Table(entries);
    }

    static Value value(Term.Record term, Scope scope) {
        SequencedMap<String, Value> given = new LinkedHashMap<>();
        for (Value spread : Terms.values(term.spreads(), scope)) {
            switch (spread) {
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
