package org.offx.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offx.syntax.Lexeme;
import org.offx.syntax.Lexeme.Kind;

/** A line on its way to be written: its pieces, and what the passes have found out about it. */
final class Line {

    static final int INDENT = 4;

    private final List<Lexeme> pieces;
    boolean blankBefore;
    final boolean continues;
    int level;
    /** The piece that is moved to the right, and by how much; none where negative. */
    int padded = -1;
    int padding;
    int commentPadding;

    /** @param continues whether the line goes on with an entry of the line before, or stands inside of its brackets */
    Line(List<Lexeme> pieces, boolean blankBefore, boolean continues) {
        this.pieces = new ArrayList<>(pieces);
        this.blankBefore = blankBefore;
        this.continues = continues;
    }

    List<Lexeme> pieces() {
        return pieces;
    }

    Lexeme first() {
        return pieces.getFirst();
    }

    /** The last piece that is no comment. */
    Optional<Lexeme> lastCode() {
        return pieces.stream().filter(p -> p.kind() != Kind.COMMENT).reduce((a, b) -> b);
    }

    boolean isComment() {
        return first().kind() == Kind.COMMENT;
    }

    Optional<Lexeme> trailingComment() {
        return !isComment() && pieces.getLast().kind() == Kind.COMMENT ? Optional.of(pieces.getLast()) : Optional.empty();
    }

    boolean startsWith(String word) {
        return first().span().text().equals(word);
    }

    String drawn() {
        String code = code();
        if (trailingComment().isEmpty()) {
            return isComment() ? " ".repeat(level * INDENT) + first().span().text().stripTrailing() : code;
        }
        return code + " ".repeat(2 + commentPadding) + trailingComment().get().span().text().stripTrailing();
    }

    /** The line without its comment. */
    String code() {
        StringBuilder text = new StringBuilder(" ".repeat(level * INDENT));
        Lexeme previous = null;
        for (int i = 0; i < pieces.size(); i++) {
            Lexeme piece = pieces.get(i);
            if (piece.kind() == Kind.COMMENT) {
                break;
            }
            if (previous != null) {
                text.append(gap(previous, piece));
            }
            if (i == padded) {
                text.append(" ".repeat(padding));
            }
            text.append(piece.span().text());
            previous = piece;
        }
        return text.toString();
    }

    /** The columns up to a piece, with the blank before it. */
    int columnsBefore(int index) {
        Line head = new Line(pieces.subList(0, index), false, false);
        head.level = level;
        return head.code().length();
    }

    static String gap(Lexeme left, Lexeme right) {
        Kind before = left.kind();
        Kind after = right.kind();
        if (after == Kind.TRAIT) {
            return "  ";
        }
        if (before == Kind.OPEN_BRACE && after == Kind.CLOSE_BRACE) {
            return "";
        }
        boolean tight = switch (after) {
            case COMMA, CLOSE, SUFFIX, TIGHT, OPEN_APPLIED -> true;
            case WORD, TRAIT, COMMENT, LINE_END, OPEN, OPEN_BRACE, CLOSE_BRACE, ASSIGN, INFIX, PREFIX -> false;
        };
        boolean behind = switch (before) {
            case OPEN, OPEN_APPLIED, TIGHT, PREFIX -> true;
            case WORD, TRAIT, COMMENT, LINE_END, OPEN_BRACE, CLOSE, CLOSE_BRACE, COMMA, ASSIGN, INFIX, SUFFIX -> false;
        };
        return tight || behind ? "" : " ";
    }
}
