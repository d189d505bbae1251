package org.offx.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Entry;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Value;

/** Braces: a struct, a record or a map, as the expected type says. */
final class BraceCheck {

    private final Checker checker;

    BraceCheck(Checker checker) {
        this.checker = checker;
    }

    Term braces(Expr.Braces braces, Type expected, Scope scope) {
        for (Type type : Types.alternatives(expected)) {
            switch (type) {
                case Type.Struct(String struct) -> {
                    return struct(braces, struct, scope);
                }
                case Type.Record(var fields) -> {
                    return record(braces, fields, scope);
                }
                case Type.MapOf(Type key, Type value) -> {
                    return map(braces.span(), braces.entries(), key, value, scope);
                }
                default -> {}
            }
        }
        boolean keyed = braces.entries().stream().anyMatch(Entry.Keyed.class::isInstance);
        return keyed || braces.entries().isEmpty()
                ? map(braces.span(), braces.entries(), Basic.ERROR, Basic.ERROR, scope)
                : record(braces, new LinkedHashMap<>(), scope);
    }

    /** @param misspelt some name was unknown, so that another that is missing was probably meant */
    record Given(SequencedMap<String, Term> terms, boolean misspelt) {}

    /** The attributes of a node, checked; {@code closed}: it has no others than the wanted ones. */
    Given attributes(List<Entry> entries, String what, Map<String, Type> wanted, boolean closed, Scope scope) {
        Fields fields = new Fields(wanted, closed, scope);
        fields.add(entries, what + " has no attribute ", Code.UNKNOWN_ATTRIBUTE);
        return new Given(fields.given, fields.misspelt);
    }

    /** The fields that were given, each with its term; spreads under the names of what they hold. */
    private final class Fields {

        private final Map<String, Type> wanted;
        private final boolean closed;
        private final Scope scope;
        private final SequencedMap<String, Term> given = new LinkedHashMap<>();
        private final Map<String, Span> written = new LinkedHashMap<>();
        private boolean misspelt;

        /** @param closed no fields but the wanted ones */
        Fields(Map<String, Type> wanted, boolean closed, Scope scope) {
            this.wanted = wanted;
            this.closed = closed;
            this.scope = scope;
        }

        /** @param hasNo what to say of an unknown one: {@code `Site` has no field} */
        void add(List<Entry> entries, String hasNo, Code unknown) {
            for (Entry entry : entries) {
                switch (entry) {
                    case Entry.Labelled(Span span, Name name, Expr value) -> field(name, value, hasNo, unknown);
                    case Entry.Shorthand(Span span, Name name) ->
                        field(name, new Expr.Ref(name.span(), name.text()), hasNo, unknown);
                    case Entry.Spread(Span span, Expr value) -> spread(value);
                    case Entry.Keyed keyed -> Constants.text(keyed.key())
                            .ifPresentOrElse(
                                    text -> field(new Name(keyed.key().span(), text), keyed.value(), hasNo, unknown),
                                    () -> checker.problems.error(
                                            Code.TYPE_MISMATCH, keyed.key().span(), "a name is expected here: fields and attributes have names"));
                }
            }
        }

        private void field(Name name, Expr value, String hasNo, Code unknown) {
            Span before = written.putIfAbsent(name.text(), name.span());
            if (before != null) {
                twice(name.span(), name.text(), before);
                return;
            }
            Type type = wanted.get(name.text());
            if (type == null && closed) {
                misspelt = true;
                Diagnostic diagnostic = Diagnostic.error(unknown, name.span(), hasNo + "`" + name.text() + "`");
                checker.problems.add(
                        Nearest.hint(name.text(), wanted.keySet()).map(diagnostic::note).orElse(diagnostic));
                return;
            }
            given.put(name.text(), type == null ? checker.exprs.infer(value, scope) : checker.exprs.check(value, type, scope));
        }

        private void spread(Expr value) {
            Term source = checker.exprs.infer(value, scope);
            for (Map.Entry<String, Type> field : spreadFields(source).entrySet()) {
                Type type = closed ? wanted.get(field.getKey()) : field.getValue();
                if (type != null) {
                    Term term = new Term.Field(value.span(), field.getValue(), source, field.getKey(), false);
                    given.put(field.getKey(), checker.fitting.fit(term, type));
                }
            }
        }

        List<Term.FieldValue> values() {
            List<Term.FieldValue> values = new ArrayList<>();
            given.forEach((name, term) -> values.add(new Term.FieldValue(name, term)));
            return values;
        }
    }

    /** The fields of what may be spread: a struct or a record. */
    SequencedMap<String, Type> spreadFields(Term source) {
        if (Fitting.isBroken(source)) {
            return new LinkedHashMap<>();
        }
        if (Types.isNullable(source.type())) {
            checker.misfits.maybeNull(source);
            return new LinkedHashMap<>();
        }
        return switch (Types.core(source.type())) {
            case Type.Struct(String struct) -> spread(checker.shapes.fieldTypes(struct), source);
            case Type.Record(var fields) -> spread(fields, source);
            default -> {
                checker.problems.error(
                        Code.TYPE_MISMATCH,
                        source.span(),
                        "`...` takes the fields of a record, and this is " + TypeNames.a(source.type()));
                yield new LinkedHashMap<>();
            }
        };
    }

    private static SequencedMap<String, Type> spread(SequencedMap<String, Type> fields, Term source) {
        SequencedMap<String, Type> types = new LinkedHashMap<>(fields);
        if (Types.isSecret(source.type())) {
            types.replaceAll((name, type) -> Types.secret(type));
        }
        return types;
    }

    private void twice(Span again, String name, Span before) {
        checker.problems.add(Diagnostic.error(Code.DUPLICATE_ENTRY, again, "`" + name + "` is given twice")
                .here("given again here")
                .and(before, "first given here"));
    }

    private Term struct(Expr.Braces braces, String struct, Scope scope) {
        String what = "`" + TypeNames.simple(struct) + "`";
        Fields fields = new Fields(checker.shapes.fieldTypes(struct), true, scope);
        fields.add(braces.entries(), what + " has no field ", Code.UNKNOWN_MEMBER);
        Set<String> missing = new LinkedHashSet<>(checker.shapes.requiredFields(struct));
        missing.removeAll(fields.written.keySet());
        missing.removeAll(fields.given.keySet());
        missingFields(braces.span(), what, fields.misspelt ? List.of() : List.copyOf(missing));
        return new Term.Record(braces.span(), new Type.Struct(struct), List.of(), fields.values());
    }

    /** OFX0303 where a struct lacks what it cannot do without. */
    void missingFields(Span span, String what, List<String> missing) {
        if (!missing.isEmpty()) {
            checker.problems.error(Code.MISSING_ATTRIBUTE, span, what + " needs " + Nearest.listed(missing));
        }
    }

    private Term record(Expr.Braces braces, Map<String, Type> wanted, Scope scope) {
        Fields fields = new Fields(wanted, !wanted.isEmpty(), scope);
        fields.add(braces.entries(), "there is no attribute ", Code.UNKNOWN_ATTRIBUTE);
        SequencedMap<String, Type> types = new LinkedHashMap<>();
        fields.given.forEach((name, term) -> types.put(name, term.type()));
        return new Term.Record(braces.span(), new Type.Record(types), List.of(), fields.values());
    }

    /** A map; keys and values have one type each, found out where nothing is expected. */
    Term map(Span span, List<Entry> written, Type key, Type value, Scope scope) {
        List<Term.Entry> entries = new ArrayList<>();
        Map<Value, Span> seen = new LinkedHashMap<>();
        Type keys = key;
        Type values = value;
        for (Entry entry : written) {
            Term.Entry checked = entry(entry, keys, values, scope);
            entries.add(checked);
            checked.key().ifPresent(k -> once(k, seen));
            if (key == Basic.ERROR && checked.key().isPresent()) {
                keys = grown(keys, checked.key().get());
                values = grown(values, checked.value());
            }
        }
        return new Term.Table(span, new Type.MapOf(keys, values), entries);
    }

    private Type grown(Type type, Term term) {
        Optional<Type> joined = checker.types.join(type, term.type());
        if (joined.isEmpty()) {
            checker.misfits.report(term, type);
        }
        return joined.orElse(type);
    }

    private Term.Entry entry(Entry entry, Type key, Type value, Scope scope) {
        return switch (entry) {
            case Entry.Labelled(Span span, Name name, Expr written) ->
                new Term.Entry(Optional.of(labelKey(name, key)), checker.exprs.guided(written, value, scope));
            case Entry.Shorthand(Span span, Name name) -> new Term.Entry(
                    Optional.of(labelKey(name, key)),
                    checker.exprs.guided(new Expr.Ref(name.span(), name.text()), value, scope));
            case Entry.Keyed(Span span, Expr written, Expr result) -> new Term.Entry(
                    Optional.of(checker.exprs.guided(written, key, scope)), checker.exprs.guided(result, value, scope));
            case Entry.Spread(Span span, Expr written) -> new Term.Entry(
                    Optional.empty(), checker.exprs.check(written, new Type.MapOf(key, value), scope));
        };
    }

    /** A bare word as a key: itself as a text, or a member of an enum. */
    private Term labelKey(Name name, Type key) {
        Optional<Term> word = checker.names.word(name.span(), name.text(), key);
        return word.orElseGet(() -> checker.fitting.fit(
                new Term.Const(name.span(), Basic.STRING, new Value.Text(name.text())), key));
    }

    private void once(Term key, Map<Value, Span> seen) {
        if (key instanceof Term.Const(Span span, Type type, Value value) && type != Basic.ERROR) {
            Span before = seen.putIfAbsent(value, span);
            if (before != null) {
                twice(span, span.text(), before);
            }
        }
    }

    Term comprehension(Expr.MapComp comprehension, Type expected, Scope scope) {
        ListCheck.Loop loop = checker.lists.loop(comprehension.variable(), comprehension.in(), scope);
        Optional<Term> condition = comprehension.condition().map(c -> checker.exprs.condition(c, loop.inside()));
        Scope inner = condition.isPresent() ? checker.narrowing.where(condition.get(), true, loop.inside()) : loop.inside();
        Optional<Type.MapOf> map = Types.alternatives(expected).stream()
                .filter(Type.MapOf.class::isInstance)
                .map(Type.MapOf.class::cast)
                .findFirst();
        boolean hidden = Types.isSecret(loop.in().type());
        Type keys = map.map(Type.MapOf::key).orElse(Basic.ERROR);
        Type values = map.map(Type.MapOf::value).orElse(Basic.ERROR);
        Term key = checker.exprs.guided(comprehension.key(), hidden ? Types.secret(keys) : keys, inner);
        Term value = checker.exprs.guided(comprehension.value(), hidden ? Types.secret(values) : values, inner);
        Type type = hidden
                ? new Type.Secret(map.orElse(new Type.MapOf(Types.open(key.type()), Types.open(value.type()))))
                : map.orElse(new Type.MapOf(key.type(), value.type()));
        return new Term.TableComprehension(
                comprehension.span(), type, key, value, comprehension.variable().text(), loop.in(), condition);
    }
}
