package org.offx.type;

import java.util.List;
import java.util.SequencedMap;

/**
 * A static type. Declared types (structs, enums, refinements, kinds, resources) are referred to by their qualified name,
 * so that they may be recursive; {@code check.Program} holds what the names mean.
 */
public sealed interface Type {

    /** The types that the language is born with. */
    enum Basic implements Type {
        STRING,
        INT,
        FLOAT,
        BOOL,
        SIZE,
        DURATION,
        RATE,
        PERCENT,
        IP,
        CIDR,
        MAC,
        PATH,
        MODE,
        REGEX,
        VERSION,
        /** What {@code .json()} gives: a tree of unknown shape, decoded with {@code as}. */
        JSON,
        COMMAND,
        /** The type of {@code null}. */
        NULL,
        /** The result of an expression that was already reported as wrong: fits everything, so that one mistake is one error. */
        ERROR
    }

    record ListOf(Type element) implements Type {}

    record SetOf(Type element) implements Type {}

    record MapOf(Type key, Type value) implements Type {}

    /** {@code T?}. */
    record Optional(Type type) implements Type {}

    record Secret(Type type) implements Type {}

    /** {@code Prop<T>}: {@code T} (holds), {@code pinned(T)} (is set here), or {@code inherit} (is not set here). */
    record Prop(Type type) implements Type {}

    /** The type of one bare word, a member of a union: {@code none}, {@code absent}. */
    record Symbol(String word) implements Type {}

    /** At least two members, none of them a union. */
    record Union(List<Type> members) implements Type {}

    record Struct(String name) implements Type {}

    record Enum(String name) implements Type {}

    /** A type with a condition; the name is that of the alias, or the condition's own text. */
    record Refined(String name, Type base) implements Type {}

    /** A node of a kind; any node where the kind is empty. */
    record Node(String kind) implements Type {}

    /** A reference to a task of a resource. */
    record Reference(String resource) implements Type {}

    /** A record without a name: what {@code observe} gives, what a probe answers, {@code desired}, {@code changes}. */
    record Record(SequencedMap<String, Type> fields) implements Type {}

    record Function(List<Type> params, Type result) implements Type {}

    /** A type variable in the signature of a builtin. */
    record Variable(String name) implements Type {}
}
