package org.offx.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Expr;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Address;
import org.offx.value.Value;

/** Literals, and texts that stand where a path, an address, a version or a regular expression is expected. */
final class LiteralCheck {

    private final Checker checker;

    LiteralCheck(Checker checker) {
        this.checker = checker;
    }

    Term term(Expr.Literal literal, Type expected) {
        Span span = literal.span();
        Value value = literal.value();
        if (value instanceof Value.Text(String text)) {
            return text(span, text, expected);
        }
        boolean number = value instanceof Value.Int || value instanceof Value.Decimal;
        if (number && Types.alternatives(expected).contains(Basic.VERSION)) {
            return new Term.Const(span, Basic.VERSION, new Value.Version(span.text()));
        }
        return new Term.Const(span, type(value), value);
    }

    static Type type(Value value) {
        return switch (value) {
            case Value.Nothing ignored -> Basic.NULL;
            case Value.Bool ignored -> Basic.BOOL;
            case Value.Int ignored -> Basic.INT;
            case Value.Decimal ignored -> Basic.FLOAT;
            case Value.Text ignored -> Basic.STRING;
            case Value.Size ignored -> Basic.SIZE;
            case Value.Time ignored -> Basic.DURATION;
            case Value.Rate ignored -> Basic.RATE;
            case Value.Percent ignored -> Basic.PERCENT;
            case Value.Ip ignored -> Basic.IP;
            case Value.Cidr ignored -> Basic.CIDR;
            case Value.Mac ignored -> Basic.MAC;
            case Value.Path ignored -> Basic.PATH;
            case Value.Mode ignored -> Basic.MODE;
            case Value.Regex ignored -> Basic.REGEX;
            case Value.Version ignored -> Basic.VERSION;
            default -> throw new IllegalStateException("no literal: " + value);
        };
    }

    /** A text without interpolations: what it is where such a type is expected. */
    Term text(Span span, String text, Type expected) {
        List<Type> wanted = Types.alternatives(expected);
        if (wanted.contains(Basic.STRING)) {
            return string(span, text);
        }
        List<Diagnostic> refused = new ArrayList<>();
        for (Type type : wanted) {
            Optional<Value> value = type instanceof Basic basic ? read(basic, text, span, refused) : Optional.empty();
            if (value.isPresent()) {
                return new Term.Const(span, type, value.get());
            }
        }
        if (refused.isEmpty()) {
            return string(span, text);
        }
        checker.problems.add(refused.getFirst());
        return ExprCheck.missing(span);
    }

    private static Term string(Span span, String text) {
        return new Term.Const(span, Basic.STRING, new Value.Text(text));
    }

    private static Optional<Value> read(Basic type, String text, Span span, List<Diagnostic> refused) {
        return switch (type) {
            case PATH -> orRefused(Value.Path.parse(text), span, refused, "`" + text + "` is no path: it does not start with /");
            case REGEX -> regex(text, span, refused);
            case VERSION ->
                orRefused(Value.Version.parse(text), span, refused, "`" + text + "` is no version: it does not start with a digit");
            case MAC -> orRefused(Value.Mac.parse(text), span, refused, "`" + text + "` is no MAC address, such as 52:54:00:12:34:56");
            case IP -> orRefused(Address.parse(text).map(Value.Ip::new), span, refused, "`" + text + "` is no IP address");
            case CIDR -> orRefused(
                    Value.Cidr.parse(text), span, refused, "`" + text + "` is no address with a prefix length, such as 10.0.0.1/24");
            default -> Optional.empty();
        };
    }

    private static Optional<Value> orRefused(
            Optional<? extends Value> value, Span span, List<Diagnostic> refused, String message) {
        if (value.isEmpty()) {
            refused.add(Diagnostic.error(Code.TYPE_MISMATCH, span, message));
        }
        return value.map(v -> v);
    }

    private static Optional<Value> regex(String text, Span span, List<Diagnostic> refused) {
        try {
            return Optional.of(new Value.Regex(Pattern.compile(text).pattern()));
        } catch (PatternSyntaxException e) {
            refused.add(Diagnostic.error(
                    Code.TYPE_MISMATCH, span, "`" + text + "` is no regular expression: " + e.getDescription()));
            return Optional.empty();
        }
    }
}
