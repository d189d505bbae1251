package org.offx.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.offx.check.Definition.EnumDef;
import org.offx.check.Definition.FieldDef;
import org.offx.check.Definition.MemberDef;
import org.offx.check.Definition.RefinementDef;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.type.Type;
import org.offx.value.Address;
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
            case Type.Basic basic -> basic(basic, value).orElseThrow(() -> mismatch(type, value, path));
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
            case Type.Symbol(String word) -> new Value.Symbol(word).equals(value) || new Value.Text(word).equals(value)
                    ? new Value.Symbol(word)
                    : fail(type, value, path);
            case Type.Node node -> value;
            case Type.Reference reference -> value;
            case Type.Function function -> value;
            case Type.Variable variable -> value;
        };
    }

    private Optional<Value> basic(Type.Basic type, Value value) {
        return switch (type) {
            case STRING -> value instanceof Value.Text ? Optional.of(value)
                    : loose && value instanceof Value.Int ? Optional.of(new Value.Text(Shown.text(value)))
                    : Optional.empty();
            case INT -> switch (value) {
                case Value.Int i -> Optional.of(value);
                case Value.Text(String text) when loose -> known(Numbers.parseInt(text));
                case Value.Decimal(double d) when loose && d == Math.rint(d) && Math.abs(d) < 0x1p53 -> Optional.of(new Value.Int((long) d));
                default -> Optional.empty();
            };
            case FLOAT -> switch (value) {
                case Value.Decimal d -> Optional.of(value);
                case Value.Int(long i) -> Optional.of(new Value.Decimal(i));
                case Value.Text(String text) when loose -> known(Numbers.parseFloat(text));
                default -> Optional.empty();
            };
            case BOOL -> value instanceof Value.Bool ? Optional.of(value)
                    : !loose ? Optional.empty()
                    : switch (Shown.text(value)) {
                        case "1", "true" -> Optional.of(new Value.Bool(true));
                        case "0", "false" -> Optional.of(new Value.Bool(false));
                        default -> Optional.empty();
                    };
            case SIZE -> value instanceof Value.Size ? Optional.of(value)
                    : basic(Type.Basic.INT, value).filter(i -> ((Value.Int) i).value() >= 0).map(i -> new Value.Size(((Value.Int) i).value()));
            case DURATION -> as(Value.Time.class, value);
            case RATE -> as(Value.Rate.class, value);
            case PERCENT -> as(Value.Percent.class, value);
            case IP -> as(Value.Ip.class, value).or(() -> text(value).flatMap(Address::parse).map(Value.Ip::new));
            case CIDR -> as(Value.Cidr.class, value).or(() -> text(value).flatMap(Value.Cidr::parse));
            case MAC -> as(Value.Mac.class, value).or(() -> text(value).flatMap(Value.Mac::parse));
            case PATH -> as(Value.Path.class, value).or(() -> text(value).flatMap(Value.Path::parse));
            case MODE -> as(Value.Mode.class, value).or(() -> text(value).flatMap(Value.Mode::parse));
            case REGEX -> as(Value.Regex.class, value);
            case VERSION -> as(Value.Version.class, value).or(() -> text(value).flatMap(Value.Version::parse));
            case COMMAND -> as(Value.CommandLine.class, value);
            case NULL -> as(Value.Nothing.class, value);
            case JSON, ERROR -> Optional.of(value);
        };
    }

    private static Optional<Value> known(Value value) {
        return value == Value.Nothing.NULL ? Optional.empty() : Optional.of(value);
    }

    private static Optional<Value> as(Class<? extends Value> wanted, Value value) {
        return wanted.isInstance(value) ? Optional.of(value) : Optional.empty();
    }

    private static Optional<String> text(Value value) {
        return value instanceof Value.Text(String text) ? Optional.of(text) : Optional.empty();
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
        String condition = refinement.condition().span().text();
        Diagnostic broken = Diagnostic.error(
                        Code.REFINEMENT, span, at(path) + Shown.literal(value) + " is no " + Terms.bare(name))
                .here("`" + condition + "` does not hold")
                .and(refinement.span(), "the type is declared here");
        if (!refinement.doc().isBlank()) {
            broken = broken.note(refinement.doc().lines().findFirst().orElse(""));
        }
        for (String note : Explanation.of(refinement.condition(), inside)) {
            broken = note.startsWith("`it` is ") ? broken : broken.note(note);
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
        return text(value)
                .flatMap(text -> definition.members().stream()
                        .filter(m -> m.payload().isEmpty())
                        .filter(m -> m.spelling().equals(text) || m.name().equals(text))
                        .findFirst())
                .map(m -> (Value) new Value.Member(definition.name(), m.name(), m.spelling(), Optional.empty()))
                .orElseThrow(() -> mismatch(type, value, path));
    }

    private Value fail(Type type, Value value, String path) {
        throw mismatch(type, value, path);
    }

    private EvalFailure lacks(String field, Value value, String path) {
        return EvalFailure.at(span, at(path) + "there is no `" + field + "` in " + excerpt(value));
    }

    private EvalFailure mismatch(Type type, Value value, String path) {
        EvalFailure failure = EvalFailure.at(span, at(path) + excerpt(value) + " is " + kind(value) + ", not " + name(type));
        return type instanceof Type.Enum(String name)
                ? new EvalFailure(failure.diagnostic().note("it may be " + String.join(", ", scope.world().program().enums().get(name).members().stream()
                        .map(MemberDef::spelling)
                        .toList())))
                : failure;
    }

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
            case Value.Nothing nothing -> "null";
            case Value.Bool bool -> "a bool";
            case Value.Int i -> "a whole number";
            case Value.Decimal d -> "a number with a fraction";
            case Value.Text text -> "a text";
            case Value.Items items -> "a list";
            case Value.Table table -> "an object";
            case Value.Struct struct -> "a record";
            default -> "another kind of value";
        };
    }

    private static String name(Type type) {
        return switch (type) {
            case Type.Basic basic -> basic.name().toLowerCase(Locale.ROOT);
            case Type.Union(List<Type> members) -> String.join(" | ", members.stream().map(Conversions::name).toList());
            case Type.ListOf(Type element) -> "list<" + name(element) + ">";
            case Type.SetOf(Type element) -> "set<" + name(element) + ">";
            case Type.MapOf(Type key, Type entry) -> "map<" + name(key) + ", " + name(entry) + ">";
            case Type.Optional(Type inner) -> name(inner) + "?";
            case Type.Secret(Type inner) -> "secret<" + name(inner) + ">";
            case Type.Prop(Type inner) -> "Prop<" + name(inner) + ">";
            case Type.Symbol(String word) -> word;
            case Type.Struct(String name) -> Terms.bare(name);
            case Type.Enum(String name) -> Terms.bare(name);
            case Type.Refined(String name, Type base) -> Terms.bare(name);
            case Type.Node(String kind) -> kind.isEmpty() ? "node" : Terms.bare(kind);
            case Type.Reference(String resource) -> "a reference to " + resource;
            case Type.Record record -> "a record";
            case Type.Function function -> "a function";
            case Type.Variable(String name) -> name;
        };
    }
}
