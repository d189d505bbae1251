package org.offx.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.offx.cli.Usage.Option;
import org.offx.cli.Usage.Takes;

/** The help of a command as text: how it is called, what it does, and what each argument and option means. */
final class UsageText {

    private static final int NARROWEST = 60;
    private static final int WIDEST = 120;

    /** Between the names of options and what they mean. */
    private static final int GAP = 3;

    private record Row(String name, String meaning) {}

    private UsageText() {}

    /** @param width of the terminal in columns; lines that nobody likes to read are neither asked for nor made */
    static String of(Usage usage, int width) {
        int columns = Math.clamp(width, NARROWEST, WIDEST);
        List<Row> arguments = usage.arguments().description().isEmpty()
                ? List.of()
                : List.of(new Row("  " + usage.arguments().form(), usage.arguments().description()));
        List<Row> options = usage.options().stream().map(option -> new Row(name(option), option.description())).toList();
        int meanings = GAP + Math.max(longest(arguments), longest(options));
        return synopsis(usage, columns)
                + "\n"
                + usage.description().stream().map(line -> filled("", 0, words(line), columns)).collect(Collectors.joining())
                + (arguments.isEmpty() ? "" : "\n")
                + table(arguments, meanings, columns)
                + "\noptions:\n"
                + table(options, meanings, columns);
    }

    private static String synopsis(Usage usage, int columns) {
        List<String> parts = new ArrayList<>();
        for (Option option : usage.options()) {
            String form = option.letter().map(letter -> letter + option.form().substring(option.name().length()).replace('=', ' ')).orElse(option.form());
            parts.add("[" + form + "]" + (option.takes() == Takes.EACH ? "..." : ""));
        }
        if (!usage.arguments().form().isEmpty()) {
            parts.add(usage.arguments().form());
        }
        String call = "usage: offx " + usage.command() + " ";
        return filled(call, call.length(), parts, columns);
    }

    private static String name(Option option) {
        return option.letter().map(letter -> "  " + letter + ", ").orElse("      ") + option.form();
    }

    private static int longest(List<Row> rows) {
        return rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    }

    private static String table(List<Row> rows, int meanings, int columns) {
        return rows.stream()
                .map(row -> filled(row.name() + " ".repeat(meanings - row.name().length()), meanings, words(row.meaning()), columns))
                .collect(Collectors.joining());
    }

    /** The parts after a beginning, as many as a line holds, with further lines below the first part. */
    private static String filled(String start, int indent, List<String> parts, int columns) {
        StringBuilder text = new StringBuilder(start).append(parts.getFirst());
        int column = indent + parts.getFirst().length();
        for (String part : parts.subList(1, parts.size())) {
            boolean fits = column + 1 + part.length() <= columns;
            text.append(fits ? " " : "\n" + " ".repeat(indent)).append(part);
            column = (fits ? column + 1 : indent) + part.length();
        }
        return text.append('\n').toString();
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }
}
