package org.offx.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.offx.syntax.Lexeme;
import org.offx.syntax.Lexeme.Kind;

/** Breaks lines that are too long, again and again until none is that can be broken; drops commas that end nothing. */
final class Wrapping {

    static final int WIDEST = 120;

    private Wrapping() {}

    static List<Line> of(List<Line> lines) {
        Deque<Lexeme> open = new ArrayDeque<>();
        lines.forEach(line -> withoutNeedlessCommas(line, open));
        List<Line> given = Indentation.of(lines);
        List<Line> wrapped = wrapped(given);
        while (wrapped.size() > given.size()) {
            given = Indentation.of(wrapped);
            wrapped = wrapped(given);
        }
        return wrapped;
    }

    /**
     * A comma before a closing bracket on its line, and one that stands alone at the end of a line between the entries
     * of braces; where a line has several entries, its last comma stays.
     */
    private static void withoutNeedlessCommas(Line line, Deque<Lexeme> open) {
        List<Lexeme> pieces = line.pieces();
        Deque<Boolean> several = new ArrayDeque<>(List.of(false));
        for (int i = 0; i < pieces.size(); i++) {
            Lexeme piece = pieces.get(i);
            if (piece.kind() != Kind.COMMA) {
                track(piece, open);
                trackCommas(piece, several);
                continue;
            }
            Kind next = i + 1 < pieces.size() ? pieces.get(i + 1).kind() : Kind.LINE_END;
            boolean ends = next == Kind.LINE_END || next == Kind.COMMENT;
            boolean inBraces = !open.isEmpty() && open.peek().kind() == Kind.OPEN_BRACE;
            if (Indentation.isClosing(next) || ends && inBraces && !several.peek()) {
                pieces.remove(i--);
            } else {
                several.pop();
                several.push(true);
            }
        }
    }

    /** For each bracket of the line whether there was a comma in it already. */
    private static void trackCommas(Lexeme piece, Deque<Boolean> several) {
        if (Indentation.isOpening(piece.kind())) {
            several.push(false);
        } else if (Indentation.isClosing(piece.kind()) && several.size() > 1) {
            several.pop();
        }
    }

    private static List<Line> wrapped(List<Line> lines) {
        List<Line> result = new ArrayList<>();
        Deque<Lexeme> open = new ArrayDeque<>();
        for (Line line : lines) {
            boolean inBrackets = !open.isEmpty() && open.peek().kind() != Kind.OPEN_BRACE;
            Optional<List<Breaking.Part>> parts = !line.isComment() && line.code().length() > WIDEST
                    ? Breaking.of(line.pieces(), inBrackets)
                    : Optional.empty();
            parts.ifPresentOrElse(found -> add(found, line, result), () -> result.add(line));
            line.pieces().forEach(piece -> track(piece, open));
        }
        return result;
    }

    private static void add(List<Breaking.Part> parts, Line line, List<Line> result) {
        for (Breaking.Part part : parts) {
            boolean first = part == parts.getFirst();
            result.add(new Line(part.pieces(), first && line.blankBefore, first ? line.continues : part.continues()));
        }
    }

    private static void track(Lexeme piece, Deque<Lexeme> open) {
        if (Indentation.isOpening(piece.kind())) {
            open.push(piece);
        } else if (Indentation.isClosing(piece.kind()) && !open.isEmpty()) {
            open.pop();
        }
    }
}
