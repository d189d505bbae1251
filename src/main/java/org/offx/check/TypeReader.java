package org.offx.check;

import static org.offx.check.Names.Space.HEAD;
import static org.offx.check.Names.Space.TYPE;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Name;
import org.offx.tree.TypeExpr;
import org.offx.type.Type;
import org.offx.type.Type.Basic;

/** From types as written to types. Refuses OFX0206 (unknown), OFX0305 (wrong number of arguments). */
final class TypeReader {

    /** What {@code file_at} gives, under the name that a user may give it in a signature. */
    static final Type FILE_STATE = fileState();

    private final Checker checker;
    private final Map<TypeExpr, Type> read = new IdentityHashMap<>();

    TypeReader(Checker checker) {
        this.checker = checker;
    }

    Type read(TypeExpr written, Unit unit) {
        Type known = read.get(written);
        if (known == null) {
            known = fresh(written, unit);
            read.put(written, known);
        }
        return known;
    }

    /** The type under {@code where}, of an alias of that name; conditions elsewhere have no name but their text. */
    Type refined(TypeExpr.Refined written, Unit unit, String name, String doc, Span span) {
        Type base = read(written.base(), unit);
        if (base == Basic.ERROR) {
            return base;
        }
        checker.shapes.add(new Refinement(name, doc, span, base, written, unit));
        return new Type.Refined(name, base);
    }

    private Type fresh(TypeExpr written, Unit unit) {
        return switch (written) {
            case TypeExpr.Missing ignored -> Basic.ERROR;
            case TypeExpr.Optional(Span span, TypeExpr inner) -> Types.optional(read(inner, unit));
            case TypeExpr.Union(Span span, List<TypeExpr> members) -> Types.union(members.stream()
                    .map(m -> symbol(m, unit).orElseGet(() -> read(m, unit)))
                    .toList());
            case TypeExpr.Refined refined -> refined(refined, unit, conditionName(refined), "", refined.span());
            case TypeExpr.Function(Span span, List<TypeExpr> params, TypeExpr result) ->
                new Type.Function(params.stream().map(p -> read(p, unit)).toList(), read(result, unit));
            case TypeExpr.Named named -> named(named, unit);
        };
    }

    private String conditionName(TypeExpr.Refined refined) {
        String text = refined.span().onOneLine();
        return checker.shapes.refinement(text).isEmpty() ? text : refined.span().place() + "#" + text;
    }

    /** A bare word that is no type, in a union: a symbol. */
    private static Optional<Type> symbol(TypeExpr written, Unit unit) {
        if (written instanceof TypeExpr.Optional(Span span, TypeExpr inner)) {
            return symbol(inner, unit).map(Types::optional);
        }
        if (!(written instanceof TypeExpr.Named(Span span, var path, var arguments))) {
            return Optional.empty();
        }
        String word = path.parts().getFirst().text();
        boolean bare = path.parts().size() == 1 && arguments.isEmpty() && Character.isLowerCase(word.charAt(0));
        return bare && basic(word).isEmpty() && !word.equals("node")
                ? Optional.of(new Type.Symbol(word))
                : Optional.empty();
    }

    private Type named(TypeExpr.Named written, Unit unit) {
        List<Name> parts = written.name().parts();
        if (parts.size() == 1) {
            String word = parts.getFirst().text();
            Optional<Type> basic = basic(word);
            if (basic.isPresent()) {
                return counted(written, 0) ? basic.get() : Basic.ERROR;
            }
            switch (word) {
                case "list", "set", "secret", "Prop" -> {
                    return counted(written, 1) ? wrapped(word, read(written.arguments().getFirst(), unit)) : Basic.ERROR;
                }
                case "map" -> {
                    return counted(written, 2)
                            ? new Type.MapOf(read(written.arguments().get(0), unit), read(written.arguments().get(1), unit))
                            : Basic.ERROR;
                }
                case "node" -> {
                    return counted(written, 0) ? new Type.Node("") : Basic.ERROR;
                }
                case "FileState" -> {
                    return counted(written, 0) ? FILE_STATE : Basic.ERROR;
                }
                default -> {
                    return declared(written, unit);
                }
            }
        }
        return declared(written, unit);
    }

    private static Type wrapped(String word, Type inner) {
        if (inner == Basic.ERROR) {
            return inner;
        }
        return switch (word) {
            case "list" -> new Type.ListOf(inner);
            case "set" -> new Type.SetOf(inner);
            case "secret" -> new Type.Secret(inner);
            default -> new Type.Prop(inner);
        };
    }

    static Optional<Type> basic(String word) {
        return Optional.ofNullable(switch (word) {
            case "string" -> Basic.STRING;
            case "int" -> Basic.INT;
            case "float" -> Basic.FLOAT;
            case "bool" -> Basic.BOOL;
            case "size" -> Basic.SIZE;
            case "duration" -> Basic.DURATION;
            case "rate" -> Basic.RATE;
            case "percent" -> Basic.PERCENT;
            case "ip" -> Basic.IP;
            case "cidr" -> Basic.CIDR;
            case "mac" -> Basic.MAC;
            case "path" -> Basic.PATH;
            case "mode" -> Basic.MODE;
            case "regex" -> Basic.REGEX;
            case "version" -> Basic.VERSION;
            case "json" -> Basic.JSON;
            case "command" -> Basic.COMMAND;
            default -> null;
        });
    }

    private boolean counted(TypeExpr.Named written, int wanted) {
        int given = written.arguments().size();
        if (given == wanted) {
            return true;
        }
        String name = written.name().text();
        String example = switch (name) {
            case "map" -> "map<string, int>";
            case "list", "set", "secret", "Prop" -> name + "<string>";
            default -> name;
        };
        checker.problems.add(Diagnostic.error(Code.BAD_CALL, written.span(), "`" + name + "` takes "
                        + (wanted == 0 ? "no types in `<…>`" : wanted == 1 ? "one type in `<…>`" : "two types in `<…>`"))
                .note("write " + example));
        return false;
    }

    private Type declared(TypeExpr.Named written, Unit unit) {
        List<Name> parts = written.name().parts();
        Optional<Symbol> type = checker.lookup.path(unit, TYPE, written.name());
        if (type.isPresent()) {
            return counted(written, 0) ? checker.shapes.type(type.get()) : Basic.ERROR;
        }
        Optional<Symbol> head = checker.lookup.path(unit, HEAD, written.name());
        if (head.isPresent() && checker.shapes.isResource(head.get())) {
            return new Type.Reference(head.get().name());
        }
        checker.explain.unknownType(written.name(), unit, parts.getLast());
        return Basic.ERROR;
    }

    /** All basic types by name, for hints. */
    static List<String> words() {
        List<String> words = new ArrayList<>(List.of("list", "set", "map", "secret", "Prop", "node"));
        for (Basic basic : Basic.values()) {
            String word = basic.name().toLowerCase(Locale.ROOT);
            if (basic(word).isPresent()) {
                words.add(word);
            }
        }
        return words;
    }

    private static Type fileState() {
        SequencedMap<String, Type> fields = new LinkedHashMap<>();
        fields.put("kind", Basic.STRING);
        fields.put("text", new Type.Optional(Basic.STRING));
        fields.put("mode", Basic.MODE);
        fields.put("owner", Basic.STRING);
        fields.put("group", Basic.STRING);
        fields.put("size", Basic.SIZE);
        fields.put("target", new Type.Optional(Basic.STRING));
        return new Type.Record(fields);
    }
}
