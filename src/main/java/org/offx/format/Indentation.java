package org.offx.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.offx.syntax.Lexeme;

/**
 * How deep each line stands: one level inside of what the innermost open bracket's line has, one more where an entry
 * goes on. A line that begins with a closing bracket stands where the line of its opening one does. No empty line stands
 * behind an opening bracket or before a closing one.
 */
final class Indentation {

    /** An open bracket: the level of its line, and the entry that goes on behind it. */
    private record Open(int level, Entry entry) {}

    /** What a line goes on with: where it began, with which word, and whether the `for` of a list has come. */
    private record Entry(int level, boolean isIf, boolean inClause) {}

    private final Deque<Open> open = new ArrayDeque<>();
    private Entry entry = new Entry(0, false, false);

    private Indentation() {}

    static List<Line> of(List<Line> lines) {
        Indentation indentation = new Indentation();
        List<Line> indented = new ArrayList<>(lines.size());
        boolean opened = false;
        for (Line line : lines) {
            int level = indentation.level(line);
            boolean closes = Nesting.isClosing(line.first().kind());
            indented.add(line.at(level, line.blankBefore() && !opened && !closes));
            line.pieces().forEach(piece -> indentation.track(piece, level));
            opened = line.lastCode().map(Lexeme::kind).filter(Nesting::isOpening).isPresent();
        }
        return indented;
    }

    private int level(Line line) {
        int inside = open.isEmpty() ? 0 : open.peek().level + 1;
        if (Nesting.isClosing(line.first().kind())) {
            return open.isEmpty() ? 0 : open.peek().level;
        }
        if (line.isComment()) {
            return inside;
        }
        if (!line.continues()) {
            entry = new Entry(inside, line.startsWith("if"), false);
            return inside;
        }
        boolean branch = line.startsWith("else") && entry.isIf;
        boolean clause = !open.isEmpty() && (line.startsWith("for") || entry.inClause && line.startsWith("if"));
        entry = new Entry(entry.level, entry.isIf, entry.inClause || clause);
        return branch || clause || line.startsWith("undo") ? entry.level : Math.max(inside, entry.level + 1);
    }

    private void track(Lexeme piece, int level) {
        if (Nesting.isOpening(piece.kind())) {
            open.push(new Open(level, entry));
        } else if (Nesting.isClosing(piece.kind()) && !open.isEmpty()) {
            entry = open.pop().entry;
        }
    }
}
