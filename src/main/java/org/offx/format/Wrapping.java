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

    /** The lines with their levels. */
    static List<Line> of(List<Line> lines) {
        Deque<Lexeme> open = new ArrayDeque<>();
        List<Line> given = Indentation.of(lines.stream().map(line -> withoutNeedlessCommas(line, open)).toList());
        List<Line> wrapped = Indentation.of(wrapped(given));
        while (wrapped.size() > given.size()) {
            given = wrapped;
            wrapped = Indentation.of(wrapped(given));
        }
        return wrapped;
    }

    /**
     * A comma before a closing bracket on its line, and one that stands alone at the end of a line between the entries
     * of braces; where a line has several entries, its last comma stays.
     *
     * @param open the brackets that are open before the line, and then behind it
     */
    private static Line withoutNeedlessCommas(Line line, Deque<Lexeme> open) {
        List<Lexeme> kept = new ArrayList<>();
        Deque<Boolean> several = new ArrayDeque<>(List.of(false));
        for (int i = 0; i < line.pieces().size(); i++) {
            Lexeme piece = line.pieces().get(i);
            if (piece.kind() != Kind.COMMA) {
                track(piece, open);
                trackCommas(piece, several);
                kept.add(piece);
                continue;
            }
            Kind next = i + 1 < line.pieces().size() ? line.pieces().get(i + 1).kind() : Kind.LINE_END;
            boolean ends = next == Kind.LINE_END || next == Kind.COMMENT;
            boolean inBraces = !open.isEmpty() && open.peek().kind() == Kind.OPEN_BRACE;
            if (!Nesting.isClosing(next) && !(ends && inBraces && !several.peek())) {
                several.pop();
                several.push(true);
                kept.add(piece);
            }
        }
        return line.with(kept);
    }

    /** For each bracket of the line whether there was a comma in it already. */
    private static void trackCommas(Lexeme piece, Deque<Boolean> several) {
        if (Nesting.isOpening(piece.kind())) {
            several.push(false);
        } else if (Nesting.isClosing(piece.kind()) && several.size() > 1) {
            several.pop();
        }
    }

    private static List<Line> wrapped(List<Line> lines) {
        List<Line> result = new ArrayList<>();
        Deque<Lexeme> open = new ArrayDeque<>();
        for (Line line : lines) {
            boolean inBrackets = !open.isEmpty() && open.peek().kind() != Kind.OPEN_BRACE;
            Optional<List<Breaking.Part>> parts = !line.isComment() && line.width() > WIDEST
                    ? Breaking.of(line.pieces(), inBrackets)
                    : Optional.empty();
            parts.ifPresentOrElse(found -> add(found, line, result), () -> result.add(line));
            line.pieces().forEach(piece -> track(piece, open));
        }
        return result;
    }

    private static void add(List<Breaking.Part> parts, Line line, List<Line> result) {
        result.add(line.with(parts.getFirst().pieces()));
        parts.stream().skip(1).forEach(part -> result.add(Line.of(part.pieces(), false, part.continues())));
    }

    private static void track(Lexeme piece, Deque<Lexeme> open) {
        if (Nesting.isOpening(piece.kind())) {
            open.push(piece);
        } else if (Nesting.isClosing(piece.kind()) && !open.isEmpty()) {
            open.pop();
        }
    }
}
