package org.offx.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The canonical text of values. */
public final class Shown {

    private Shown() {}

    /**
     * What a template's {@code ${…}} gives: texts, paths and commands bare, an enum's member in its
     * native spelling, a property by its value, everything else as a literal.
     */
    public static String text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Path(String path) -> path;
            case Value.Regex(String pattern) -> pattern;
            case Value.CommandLine(Command command, var _) -> command.shown();
            case Value.Sourced(Value sourced, String _) -> text(sourced);
            case Value.Pinned(Value pinned) -> text(pinned);
            case Value.Member member -> member.payload().isPresent() ? literal(member) : member.spelling();
            case Value.Nothing _, Value.Bool _, Value.Int _, Value.Decimal _, Value.Percent _, Value.Size _, Value.Time _,
                    Value.Rate _, Value.Ip _, Value.Cidr _, Value.Mac _, Value.Mode _, Value.Version _, Value.Symbol _,
                    Value.Items _, Value.Group _, Value.Table _, Value.Struct _, Value.NodeName _, Value.Reference _,
                    Value.Secret _, Value.Both _, Value.Unknown _, Value.Function _ -> literal(value);
        };
    }

    /** What the language would write: texts in quotes, sizes in the largest unit that gives a whole number. */
    public static String literal(Value value) {
        return switch (value) {
            case Value.Nothing _ -> "null";
            case Value.Bool(boolean b) -> Boolean.toString(b);
            case Value.Int(long i) -> Long.toString(i);
            case Value.Decimal(double d) -> decimal(d);
            case Value.Text(String text) -> '"' + escaped(text) + '"';
            case Value.Size(long bytes) -> size(bytes);
            case Value.Time(Duration time) -> time(time.toMillis());
            case Value.Rate(long bits) -> rate(bits);
            case Value.Percent(double percent) -> digits(percent) + "%";
            case Value.Ip(Address address) -> address.toString();
            case Value.Cidr(Address address, int prefix) -> address + "/" + prefix;
            case Value.Mac(String mac) -> mac;
            case Value.Path(String path) -> '"' + escaped(path) + '"';
            case Value.Mode(int bits) -> String.format(Locale.ROOT, "0%03o", bits);
            case Value.Regex(String pattern) -> '\'' + pattern + '\'';
            case Value.Version(String version) -> version;
            case Value.Symbol(String name) -> name;
            case Value.Member member -> member.name() + member.payload().map(p -> "(" + literal(p) + ")").orElse("");
            case Value.Items(List<Value> values) -> brackets(values.stream().map(Shown::literal));
            case Value.Group(var values) -> brackets(values.stream().map(Shown::literal).sorted());
            case Value.Table(var entries) -> braces(entries.entrySet().stream()
                    .map(e -> literal(e.getKey()) + " = " + literal(e.getValue())));
            case Value.Struct(String _, var fields) -> braces(fields.entrySet().stream()
                    .filter(e -> e.getValue() != Value.Nothing.NULL)
                    .map(e -> e.getKey() + " = " + literal(e.getValue())));
            case Value.NodeName(String name) -> name;
            case Value.Reference(String resource, List<Value> key) ->
                resource + key.stream().map(Shown::literal).collect(Collectors.joining(", ", "(", ")"));
            case Value.Secret _ -> "(secret)";
            case Value.CommandLine(Command command, var _) -> "`" + command.shown() + "`";
            case Value.Pinned(Value pinned) -> "pinned(" + literal(pinned) + ")";
            case Value.Sourced(Value sourced, String source) -> literal(sourced) + origin(source);
            case Value.Both(Value live, Value kept) -> literal(live) + (live.equals(kept) ? "" : " (after a reboot: " + keptLiteral(kept) + ")");
            case Value.Unknown(String _, String shown) -> shown;
            case Value.Function _ -> "(function)";
        };
    }

    private static String brackets(Stream<String> elements) {
        return elements.collect(Collectors.joining(", ", "[", "]"));
    }

    private static String braces(Stream<String> entries) {
        String inside = entries.collect(Collectors.joining(", "));
        return inside.isEmpty() ? "{}" : "{ " + inside + " }";
    }

    /** Of a property that is set at this very place there is nothing to say. */
    private static String origin(String source) {
        return source.equals("local") || source.equals("-") ? "" : " (" + source + ")";
    }

    private static String keptLiteral(Value kept) {
        return kept == Value.Nothing.NULL ? "not set" : literal(kept);
    }

    /** With digits on both sides of the point, as the language reads it; never with an exponent. */
    private static String decimal(double number) {
        String digits = digits(number);
        return digits.indexOf('.') < 0 ? digits + ".0" : digits;
    }

    private static String digits(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }

    /** The shorter of the binary and the decimal form; where they are as long, the binary one, which is what tools report. */
    private static String size(long bytes) {
        String binary = amount(
                bytes, Units.BYTE, Units.PEBIBYTE, Units.TEBIBYTE, Units.GIBIBYTE, Units.MEBIBYTE, Units.KIBIBYTE, Units.BYTE);
        String decimal = amount(
                bytes, Units.BYTE, Units.PETABYTE, Units.TERABYTE, Units.GIGABYTE, Units.MEGABYTE, Units.KILOBYTE, Units.BYTE);
        return decimal.length() < binary.length() ? decimal : binary;
    }

    private static String time(long millis) {
        return amount(millis, Units.SECOND, Units.DAY, Units.HOUR, Units.MINUTE, Units.SECOND, Units.MILLISECOND);
    }

    private static String rate(long bits) {
        return amount(
                bits, Units.BIT_RATE, Units.GIGABIT_RATE, Units.MEGABIT_RATE, Units.KILOBIT_RATE, Units.BIT_RATE);
    }

    /**
     * A whole number of the first unit that gives one.
     *
     * @param ofNothing the unit of 0, which all units would fit
     */
    private static String amount(long amount, Units ofNothing, Units... units) {
        Units unit = amount == 0
                ? ofNothing
                : Stream.of(units).filter(each -> amount % each.factor() == 0).findFirst().orElseThrow();
        return amount / unit.factor() + unit.symbol();
    }

    /** A text as the language reads it between double quotes. */
    private static String escaped(String text) {
        if (text.chars().noneMatch(c -> c == '"' || c == '\\' || c == '$' || Character.isISOControl(c))) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\', '"' -> escaped.append('\\').append(c);
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case '$' -> escaped.append(text.startsWith("${", i) ? "\\$" : "$");
                default -> escaped.append(Character.isISOControl(c) ? "\\u{" + Integer.toHexString(c) + "}" : c);
            }
        }
        return escaped.toString();
    }
}
