package org.offx.format;

import java.util.ArrayList;
import java.util.List;
import org.offx.syntax.Lexeme;
import org.offx.syntax.Lexeme.Kind;

/** Breaks lines that are too long at their longest list, one element on a line, and drops commas that end nothing. */
final class Wrapping {

    private static final int WIDEST = 120;

    private Wrapping() {}

    static List<Line> of(List<Line> lines) {
        List<Line> result = new ArrayList<>();
        List<Boolean> braces = new ArrayList<>();
        for (Line line : lines) {
            withoutNeedlessCommas(line, braces);
            result.add(line);
        }
        List<Line> measured = Indentation.of(result);
        List<Line> wrapped = new ArrayList<>();
        measured.forEach(line -> wrap(line, wrapped));
        return wrapped;
    }

    /** A comma before a closing bracket on its line, and one at a line's end between the entries of braces. */
    private static void withoutNeedlessCommas(Line line, List<Boolean> braces) {
        List<Lexeme> pieces = line.pieces();
        for (int i = 0; i < pieces.size(); i++) {
            Kind kind = pieces.get(i).kind();
            if (Indentation.isOpening(kind)) {
                braces.add(kind == Kind.OPEN_BRACE);
            } else if (kind == Kind.CLOSE || kind == Kind.CLOSE_BRACE) {
                braces.removeLast();
            } else if (kind == Kind.COMMA) {
                Kind next = i + 1 < pieces.size() ? pieces.get(i + 1).kind() : Kind.LINE_END;
                boolean ends = next == Kind.LINE_END || next == Kind.COMMENT;
                boolean inBraces = !braces.isEmpty() && braces.getLast();
                if (next == Kind.CLOSE || next == Kind.CLOSE_BRACE || ends && inBraces) {
                    pieces.remove(i--);
                }
            }
        }
    }

    private static void wrap(Line line, List<Line> result) {
        int open = line.code().length() > WIDEST ? breakable(line.pieces()) : -1;
        if (open < 0) {
            result.add(line);
            return;
        }
        List<Lexeme> pieces = line.pieces();
        int close = matching(pieces, open);
        boolean braces = pieces.get(open).kind() == Kind.OPEN_BRACE;
        Line head = new Line(pieces.subList(0, open + 1), line.blankBefore, line.continues);
        head.level = line.level;
        result.add(head);
        int start = open + 1;
        for (int i = start; i <= close; i++) {
            boolean comma = pieces.get(i).kind() == Kind.COMMA && depthBetween(pieces, start, i) == 0;
            if (comma || i == close) {
                List<Lexeme> element = new ArrayList<>(pieces.subList(start, i));
                if (!braces) {
                    element.add(comma ? pieces.get(i) : comma(pieces, open, close));
                }
                Line part = new Line(element, false, false);
                part.level = line.level + 1;
                wrap(part, result);
                start = i + 1;
            }
        }
        Line tail = new Line(pieces.subList(close, pieces.size()), false, true);
        tail.level = line.level;
        wrap(tail, result);
    }

    private static Lexeme comma(List<Lexeme> pieces, int open, int close) {
        return pieces.subList(open, close).stream().filter(p -> p.kind() == Kind.COMMA).findFirst().orElseThrow();
    }

    /** The longest bracket that is closed on the line and has several elements; types are never broken. */
    private static int breakable(List<Lexeme> pieces) {
        int longest = -1;
        int length = 0;
        for (int i = 0; i < pieces.size(); i++) {
            if (Indentation.isOpening(pieces.get(i).kind()) && !pieces.get(i).span().text().equals("<")) {
                int close = matching(pieces, i);
                for (int j = i + 1; j < close; j++) {
                    if (pieces.get(j).kind() == Kind.COMMA && depthBetween(pieces, i + 1, j) == 0) {
                        int columns = pieces.get(close).span().end() - pieces.get(i).span().start();
                        longest = columns > length ? i : longest;
                        length = Math.max(length, columns);
                    }
                }
            }
        }
        return enclosing(pieces, longest);
    }

    /** A block around the bracket has several lines too, once the bracket has: its brace is broken first. */
    private static int enclosing(List<Lexeme> pieces, int bracket) {
        for (int i = 0; i < bracket; i++) {
            if (pieces.get(i).kind() == Kind.OPEN_BRACE && matching(pieces, i) > bracket) {
                return i;
            }
        }
        return bracket;
    }

    private static int matching(List<Lexeme> pieces, int open) {
        for (int i = open + 1; i < pieces.size(); i++) {
            boolean closing = pieces.get(i).kind() == Kind.CLOSE || pieces.get(i).kind() == Kind.CLOSE_BRACE;
            if (closing && depthBetween(pieces, open + 1, i) == 0) {
                return i;
            }
        }
        return -1;
    }

    private static int depthBetween(List<Lexeme> pieces, int from, int to) {
        int depth = 0;
        for (Lexeme piece : pieces.subList(from, to)) {
            depth += Indentation.isOpening(piece.kind()) ? 1 : piece.kind() == Kind.CLOSE || piece.kind() == Kind.CLOSE_BRACE ? -1 : 0;
        }
        return depth;
    }
}
