package org.offx.eval;

import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offx.value.Shown;
import org.offx.value.Value;

/** When two values are the same, and which comes first. */
final class Order {

    static final Value INHERIT = new Value.Symbol("inherit");

    private static final Pattern VERSION_PART = Pattern.compile("[0-9]+|[^0-9.+:~-]+|[.+:~-]");

    private Order() {}

    /** The language's {@code ==}. An observed property is the same as a bare value when it has that value, wherever from. */
    static boolean same(Value a, Value b) {
        return a.getClass() == b.getClass() ? a.equals(b) || versions(a, b) : plain(a).equals(plain(b));
    }

    private static boolean versions(Value a, Value b) {
        return a instanceof Value.Version(String x) && b instanceof Value.Version(String y) && compareVersions(x, y) == 0;
    }

    /** A property's value without where it comes from. */
    static Value plain(Value value) {
        return switch (value) {
            case Value.Sourced(Value sourced, String source) -> sourced;
            case Value.Pinned(Value pinned) -> pinned;
            default -> value;
        };
    }

    static String source(Value property) {
        return switch (property) {
            case Value.Sourced(Value sourced, String source) -> source;
            case Value.Pinned(Value pinned) -> "pinned";
            case Value.Symbol(String name) when property.equals(INHERIT) -> "inherit";
            default -> "effective";
        };
    }

    /** Numbers and amounts by size, texts by their characters, addresses by their bits, versions part by part, lists element by element. */
    static int compare(Value left, Value right) {
        Value a = plain(left);
        Value b = plain(right);
        if (a instanceof Value.Int(long i) && b instanceof Value.Decimal(double d)) {
            return Double.compare(i, d);
        }
        if (a instanceof Value.Decimal(double d) && b instanceof Value.Int(long i)) {
            return Double.compare(d, i);
        }
        if (a.getClass() != b.getClass()) {
            return a.getClass().getName().compareTo(b.getClass().getName());
        }
        return switch (a) {
            case Value.Int(long i) -> Long.compare(i, ((Value.Int) b).value());
            case Value.Decimal(double d) -> Double.compare(d, ((Value.Decimal) b).value());
            case Value.Bool(boolean v) -> Boolean.compare(v, ((Value.Bool) b).value());
            case Value.Size(long bytes) -> Long.compare(bytes, ((Value.Size) b).bytes());
            case Value.Time(var time) -> time.compareTo(((Value.Time) b).value());
            case Value.Rate(long bits) -> Long.compare(bits, ((Value.Rate) b).bitsPerSecond());
            case Value.Percent(double percent) -> Double.compare(percent, ((Value.Percent) b).value());
            case Value.Ip(var address) -> address.compareTo(((Value.Ip) b).address());
            case Value.Cidr(var address, int prefix) -> {
                int byAddress = address.compareTo(((Value.Cidr) b).address());
                yield byAddress != 0 ? byAddress : Integer.compare(prefix, ((Value.Cidr) b).prefix());
            }
            case Value.Mode(int bits) -> Integer.compare(bits, ((Value.Mode) b).bits());
            case Value.Version(String version) -> compareVersions(version, ((Value.Version) b).text());
            case Value.Items(List<Value> values) -> compareLists(values, ((Value.Items) b).values());
            default -> Shown.text(a).compareTo(Shown.text(b));
        };
    }

    private static int compareLists(List<Value> a, List<Value> b) {
        Iterator<Value> others = b.iterator();
        for (Value value : a) {
            if (!others.hasNext()) {
                return 1;
            }
            int order = compare(value, others.next());
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }

    /**
     * Part by part, numbers as numbers: {@code 2.9 < 2.10}. What follows a {@code ~} comes before the end, as in Debian's
     * versions ({@code 2.3~rc1 < 2.3}); missing parts count as 0, so that {@code 12 == 12.0}.
     */
    static int compareVersions(String a, String b) {
        Matcher left = VERSION_PART.matcher(a);
        Matcher right = VERSION_PART.matcher(b);
        while (true) {
            String x = next(left);
            String y = next(right);
            if (x.isEmpty() && y.isEmpty()) {
                return 0;
            }
            int order = compareParts(x, y);
            if (order != 0) {
                return order;
            }
        }
    }

    private static String next(Matcher parts) {
        while (parts.find()) {
            if (!parts.group().equals(".")) {
                return parts.group();
            }
        }
        return "";
    }

    private static int compareParts(String x, String y) {
        if (x.equals("~") || y.equals("~")) {
            return x.equals(y) ? 0 : x.equals("~") ? -1 : 1;
        }
        boolean xIsNumber = x.isEmpty() || Character.isDigit(x.charAt(0));
        boolean yIsNumber = y.isEmpty() || Character.isDigit(y.charAt(0));
        if (xIsNumber && yIsNumber) {
            return number(x).compareTo(number(y));
        }
        return x.isEmpty() ? -1 : y.isEmpty() ? 1 : xIsNumber != yIsNumber ? (xIsNumber ? 1 : -1) : x.compareTo(y);
    }

    private static BigInteger number(String digits) {
        return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
    }
}
