package org.offx.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offx.plan.Seal;

/** Canonical texts of values as people like to read them. */
final class Literals {

    /** How much of a value is shown at each end of what is cut out. */
    private static final int END = 28;

    private static final int BEFORE = 14;

    private Literals() {}

    /** On one line and without codes; long ones with the middle cut out. */
    static String shown(String literal, int room) {
        return Visible.of(counted(literal).orElseGet(() -> cut(Seal.shown(literal), room)));
    }

    /** A text of several lines is the file's business: here only how many there are. */
    private static Optional<String> counted(String literal) {
        return Optional.of(lines(literal)).filter(lines -> lines > 0).map(lines -> Phrases.count(lines, "line"));
    }

    /** How many lines a text has that has line ends in it; 0 of everything else. */
    private static int lines(String literal) {
        int breaks = literal.startsWith("\"") ? occurrences(literal, "\\n") : 0;
        return breaks == 0 || literal.endsWith("\\n\"") ? breaks : breaks + 1;
    }

    /** Two values of which there is nothing to show but that they differ: secrets, texts with as many lines. */
    static Optional<String> changed(String before, String after, int room) {
        boolean alike = Seal.shown(before).equals(Seal.shown(after)) || lines(before) > 0 && lines(before) == lines(after);
        return alike ? Optional.of(shown(after, room) + ", changed") : Optional.empty();
    }

    private static int occurrences(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    static String cut(String text, int room) {
        return text.length() <= room ? text : cutAt(text, 0, room);
    }

    /** The text with its beginning, its end, and what stands from {@code focus} on. */
    private static String cutAt(String text, int focus, int room) {
        int half = Math.max(room / 2, END);
        int from = focus <= half ? 0 : whole(text, focus - BEFORE);
        int until = Math.min(text.length(), whole(text, Math.min(text.length(), from + half)));
        int rest = whole(text, Math.max(until, text.length() - END));
        String middle = rest - until <= 1 ? text.substring(until, rest) : "…";
        return (from == 0 ? "" : text.substring(0, whole(text, BEFORE)) + "…") + text.substring(from, until) + middle + text.substring(rest)
                + " (" + Phrases.number(text.length()) + " characters)";
    }

    /** Not in the middle of a character that takes two. */
    private static int whole(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }

    /** Two values side by side: where both are long, cut so that the first difference is seen. */
    static List<String> pair(String before, String after, int room) {
        String old = Seal.shown(before);
        String now = Seal.shown(after);
        boolean manyLines = counted(old).isPresent() || counted(now).isPresent();
        if (manyLines || old.length() <= room && now.length() <= room) {
            return List.of(shown(old, room), shown(now, room));
        }
        int focus = 0;
        while (focus < Math.min(old.length(), now.length()) && old.charAt(focus) == now.charAt(focus)) {
            focus++;
        }
        return List.of(
                Visible.of(old.length() <= room ? old : cutAt(old, focus, room)),
                Visible.of(now.length() <= room ? now : cutAt(now, focus, room)));
    }

    /** On one line and without codes, however long. */
    static String whole(String literal) {
        return shown(literal, literal.length());
    }

    static boolean isList(String literal) {
        return literal.length() > 1 && literal.startsWith("[") && literal.endsWith("]");
    }

    /** The elements of {@code [a, b]}, the entries of <code>{ a = b }</code>; empty of anything else. */
    static List<String> elements(String literal) {
        boolean record = literal.length() > 1 && literal.startsWith("{") && literal.endsWith("}");
        if (!isList(literal) && !record) {
            return List.of();
        }
        List<String> elements = new ArrayList<>();
        int depth = 0;
        int start = 1;
        boolean quoted = false;
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '[' || c == '(' || c == '{') {
                depth++;
            } else if (c == ']' || c == ')' || c == '}') {
                depth--;
            } else if (c == ',' && depth == 0) {
                elements.add(literal.substring(start, i).strip());
                start = i + 1;
            }
        }
        String last = literal.substring(start, literal.length() - 1).strip();
        if (!last.isEmpty()) {
            elements.add(last);
        }
        return elements;
    }
}
