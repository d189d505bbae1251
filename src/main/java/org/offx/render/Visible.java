package org.offx.render;

import org.offx.text.DisplayWidth;

/**
 * Text from nodes and playbooks made harmless and measurable. Control characters could move the cursor or set the window's
 * title; characters that turn the direction of writing could make a line read otherwise than it is. Both are spelt out.
 */
public final class Visible {

    private static final int TAB = 8;

    private Visible() {}

    /** On one line. */
    public static String of(String text) {
        if (DisplayWidth.isPrintableAscii(text) || text.codePoints().allMatch(Visible::isHarmless)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isHarmless(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(escape(c));
            }
        });
        return shown.toString();
    }

    /** A line of a file: as {@link #of}, and tabs as far as they reach. */
    static String line(String text) {
        if (text.indexOf('\t') < 0) {
            return of(text);
        }
        StringBuilder shown = new StringBuilder();
        int column = 0;
        for (String part : text.splitWithDelimiters("\t", 0)) {
            String next = part.equals("\t") ? " ".repeat(TAB - column % TAB) : of(part);
            column += DisplayWidth.of(next);
            shown.append(next);
        }
        return shown.toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> false;
            case Character.FORMAT -> c == 0x200d;
            default -> true;
        };
    }

    private static String escape(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            case 0x1b -> "\\e";
            default -> c < 0x100 ? hex("\\x", c, 2) : hex("\\u", c, 4);
        };
    }

    private static String hex(String prefix, int c, int digits) {
        String hex = Integer.toHexString(c);
        return prefix + "0".repeat(Math.max(0, digits - hex.length())) + hex;
    }
}
