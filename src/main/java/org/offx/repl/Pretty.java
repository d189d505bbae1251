package org.offx.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.offx.check.Definition.AttributeDef;
import org.offx.check.Definition.ResourceDef;
import org.offx.check.Definition.Role;
import org.offx.eval.Task;
import org.offx.render.Visible;
import org.offx.value.Shown;
import org.offx.value.Value;

/** Values as the language writes them, over several lines where one is too narrow. */
final class Pretty {

    private static final String STEP = "    ";

    private final int width;

    Pretty(int width) {
        this.width = width;
    }

    String value(Value value) {
        return value(value, "", 0);
    }

    /**
     * What was observed of a task's thing, as a task would write it; where a value comes from, and what cannot be set,
     * are comments.
     */
    String observed(Task task, Map<String, Value> attributes) {
        List<String[]> rows = new ArrayList<>();
        attributes.forEach((name, value) -> {
            if (value != Value.Nothing.NULL) {
                rows.add(new String[] {name, value(bare(value), STEP, name.length() + 3), remark(task.resource(), name, value)});
            }
        });
        int names = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
        String body = rows.stream()
                .map(row -> STEP + row[0] + " ".repeat(names - row[0].length()) + " = " + row[1]
                        + (row[2].isEmpty() ? "" : "  # " + row[2]) + "\n")
                .collect(Collectors.joining());
        return Visible.of(task.name()) + (body.isEmpty() ? "" : " {\n" + body + "}");
    }

    private static Value bare(Value value) {
        return switch (value) {
            case Value.Sourced(Value inner, String source) -> inner;
            case Value.Both(Value live, Value kept) -> live;
            default -> value;
        };
    }

    private static String remark(ResourceDef resource, String name, Value value) {
        String from = switch (value) {
            case Value.Sourced(Value inner, String source) -> source.equals("local") || source.equals("-") ? "" : source;
            case Value.Both(Value live, Value kept) when kept == Value.Nothing.NULL -> "not kept over a reboot";
            case Value.Both(Value live, Value kept) -> live.equals(kept) ? "" : "after a reboot: " + Shown.literal(kept);
            default -> "";
        };
        boolean readOnly = resource.attribute(name).map(AttributeDef::role).filter(Role.ReadOnly.class::isInstance).isPresent();
        return Visible.of(readOnly ? from.isEmpty() ? "read only" : from + ", read only" : from);
    }

    private String value(Value value, String indent, int before) {
        String line = Visible.of(Shown.literal(value));
        if (indent.length() + before + line.length() <= width) {
            return line;
        }
        return switch (value) {
            case Value.Items(List<Value> values) -> several("[", values.stream().map(v -> value(v, indent + STEP, 1)).toList(), "]", indent);
            case Value.Group(var values) ->
                several("[", values.stream().map(v -> value(v, indent + STEP, 1)).sorted().toList(), "]", indent);
            case Value.Table(var entries) -> several("{", entries.entrySet().stream()
                    .map(e -> entry(Visible.of(Shown.literal(e.getKey())), e.getValue(), indent)).toList(), "}", indent);
            case Value.Struct(String type, var fields) -> several("{", fields.entrySet().stream()
                    .filter(e -> e.getValue() != Value.Nothing.NULL)
                    .map(e -> entry(e.getKey(), e.getValue(), indent)).toList(), "}", indent);
            default -> line;
        };
    }

    private String entry(String name, Value value, String indent) {
        return name + " = " + value(value, indent + STEP, name.length() + 4);
    }

    private static String several(String open, List<String> lines, String close, String indent) {
        return lines.stream().map(line -> indent + STEP + line + ",\n").collect(Collectors.joining("", open + "\n", indent + close));
    }
}
