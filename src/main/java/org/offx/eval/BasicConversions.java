package org.offx.eval;

import java.util.Optional;
import org.offx.type.Type;
import org.offx.value.Address;
import org.offx.value.Shown;
import org.offx.value.Value;

/** Values as values of the types that the language is born with. */
final class BasicConversions {

    /** Whole numbers up to here are doubles, and no two of them the same one. */
    private static final double LARGEST_WHOLE = 0x1p53;

    private BasicConversions() {}

    /**
     * @param loose a number may stand in quotes, 0 and 1 are bools, and a number with nothing behind its point is whole
     * @return empty where it is none
     */
    static Optional<? extends Value> of(Type.Basic type, Value value, boolean loose) {
        return switch (type) {
            case STRING -> string(value, loose);
            case INT -> integer(value, loose);
            case FLOAT -> fraction(value, loose);
            case BOOL -> truth(value, loose);
            case SIZE -> as(Value.Size.class, value)
                    .or(() -> integer(value, loose).filter(bytes -> bytes.value() >= 0).map(bytes -> new Value.Size(bytes.value())));
            case DURATION -> as(Value.Time.class, value);
            case RATE -> as(Value.Rate.class, value);
            case PERCENT -> as(Value.Percent.class, value);
            case IP -> as(Value.Ip.class, value).or(() -> text(value).flatMap(Address::parse).map(Value.Ip::new));
            case CIDR -> as(Value.Cidr.class, value).or(() -> text(value).flatMap(Value.Cidr::parse));
            case MAC -> as(Value.Mac.class, value).or(() -> text(value).flatMap(Value.Mac::parse));
            case PATH -> as(Value.Path.class, value).or(() -> text(value).flatMap(Value.Path::parse));
            case MODE -> as(Value.Mode.class, value).or(() -> text(value).flatMap(Value.Mode::parse));
            case REGEX -> as(Value.Regex.class, value);
            case VERSION -> as(Value.Version.class, value).or(() -> text(value).flatMap(Value.Version::parse));
            case COMMAND -> as(Value.CommandLine.class, value);
            case NULL -> as(Value.Nothing.class, value);
            case JSON, ERROR -> Optional.of(value);
        };
    }

    private static Optional<Value.Text> string(Value value, boolean loose) {
        return switch (value) {
            case Value.Path(String path) -> Optional.of(new Value.Text(path));
            case Value.Int _ when loose -> Optional.of(new Value.Text(Shown.text(value)));
            default -> as(Value.Text.class, value);
        };
    }

    private static Optional<Value.Int> integer(Value value, boolean loose) {
        return switch (value) {
            case Value.Text(String text) when loose -> as(Value.Int.class, Numbers.parseInt(text));
            case Value.Decimal(double d) when loose && d == Math.rint(d) && Math.abs(d) < LARGEST_WHOLE ->
                Optional.of(new Value.Int((long) d));
            default -> as(Value.Int.class, value);
        };
    }

    private static Optional<Value.Decimal> fraction(Value value, boolean loose) {
        return switch (value) {
            case Value.Int(long whole) -> Optional.of(new Value.Decimal(whole));
            case Value.Text(String text) when loose -> as(Value.Decimal.class, Numbers.parseFloat(text));
            default -> as(Value.Decimal.class, value);
        };
    }

    private static Optional<Value.Bool> truth(Value value, boolean loose) {
        if (!loose) {
            return as(Value.Bool.class, value);
        }
        return switch (Shown.text(value)) {
            case "1", "true" -> Optional.of(new Value.Bool(true));
            case "0", "false" -> Optional.of(new Value.Bool(false));
            default -> Optional.empty();
        };
    }

    private static <V extends Value> Optional<V> as(Class<V> wanted, Value value) {
        return Optional.of(value).filter(wanted::isInstance).map(wanted::cast);
    }

    private static Optional<String> text(Value value) {
        return as(Value.Text.class, value).map(Value.Text::value);
    }
}
