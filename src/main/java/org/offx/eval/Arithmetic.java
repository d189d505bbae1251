package org.offx.eval;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.offx.check.Builtin;
import org.offx.type.Type;
import org.offx.value.Shown;
import org.offx.value.Value;

/** The operators that make numbers, amounts and collections of others. Whole numbers are exact: too large is an error. */
final class Arithmetic {

    private static final long LONGEST_RANGE = 1_000_000;

    private Arithmetic() {}

    static Value add(Call call) {
        Value b = call.argument(1);
        return switch (call.argument(0)) {
            case Value.Text(String text) -> new Value.Text(text + call.text(1));
            case Value.Items(List<Value> values) -> new Value.Items(joined(values, Lists.elements(b)));
            case Value.Group(var values) -> Aggregates.set(joined(List.copyOf(values), Lists.elements(b)));
            case Value.Table(var entries) -> {
                SequencedMap<Value, Value> all = new LinkedHashMap<>(entries);
                all.putAll(((Value.Table) b).entries());
                yield new Value.Table(all);
            }
            case Value.Ip(var address) -> Addresses.plus(call, address, call.integer(1));
            case Value.CommandLine command -> Wording.joined(command, b, call.term().span());
            default -> exact(call, Math::addExact, Double::sum);
        };
    }

    static Value subtract(Call call) {
        Value b = call.argument(1);
        return switch (call.argument(0)) {
            case Value.Items(List<Value> values) -> new Value.Items(Lists.minus(values, removed(b)));
            case Value.Group(var values) -> Aggregates.set(Lists.minus(List.copyOf(values), removed(b)));
            case Value.Ip(var address) -> Addresses.plus(call, address, -call.integer(1));
            default -> exact(call, Math::subtractExact, (x, y) -> x - y);
        };
    }

    private static List<Value> removed(Value value) {
        return value instanceof Value.Items || value instanceof Value.Group ? Lists.elements(value) : List.of(value);
    }

    private static List<Value> joined(List<Value> first, List<Value> more) {
        List<Value> all = new ArrayList<>(first);
        all.addAll(more);
        return all;
    }

    private interface Whole {
        long of(long a, long b);
    }

    private interface Broken {
        double of(double a, double b);
    }

    /** Sums and differences of two amounts of one unit. */
    private static Value exact(Call call, Whole whole, Broken broken) {
        Value b = call.argument(1);
        try {
            return switch (call.argument(0)) {
                case Value.Int(long x) when b instanceof Value.Int(long y) -> new Value.Int(whole.of(x, y));
                case Value.Size(long x) -> new Value.Size(notNegative(call, whole.of(x, ((Value.Size) b).bytes())));
                case Value.Rate(long x) -> new Value.Rate(notNegative(call, whole.of(x, ((Value.Rate) b).bitsPerSecond())));
                case Value.Time(Duration x) -> new Value.Time(Duration.ofMillis(
                        notNegative(call, whole.of(x.toMillis(), ((Value.Time) b).value().toMillis()))));
                case Value.Percent(double x) -> new Value.Percent(broken.of(x, ((Value.Percent) b).value()));
                default -> new Value.Decimal(broken.of(number(call.argument(0)), number(b)));
            };
        } catch (ArithmeticException overflow) {
            throw call.overflow();
        }
    }

    private static long notNegative(Call call, long amount) {
        if (amount < 0) {
            throw call.failure("`" + call.term().span().text() + "` is less than nothing: "
                    + Shown.literal(call.argument(0)) + " and " + Shown.literal(call.argument(1)));
        }
        return amount;
    }

    static Value multiply(Call call) {
        Value a = call.argument(0);
        Value b = call.argument(1);
        try {
            if (a instanceof Value.Percent(double percent) && isAmount(b)) {
                return scaled(b, part(percent, amount(b)));
            }
            if (b instanceof Value.Percent(double percent) && isAmount(a)) {
                return scaled(a, part(percent, amount(a)));
            }
            if (a instanceof Value.Int(long times) && isAmount(b)) {
                return scaled(b, notNegative(call, Math.multiplyExact(times, amount(b))));
            }
            if (b instanceof Value.Int(long times) && isAmount(a)) {
                return a instanceof Value.Int(long x)
                        ? new Value.Int(Math.multiplyExact(x, times))
                        : scaled(a, notNegative(call, Math.multiplyExact(times, amount(a))));
            }
            return a instanceof Value.Int(long x) && b instanceof Value.Int(long y)
                    ? new Value.Int(Math.multiplyExact(x, y))
                    : product(a, b);
        } catch (ArithmeticException overflow) {
            throw call.overflow();
        }
    }

    /** Of which at least one is a number with a fraction. */
    private static Value product(Value a, Value b) {
        if (isAmount(a)) {
            return scaled(a, rounded(BigDecimal.valueOf(number(b)).multiply(BigDecimal.valueOf(amount(a)))));
        }
        if (isAmount(b)) {
            return scaled(b, rounded(BigDecimal.valueOf(number(a)).multiply(BigDecimal.valueOf(amount(b)))));
        }
        return new Value.Decimal(number(a) * number(b));
    }

    private static long part(double percent, long amount) {
        return rounded(BigDecimal.valueOf(percent).multiply(BigDecimal.valueOf(amount)).movePointLeft(2));
    }

    private static long rounded(BigDecimal number) {
        return number.setScale(0, RoundingMode.DOWN).longValueExact();
    }

    /** Whole numbers give whole numbers, rounded towards zero; a size by a size says how often it goes in. */
    static Value divide(Call call) {
        Value a = call.argument(0);
        Value b = call.argument(1);
        if (isZero(b)) {
            throw call.failure("a division by zero");
        }
        boolean fraction = Aggregates.bare(call.term().type()) == Type.Basic.FLOAT;
        if (isAmount(a) && a.getClass() == b.getClass()) {
            return fraction ? new Value.Decimal((double) amount(a) / amount(b)) : new Value.Int(amount(a) / amount(b));
        }
        if (isAmount(a)) {
            return b instanceof Value.Int(long by)
                    ? scaled(a, notNegative(call, amount(a) / by))
                    : scaled(a, rounded(BigDecimal.valueOf(amount(a)).divide(BigDecimal.valueOf(number(b)), MathContext.DECIMAL128)));
        }
        if (a instanceof Value.Int(long x) && b instanceof Value.Int(long y) && !fraction) {
            if (x == Long.MIN_VALUE && y == -1) {
                throw call.overflow();
            }
            return new Value.Int(x / y);
        }
        return new Value.Decimal(number(a) / number(b));
    }

    static Value negate(Call call) {
        try {
            return call.argument(0) instanceof Value.Int(long i)
                    ? new Value.Int(Math.negateExact(i))
                    : new Value.Decimal(-number(call.argument(0)));
        } catch (ArithmeticException overflow) {
            throw call.overflow();
        }
    }

    /** Both ends are part of it; empty where the first is larger. */
    static Value range(Call call) {
        long from = call.integer(0);
        long to = call.integer(1);
        if (from <= to && (to - from < 0 || to - from >= LONGEST_RANGE)) {
            throw call.failure(String.format(Locale.ROOT, "this range has more than %,d numbers", LONGEST_RANGE));
        }
        List<Value> numbers = new ArrayList<>();
        for (long i = from; i <= to; i++) {
            numbers.add(new Value.Int(i));
        }
        return new Value.Items(numbers);
    }

    static Value sum(Call call) {
        try {
            long total = 0;
            for (Value value : call.elements(0)) {
                total = Math.addExact(total, value instanceof Value.Int(long i) ? i : amount(value));
            }
            return call.term().builtin() == Builtin.LIST_SUM_SIZE ? new Value.Size(total) : new Value.Int(total);
        } catch (ArithmeticException overflow) {
            throw call.overflow();
        }
    }

    private static boolean isAmount(Value value) {
        return value instanceof Value.Size || value instanceof Value.Time || value instanceof Value.Rate;
    }

    private static long amount(Value value) {
        return switch (value) {
            case Value.Size(long bytes) -> bytes;
            case Value.Rate(long bits) -> bits;
            case Value.Time(Duration time) -> time.toMillis();
            default -> throw new IllegalStateException("no amount: " + value);
        };
    }

    private static Value scaled(Value unit, long amount) {
        return switch (unit) {
            case Value.Size size -> new Value.Size(amount);
            case Value.Rate rate -> new Value.Rate(amount);
            case Value.Time time -> new Value.Time(Duration.ofMillis(amount));
            default -> throw new IllegalStateException("no amount: " + unit);
        };
    }

    private static double number(Value value) {
        return switch (value) {
            case Value.Int(long i) -> i;
            case Value.Decimal(double d) -> d;
            case Value.Percent(double percent) -> percent;
            default -> throw new IllegalStateException("no number: " + value);
        };
    }

    private static boolean isZero(Value value) {
        return isAmount(value) ? amount(value) == 0 : number(value) == 0;
    }
}
