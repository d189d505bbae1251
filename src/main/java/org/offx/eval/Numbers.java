package org.offx.eval;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.offx.value.Shown;
import org.offx.value.Value;

/** Numbers and units, and texts that hold some. */
final class Numbers {

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,19}");
    private static final Pattern FRACTION = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private Numbers() {}

    /** The text as a number, blanks around it aside; null where it is none. */
    static Value parseInt(String text) {
        String digits = text.strip();
        if (!WHOLE.matcher(digits).matches()) {
            return Value.Nothing.NULL;
        }
        try {
            return new Value.Int(Long.parseLong(digits));
        } catch (NumberFormatException tooLarge) {
            return Value.Nothing.NULL;
        }
    }

    static Value parseFloat(String text) {
        String digits = text.strip();
        if (!FRACTION.matcher(digits).matches()) {
            return Value.Nothing.NULL;
        }
        double number = Double.parseDouble(digits);
        return Double.isInfinite(number) ? Value.Nothing.NULL : new Value.Decimal(number);
    }

    static Value truncated(Call call) {
        double number = ((Value.Decimal) call.argument(0)).value();
        if (Double.isNaN(number) || Math.abs(number) >= 0x1p63) {
            throw call.failure(Shown.literal(call.argument(0)) + " is no whole number that can be counted");
        }
        return new Value.Int((long) number);
    }

    static long natural(Call call) {
        long count = call.integer(0);
        if (count < 0) {
            throw call.failure("an amount is never negative, and this is " + count);
        }
        return count;
    }

    /** Counted in milliseconds, so that a number of seconds can be too large. */
    static Value seconds(Call call) {
        try {
            return new Value.Time(Duration.ofMillis(Math.multiplyExact(natural(call), 1000L)));
        } catch (ArithmeticException overflow) {
            throw call.overflow();
        }
    }

    static long bytes(Call call) {
        return ((Value.Size) call.argument(0)).bytes();
    }

    static Duration time(Call call) {
        return ((Value.Time) call.argument(0)).value();
    }

    static long bits(Call call) {
        return ((Value.Rate) call.argument(0)).bitsPerSecond();
    }

    static String octal(int bits) {
        return String.format(Locale.ROOT, "%04o", bits);
    }
}
