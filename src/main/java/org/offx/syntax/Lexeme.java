package org.offx.syntax;

import org.offx.text.Span;

/**
 * A piece of a text that is written as it stands, with what it means for the blanks around it. A text, a command or a
 * number is one piece, whatever is inside.
 *
 * @param ends only for {@link Kind#LINE_END}: whether an entry ends here, or goes on in the next line
 */
public record Lexeme(Kind kind, Span span, boolean ends) {

    /** How a piece stands between its neighbours. */
    public enum Kind {
        /** A name, a keyword, a literal, a text, a command. */
        WORD,
        /** The first word of a trait of an attribute. */
        TRAIT,
        COMMENT,
        LINE_END,
        /** {@code (} and {@code [} of groups and lists. */
        OPEN,
        /** {@code (}, {@code [} and {@code <} that belong to what stands before them. */
        OPEN_APPLIED,
        CLOSE,
        OPEN_BRACE,
        CLOSE_BRACE,
        COMMA,
        ASSIGN,
        /** An operator with a blank on both sides. */
        INFIX,
        /** {@code . ?. ..}: no blank on either side. */
        TIGHT,
        /** {@code - ... .}: no blank behind. */
        PREFIX,
        /** {@code : ?}: no blank in front. */
        SUFFIX
    }
}
