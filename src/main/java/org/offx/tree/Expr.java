package org.offx.tree;

import java.util.List;
import java.util.Optional;
import org.offx.text.Span;
import org.offx.value.Value;

/** An expression as written. */
public sealed interface Expr extends Node {

    record Literal(Span span, Value value) implements Expr {}

    /** A text with or without interpolations; indentation of multi-line ones is already taken away. */
    record Template(Span span, List<Part> parts) implements Expr {}

    /** A backtick command: its words by structure. */
    record Command(Span span, List<Word> words) implements Expr {}

    /** {@code `a` | `b`}, and {@code command | command} in general. */
    record Pipe(Span span, List<Expr> commands) implements Expr {}

    record Ref(Span span, String name) implements Expr {}

    /** {@code .err} where a value is implied: {@code it.err}. */
    record Implied(Span span, Name field) implements Expr {}

    record Member(Span span, Expr target, Name name, boolean safe) implements Expr {}

    record Call(Span span, Expr target, List<Arg> arguments) implements Expr {}

    /** An argument, by position or by name. */
    record Arg(Span span, Optional<Name> name, Expr value) implements Node {}

    record Index(Span span, Expr target, Expr index) implements Expr {}

    record Unary(Span span, UnaryOp op, Expr operand) implements Expr {}

    record Binary(Span span, BinaryOp op, Span opSpan, Expr left, Expr right) implements Expr {}

    /** {@code text.json() as list<Link>}. */
    record As(Span span, Expr value, TypeExpr type) implements Expr {}

    record If(Span span, Expr condition, Expr then, Expr otherwise) implements Expr {}

    record Match(Span span, Expr target, List<Arm> arms) implements Expr {}

    record Arm(Span span, List<Pattern> patterns, Expr result) implements Node {}

    record Lambda(Span span, List<Name> params, Expr body) implements Expr {}

    record Quantifier(Span span, boolean all, Name variable, Expr in, Expr condition) implements Expr {}

    record ListOf(Span span, List<Element> elements) implements Expr {}

    /** {@code [e for x in xs if c]}. */
    record ListComp(Span span, Expr element, Name variable, Expr in, Optional<Expr> condition) implements Expr {}

    /** {@code { quota = 1TiB, … }}: a record or a map, as the expected type says. */
    record Braces(Span span, List<Entry> entries) implements Expr {}

    /** {@code { [k] = v for x in xs if c }}. */
    record MapComp(Span span, Expr key, Expr value, Name variable, Expr in, Optional<Expr> condition) implements Expr {}

    /** Local definitions, then a value: the bodies of functions and of {@code observe}. */
    record Block(Span span, List<Decl.Let> lets, Expr result) implements Expr {}

    /** {@code probe `zfs get …` on host timeout 20s or exit [1] when .err matches "…"}. */
    record Probe(
            Span span,
            Expr command,
            Optional<Expr> on,
            Optional<Expr> timeout,
            List<Expr> accepted,
            Optional<Expr> when)
            implements Expr {}

    record Parens(Span span, Expr inner) implements Expr {}

    /** Where an expression should stand and none does; an error has been reported. */
    record Missing(Span span) implements Expr {}

    /** An element of a list: a value, or {@code ...values}; either may carry a condition, {@code "ro" if read_only}. */
    record Element(Span span, Expr value, boolean spread, Optional<Expr> condition) implements Node {}

    /** A part of a template. */
    sealed interface Part extends Node {}

    record TextPart(Span span, String text) implements Part {}

    record Hole(Span span, Expr value) implements Part {}

    /** One word of a command: parts side by side. A list in a word of its own spreads into several words. */
    record Word(Span span, List<Part> parts) implements Node {}

    sealed interface Pattern extends Node {}

    record ValuePattern(Span span, Expr value) implements Pattern {}

    /** A word: an enum's member, {@code none}, {@code null}; {@code _} for the rest; with a payload bound to a name. */
    record WordPattern(Span span, String word, Optional<Name> payload) implements Pattern {}

    enum UnaryOp {
        NOT,
        NEGATE
    }

    enum BinaryOp {
        MULTIPLY("*"),
        DIVIDE("/"),
        ADD("+"),
        SUBTRACT("-"),
        RANGE(".."),
        OR_ELSE("??"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        EQUAL("=="),
        NOT_EQUAL("!="),
        IN("in"),
        MATCHES("matches"),
        AND("and"),
        OR("or");

        private final String symbol;

        BinaryOp(String symbol) {
            this.symbol = symbol;
        }

        /** How the language writes it. */
        public String symbol() {
            return symbol;
        }
    }
}
