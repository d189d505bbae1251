package org.offx.check;

import java.util.Locale;
import java.util.stream.Collectors;
import org.offx.type.Type;

/** How types are called in messages: as a user would write them. */
public final class TypeNames {

    private TypeNames() {}

    public static String of(Type type) {
        return switch (type) {
            case Type.Basic basic -> basic == Type.Basic.ERROR ? "anything" : basic.name().toLowerCase(Locale.ROOT);
            case Type.ListOf(Type element) -> "list<" + of(element) + ">";
            case Type.SetOf(Type element) -> "set<" + of(element) + ">";
            case Type.MapOf(Type key, Type value) -> "map<" + of(key) + ", " + of(value) + ">";
            case Type.Optional(Type inner) -> inner instanceof Type.Union ? "(" + of(inner) + ")?" : of(inner) + "?";
            case Type.Secret(Type inner) -> "secret<" + of(inner) + ">";
            case Type.Prop(Type inner) -> "Prop<" + of(inner) + ">";
            case Type.Symbol(String word) -> word;
            case Type.Union(var members) -> members.stream().map(TypeNames::of).collect(Collectors.joining(" | "));
            case Type.Struct(String name) -> simple(name);
            case Type.Enum(String name) -> simple(name);
            case Type.Refined(String name, Type base) -> simple(name);
            case Type.Node(String kind) -> kind.isEmpty() ? "node" : simple(kind);
            case Type.Reference(String resource) ->
                resource.isEmpty() ? "a reference to a task" : "a reference to " + simple(resource);
            case Type.Record(var fields) -> fields.entrySet().stream()
                    .map(f -> f.getKey() + ": " + of(f.getValue()))
                    .collect(Collectors.joining(", ", "{ ", " }"));
            case Type.Function(var params, Type result) ->
                params.stream().map(TypeNames::of).collect(Collectors.joining(", ", "fn(", "): ")) + of(result);
            case Type.Variable(String name) -> name;
        };
    }

    /** {@code an int}, {@code a size}, {@code a list<string>}: in the middle of a sentence. */
    static String a(Type type) {
        String name = of(type);
        return switch (type) {
            case Type.Symbol ignored -> "`" + name + "`";
            case Type.Record ignored -> "a record";
            case Type.Reference ignored -> name;
            case Type.Basic basic when basic == Type.Basic.NULL -> "null";
            default -> ("aeiou".indexOf(Character.toLowerCase(name.charAt(0))) >= 0 ? "an " : "a ") + name;
        };
    }

    /** The name as its module calls it: what makes it unique among files is for the program only. */
    public static String simple(String qualified) {
        int hash = qualified.indexOf('#');
        return hash < 0 ? qualified : qualified.substring(hash + 1);
    }
}
