package org.offx.eval;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offx.value.Value;

/** What a file template can say between its braces: paths into the values that it was given, and conditions on them. */
final class TemplatePath {

    private static final Pattern STEP = Pattern.compile("\\.?([A-Za-z_][A-Za-z0-9_]*)|\\[([0-9]{1,9})\\]|\\[\"([^\"]*)\"\\]");
    private static final Pattern COMPARISON = Pattern.compile("(.+?)\\s*(==|!=)\\s*(.+)");

    private TemplatePath() {}

    /** Empty where the path does not start at a value that is there; null where it leads to nothing. */
    static Optional<Value> value(String path, Locals locals) {
        Matcher steps = STEP.matcher(path);
        int end = 0;
        Optional<Value> value = Optional.empty();
        while (end < path.length()) {
            if (!steps.find(end) || steps.start() != end) {
                return Optional.empty();
            }
            value = end == 0 ? Optional.ofNullable(steps.group(1)).flatMap(locals::find) : value.map(v -> step(v, steps));
            if (value.isEmpty()) {
                return value;
            }
            end = steps.end();
        }
        return value;
    }

    private static Value step(Value value, Matcher step) {
        String index = step.group(2);
        String name = step.group(1) != null ? step.group(1) : step.group(3);
        return switch (value) {
            case Value.Items(var values) when index != null && Integer.parseInt(index) < values.size() -> values.get(Integer.parseInt(index));
            case Value.Struct(String type, var fields) when name != null -> fields.getOrDefault(name, Value.Nothing.NULL);
            case Value.Table(var entries) when name != null -> entries.getOrDefault(new Value.Text(name), Value.Nothing.NULL);
            case Value.Unknown unknown -> unknown;
            default -> Value.Nothing.NULL;
        };
    }

    /**
     * Is it so? A bare path is, unless it is null, false or empty; what is not known yet is taken as not.
     *
     * @return empty where the text is no condition
     */
    static Optional<Boolean> condition(String text, Function<String, Value> values) {
        Matcher comparison = COMPARISON.matcher(text);
        if (comparison.matches()) {
            boolean same = Order.same(operand(comparison.group(1), values), operand(comparison.group(3), values));
            return Optional.of(same == comparison.group(2).equals("=="));
        }
        if (text.startsWith("not ")) {
            return condition(text.substring(4).strip(), values).map(holds -> !holds);
        }
        return text.isBlank() ? Optional.empty() : Optional.of(holds(values.apply(text)));
    }

    private static Value operand(String text, Function<String, Value> values) {
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            return new Value.Text(text.substring(1, text.length() - 1));
        }
        Value number = Numbers.parseInt(text);
        return switch (text) {
            case "true" -> new Value.Bool(true);
            case "false" -> new Value.Bool(false);
            case "null" -> Value.Nothing.NULL;
            default -> number != Value.Nothing.NULL ? number : values.apply(text);
        };
    }

    private static boolean holds(Value value) {
        return switch (value) {
            case Value.Nothing nothing -> false;
            case Value.Unknown unknown -> false;
            case Value.Bool(boolean b) -> b;
            case Value.Text(String text) -> !text.isEmpty();
            case Value.Items(var values) -> !values.isEmpty();
            case Value.Group(var values) -> !values.isEmpty();
            case Value.Table(var entries) -> !entries.isEmpty();
            default -> true;
        };
    }
}
