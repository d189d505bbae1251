package org.offx.launch;

import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One of each kind of switch and record that the compiler makes call sites for. What it says of two values is compared. */
public final class Samples implements BiFunction<Object, Object, String> {

    record Nothing() {}

    record All(boolean a, byte b, char c, short d, int e, long f, float g, double h, @Nullable Object i, @Nullable String j,
            char[] k) {}

    private record Box<T>(T content) {}

    sealed interface Shape {
        static String name(@Nullable Shape shape) {
            return switch (shape) {
                case null -> "no shape";
                case Dot(int x) when x > 2 -> "far dot";
                case Dot dot -> "dot " + dot.x();
                case Line(Dot(var from), Dot to) -> "line " + from + to;
                case Colour.RED -> "red";
                case Colour other -> "colour " + other;
            };
        }

        default String named() {
            return switch (this) {
                case Dot dot -> "a dot";
                case Line line -> "a line";
                case Colour colour -> "a colour";
            };
        }
    }

    record Dot(int x) implements Shape {}

    record Line(Dot from, Dot to) implements Shape {}

    enum Colour implements Shape { RED, GREEN, BLUE }

    @Override
    public String apply(@Nullable Object one, @Nullable Object other) {
        record Local(@Nullable Object one, @Nullable Object other) {}
        Object[] records = {new Nothing(), new Box<>(one), new Box<>(other), new Local(one, other), all(one), all(other)};
        StringBuilder text = new StringBuilder();
        for (Object record : records) {
            text.append(record instanceof All ? "" : record).append(' ').append(record instanceof All all ? masked(all) : record.hashCode());
            for (Object another : records) {
                text.append(record.equals(another) ? " =" : " #");
            }
            text.append(record.equals(null)).append('\n');
        }
        text.append(kind(one)).append(kind(other)).append(word(one)).append(number(one)).append(colour(one)).append('\n');
        Shape shape = other instanceof Integer i ? new Dot(i) : new Line(new Dot(1), new Dot(2));
        return text.append(Shape.name(shape)).append(Shape.name(null)).append(Shape.name(Colour.GREEN))
                .append(Shape.name(Colour.RED)).append(shape.named()).append(Colour.BLUE.named()).toString();
    }

    /** The array is the same in both of two equal records, and its hash code no matter of its contents. */
    private static final char[] ARRAY = {'x'};

    private static All all(@Nullable Object value) {
        int i = value instanceof Number number ? number.intValue() : -1;
        double d = value instanceof Number number ? number.doubleValue() : Double.NaN;
        return new All(i > 0, (byte) i, (char) i, (short) i, i, Double.doubleToLongBits(d), (float) d, d, value,
                value instanceof String text ? text : null, ARRAY);
    }

    private static String masked(All all) {
        String name = ARRAY.toString();
        int sum = all.hashCode() - ARRAY.hashCode();
        return all.toString().replace(name, "ARRAY") + " " + sum;
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Integer i when i > 10 -> "large";
            case Integer i when i < 0 -> "negative";
            case Integer i -> "number";
            case int[] numbers -> "numbers";
            case String[][] words -> "words";
            case List<?> list when list.isEmpty() -> "empty list";
            case Collection<?> collection -> "collection";
            case CharSequence text -> "text";
            case Object any -> "any";
        };
    }

    private static String word(@Nullable Object value) {
        return value instanceof String word
                ? switch (word) {
                    case "a" -> "A";
                    case String long_ when long_.length() > 3 -> "long";
                    case "bb" -> "B";
                    case String any -> any;
                }
                : "";
    }

    private static String number(@Nullable Object value) {
        return value instanceof Integer number
                ? switch (number) {
                    case 1 -> "one";
                    case Integer even when even % 2 == 0 -> "even";
                    case 3 -> "three";
                    case Integer any -> "odd";
                }
                : "";
    }

    private static String colour(@Nullable Object value) {
        Colour colour = Colour.values()[value instanceof Integer number ? Math.floorMod(number, 3) : 0];
        return switch (colour) {
            case RED -> "r";
            case Colour any when value instanceof Integer number && number > 5 -> "late";
            case GREEN -> "g";
            case Colour any -> "b";
        };
    }
}
