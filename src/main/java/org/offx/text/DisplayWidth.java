package org.offx.text;

/**
 * How many columns a terminal uses for text: two for East Asian wide characters and pictographs, none for combining marks
 * and invisible signs (Unicode Annex 11, by block), one for everything else. Tabs and line ends have no width of their
 * own: whoever draws them decides.
 */
public final class DisplayWidth {

    private DisplayWidth() {}

    /** The columns of a text without tabs and line ends. */
    public static int of(String text) {
        return isPrintableAscii(text) ? text.length() : text.codePoints().map(DisplayWidth::of).sum();
    }

    /** The columns of one character. */
    public static int of(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(codePoint) ? 2 : 1;
        };
    }

    /** The usual case, told without looking at categories. */
    public static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isWide(int point) {
        return point >= 0x1100
                && (point <= 0x115f
                        || point >= 0x2e80 && point <= 0xa4cf && point != 0x303f
                        || point >= 0xac00 && point <= 0xd7a3
                        || point >= 0xf900 && point <= 0xfaff
                        || point >= 0xfe30 && point <= 0xfe6f
                        || point >= 0xff00 && point <= 0xff60
                        || point >= 0xffe0 && point <= 0xffe6
                        || point >= 0x1f300 && point <= 0x1f64f
                        || point >= 0x1f680 && point <= 0x1faff
                        || point >= 0x20000 && point <= 0x3fffd);
    }
}
