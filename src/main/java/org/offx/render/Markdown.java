package org.offx.render;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Pieces of Markdown as GitHub and GitLab read it (GitHub Flavored Markdown). Whatever people wrote stands in code, where
 * nothing of it is read as Markdown: no fence is broken, no link is made, nobody is notified.
 */
final class Markdown {

    private static final Pattern BACKTICKS = Pattern.compile("`+");
    private static final int SHORTEST_FENCE = 3;

    /** A longer name has its middle cut out: a comment has only so much room. */
    private static final int LONGEST_NAME = 160;

    private Markdown() {}

    /** In a line of text. */
    static String code(String text) {
        String line = Visible.of(text);
        String ticks = "`".repeat(longest(line) + 1);
        boolean apart = line.isEmpty() || line.startsWith("`") || line.endsWith("`");
        return apart ? ticks + " " + line + " " + ticks : ticks + line + ticks;
    }

    /** In a cell of a table, where a bar ends the cell even in code. */
    static String cell(String name) {
        return name(name).replace("|", "\\|");
    }

    /** A name in HTML. */
    static String html(String name) {
        return Visible.of(Literals.cut(name, LONGEST_NAME))
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replace("`", "&#96;")
                .replace("*", "&#42;")
                .replace("_", "&#95;");
    }

    /** A block; ends with a line feed. */
    static String fenced(String language, String content) {
        String fence = "`".repeat(Math.max(SHORTEST_FENCE, longest(content) + 1));
        String end = content.isEmpty() || content.endsWith("\n") ? "" : "\n";
        return fence + language + "\n" + content + end + fence + "\n";
    }

    private static int longest(String text) {
        return BACKTICKS.matcher(text).results().mapToInt(run -> run.end() - run.start()).max().orElse(0);
    }

    static String codes(List<String> names) {
        return Phrases.nodes(names.stream().map(Markdown::name).toList(), ", ");
    }

    /** A name in a line of text. */
    static String name(String name) {
        return code(Literals.cut(name, LONGEST_NAME));
    }
}
