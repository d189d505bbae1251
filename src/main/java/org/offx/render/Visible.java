package org.offx.render;

/**
 * Text from nodes and playbooks made harmless and measurable. Control characters could move the cursor or set the window's
 * title; characters that turn the direction of writing could make a line read otherwise than it is. Both are spelt out.
 */
public final class Visible {

    private static final int TAB = 8;

    private Visible() {}

    /** On one line. */
    public static String of(String text) {
        if (isPrintableAscii(text) || text.codePoints().allMatch(Visible::isHarmless)) {
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
        for (String part : text.splitWithDelimiters("\t", 0)) {
            shown.append(part.equals("\t") ? " ".repeat(TAB - width(shown.toString()) % TAB) : of(part));
        }
        return shown.toString();
    }

    /** The usual case, told without looking at categories. */
    private static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
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

    /** How many columns a terminal uses: none for combining marks, two for East Asian wide characters and emoji. */
    static int width(String text) {
        return isPrintableAscii(text) ? text.length() : text.codePoints().map(Visible::width).sum();
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = c >= 0x1100 && c <= 0x115f
                || c >= 0x2e80 && c <= 0xa4cf
                || c >= 0xac00 && c <= 0xd7a3
                || c >= 0xf900 && c <= 0xfaff
                || c >= 0xfe30 && c <= 0xfe6f
                || c >= 0xff00 && c <= 0xff60
                || c >= 0xffe0 && c <= 0xffe6
                || c >= 0x1f300 && c <= 0x1faff
                || c >= 0x20000 && c <= 0x3fffd;
        return wide ? 2 : 1;
    }
}
