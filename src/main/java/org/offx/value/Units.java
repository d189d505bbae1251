package org.offx.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The units of the language, and the reading of numbers that carry one. Sizes are counted in bytes (decimal {@code KB}
 * to {@code PB}, binary {@code KiB} to {@code PiB}), durations in {@code ms s m h d w}, rates in bits per second.
 */
public enum Units {
    BYTE("B", Dimension.SIZE, 1),
    KILOBYTE("KB", Dimension.SIZE, 1_000),
    MEGABYTE("MB", Dimension.SIZE, 1_000_000),
    GIGABYTE("GB", Dimension.SIZE, 1_000_000_000),
    TERABYTE("TB", Dimension.SIZE, 1_000_000_000_000L),
    PETABYTE("PB", Dimension.SIZE, 1_000_000_000_000_000L),
    KIBIBYTE("KiB", Dimension.SIZE, 1L << 10),
    MEBIBYTE("MiB", Dimension.SIZE, 1L << 20),
    GIBIBYTE("GiB", Dimension.SIZE, 1L << 30),
    TEBIBYTE("TiB", Dimension.SIZE, 1L << 40),
    PEBIBYTE("PiB", Dimension.SIZE, 1L << 50),

    MILLISECOND("ms", Dimension.TIME, 1),
    SECOND("s", Dimension.TIME, 1_000),
    MINUTE("m", Dimension.TIME, 60_000),
    HOUR("h", Dimension.TIME, 3_600_000),
    DAY("d", Dimension.TIME, 86_400_000),
    WEEK("w", Dimension.TIME, 604_800_000),

    BIT_RATE("bps", Dimension.RATE, 1),
    KILOBIT_RATE("kbps", Dimension.RATE, 1_000),
    MEGABIT_RATE("Mbps", Dimension.RATE, 1_000_000),
    GIGABIT_RATE("Gbps", Dimension.RATE, 1_000_000_000);

    /** What is measured. */
    public enum Dimension {
        SIZE,
        TIME,
        RATE
    }

    /** What a number with letters behind it turned out to be. */
    public sealed interface Reading {
        record Known(Value value) implements Reading {}

        /** No such unit; the nearest ones, best first, may be none. */
        record NoSuchUnit(List<Units> nearest) implements Reading {}

        /** {@code 1.5B}: smaller than the smallest part that can be counted. */
        record NotWhole(Units unit) implements Reading {}

        record TooLarge(Units unit) implements Reading {}
    }

    private final String symbol;
    private final Dimension dimension;
    private final long factor;

    Units(String symbol, Dimension dimension, long factor) {
        this.symbol = symbol;
        this.dimension = dimension;
        this.factor = factor;
    }

    /** How the language writes it behind a number. */
    public String symbol() {
        return symbol;
    }

    public Dimension dimension() {
        return dimension;
    }

    /** Bytes, milliseconds or bits per second in one of this unit. */
    public long factor() {
        return factor;
    }

    /** The unit of exactly this symbol. */
    public static Optional<Units> of(String symbol) {
        for (Units unit : values()) {
            if (unit.symbol.equals(symbol)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    /** Reads {@code 1.5} and {@code GiB}. The number has been checked to be one. */
    public static Reading read(String number, String symbol) {
        Optional<Units> found = of(symbol);
        if (found.isEmpty()) {
            return new Reading.NoSuchUnit(nearest(symbol));
        }
        Units unit = found.get();
        BigDecimal amount = new BigDecimal(number).multiply(BigDecimal.valueOf(unit.factor)).stripTrailingZeros();
        if (amount.scale() > 0) {
            return new Reading.NotWhole(unit);
        }
        if (amount.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return new Reading.TooLarge(unit);
        }
        return new Reading.Known(unit.value(amount.longValueExact()));
    }

    private Value value(long amount) {
        return switch (dimension) {
            case SIZE -> new Value.Size(amount);
            case TIME -> new Value.Time(Duration.ofMillis(amount));
            case RATE -> new Value.Rate(amount);
        };
    }

    private static List<Units> nearest(String symbol) {
        return switch (symbol.toLowerCase(Locale.ROOT)) {
            case "k", "kb" -> symbol.equals("kB") ? List.of(KILOBYTE) : List.of(KIBIBYTE, KILOBYTE);
            case "m", "mb", "meg" -> List.of(MEBIBYTE, MEGABYTE);
            case "g", "gb", "gig" -> List.of(GIBIBYTE, GIGABYTE);
            case "t", "tb" -> List.of(TEBIBYTE, TERABYTE);
            case "p", "pb" -> List.of(PEBIBYTE, PETABYTE);
            case "b", "byte", "bytes" -> List.of(BYTE);
            case "kib" -> List.of(KIBIBYTE);
            case "mib" -> List.of(MEBIBYTE);
            case "gib" -> List.of(GIBIBYTE);
            case "tib" -> List.of(TEBIBYTE);
            case "pib" -> List.of(PEBIBYTE);
            case "msec", "msecs", "millis" -> List.of(MILLISECOND);
            case "s", "sec", "secs", "second", "seconds" -> List.of(SECOND);
            case "min", "mins", "minute", "minutes" -> List.of(MINUTE);
            case "h", "hr", "hrs", "hour", "hours" -> List.of(HOUR);
            case "d", "day", "days" -> List.of(DAY);
            case "w", "week", "weeks" -> List.of(WEEK);
            case "bit", "bps" -> List.of(BIT_RATE);
            case "kbit", "kbps" -> List.of(KILOBIT_RATE);
            case "mbit", "mbps" -> List.of(MEGABIT_RATE);
            case "gbit", "gbps" -> List.of(GIGABIT_RATE);
            default -> List.of();
        };
    }
}
