package org.offx.eval;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.offx.check.Builtin;
import org.offx.value.Address;
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
            case Value.Ip(var address) -> Addresses.plus(call, address, BigInteger.valueOf(call.integer(1)));
            case Value.CommandLine command -> Wording.joined(command, b, call.term().span());
            default -> exact(call, Math::addExact, Double::sum);
        };
    }

    static Value subtract(Call call) {
        Value b = call.argument(1);
        return switch (call.argument(0)) {
            case Value.Items(List<Value> values) -> new Value.Items(Lists.minus(values, removed(b)));
            case Value.Group(var values) -> Aggregates.set(Lists.minus(List.copyOf(values), removed(b)));
            case Value.Ip(var address) -> Addresses.plus(call, address, BigInteger.valueOf(call.integer(1)).negate());
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

    /** Sums and differences of two numbers, or of two amounts of one unit. */
    private static Value exact(Call call, LongBinaryOperator whole, DoubleBinaryOperator broken) {
        Value a = call.argument(0);
        Value b = call.argument(1);
        return counted(call, () -> {
            if (isAmount(a)) {
                return amount(call, a, whole.applyAsLong(amount(a), amount(b)));
            }
            if (a instanceof Value.Int(long x) && b instanceof Value.Int(long y)) {
                return new Value.Int(whole.applyAsLong(x, y));
            }
            double number = finite(broken.applyAsDouble(number(a), number(b)));
            return a instanceof Value.Percent ? new Value.Percent(number) : new Value.Decimal(number);
        });
    }

    static Value multiply(Call call) {
        Value a = call.argument(0);
        Value b = call.argument(1);
        return counted(call, () -> {
            if (isAmount(a)) {
                return amount(call, a, times(amount(a), b));
            }
            if (isAmount(b)) {
                return amount(call, b, times(amount(b), a));
            }
            return a instanceof Value.Int(long x) && b instanceof Value.Int(long y)
                    ? new Value.Int(Math.multiplyExact(x, y))
                    : new Value.Decimal(finite(number(a) * number(b)));
        });
    }

    private static long times(long amount, Value factor) {
        return switch (factor) {
            case Value.Int(long times) -> Math.multiplyExact(amount, times);
            case Value.Percent(double percent) -> rounded(BigDecimal.valueOf(percent).movePointLeft(2).multiply(BigDecimal.valueOf(amount)));
            default -> rounded(BigDecimal.valueOf(number(factor)).multiply(BigDecimal.valueOf(amount)));
        };
    }

    /** Whole numbers give whole numbers, rounded towards zero; an amount by an amount says how often it goes in. */
    static Value divide(Call call) {
        Value a = call.argument(0);
        Value b = call.argument(1);
        if (isAmount(b) ? amount(b) == 0 : number(b) == 0) {
            throw call.failure("a division by zero");
        }
        return counted(call, () -> {
            if (isAmount(a)) {
                return isAmount(b)
                        ? new Value.Decimal((double) amount(a) / amount(b))
                        : amount(call, a, parts(amount(a), b));
            }
            return a instanceof Value.Int(long x) && b instanceof Value.Int(long y)
                    ? new Value.Int(Math.divideExact(x, y))
                    : new Value.Decimal(finite(number(a) / number(b)));
        });
    }

    private static long parts(long amount, Value divisor) {
        return divisor instanceof Value.Int(long by)
                ? amount / by
                : rounded(BigDecimal.valueOf(amount).divide(BigDecimal.valueOf(number(divisor)), MathContext.DECIMAL128));
    }

    static Value negate(Call call) {
        return counted(call, () -> call.argument(0) instanceof Value.Int(long i)
                ? new Value.Int(Math.negateExact(i))
                : new Value.Decimal(-number(call.argument(0))));
    }

    /** Both ends are part of it; empty where the first is larger. */
    static Value range(Call call) {
        return call.argument(0) instanceof Value.Ip(Address from) && call.argument(1) instanceof Value.Ip(Address to)
                ? Addresses.range(call, from, to)
                : new Value.Items(steps(call, BigInteger.valueOf(call.integer(0)), BigInteger.valueOf(call.integer(1)))
                        .<Value>mapToObj(step -> new Value.Int(call.integer(0) + step))
                        .toList());
    }

    /** From 0 on, a number for each element of a range. */
    static LongStream steps(Call call, BigInteger from, BigInteger to) {
        BigInteger length = to.subtract(from).add(BigInteger.ONE);
        if (length.compareTo(BigInteger.valueOf(LONGEST_RANGE)) > 0) {
            throw call.failure(String.format(Locale.ROOT, "this range has more than %,d elements", LONGEST_RANGE));
        }
        return LongStream.range(0, length.max(BigInteger.ZERO).longValueExact());
    }

    static Value sum(Call call) {
        return counted(call, () -> {
            boolean sizes = call.term().builtin() == Builtin.LIST_SUM_SIZE;
            long total = 0;
            for (Value value : call.elements(0)) {
                total = Math.addExact(total, sizes ? amount(value) : ((Value.Int) value).value());
            }
            return sizes ? new Value.Size(total) : new Value.Int(total);
        });
    }

    /** The result, unless it is too large to be counted. */
    private static Value counted(Call call, Supplier<Value> result) {
        try {
            return result.get();
        } catch (ArithmeticException overflow) {
            throw call.overflow();
        }
    }

    private static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new ArithmeticException("too large for a number with a fraction");
        }
        return number;
    }

    private static long rounded(BigDecimal number) {
        return number.setScale(0, RoundingMode.DOWN).longValueExact();
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

    /** So much in the unit of another amount. */
    private static Value amount(Call call, Value unit, long amount) {
        if (amount < 0) {
            throw call.failure("`" + call.term().span().text() + "` is less than nothing: "
                    + Shown.literal(call.argument(0)) + " and " + Shown.literal(call.argument(1)));
        }
        return switch (unit) {
            case Value.Size _ -> new Value.Size(amount);
            case Value.Rate _ -> new Value.Rate(amount);
            case Value.Time _ -> new Value.Time(Duration.ofMillis(amount));
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
}
