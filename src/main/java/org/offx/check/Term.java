package org.offx.check;

import java.util.List;
import java.util.Optional;
import org.offx.text.Span;
import org.offx.type.Type;
import org.offx.value.Value;

/**
 * A checked expression: every name resolved, every call complete, every conversion written out. Definitions are referred
 * to by qualified name ({@code zfs.dataset}; a file's own {@code cluster.offx#vrack_mtu}), locals by their name, which is
 * unique in its body because nothing may be shadowed.
 */
public sealed interface Term {

    Span span();

    Type type();

    record Const(Span span, Type type, Value value) implements Term {}

    /** A member of an enum that carries a payload: {@code vers(4.2)}. */
    record Member(Span span, Type type, String name, String spelling, Term payload) implements Term {}

    /** A parameter, a local {@code let}, a loop variable, {@code it}, {@code desired}, {@code observed}, {@code changes}, an attribute of the resource. */
    record Local(Span span, Type type, String name) implements Term {}

    /** A {@code let} or a {@code group} of some file. */
    record Global(Span span, Type type, String name) implements Term {}

    /** A fact of the node that is evaluated. */
    record Fact(Span span, Type type, String name, List<Term> arguments) implements Term {}

    /** The node that is evaluated: {@code node}. */
    record ThisNode(Span span, Type type) implements Term {}

    /** A call of a declared function, in the order of its parameters, defaults filled in. */
    record Call(Span span, Type type, String function, List<Term> arguments) implements Term {}

    /** A builtin function, method or operator; for a method the receiver is the first argument. */
    record BuiltinCall(Span span, Type type, Builtin builtin, List<Term> arguments) implements Term {}

    /** A call of a function that is a value. */
    record Apply(Span span, Type type, Term function, List<Term> arguments) implements Term {}

    /** A field of a struct or record, an attribute of a node, a key part of a reference. Safe: null of null. */
    record Field(Span span, Type type, Term target, String name, boolean safe) implements Term {}

    record If(Span span, Type type, Term condition, Term then, Term otherwise) implements Term {}

    /** Short-circuit logic: the right side is evaluated only where the left one does not decide. */
    record Logic(Span span, Type type, Operator operator, Term left, Term right) implements Term {}

    enum Operator {
        AND,
        OR,
        /** {@code ??}: the right side where the left one is null. */
        OR_ELSE
    }

    record Match(Span span, Type type, Term target, List<Arm> arms) implements Term {}

    record Arm(List<Pattern> patterns, Term result) {}

    sealed interface Pattern {}

    record Equals(Value value) implements Pattern {}

    /** A member of an enum, {@code pinned(v)} (member name {@code pinned}), a union's word; its payload bound to a local. */
    record IsMember(String name, Optional<String> payload) implements Pattern {}

    record Anything() implements Pattern {}

    record Lambda(Span span, Type type, List<String> params, Term body) implements Term {}

    record Quantifier(Span span, Type type, boolean all, String variable, Term in, Term condition) implements Term {}

    /** A list, or a set where the type says so. */
    record Items(Span span, Type type, List<Element> elements) implements Term {}

    record Element(Term value, boolean spread, Optional<Term> condition) {}

    /** {@code [e for x in xs if c]}: a list, or a set where the type says so. */
    record Comprehension(Span span, Type type, Term element, String variable, Term in, Optional<Term> condition)
            implements Term {}

    record TableComprehension(
            Span span, Type type, Term key, Term value, String variable, Term in, Optional<Term> condition)
            implements Term {}

    /** A map. An entry without a key spreads another map. */
    record Table(Span span, Type type, List<Entry> entries) implements Term {}

    record Entry(Optional<Term> key, Term value) {}

    /** A struct or an anonymous record; spreads come first, then every field that is given. */
    record Record(Span span, Type type, List<Term> spreads, List<FieldValue> fields) implements Term {}

    record FieldValue(String name, Term value) {}

    record Template(Span span, Type type, List<Part> parts) implements Term {}

    sealed interface Part {}

    record Literal(String text) implements Part {}

    record Hole(Term value) implements Part {}

    /** A command: words of literal and interpolated parts. */
    record Command(Span span, Type type, List<Word> words) implements Term {}

    /** A word. With {@code spread}, its only part is a hole that holds a list: each element is a word of its own. */
    record Word(List<Part> parts, boolean spread) {}

    record Pipe(Span span, Type type, List<Term> commands) implements Term {}

    record Block(Span span, Type type, List<Let> lets, Term result) implements Term {}

    record Let(Span span, String name, Term value) {}

    /**
     * A probe. Its value is a record of {@code out}, {@code err} (texts), {@code status} (int) and {@code ok} (status 0).
     * {@code when} sees it as the local {@code it}, and is asked for accepted statuses other than 0.
     */
    record Probe(
            Span span,
            Type type,
            Term command,
            Optional<Term> on,
            Optional<Term> timeout,
            List<Integer> accepted,
            Optional<Term> when)
            implements Term {}

    record Reference(Span span, Type type, String resource, List<Term> key) implements Term {}

    /**
     * A conversion that may fail only where evaluated: the condition of a refinement, json to a type, a list to a set, an
     * int to a float. What fails is OFX0401 (refinement) or an evaluation failure that shows the value.
     */
    record Convert(Span span, Type type, Term value) implements Term {}
}
