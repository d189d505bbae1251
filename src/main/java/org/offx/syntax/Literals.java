package org.offx.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Expr;
import org.offx.value.Address;
import org.offx.value.Units;
import org.offx.value.Value;

/** Judges what the lexer read loosely as a number or an address. Refuses with OFX0103, units with OFX0306. */
final class Literals {

    private final Building building;

    Literals(Building building) {
        this.building = building;
    }

    Expr number(Span span) {
        String text = span.text();
        int digits = leadingDigits(text);
        if (text.endsWith("%")) {
            String amount = text.substring(0, text.length() - 1);
            return isDecimal(amount)
                    ? fraction(span, amount, Value.Percent::new)
                    : bad(span, "`" + text + "` is no percentage", "write a number in front of `%`: `25%`, `12.5%`");
        }
        if (digits == text.length()) {
            return integer(span, text);
        }
        int dots = (int) text.chars().filter(c -> c == '.').count();
        if (dots >= 2) {
            return dotted(span, text, dots);
        }
        if (dots == 1 && isDecimal(text)) {
            return fraction(span, text, Value.Decimal::new);
        }
        return text.indexOf('_') >= 0 ? grouped(span, text) : quantity(span, text);
    }

    private Expr fraction(Span span, String digits, DoubleFunction<Value> value) {
        double number = Double.parseDouble(digits);
        return Double.isInfinite(number)
                ? bad(span, "the number is too large", "the largest number with a fraction is about 1.8 and 308 zeros")
                : literal(span, value.apply(number));
    }

    private Expr integer(Span span, String text) {
        if (text.length() > 1 && text.charAt(0) == '0') {
            boolean octal = text.chars().allMatch(c -> c <= '7');
            if (octal && (text.length() == 4 || text.length() == 5)) {
                return literal(span, new Value.Mode(Integer.parseInt(text, 8)));
            }
            return bad(
                    span,
                    "`" + text + "` is neither a number nor a mode",
                    "a number does not start with 0; a mode is a 0 and three or four digits from 0 to 7: `0644`, `01777`");
        }
        try {
            return literal(span, new Value.Int(Long.parseLong(text)));
        } catch (NumberFormatException tooLarge) {
            return bad(span, "the number is too large", "the largest whole number is " + Long.MAX_VALUE);
        }
    }

    private Expr grouped(Span span, String text) {
        String plain = text.replace("_", "");
        boolean inside = !text.endsWith("_") && !text.contains("__");
        return inside && leadingDigits(plain) == plain.length()
                ? integer(span, plain)
                : bad(span, "`" + text + "` is no number", "`_` stands between two digits: `1_000_000`");
    }

    private Expr dotted(Span span, String text, int dots) {
        if (!text.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9')) {
            return bad(span, "`" + text + "` is neither a number nor a version", "a text stands in quotes: \"" + text + "\"");
        }
        if (dots != 3) {
            return literal(span, new Value.Version(text));
        }
        Optional<Address> address = Address.parse(text);
        return address.isPresent() ? literal(span, new Value.Ip(address.get())) : badIpv4(span, text);
    }

    private Expr badIpv4(Span span, String text) {
        for (String part : text.split("\\.")) {
            if (part.length() > 1 && part.charAt(0) == '0') {
                return bad(span, "`" + text + "` is no IPv4 address", "its part `" + part + "` starts with 0, which some programs read as octal");
            }
            if (part.length() > 3 || Integer.parseInt(part) > 255) {
                return bad(span, "`" + text + "` is no IPv4 address", "its part `" + part + "` is larger than 255");
            }
        }
        return bad(span, "`" + text + "` is no IPv4 address", "it has four numbers from 0 to 255: `10.0.0.1`");
    }

    private Expr quantity(Span span, String text) {
        int end = 0;
        while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        String number = text.substring(0, end);
        String unit = text.substring(end);
        if (!isDecimal(number)) {
            return bad(span, "`" + text + "` is no number", "a fraction has digits on both sides of its point: `1.5GiB`");
        }
        return switch (Units.read(number, unit)) {
            case Units.Reading.Known(Value value) -> literal(span, value);
            case Units.Reading.NoSuchUnit(List<Units> nearest) -> noSuchUnit(span, number, unit, nearest);
            case Units.Reading.NotWhole(Units known) -> bad(
                    span, "`" + text + "` is not a whole number of " + smallest(known), "a fraction may be written where it comes out whole: `1.5KiB`");
            case Units.Reading.TooLarge(Units known) -> bad(
                    span, "`" + text + "` is too large", "the largest amount is " + Long.MAX_VALUE + " " + smallest(known));
        };
    }

    private Expr noSuchUnit(Span span, String number, String unit, List<Units> nearest) {
        Diagnostic diagnostic = Diagnostic.error(Code.WRONG_UNIT, span, "there is no unit `" + unit + "`");
        for (Units each : nearest) {
            diagnostic = diagnostic.fix(explained(each), span, number + each.symbol());
        }
        if (nearest.isEmpty()) {
            diagnostic = unit.chars().anyMatch(Literals::isDigit)
                    ? diagnostic.note("a number carries one unit: 90 minutes are `90m` or `1.5h`")
                    : diagnostic.note("sizes are B KB MB GB TB PB and KiB MiB GiB TiB PiB; durations ms s m h d w; rates bps kbps Mbps Gbps");
        }
        building.report(diagnostic);
        return new Expr.Missing(span);
    }

    private static String explained(Units unit) {
        return switch (unit.dimension()) {
            case SIZE -> unit.symbol().contains("i") ? "binary, " + unit.factor() + " bytes each" : "decimal, " + unit.factor() + " bytes each";
            case TIME -> unit == Units.MINUTE ? "minutes" : unit.name().toLowerCase(Locale.ROOT) + "s";
            case RATE -> unit.factor() + " bits per second each";
        };
    }

    private static String smallest(Units unit) {
        return switch (unit.dimension()) {
            case SIZE -> "bytes";
            case TIME -> "milliseconds";
            case RATE -> "bits per second";
        };
    }

    Expr cidr(Span span) {
        String text = span.text();
        int slash = text.indexOf('/');
        Optional<Address> address = Address.parse(text.substring(0, slash));
        if (address.isEmpty()) {
            Span host = building.source().span(span.start(), span.start() + slash);
            return text.indexOf(':') < 0 ? badIpv4(host, host.text()) : badIpv6(host);
        }
        String prefix = text.substring(slash + 1);
        int width = address.get().width();
        if (prefix.length() > 3 || Integer.parseInt(prefix) > width) {
            Span at = building.source().span(span.start() + slash + 1, span.end());
            return bad(at, "the prefix length `" + prefix + "` is too large", "an IPv" + (width == 32 ? 4 : 6) + " address has " + width + " bits");
        }
        return literal(span, new Value.Cidr(address.get(), Integer.parseInt(prefix)));
    }

    /** A hardware address has six groups of two digits, which no IPv6 address has. */
    Expr colons(Span span) {
        String text = span.text();
        boolean hardware = text.length() == 17 && text.chars().filter(c -> c == ':').count() == 5;
        for (int i = 2; i < text.length() && hardware; i += 3) {
            hardware = text.charAt(i) == ':';
        }
        if (hardware) {
            return literal(span, new Value.Mac(text.toLowerCase(Locale.ROOT)));
        }
        if (span.text().indexOf('/') >= 0) {
            return cidr(span);
        }
        Optional<Address> address = Address.parse(span.text());
        return address.isPresent() ? literal(span, new Value.Ip(address.get())) : badIpv6(span);
    }

    private Expr badIpv6(Span span) {
        return bad(span, "`" + span.text() + "` is no IPv6 address", "it has eight groups of up to four hexadecimal digits; one run of zeros may be `::`");
    }

    private static Expr literal(Span span, Value value) {
        return new Expr.Literal(span, value);
    }

    private Expr bad(Span span, String message, String note) {
        building.report(Diagnostic.error(Code.BAD_LITERAL, span, message).note(note));
        return new Expr.Missing(span);
    }

    /** Digits, and one point with digits on both sides. */
    private static boolean isDecimal(String text) {
        int point = text.indexOf('.');
        return point < 0
                ? !text.isEmpty() && leadingDigits(text) == text.length()
                : point > 0 && isDecimal(text.substring(0, point)) && leadingDigits(text.substring(point + 1)) == text.length() - point - 1
                        && point < text.length() - 1;
    }

    private static int leadingDigits(String text) {
        int count = 0;
        while (count < text.length() && isDigit(text.charAt(count))) {
            count++;
        }
        return count;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
