package org.offx.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.offx.syntax.Lexeme;
import org.offx.syntax.Lexeme.Kind;

/**
 * How deep each line stands: one level inside of what the innermost open bracket's line has, one more where an entry
 * goes on. A line that begins with a closing bracket stands where the line of its opening one does.
 */
final class Indentation {

    /** An open bracket: the level of its line, and the entry that goes on behind it. */
    private record Open(Lexeme bracket, int level, Entry entry) {}

    /** What a line goes on with: where it began, with which word, and whether the `for` of a list has come. */
    private record Entry(int level, boolean isIf, boolean inClause) {}

    private final Deque<Open> open = new ArrayDeque<>();
    private Entry entry = new Entry(0, false, false);

    private Indentation() {}

    static List<Line> of(List<Line> lines) {
        Indentation indentation = new Indentation();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            line.level = indentation.level(line);
            line.blankBefore &= !isClosing(line.first().kind()) && !(i > 0 && indentation.opens(lines.get(i - 1)));
            line.pieces().forEach(piece -> indentation.track(piece, line.level));
        }
        return lines;
    }

    private boolean opens(Line line) {
        return line.lastCode().map(Lexeme::kind).filter(Indentation::isOpening).isPresent();
    }

    private int level(Line line) {
        int inside = open.isEmpty() ? 0 : open.peek().level + 1;
        if (isClosing(line.first().kind())) {
            return open.isEmpty() ? 0 : open.peek().level;
        }
        if (line.isComment()) {
            return inside;
        }
        if (!line.continues) {
            entry = new Entry(inside, line.startsWith("if"), false);
            return inside;
        }
        boolean branch = line.startsWith("else") && entry.isIf;
        boolean clause = !open.isEmpty() && (line.startsWith("for") || entry.inClause && line.startsWith("if"));
        entry = new Entry(entry.level, entry.isIf, entry.inClause || clause);
        return branch || clause || line.startsWith("undo") ? entry.level : Math.max(inside, entry.level + 1);
    }

    private void track(Lexeme piece, int level) {
        if (isOpening(piece.kind())) {
            open.push(new Open(piece, level, entry));
        } else if (isClosing(piece.kind()) && !open.isEmpty()) {
            entry = open.pop().entry;
        }
    }

    static boolean isOpening(Kind kind) {
        return kind == Kind.OPEN || kind == Kind.OPEN_APPLIED || kind == Kind.OPEN_BRACE;
    }

    static boolean isClosing(Kind kind) {
        return kind == Kind.CLOSE || kind == Kind.CLOSE_BRACE;
    }
}
