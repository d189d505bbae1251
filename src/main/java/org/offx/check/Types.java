package org.offx.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.offx.type.Type;
import org.offx.type.Type.Basic;

/** Which type fits where another is expected. Structural: names of structs and kinds are asked of {@link Shapes}. */
final class Types {

    /** How a value of one type serves where another is expected. */
    enum Fit {
        /** As it is. */
        SAME,
        /** By a conversion, which may fail where it is evaluated. */
        CONVERT,
        NO
    }

    private final Shapes shapes;

    Types(Shapes shapes) {
        this.shapes = shapes;
    }

    Fit fit(Type from, Type to) {
        if (from == Basic.ERROR || to == Basic.ERROR || from.equals(to)) {
            return Fit.SAME;
        }
        if (from instanceof Type.Optional(Type inner)) {
            return to instanceof Type.Optional(Type wanted) ? fit(inner, wanted) : Fit.NO;
        }
        if (to instanceof Type.Optional(Type wanted)) {
            return from == Basic.NULL ? Fit.SAME : fit(from, wanted);
        }
        if (from instanceof Type.Secret(Type inner)) {
            return to instanceof Type.Secret(Type wanted) ? fit(inner, wanted) : toUnion(from, to);
        }
        if (to instanceof Type.Secret(Type wanted)) {
            return fit(from, wanted) == Fit.NO ? Fit.NO : Fit.CONVERT;
        }
        if (from instanceof Type.Union(List<Type> members)) {
            return all(members, to);
        }
        if (to instanceof Type.Union) {
            return toUnion(from, to);
        }
        if (to instanceof Type.Prop(Type wanted)) {
            return from instanceof Type.Prop(Type inner)
                    ? fit(inner, wanted)
                    : from.equals(new Type.Symbol("inherit")) ? Fit.SAME : fit(from, wanted);
        }
        return plain(from, to);
    }

    private Fit plain(Type from, Type to) {
        if (from instanceof Type.Refined(String name, Type base)) {
            return fit(base, to);
        }
        if (to instanceof Type.Refined(String name, Type base)) {
            return fit(from, base) == Fit.NO ? Fit.NO : Fit.CONVERT;
        }
        if (to instanceof Basic basic) {
            return toBasic(from, basic);
        }
        return switch (to) {
            case Type.ListOf(Type wanted) -> toList(from, wanted);
            case Type.SetOf(Type wanted) -> switch (from) {
                case Type.SetOf(Type element) -> fit(element, wanted);
                case Type.ListOf(Type element) -> fit(element, wanted) == Fit.NO ? Fit.NO : Fit.CONVERT;
                default -> Fit.NO;
            };
            case Type.MapOf(Type key, Type value) when from instanceof Type.MapOf(Type k, Type v) ->
                worse(fit(k, key), fit(v, value));
            case Type.Node(String kind) when from instanceof Type.Node -> kind.isEmpty() ? Fit.SAME : Fit.NO;
            case Type.Reference(String resource) when from instanceof Type.Reference ->
                resource.isEmpty() ? Fit.SAME : Fit.NO;
            case Type.Record(var fields) -> toRecord(from, fields);
            case Type.Struct(String name) when from instanceof Type.Record(var given) -> toStruct(given, name);
            case Type.Function(var params, Type result) when from instanceof Type.Function(var own, Type made) ->
                toFunction(own, made, params, result);
            default -> Fit.NO;
        };
    }

    private Fit toBasic(Type from, Basic to) {
        return switch (to) {
            case FLOAT -> from == Basic.INT ? Fit.CONVERT : Fit.NO;
            case PATH -> from == Basic.STRING ? Fit.CONVERT : Fit.NO;
            case STRING -> from == Basic.PATH ? Fit.CONVERT : Fit.NO;
            case JSON -> isData(from) ? Fit.SAME : Fit.NO;
            default -> Fit.NO;
        };
    }

    /** Can the value be written as json? */
    private boolean isData(Type type) {
        return switch (type) {
            case Basic basic -> basic != Basic.COMMAND;
            case Type.ListOf(Type element) -> isData(element);
            case Type.SetOf(Type element) -> isData(element);
            case Type.MapOf(Type key, Type value) -> isData(value);
            case Type.Optional(Type inner) -> isData(inner);
            case Type.Union(var members) -> members.stream().allMatch(this::isData);
            case Type.Record(var fields) -> fields.values().stream().allMatch(this::isData);
            case Type.Struct ignored -> true;
            case Type.Enum ignored -> true;
            case Type.Symbol ignored -> true;
            case Type.Refined ignored -> true;
            case Type.Node ignored -> true;
            case Type.Prop ignored -> false;
            case Type.Secret ignored -> false;
            case Type.Reference ignored -> false;
            case Type.Function ignored -> false;
            case Type.Variable ignored -> false;
        };
    }

    private Fit toList(Type from, Type wanted) {
        return switch (from) {
            case Type.ListOf(Type element) -> fit(element, wanted);
            // A group of nodes is in the order of the inventory: as a list it is what it is as a set.
            case Type.SetOf(Type element) when element instanceof Type.Node ->
                fit(element, wanted) == Fit.NO ? Fit.NO : Fit.CONVERT;
            default -> Fit.NO;
        };
    }

    private Fit toRecord(Type from, SequencedMap<String, Type> wanted) {
        SequencedMap<String, Type> given;
        if (from instanceof Type.Record(var fields)) {
            given = fields;
        } else if (from instanceof Type.Struct(String name)) {
            given = shapes.fieldTypes(name);
        } else {
            return Fit.NO;
        }
        Fit worst = Fit.SAME;
        for (Map.Entry<String, Type> field : wanted.entrySet()) {
            Type own = given.get(field.getKey());
            if (own == null) {
                worst = field.getValue() instanceof Type.Optional ? worst : Fit.NO;
            } else {
                worst = worse(worst, fit(own, field.getValue()));
            }
        }
        return worst;
    }

    private Fit toStruct(SequencedMap<String, Type> given, String struct) {
        Map<String, Type> wanted = shapes.fieldTypes(struct);
        for (Map.Entry<String, Type> field : given.entrySet()) {
            Type type = wanted.get(field.getKey());
            if (type == null || fit(field.getValue(), type) == Fit.NO) {
                return Fit.NO;
            }
        }
        return given.keySet().containsAll(shapes.requiredFields(struct)) ? Fit.CONVERT : Fit.NO;
    }

    private Fit toFunction(List<Type> own, Type made, List<Type> params, Type result) {
        boolean fits = own.size() == params.size() && fit(made, result) == Fit.SAME;
        for (int i = 0; fits && i < own.size(); i++) {
            fits = fit(params.get(i), own.get(i)) == Fit.SAME;
        }
        return fits ? Fit.SAME : Fit.NO;
    }

    private Fit all(List<Type> members, Type to) {
        Fit worst = Fit.SAME;
        for (Type member : members) {
            worst = worse(worst, fit(member, to));
        }
        return worst;
    }

    /** As it is where a member takes it so; else by the first member that can be converted to. */
    private Fit toUnion(Type from, Type to) {
        if (!(to instanceof Type.Union(List<Type> members))) {
            return Fit.NO;
        }
        Fit best = Fit.NO;
        for (Type member : members) {
            Fit fit = fit(from, member);
            if (fit == Fit.SAME) {
                return Fit.SAME;
            }
            best = fit == Fit.CONVERT ? fit : best;
        }
        return best;
    }

    private static Fit worse(Fit a, Fit b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** The type that takes values of both; empty where there is none that a user would recognise. */
    Optional<Type> join(Type a, Type b) {
        if (a == Basic.ERROR || fit(a, b) == Fit.SAME) {
            return Optional.of(a == Basic.ERROR ? b : b == Basic.ERROR ? a : b);
        }
        if (fit(b, a) == Fit.SAME) {
            return Optional.of(a);
        }
        if (a instanceof Type.Secret || b instanceof Type.Secret) {
            Type plain = a instanceof Type.Secret(Type inner) ? inner : a;
            Type other = b instanceof Type.Secret(Type inner) ? inner : b;
            return join(plain, other).map(t -> isNullable(t) ? optional(new Type.Secret(nonNull(t))) : new Type.Secret(t));
        }
        if (isNullable(a) || isNullable(b)) {
            Type left = nonNull(a);
            Type right = nonNull(b);
            return left == Basic.NULL || right == Basic.NULL
                    ? Optional.of(optional(left == Basic.NULL ? right : left))
                    : join(left, right).map(Types::optional);
        }
        if (numbers(a, b)) {
            return Optional.of(Basic.FLOAT);
        }
        return joinShapes(a, b);
    }

    private Optional<Type> joinShapes(Type a, Type b) {
        if (a instanceof Type.Refined(String name, Type base)) {
            return join(base, b);
        }
        if (b instanceof Type.Refined(String name, Type base)) {
            return join(a, base);
        }
        if (a instanceof Type.ListOf(Type x) && b instanceof Type.ListOf(Type y)) {
            return join(x, y).map(Type.ListOf::new);
        }
        if (a instanceof Type.SetOf(Type x) && b instanceof Type.SetOf(Type y)) {
            return join(x, y).map(Type.SetOf::new);
        }
        if (a instanceof Type.MapOf(Type k, Type x) && b instanceof Type.MapOf(Type l, Type y)) {
            Optional<Type> key = join(k, l);
            Optional<Type> value = join(x, y);
            return key.isPresent() && value.isPresent()
                    ? Optional.of(new Type.MapOf(key.get(), value.get()))
                    : Optional.empty();
        }
        if (a instanceof Type.Node && b instanceof Type.Node) {
            return Optional.of(new Type.Node(""));
        }
        if (a instanceof Type.Reference && b instanceof Type.Reference) {
            return Optional.of(new Type.Reference(""));
        }
        if (a instanceof Type.Record(var x) && b instanceof Type.Record(var y)) {
            return joinRecords(x, y);
        }
        return hasSymbol(a) || hasSymbol(b) ? Optional.of(union(List.of(a, b))) : Optional.empty();
    }

    private Optional<Type> joinRecords(SequencedMap<String, Type> a, SequencedMap<String, Type> b) {
        SequencedMap<String, Type> fields = new LinkedHashMap<>();
        for (Map.Entry<String, Type> field : a.entrySet()) {
            Type other = b.get(field.getKey());
            Optional<Type> type = other == null ? Optional.of(optional(field.getValue())) : join(field.getValue(), other);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            fields.put(field.getKey(), type.get());
        }
        b.forEach((name, type) -> fields.putIfAbsent(name, optional(type)));
        return Optional.of(new Type.Record(fields));
    }

    private static boolean hasSymbol(Type type) {
        return type instanceof Type.Symbol || type instanceof Type.Union;
    }

    private static boolean numbers(Type a, Type b) {
        Type x = base(a);
        Type y = base(b);
        return x == Basic.INT && y == Basic.FLOAT || x == Basic.FLOAT && y == Basic.INT;
    }

    static Type union(List<Type> types) {
        List<Type> members = new ArrayList<>();
        boolean nullable = false;
        for (Type type : types) {
            nullable |= isNullable(type);
            Type present = nonNull(type);
            for (Type each : present instanceof Type.Union(List<Type> inner) ? inner : List.of(present)) {
                if (each != Basic.NULL && !members.contains(each)) {
                    members.add(each);
                }
            }
        }
        Type result = members.size() == 1 ? members.getFirst() : new Type.Union(members);
        return nullable ? optional(result) : result;
    }

    static boolean isNullable(Type type) {
        return type == Basic.NULL || type instanceof Type.Optional;
    }

    static Type optional(Type type) {
        return isNullable(type) || type == Basic.ERROR ? type : new Type.Optional(type);
    }

    static Type nonNull(Type type) {
        return type instanceof Type.Optional(Type inner) ? inner : type;
    }

    static boolean isSecret(Type type) {
        return nonNull(type) instanceof Type.Secret;
    }

    /** What is hidden, itself; null where it may be null. */
    static Type open(Type type) {
        return switch (type) {
            case Type.Secret(Type inner) -> inner;
            case Type.Optional(Type.Secret(Type inner)) -> optional(inner);
            default -> type;
        };
    }

    static Type secret(Type type) {
        return type == Basic.ERROR || isSecret(type) ? type : new Type.Secret(type);
    }

    /** The type without its conditions. */
    static Type base(Type type) {
        return type instanceof Type.Refined(String name, Type base) ? base(base) : type;
    }

    /** The type without what surrounds it: optional, secret, conditions. */
    static Type core(Type type) {
        return switch (type) {
            case Type.Optional(Type inner) -> core(inner);
            case Type.Secret(Type inner) -> core(inner);
            case Type.Refined(String name, Type base) -> core(base);
            default -> type;
        };
    }

    /** What an expected type may mean: itself, or its members, without what surrounds them. */
    static List<Type> alternatives(Type expected) {
        Type core = core(expected);
        if (core instanceof Type.Union(List<Type> members)) {
            return members.stream().flatMap(m -> alternatives(m).stream()).toList();
        }
        return core instanceof Type.Prop(Type inner) ? alternatives(inner) : List.of(core);
    }

    /** The type without one member of its union; itself where it is not a union that has it. */
    static Type without(Type type, Type member) {
        return switch (type) {
            case Type.Optional(Type inner) -> optional(without(inner, member));
            case Type.Union(List<Type> members) when members.contains(member) ->
                union(members.stream().filter(m -> !m.equals(member)).toList());
            default -> type;
        };
    }
}
