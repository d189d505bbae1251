package org.offx.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.offx.type.Type;

/**
 * The signature of a builtin, with type variables.
 *
 * @param receiver what stands in front of the dot of a method; empty for a function
 */
record Signature(
        Builtin builtin, boolean probe, Optional<Type> receiver, String name, List<Param> params, Type result) {

    record Param(String name, Type type) {}

    static Type substitute(Type type, Map<String, Type> bindings) {
        return switch (type) {
            case Type.Variable(String name) -> bindings.getOrDefault(name, type);
            case Type.ListOf(Type element) -> new Type.ListOf(substitute(element, bindings));
            case Type.SetOf(Type element) -> new Type.SetOf(substitute(element, bindings));
            case Type.MapOf(Type key, Type value) ->
                new Type.MapOf(substitute(key, bindings), substitute(value, bindings));
            case Type.Optional(Type inner) -> Types.optional(substitute(inner, bindings));
            case Type.Secret(Type inner) -> new Type.Secret(substitute(inner, bindings));
            case Type.Prop(Type inner) -> new Type.Prop(substitute(inner, bindings));
            case Type.Function(List<Type> params, Type result) ->
                new Type.Function(params.stream().map(p -> substitute(p, bindings)).toList(), substitute(result, bindings));
            case Type.Record(var fields) -> {
                SequencedMap<String, Type> replaced = new LinkedHashMap<>();
                fields.forEach((name, field) -> replaced.put(name, substitute(field, bindings)));
                yield new Type.Record(replaced);
            }
            default -> type;
        };
    }

    static boolean hasVariables(Type type) {
        return switch (type) {
            case Type.Variable ignored -> true;
            case Type.ListOf(Type element) -> hasVariables(element);
            case Type.SetOf(Type element) -> hasVariables(element);
            case Type.MapOf(Type key, Type value) -> hasVariables(key) || hasVariables(value);
            case Type.Optional(Type inner) -> hasVariables(inner);
            case Type.Secret(Type inner) -> hasVariables(inner);
            case Type.Prop(Type inner) -> hasVariables(inner);
            case Type.Function(List<Type> params, Type result) ->
                params.stream().anyMatch(Signature::hasVariables) || hasVariables(result);
            case Type.Record(var fields) -> fields.values().stream().anyMatch(Signature::hasVariables);
            default -> false;
        };
    }

    /** Reads the notation of {@link Builtin#signature}. */
    static Signature read(Builtin builtin) {
        return new Reader(builtin.signature()).signature(builtin);
    }

    /** {@code contains} of {@code fn (cidr).contains(address: ip): bool}, without reading the rest. */
    static String surfaceName(String signature) {
        int open = signature.indexOf('(', signature.indexOf(").") + 1);
        int start = Math.max(signature.lastIndexOf('.', open), signature.lastIndexOf(' ', open)) + 1;
        return signature.substring(start, open);
    }

    static boolean isMethod(String signature) {
        return signature.startsWith("fn (");
    }

    /** A reader of signatures: they are ours, so what it does not understand is a bug. */
    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Signature signature(Builtin builtin) {
            boolean probe = skip("probe ");
            expect("fn ");
            Optional<Type> receiver = Optional.empty();
            if (skip("(")) {
                receiver = Optional.of(type());
                expect(").");
            }
            String name = word();
            expect("(");
            List<Param> params = new ArrayList<>();
            while (!skip(")")) {
                String param = word();
                expect(": ");
                params.add(new Param(param, type()));
                skip(", ");
            }
            expect(": ");
            return new Signature(builtin, probe, receiver, name, params, type());
        }

        private Type type() {
            Type type = plain();
            return skip("?") ? Types.optional(type) : type;
        }

        private Type plain() {
            if (skip("fn(")) {
                List<Type> params = types(")");
                expect(": ");
                return new Type.Function(params, type());
            }
            if (skip("{ ")) {
                SequencedMap<String, Type> fields = new LinkedHashMap<>();
                while (!skip(" }")) {
                    String name = word();
                    expect(": ");
                    fields.put(name, type());
                    skip(", ");
                }
                return new Type.Record(fields);
            }
            String word = word();
            if (skip("<")) {
                List<Type> arguments = types(">");
                return switch (word) {
                    case "list" -> new Type.ListOf(arguments.getFirst());
                    case "set" -> new Type.SetOf(arguments.getFirst());
                    case "map" -> new Type.MapOf(arguments.get(0), arguments.get(1));
                    case "Prop" -> new Type.Prop(arguments.getFirst());
                    default -> throw new IllegalStateException(text);
                };
            }
            return switch (word) {
                case "node" -> new Type.Node("");
                case "FileState" -> TypeReader.FILE_STATE;
                default -> word.length() == 1 ? new Type.Variable(word) : TypeReader.basic(word).orElseThrow();
            };
        }

        private List<Type> types(String end) {
            List<Type> types = new ArrayList<>();
            while (!skip(end)) {
                types.add(type());
                skip(", ");
            }
            return types;
        }

        private String word() {
            int start = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            return text.substring(start, at);
        }

        private boolean skip(String expected) {
            boolean there = text.startsWith(expected, at);
            at += there ? expected.length() : 0;
            return there;
        }

        private void expect(String expected) {
            if (!skip(expected)) {
                throw new IllegalStateException("the signature `" + text + "` has no `" + expected + "` at " + at);
            }
        }
    }
}
