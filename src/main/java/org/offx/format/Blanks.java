package org.offx.format;

import org.offx.syntax.Lexeme;
import org.offx.syntax.Lexeme.Kind;

/** The blanks between two neighbours on a line. */
final class Blanks {

    private Blanks() {}

    static String between(Lexeme left, Lexeme right) {
        if (right.kind() == Kind.TRAIT) {
            return "  ";
        }
        boolean emptyBraces = left.kind() == Kind.OPEN_BRACE && right.kind() == Kind.CLOSE_BRACE;
        return emptyBraces || tightBefore(right.kind()) || tightBehind(left.kind()) ? "" : " ";
    }

    private static boolean tightBefore(Kind kind) {
        return switch (kind) {
            case COMMA, CLOSE, SUFFIX, TIGHT, OPEN_APPLIED -> true;
            case WORD, TRAIT, COMMENT, LINE_END, OPEN, OPEN_BRACE, CLOSE_BRACE, ASSIGN, INFIX, PREFIX -> false;
        };
    }

    private static boolean tightBehind(Kind kind) {
        return switch (kind) {
            case OPEN, OPEN_APPLIED, TIGHT, PREFIX -> true;
            case WORD, TRAIT, COMMENT, LINE_END, OPEN_BRACE, CLOSE, CLOSE_BRACE, COMMA, ASSIGN, INFIX, SUFFIX -> false;
        };
    }
}
