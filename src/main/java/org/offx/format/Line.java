package org.offx.format;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.offx.syntax.Lexeme;
import org.offx.syntax.Lexeme.Kind;
import org.offx.text.DisplayWidth;

/**
 * A line on its way to be written.
 *
 * @param pieces at least one, without line ends
 * @param blankBefore an empty line stands above it
 * @param continues it goes on with an entry of the line before, or stands inside of its brackets
 * @param level how deep it stands
 * @param padding blanks that line it up with its neighbours
 */
record Line(List<Lexeme> pieces, boolean blankBefore, boolean continues, int level, Padding padding) {

    static final int INDENT = 4;

    /**
     * Blanks besides the usual ones.
     *
     * @param piece the position of the piece that is moved to the right; none where negative
     * @param columns by how much
     * @param comment by how much the comment at the end is moved
     */
    record Padding(int piece, int columns, int comment) {
        static final Padding NONE = new Padding(-1, 0, 0);
    }

    Line {
        pieces = List.copyOf(pieces);
    }

    static Line of(List<Lexeme> pieces, boolean blankBefore, boolean continues) {
        return new Line(pieces, blankBefore, continues, 0, Padding.NONE);
    }

    Line at(int deep, boolean blank) {
        return new Line(pieces, blank, continues, deep, padding);
    }

    Line with(List<Lexeme> others) {
        return new Line(others, blankBefore, continues, level, padding);
    }

    /** The same line with one piece moved to the right. */
    Line padded(int piece, int columns) {
        return new Line(pieces, blankBefore, continues, level, new Padding(piece, columns, padding.comment()));
    }

    /** The same line with its comment moved to the right. */
    Line commented(int columns) {
        return new Line(pieces, blankBefore, continues, level, new Padding(padding.piece(), padding.columns(), columns));
    }

    Lexeme first() {
        return pieces.getFirst();
    }

    /** The last piece that is no comment. */
    Optional<Lexeme> lastCode() {
        return Stream.of(pieces.getLast())
                .filter(piece -> piece.kind() != Kind.COMMENT)
                .findFirst()
                .or(() -> pieces.size() > 1 ? Optional.of(pieces.get(pieces.size() - 2)) : Optional.empty());
    }

    boolean isComment() {
        return first().kind() == Kind.COMMENT;
    }

    Optional<Lexeme> trailingComment() {
        return Optional.of(pieces.getLast()).filter(last -> !isComment() && last.kind() == Kind.COMMENT);
    }

    boolean startsWith(String word) {
        return first().span().text().equals(word);
    }

    /** The line as it is written, without its end. */
    String drawn() {
        if (isComment()) {
            return indentation() + first().span().text().stripTrailing();
        }
        return code() + trailingComment()
                .map(comment -> " ".repeat(2 + padding.comment()) + comment.span().text().stripTrailing())
                .orElse("");
    }

    /** The columns of the line without its comment. */
    int width() {
        return DisplayWidth.of(code());
    }

    /** The columns up to a piece, without the blank before it. */
    int widthBefore(int piece) {
        return DisplayWidth.of(code(pieces.subList(0, piece)));
    }

    private String code() {
        return code(trailingComment().isPresent() ? pieces.subList(0, pieces.size() - 1) : pieces);
    }

    private String code(List<Lexeme> shown) {
        StringBuilder text = new StringBuilder(indentation());
        for (int i = 0; i < shown.size(); i++) {
            text.append(i == 0 ? "" : Blanks.between(shown.get(i - 1), shown.get(i)));
            text.append(" ".repeat(i == padding.piece() ? padding.columns() : 0));
            text.append(shown.get(i).span().text());
        }
        return text.toString();
    }

    private String indentation() {
        return " ".repeat(level * INDENT);
    }
}
