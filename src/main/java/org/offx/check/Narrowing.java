package org.offx.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Value;

/** What a condition proves: the types of values, by their path, where it holds and where it does not. */
final class Narrowing {

    private final Checker checker;

    Narrowing(Checker checker) {
        this.checker = checker;
    }

    /** The term with the type that is known of it here. */
    Term apply(Term term, Scope scope) {
        if (scope.narrowed().isEmpty()) {
            return term;
        }
        Optional<Type> known = Paths.of(term, scope).map(scope.narrowed()::get);
        return known.map(type -> retyped(term, type)).orElse(term);
    }

    private static Term retyped(Term term, Type type) {
        return switch (term) {
            case Term.Local(var span, Type old, String name) -> new Term.Local(span, type, name);
            case Term.Global(var span, Type old, String name) -> new Term.Global(span, type, name);
            case Term.Fact(var span, Type old, String name, var arguments) -> new Term.Fact(span, type, name, arguments);
            case Term.Field(var span, Type old, Term target, String name, boolean safe) ->
                new Term.Field(span, type, target, name, safe);
            case Term.BuiltinCall(var span, Type old, Builtin builtin, var arguments) ->
                new Term.BuiltinCall(span, type, builtin, arguments);
            case Term.Block(var span, Type old, var lets, Term result) -> new Term.Block(span, type, lets, result);
            default -> term;
        };
    }

    Scope where(Term condition, boolean holds, Scope scope) {
        return scope.narrowed(facts(condition, holds, scope));
    }

    /** What is known where the condition holds, or where it does not. */
    Map<String, Type> facts(Term condition, boolean holds, Scope scope) {
        return switch (condition) {
            case Term.Logic(var span, Type type, Term.Operator operator, Term left, Term right) ->
                logic(operator, left, right, holds, scope);
            case Term.BuiltinCall call -> call(call, holds, scope);
            case Term.Field field -> holds ? changed(field, scope) : Map.of();
            case Term.Local local -> holds ? operation(local, scope) : Map.of();
            default -> Map.of();
        };
    }

    /** The attribute that {@code changes.x} asks about. */
    static Optional<String> changedAttribute(Term term, Scope scope) {
        return term instanceof Term.Field(var span, Type type, Term.Local(var at, Type of, String local), String name, boolean safe)
                        && NameCheck.isChanges(local, scope)
                ? Optional.of(name)
                : Optional.empty();
    }

    /** What changes is wanted; and it is there, if it cannot be created. */
    private Map<String, Type> changed(Term.Field field, Scope scope) {
        Optional<Scope.Local> attribute = changedAttribute(field, scope).flatMap(scope::local);
        if (attribute.isEmpty()) {
            return Map.of();
        }
        Map<String, Type> facts = new HashMap<>(required(scope));
        facts.put("desired." + attribute.get().name(), Types.nonNull(attribute.get().type()));
        if (!Inside.creates(scope)) {
            facts.putAll(observed(scope));
        }
        return facts;
    }

    /** In a review: an update has something that is there, and something that is wanted. */
    private Map<String, Type> operation(Term.Local local, Scope scope) {
        if (!ReviewCheck.OPERATIONS.contains(local.name()) || scope.local(Inside.THERE).isEmpty()) {
            return Map.of();
        }
        return switch (local.name()) {
            case "create" -> required(scope);
            case "delete" -> observed(scope);
            default -> both(required(scope), observed(scope));
        };
    }

    private static Map<String, Type> observed(Scope scope) {
        return scope.local(Inside.THERE).map(there -> Map.of("observed", there.type())).orElse(Map.of());
    }

    /** What every task that wants something must give. */
    private Map<String, Type> required(Scope scope) {
        Map<String, Type> facts = new HashMap<>();
        checker.shapes.schema(scope.owner().orElseThrow()).attributes().forEach((name, attribute) -> {
            if (attribute.required()) {
                facts.put("desired." + name, attribute.slot().type());
            }
        });
        return facts;
    }

    private Map<String, Type> logic(Term.Operator operator, Term left, Term right, boolean holds, Scope scope) {
        if (operator == Term.Operator.OR_ELSE) {
            return Map.of();
        }
        Map<String, Type> first = facts(left, holds, scope);
        Map<String, Type> second = facts(right, holds, scope);
        return holds == (operator == Term.Operator.AND) ? both(first, second) : either(first, second);
    }

    private static Map<String, Type> both(Map<String, Type> a, Map<String, Type> b) {
        Map<String, Type> all = new HashMap<>(a);
        all.putAll(b);
        return all;
    }

    private Map<String, Type> either(Map<String, Type> a, Map<String, Type> b) {
        Map<String, Type> common = new HashMap<>();
        a.forEach((path, type) -> {
            Type other = b.get(path);
            if (other != null) {
                checker.types.join(type, other).ifPresent(joined -> common.put(path, joined));
            }
        });
        return common;
    }

    private Map<String, Type> call(Term.BuiltinCall call, boolean holds, Scope scope) {
        List<Term> arguments = call.arguments();
        return switch (call.builtin()) {
            case NOT -> facts(arguments.getFirst(), !holds, scope);
            case EQUAL -> equality(arguments.get(0), arguments.get(1), holds, scope);
            case NOT_EQUAL -> equality(arguments.get(0), arguments.get(1), !holds, scope);
            case IN -> holds ? membership(arguments.get(0), arguments.get(1), scope) : Map.of();
            case MAP_HAS -> holds ? membership(arguments.get(1), arguments.get(0), scope) : Map.of();
            default -> Map.of();
        };
    }

    private Map<String, Type> equality(Term a, Term b, boolean equal, Scope scope) {
        Map<String, Type> facts = new HashMap<>(side(a, b, equal, scope));
        facts.putAll(side(b, a, equal, scope));
        return facts;
    }

    /** What comparing with {@code other} says of {@code term}. */
    private Map<String, Type> side(Term term, Term other, boolean equal, Scope scope) {
        if (other.type() == Basic.NULL) {
            return equal ? Map.of() : present(term, scope);
        }
        if (other instanceof Term.Const(var span, Type type, Value.Symbol(String word))) {
            Type symbol = new Type.Symbol(word);
            Map<String, Type> facts = new HashMap<>(equal ? present(term, scope) : Map.of());
            Paths.of(term, scope).ifPresent(path -> {
                Type left = Types.without(term.type(), symbol);
                if (equal || !left.equals(term.type())) {
                    facts.put(path, equal ? symbol : left);
                }
            });
            return facts;
        }
        return equal && !Types.isNullable(other.type()) ? present(term, scope) : Map.of();
    }

    /** The value is there, and so is all that leads to it by {@code ?.}. */
    Map<String, Type> present(Term term, Scope scope) {
        Map<String, Type> facts = new HashMap<>();
        Term at = term;
        while (true) {
            Type type = at.type();
            if (Types.isNullable(type)) {
                Paths.of(at, scope).ifPresent(path -> facts.put(path, Types.nonNull(type)));
            }
            Optional<Term> target = Paths.safelyOf(at);
            if (target.isEmpty()) {
                return facts;
            }
            at = target.get();
        }
    }

    /** An element that is in something that holds no nulls is there; a key that is in a map has a value. */
    private Map<String, Type> membership(Term element, Term in, Scope scope) {
        Map<String, Type> facts = new HashMap<>();
        if (in.type() instanceof Type.MapOf(Type key, Type value)) {
            Term entry = new Term.BuiltinCall(in.span(), Types.optional(value), Builtin.INDEX, List.of(in, element));
            Paths.of(entry, scope).ifPresent(path -> facts.put(path, value));
        }
        facts.putAll(present(element, scope));
        return facts;
    }
}
