package org.offx.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.type.Type;
import org.offx.type.Type.Basic;
import org.offx.value.Value;

/** Explains why a value does not serve where another type is expected, and what would. */
final class Misfits {

    private final Checker checker;

    Misfits(Checker checker) {
        this.checker = checker;
    }

    void report(Term term, Type expected) {
        checker.problems.add(secret(term, expected)
                .or(() -> missing(term, expected))
                .or(() -> unit(term, expected))
                .orElseGet(() -> mismatch(term, expected)));
    }

    /** OFX0307 for what is used as if it were there. */
    void maybeNull(Term term) {
        checker.problems.add(maybeNull(term, ""));
    }

    private Optional<Diagnostic> secret(Term term, Type expected) {
        if (!(Types.nonNull(term.type()) instanceof Type.Secret(Type inner))
                || checker.types.fit(inner, expected) == Types.Fit.NO) {
            return Optional.empty();
        }
        return Optional.of(Diagnostic.error(Code.SECRET_LEAK, term.span(), "a secret where it would be shown")
                .here("this is " + TypeNames.a(term.type()))
                .note("secrets go only into `input`, into the text of an `edit`, and into attributes of type secret"));
    }

    private Optional<Diagnostic> missing(Term term, Type expected) {
        if (term.type() == Basic.NULL && !(Types.core(expected) instanceof Type.Function)) {
            return Optional.of(Diagnostic.error(Code.MAYBE_NULL, term.span(), "null where there must be a value")
                    .here("expected " + wanted(expected)));
        }
        return term.type() instanceof Type.Optional(Type inner) && checker.types.fit(inner, expected) != Types.Fit.NO
                ? Optional.of(maybeNull(term, "expected " + wanted(expected)))
                : Optional.empty();
    }

    private static Diagnostic maybeNull(Term term, String expected) {
        Optional<String> written = Paths.shown(term).or(() -> Optional.of(term.span().text()).filter(Misfits::isBrief));
        String name = written.map(w -> "`" + w + "`").orElse("the value");
        String example = written.orElse("value");
        return Diagnostic.error(Code.MAYBE_NULL, term.span(), name + " may be missing")
                .here(expected.isEmpty() ? "this is " + TypeNames.a(term.type()) : expected)
                .note(example.startsWith("observed.")
                        ? "it is null where nothing was there, and where nothing was found: `when changes.x and update …`, or `" + example + " ?? other`"
                        : Paths.shown(term).isPresent()
                                ? "say what then: `" + example + " ?? other`, or use it where `" + example + " != null` is known"
                                : "say what then: `" + example + " ?? other`");
    }

    private static boolean isBrief(String written) {
        return written.length() <= 40 && written.indexOf('\n') < 0;
    }

    /** What is expected of something that is given: that it may be left out is of no interest then. */
    private static String wanted(Type expected) {
        Type type = Types.nonNull(expected);
        return type instanceof Type.Record ? "a record " + TypeNames.of(type)
                : type instanceof Type.Prop(Type inner) ? TypeNames.a(inner) + " (or `inherit`)"
                : TypeNames.a(type);
    }

    private static Optional<Diagnostic> unit(Term term, Type expected) {
        Type given = Types.core(term.type());
        List<Type> wanted = Types.alternatives(expected);
        String written = term.span().text();
        if (given == Basic.INT || given == Basic.FLOAT) {
            Optional<String> note = wanted.stream().map(w -> units(w, term)).filter(n -> !n.isEmpty()).findFirst();
            String lacks = wanted.contains(Basic.MODE) ? "` is no mode" : "` has no unit";
            return note.map(n -> Diagnostic.error(Code.WRONG_UNIT, term.span(), "`" + written + lacks)
                    .here("expected " + wanted(expected))
                    .note(n));
        }
        boolean plain = wanted.contains(Basic.INT) || wanted.contains(Basic.FLOAT);
        String count = given instanceof Basic basic ? counted(basic) : "";
        return !plain || count.isEmpty()
                ? Optional.empty()
                : Optional.of(Diagnostic.error(
                                Code.WRONG_UNIT, term.span(), "`" + written + "` is " + TypeNames.a(given) + ", and a plain number is expected")
                        .here("expected " + wanted(expected))
                        .note(term instanceof Term.Const
                                ? "write the number without a unit" + plain(term)
                                : "as a number it is `" + operand(written) + count + "`"));
    }

    private static String units(Type wanted, Term term) {
        String n = term instanceof Term.Const(var span, Type type, Value.Int(long value)) ? Long.toString(value) : "";
        if (!(wanted instanceof Basic basic)) {
            return "";
        }
        if (n.isEmpty()) {
            return switch (basic) {
                case SIZE -> "a number of bytes becomes a size by bytes(…)";
                case DURATION -> "a number of seconds becomes a duration by seconds(…)";
                case RATE -> "a number of bits a second becomes a rate by bits_per_second(…)";
                default -> "";
            };
        }
        return switch (basic) {
            case SIZE -> "bytes? write %sB, or %sKiB, %sMiB, %sGiB (binary), %sKB, %sMB, %sGB (decimal)".formatted(n, n, n, n, n, n, n);
            case DURATION -> "seconds? write %ss, or %sm, %sh, %sd".formatted(n, n, n, n);
            case RATE -> "write %sMbps or %sGbps".formatted(n, n);
            case PERCENT -> "write " + n + "%";
            case MODE -> "a mode is written with a leading zero: 0" + n;
            default -> "";
        };
    }

    /** What a value with a unit is in the unit of bytes, seconds, bits a second. */
    private static String plain(Term term) {
        Value value = term instanceof Term.Const(var span, Type type, Value constant) ? constant : Value.Nothing.NULL;
        return value instanceof Value.Size(long bytes) && bytes <= 1_000_000 ? ": " + bytes
                : value instanceof Value.Time(var time) && time.toMillisPart() == 0 ? ": " + time.toSeconds()
                : value instanceof Value.Rate(long bits) ? ": " + bits
                : "";
    }

    private static String counted(Basic type) {
        return switch (type) {
            case SIZE -> ".bytes()";
            case DURATION -> ".seconds()";
            case RATE -> ".bits()";
            case PERCENT -> ".value()";
            default -> "";
        };
    }

    private Diagnostic mismatch(Term term, Type expected) {
        Diagnostic diagnostic = Diagnostic.error(
                        Code.TYPE_MISMATCH,
                        term.span(),
                        "expected " + wanted(expected) + ", but this is " + TypeNames.a(term.type()));
        return hint(term, expected).map(diagnostic::note).orElse(diagnostic);
    }

    private Optional<String> hint(Term term, Type expected) {
        String written = term.span().text();
        String it = isBrief(written) ? operand(written) : "value";
        Type given = Types.core(term.type());
        Type wanted = Types.core(expected);
        if (wanted instanceof Type.ListOf(Type element) && fits(given, element)
                || wanted instanceof Type.SetOf(Type of) && fits(given, of)) {
            return Optional.of("a list of one is written [" + it + "]");
        }
        if (given instanceof Type.SetOf(Type element) && wanted instanceof Type.ListOf) {
            return Optional.of("a set has no order; " + it + ".to_list() takes it as it stands");
        }
        if (given instanceof Type.Prop(Type inner) && fits(inner, expected)) {
            return Optional.of("a property holds its value and where it comes from: " + it + ".value() ?? …");
        }
        if (given instanceof Type.Record(var fields) && fields.containsKey("live") && fits(fields.get("live"), expected)) {
            return Optional.of("it is observed twice, now and after a reboot: " + it + ".live, " + it + ".kept");
        }
        if (given == Basic.JSON) {
            boolean maybe = Types.isNullable(term.type()) && !Types.isNullable(expected);
            return Optional.of("say what it must be: " + it + " as " + TypeNames.of(expected)
                    + (maybe ? "?, which is null where there is nothing" : ""));
        }
        if (given instanceof Type.Record(var fields) && fields.containsKey("out") && wanted == Basic.STRING) {
            return Optional.of("a probe answers with a record: .out is what the command printed");
        }
        Optional<String> constant = constantHint(term, given, expected);
        return constant.isPresent() || term instanceof Term.Const && given == Basic.STRING && wanted != Basic.COMMAND
                ? constant
                : basicHint(it, given, wanted);
    }

    /** Something in front of a dot. */
    private static String operand(String written) {
        return written.indexOf(' ') < 0 ? written : "(" + written + ")";
    }

    /** A text that is quoted where it should not be, or the other way round. */
    private Optional<String> constantHint(Term term, Type given, Type expected) {
        if (!(term instanceof Term.Const(var span, Type type, Value value))) {
            return Optional.empty();
        }
        if (value instanceof Value.Bool(boolean on) && !text(expected)) {
            return switched(on, expected);
        }
        if (given != Basic.STRING) {
            return Types.core(expected) == Basic.STRING
                    ? Optional.of("as a text it is \"" + span.text() + "\"")
                    : Optional.empty();
        }
        String text = value instanceof Value.Text(String t) ? t : "";
        if (Types.core(expected) instanceof Type.SetOf(Type element) && element instanceof Type.Enum(String of)) {
            return isMember(of, text) ? Optional.of("a list of one is written [" + text + "]") : Optional.empty();
        }
        boolean nodes = Types.core(expected) instanceof Type.SetOf(Type element) ? element instanceof Type.Node : Types.core(expected) instanceof Type.Node;
        if (nodes && text.matches("[a-z_][A-Za-z0-9_]*")) {
            return Optional.of("it is written without quotes: " + text);
        }
        for (Type each : Types.alternatives(expected)) {
            boolean member = each instanceof Type.Enum(String of) && isMember(of, text);
            boolean number = each == Basic.INT && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
            Optional<String> plain = member || number || each.equals(new Type.Symbol(text))
                    ? Optional.of(text)
                    : Unquoted.literal(text, each instanceof Type.Prop(Type inner) ? inner : each);
            if (plain.isPresent()) {
                return Optional.of("it is written without quotes: " + plain.get());
            }
        }
        return Optional.empty();
    }

    private boolean isMember(String enumeration, String word) {
        return checker.shapes.members(enumeration).stream().anyMatch(c -> c.name().text().equals(word));
    }

    private static boolean text(Type expected) {
        return Types.core(expected) == Basic.STRING;
    }

    /** A bool where there is a switch with words of its own. */
    private Optional<String> switched(boolean on, Type expected) {
        List<String> words = on ? List.of("on", "yes", "enabled", "always") : List.of("off", "no", "none", "disabled", "never");
        List<String> members = Types.alternatives(expected).stream()
                .flatMap(type -> type instanceof Type.Enum(String of)
                        ? checker.shapes.members(of).stream().map(c -> c.name().text())
                        : type instanceof Type.Symbol(String word) ? Stream.of(word) : Stream.empty())
                .toList();
        return words.stream().filter(members::contains).findFirst().map(word -> "it is written `" + word + "` here");
    }

    private static Optional<String> basicHint(String it, Type given, Type wanted) {
        if (wanted == Basic.STRING) {
            return given instanceof Basic ? Optional.of("as a text it is \"${" + it + "}\"") : Optional.empty();
        }
        if (given == Basic.IP && wanted == Basic.CIDR) {
            return Optional.of("with the length of its prefix it is cidr(" + it + ", 24)");
        }
        if (given == Basic.VERSION && Types.alternatives(wanted).contains(Basic.IP)) {
            return Optional.of("an IPv4 address has four parts");
        }
        if (given == Basic.CIDR && wanted == Basic.IP) {
            return Optional.of("without the length of its prefix it is " + it + ".address()");
        }
        if (given == Basic.STRING && wanted instanceof Basic basic) {
            return switch (basic) {
                case BOOL -> Optional.of("a bool is `true` or `false`; a text is compared: " + it + " == \"…\"");
                case INT -> Optional.of(it + ".int() reads a number; it is null where the text is none");
                case FLOAT -> Optional.of(it + ".float() reads a number; it is null where the text is none");
                case IP, CIDR, REGEX, VERSION, MODE -> Optional.of(TypeNames.of(basic) + "(" + it + ") reads it");
                case COMMAND -> Optional.of("a command stands in backticks: `echo ${text}`");
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    private boolean fits(Type from, Type to) {
        return checker.types.fit(from, to) != Types.Fit.NO;
    }
}
