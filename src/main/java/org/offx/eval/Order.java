package org.offx.eval;

import java.util.Iterator;
import java.util.List;
import org.offx.value.Shown;
import org.offx.value.Value;

/** When two values are the same, and which comes first. */
final class Order {

    private Order() {}

    /** The language's {@code ==}. Of a property only its value counts, wherever it comes from. */
    static boolean same(Value a, Value b) {
        return plain(a).equals(plain(b));
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
            case Value.Symbol symbol when symbol.equals(Value.Symbol.INHERIT) -> symbol.name();
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
            case Value.Version version -> version.compareTo((Value.Version) b);
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
}
