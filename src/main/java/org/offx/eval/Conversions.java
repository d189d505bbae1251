package org.offx.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.offx.check.Definition.EnumDef;
import org.offx.check.Definition.FieldDef;
import org.offx.check.Definition.MemberDef;
import org.offx.check.Definition.RefinementDef;
import org.offx.check.TypeNames;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.type.Type;
import org.offx.value.Shown;
import org.offx.value.Value;

/**
 * A value as a value of another type: json decoded, conditions of refinements checked, lists made sets. What programs
 * write as JSON is loose (a number as a text, 0 and 1 for false and true), and read so, unless a union has a member that
 * fits better. Fields of json that a struct does not have are left out.
 */
final class Conversions {

    private final Span span;
    private final Scope scope;
    private final boolean loose;

    private Conversions(Span span, Scope scope, boolean loose) {
        this.span = span;
        this.scope = scope;
        this.loose = loose;
    }

    static Value convert(Type type, Value value, Span span, Scope scope) {
        return new Conversions(span, scope, true).to(type, value, "");
    }

    private Value to(Type type, Value value, String path) {
        if (value instanceof Value.Unknown) {
            return value;
        }
        if (value instanceof Value.Secret(Value hidden)) {
            return new Value.Secret(to(type, hidden, path));
        }
        if (value instanceof Value.Both(Value live, Value kept)) {
            return new Value.Both(to(type, live, path), kept == Value.Nothing.NULL ? kept : to(type, kept, path));
        }
        return switch (type) {
            case Type.Basic basic -> BasicConversions.of(basic, value, loose).orElseThrow(() -> mismatch(type, value, path));
            case Type.Optional(Type inner) -> value == Value.Nothing.NULL ? value : to(inner, value, path);
            case Type.Secret(Type inner) -> new Value.Secret(to(inner, value, path));
            case Type.Refined(String name, Type base) -> refined(name, to(base, value, path), path);
            case Type.Prop(Type inner) -> property(inner, value, path);
            case Type.Union(List<Type> members) -> union(type, members, value, path);
            case Type.ListOf(Type element) -> new Value.Items(elements(type, element, value, path));
            case Type.SetOf(Type element) -> Aggregates.set(elements(type, element, value, path));
            case Type.MapOf(Type key, Type entry) -> table(type, key, entry, value, path);
            case Type.Struct(String name) -> struct(type, name, value, path);
            case Type.Record(var fields) -> record(type, fields, value, path);
            case Type.Enum(String name) -> member(type, scope.world().program().enums().get(name), value, path);
            case Type.Symbol(String word) -> {
                Value symbol = new Value.Symbol(word);
                if (!value.equals(symbol) && !value.equals(new Value.Text(word))) {
                    throw mismatch(type, value, path);
                }
                yield symbol;
            }
            case Type.Node _, Type.Reference _, Type.Function _, Type.Variable _ -> value;
        };
    }

    private Value refined(String name, Value value, String path) {
        RefinementDef refinement = scope.world().program().refinements().get(name);
        if (refinement == null) {
            throw new IllegalStateException("no type " + name + ": the checker let it through");
        }
        Scope inside = scope.body(span, "`" + Terms.bare(name) + "`").with("it", value);
        if (Terms.condition(refinement.condition(), inside).orElse(true)) {
            return value;
        }
        String condition = refinement.condition().span().onOneLine();
        Diagnostic broken = Diagnostic.error(
                        Code.REFINEMENT, span, at(path) + Shown.literal(value) + " is no " + Terms.bare(name))
                .here("`" + condition + "` does not hold")
                .and(refinement.span(), "the type is declared here");
        for (String line : refinement.doc().lines().takeWhile(text -> !text.isBlank()).toList()) {
            broken = broken.note(line);
        }
        for (String note : Explanation.of(refinement.condition(), inside)) {
            broken = note.startsWith("`it` is ") || note.equals("`" + condition + "` is false") ? broken : broken.note(note);
        }
        throw new EvalFailure(broken);
    }

    private Value property(Type inner, Value value, String path) {
        return switch (value) {
            case Value.Sourced(Value sourced, String source) -> new Value.Sourced(to(inner, sourced, path), source);
            case Value.Pinned(Value pinned) -> new Value.Pinned(to(inner, pinned, path));
            default -> value.equals(Value.Symbol.INHERIT) ? value : to(inner, value, path);
        };
    }

    /** The first member that fits as it stands; else the first that fits loosely. A broken condition is the better message. */
    private Value union(Type type, List<Type> members, Value value, String path) {
        List<EvalFailure> broken = new ArrayList<>();
        for (Conversions attempt : loose ? List.of(new Conversions(span, scope, false), this) : List.of(this)) {
            for (Type member : members) {
                try {
                    return attempt.to(member, value, path);
                } catch (EvalFailure failure) {
                    if (failure.diagnostic().code() == Code.REFINEMENT) {
                        broken.add(failure);
                    }
                }
            }
        }
        throw broken.isEmpty() ? mismatch(type, value, path) : broken.getFirst();
    }

    private List<Value> elements(Type type, Type element, Value value, String path) {
        if (!(value instanceof Value.Items || value instanceof Value.Group)) {
            throw mismatch(type, value, path);
        }
        List<Value> converted = new ArrayList<>();
        for (Value each : Lists.elements(value)) {
            converted.add(to(element, each, path + "[" + converted.size() + "]"));
        }
        return converted;
    }

    private Value table(Type type, Type key, Type entry, Value value, String path) {
        SequencedMap<Value, Value> entries = new LinkedHashMap<>();
        members(type, value, path).forEach((k, v) -> {
            String place = path + "[" + Shown.literal(k) + "]";
            entries.put(to(key, k, place), to(entry, v, place));
        });
        return new Value.Table(entries);
    }

    private SequencedMap<Value, Value> members(Type type, Value value, String path) {
        return switch (value) {
            case Value.Table(var entries) -> entries;
            case Value.Struct(String name, var fields) -> {
                SequencedMap<Value, Value> entries = new LinkedHashMap<>();
                fields.forEach((field, v) -> entries.put(new Value.Text(field), v));
                yield entries;
            }
            default -> throw mismatch(type, value, path);
        };
    }

    private Value struct(Type type, String name, Value value, String path) {
        SequencedMap<Value, Value> members = members(type, value, path);
        SequencedMap<String, Value> given = new LinkedHashMap<>();
        for (FieldDef field : scope.world().program().structs().get(name).fields()) {
            Value member = members.get(new Value.Text(field.name()));
            if (member != null && !(member == Value.Nothing.NULL && field.defaultValue().isPresent())) {
                given.put(field.name(), to(field.type(), member, path + "." + field.name()));
            } else if (field.defaultValue().isEmpty() && !(field.type() instanceof Type.Optional)) {
                throw lacks(field.name(), value, path);
            }
        }
        return Aggregates.struct(name, given, scope);
    }

    private Value record(Type type, SequencedMap<String, Type> fields, Value value, String path) {
        SequencedMap<Value, Value> members = members(type, value, path);
        SequencedMap<String, Value> given = new LinkedHashMap<>();
        fields.forEach((field, fieldType) -> {
            Value member = members.getOrDefault(new Value.Text(field), Value.Nothing.NULL);
            given.put(field, to(fieldType, member, path + "." + field));
        });
        return new Value.Struct("", given);
    }

    private Value member(Type type, EnumDef definition, Value value, String path) {
        if (value instanceof Value.Member member && member.type().equals(definition.name())) {
            return member;
        }
        Optional<String> spelling = value instanceof Value.Text(String text) ? Optional.of(text) : Optional.empty();
        return spelling.flatMap(text -> definition.members().stream()
                        .filter(m -> m.payload().isEmpty())
                        .filter(m -> m.spelling().equals(text) || m.name().equals(text))
                        .findFirst())
                .map(m -> (Value) new Value.Member(definition.name(), m.name(), m.spelling(), Optional.empty()))
                .orElseThrow(() -> mismatch(type, value, path));
    }

    private EvalFailure lacks(String field, Value value, String path) {
        return EvalFailure.at(span, at(path) + "there is no `" + field + "` in " + excerpt(value));
    }

    private EvalFailure mismatch(Type type, Value value, String path) {
        EvalFailure failure = EvalFailure.at(span, at(path) + excerpt(value) + " is " + kind(value) + ", not " + TypeNames.of(type));
        return type instanceof Type.Enum(String name)
                ? new EvalFailure(failure.diagnostic().note("it may be " + String.join(", ", scope.world().program().enums().get(name).members().stream()
                        .map(MemberDef::spelling)
                        .toList())))
                : failure;
    }

    /** The place as jq writes it: {@code .[0].mtu}. */
    private static String at(String path) {
        return path.isEmpty() ? "" : "at " + (path.startsWith(".") ? path : "." + path) + ": ";
    }

    private static String excerpt(Value value) {
        String text = Shown.literal(value);
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    /** What a value is, in a few words. */
    static String kind(Value value) {
        return switch (value) {
            case Value.Nothing _ -> "null";
            case Value.Bool _ -> "a bool";
            case Value.Int _ -> "a whole number";
            case Value.Decimal _ -> "a number with a fraction";
            case Value.Text _ -> "a text";
            case Value.Size _ -> "a size";
            case Value.Time _ -> "a duration";
            case Value.Rate _ -> "a rate";
            case Value.Percent _ -> "a percentage";
            case Value.Ip _ -> "an address";
            case Value.Cidr _ -> "a network";
            case Value.Mac _ -> "a hardware address";
            case Value.Path _ -> "a path";
            case Value.Mode _ -> "a mode";
            case Value.Regex _ -> "a regular expression";
            case Value.Version _ -> "a version";
            case Value.Symbol _, Value.Member _ -> "a word";
            case Value.Items _ -> "a list";
            case Value.Group _ -> "a set";
            case Value.Table _ -> "an object";
            case Value.Struct _ -> "a record";
            case Value.NodeName _ -> "a node";
            case Value.Reference _ -> "a reference to a task";
            case Value.CommandLine _ -> "a command";
            case Value.Function _ -> "a function";
            case Value.Pinned _, Value.Sourced _ -> "a property";
            case Value.Both _ -> "two values, one for now and one for after a reboot";
            case Value.Secret _ -> "a secret";
            case Value.Unknown _ -> "not known yet";
        };
    }
}
