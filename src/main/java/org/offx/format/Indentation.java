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

    private record Open(Lexeme bracket, int level) {}

    private final Deque<Open> open = new ArrayDeque<>();
    private int entryLevel;
    private boolean entryIsIf;

    private Indentation() {}

    static List<Line> of(List<Line> lines) {
        Indentation indentation = new Indentation();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            line.level = indentation.level(line);
            line.blankBefore &= !indentation.closes(line) && !(i > 0 && indentation.opens(lines.get(i - 1)));
            line.pieces().forEach(piece -> indentation.track(piece, line.level));
        }
        return lines;
    }

    private boolean closes(Line line) {
        return line.first().kind() == Kind.CLOSE || line.first().kind() == Kind.CLOSE_BRACE;
    }

    private boolean opens(Line line) {
        return line.lastCode().map(Lexeme::kind).filter(Indentation::isOpening).isPresent();
    }

    private int level(Line line) {
        if (closes(line)) {
            int level = open.isEmpty() ? 0 : open.peek().level;
            begin(line, level);
            return level;
        }
        int inside = open.isEmpty() ? 0 : open.peek().level + 1;
        boolean ruleGoesOn = open.isEmpty() && line.startsWith("for");
        boolean branch = line.startsWith("then") || line.startsWith("else");
        if (line.isComment()) {
            return inside;
        }
        boolean goesOn = line.continues;
        if (ruleGoesOn || goesOn && !(branch && entryIsIf)) {
            return ruleGoesOn ? inside + 1 : Math.max(inside, entryLevel + 1);
        }
        if (!goesOn) {
            begin(line, inside);
        }
        return goesOn ? entryLevel : inside;
    }

    private void begin(Line line, int level) {
        entryLevel = level;
        entryIsIf = line.startsWith("if");
    }

    private void track(Lexeme piece, int level) {
        if (isOpening(piece.kind())) {
            open.push(new Open(piece, level));
        } else if ((piece.kind() == Kind.CLOSE || piece.kind() == Kind.CLOSE_BRACE) && !open.isEmpty()) {
            open.pop();
        }
    }

    static boolean isOpening(Kind kind) {
        return kind == Kind.OPEN || kind == Kind.OPEN_APPLIED || kind == Kind.OPEN_BRACE;
    }
}
