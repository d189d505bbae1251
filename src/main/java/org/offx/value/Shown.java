package org.offx.value;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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
            case Value.CommandLine(Command command, var unknown) -> command.shown();
            case Value.Sourced(Value sourced, String source) -> text(sourced);
            case Value.Pinned(Value pinned) -> text(pinned);
            case Value.Member member -> member.payload().isPresent() ? literal(member) : member.spelling();
            case Value.Unknown(String origin, String shown) -> shown;
            default -> literal(value);
        };
    }

    /** What the language would write: texts in quotes, sizes in the largest unit that gives a whole number. */
    public static String literal(Value value) {
        return switch (value) {
            case Value.Nothing ignored -> "null";
            case Value.Bool(boolean b) -> Boolean.toString(b);
            case Value.Int(long i) -> Long.toString(i);
            case Value.Decimal(double d) -> Double.toString(d);
            case Value.Text(String text) -> '"' + escaped(text) + '"';
            case Value.Size(long bytes) -> size(bytes);
            case Value.Time(java.time.Duration time) -> time(time.toMillis());
            case Value.Rate(long bits) -> scaled(bits, "bps", "kbps", "Mbps", "Gbps");
            case Value.Percent(double percent) -> (percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent)) + "%";
            case Value.Ip(Address address) -> address.toString();
            case Value.Cidr(Address address, int prefix) -> address + "/" + prefix;
            case Value.Mac(String mac) -> mac;
            case Value.Path(String path) -> '"' + escaped(path) + '"';
            case Value.Mode(int bits) -> String.format(Locale.ROOT, "0%03o", bits);
            case Value.Regex(String pattern) -> '\'' + pattern + '\'';
            case Value.Version(String version) -> version;
            case Value.Symbol(String name) -> name;
            case Value.Member member -> member.name() + member.payload().map(p -> "(" + literal(p) + ")").orElse("");
            case Value.Items(List<Value> values) -> values.stream().map(Shown::literal).collect(Collectors.joining(", ", "[", "]"));
            case Value.Group(var values) -> values.stream().map(Shown::literal).sorted().collect(Collectors.joining(", ", "[", "]"));
            case Value.Table(var entries) -> entries.entrySet().stream()
                    .map(e -> literal(e.getKey()) + " = " + literal(e.getValue()))
                    .collect(Collectors.joining(", ", "{ ", " }"));
            case Value.Struct(String type, var fields) -> fields.entrySet().stream()
                    .filter(e -> e.getValue() != Value.Nothing.NULL)
                    .map(e -> e.getKey() + " = " + literal(e.getValue()))
                    .collect(Collectors.joining(", ", "{ ", " }"));
            case Value.NodeName(String name) -> name;
            case Value.Reference(String resource, List<Value> key) -> resource + key.stream().map(Shown::literal).collect(Collectors.joining(", ", "(", ")"));
            case Value.Secret ignored -> "(secret)";
            case Value.CommandLine(Command command, var unknown) -> "`" + command.shown() + "`";
            case Value.Pinned(Value pinned) -> "pinned(" + literal(pinned) + ")";
            case Value.Sourced(Value sourced, String source) -> literal(sourced) + (source.equals("local") || source.equals("-") ? "" : " (" + source + ")");
            case Value.Both(Value live, Value kept) -> live.equals(kept) ? literal(live) : literal(live) + " (after a reboot: " + (kept == Value.Nothing.NULL ? "not set" : literal(kept)) + ")";
            case Value.Unknown(String origin, String shown) -> shown;
            case Value.Function ignored -> "(function)";
        };
    }

    /** The shorter of the binary and the decimal form; where they are as long, the binary one, which is what tools report. */
    private static String size(long bytes) {
        String binary = bytes + "B";
        String decimal = binary;
        for (Units unit : Units.values()) {
            if (unit.dimension() == Units.Dimension.SIZE && bytes != 0 && bytes % unit.factor() == 0) {
                if (Long.bitCount(unit.factor()) == 1) {
                    binary = bytes / unit.factor() + unit.symbol();
                } else {
                    decimal = bytes / unit.factor() + unit.symbol();
                }
            }
        }
        return decimal.length() < binary.length() ? decimal : binary;
    }

    private static String time(long millis) {
        return millis == 0 ? "0s"
                : millis % 86_400_000 == 0 ? millis / 86_400_000 + "d"
                : millis % 3_600_000 == 0 ? millis / 3_600_000 + "h"
                : millis % 60_000 == 0 ? millis / 60_000 + "m"
                : millis % 1_000 == 0 ? millis / 1_000 + "s"
                : millis + "ms";
    }

    private static String scaled(long value, String... units) {
        long scaled = value;
        int unit = 0;
        while (unit < units.length - 1 && scaled != 0 && scaled % 1000 == 0) {
            scaled /= 1000;
            unit++;
        }
        return scaled + units[unit];
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t").replace("${", "\\${");
    }
}
