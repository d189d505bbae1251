package org.offx.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.offx.check.Definition.FieldDef;
import org.offx.check.Term;
import org.offx.type.Type;
import org.offx.value.Value;

/** Lists, sets, maps and records: written out, comprehended, quantified over. */
final class Aggregates {

    private Aggregates() {}

    static Value value(Term.Items items, Scope scope) {
        List<Value> values = new ArrayList<>();
        for (Optional<Chosen> chosen : side(items, scope)) {
            if (chosen.isEmpty()) {
                continue;
            }
            switch (chosen.get()) {
                case Chosen(Value.Unknown unknown, boolean whole) when whole -> {
                    return unknown;
                }
                case Chosen(Value value, boolean whole) -> {
                    if (whole) {
                        values.addAll(Lists.elements(value));
                    } else {
                        values.add(value);
                    }
                }
            }
        }
        return listOrSet(items.type(), values);
    }

    /** An element of a list or, where {@code whole}, a list of them; or the unknown that decides over it. */
    private record Chosen(Value value, boolean whole) {}

    private static List<Optional<Chosen>> side(Term.Items items, Scope scope) {
        return Probing.sideBySide(
                items.elements().stream()
                        .map(element -> new Probing.Part<>(
                                Subterms.read(element.value(), scope) || element.condition().filter(c -> Subterms.read(c, scope)).isPresent(),
                                () -> chosen(element, scope)))
                        .toList(),
                scope);
    }

    private static Optional<Chosen> chosen(Term.Element element, Scope scope) {
        Value condition = element.condition().map(c -> Terms.value(c, scope)).orElse(new Value.Bool(true));
        Optional<Boolean> wanted = Terms.truth(condition);
        if (wanted.isEmpty()) {
            return Optional.of(new Chosen(condition, true));
        }
        return wanted.get() ? Optional.of(new Chosen(Terms.value(element.value(), scope), element.spread())) : Optional.empty();
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
        boolean probing = terms.stream().anyMatch(t -> Subterms.read(t, scope)) || condition.filter(c -> Subterms.read(c, scope)).isPresent();
        List<Probing.Part<Row>> parts = new ArrayList<>();
        for (Value element : Lists.elements(in)) {
            Scope inner = scope.with(variable, element);
            parts.add(new Probing.Part<>(probing, () -> row(condition, terms, inner)));
        }
        List<List<Value>> rows = new ArrayList<>();
        for (Row row : Probing.sideBySide(parts, scope)) {
            if (row.doubt().isPresent()) {
                return row.doubt().get();
            }
            if (!row.values().isEmpty()) {
                rows.add(row.values());
            }
        }
        return gathered.of(rows);
    }

    private record Row(List<Value> values, Optional<Value> doubt) {}

    private static Row row(Optional<Term> condition, List<Term> terms, Scope scope) {
        Value wanted = condition.map(c -> Terms.value(c, scope)).orElse(new Value.Bool(true));
        Optional<Boolean> holds = Terms.truth(wanted);
        if (holds.isEmpty()) {
            return new Row(List.of(), Optional.of(wanted));
        }
        return new Row(holds.get() ? Terms.values(terms, scope) : List.of(), Optional.empty());
    }

    static Value value(Term.Quantifier term, Scope scope) {
        Value in = Terms.value(term.in(), scope);
        if (in instanceof Value.Unknown unknown) {
            return unknown;
        }
        boolean probing = Subterms.read(term.condition(), scope);
        List<Value> answers = Probing.sideBySide(
                Lists.elements(in).stream()
                        .map(element -> new Probing.Part<>(
                                probing, () -> Terms.value(term.condition(), scope.with(term.variable(), element))))
                        .toList(),
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
