package org.offx.format;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.offx.syntax.Lexeme;
import org.offx.syntax.Lexeme.Kind;

/** The brackets of a line: how deep each piece stands in them, and which belong together. */
final class Nesting {

    private final int[] depths;
    private final int[] closing;

    Nesting(List<Lexeme> pieces) {
        this.depths = new int[pieces.size()];
        this.closing = new int[pieces.size()];
        Arrays.fill(closing, -1);
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < pieces.size(); i++) {
            Kind kind = pieces.get(i).kind();
            if (isClosing(kind) && !open.isEmpty()) {
                closing[open.pop()] = i;
            }
            depths[i] = open.size();
            if (isOpening(kind)) {
                open.push(i);
            }
        }
    }

    /** How many brackets of the line are open around a piece; a bracket counts as outside of itself. */
    int depth(int piece) {
        return depths[piece];
    }

    /** Where the bracket that a piece opens is closed; negative where that is on another line, or it opens none. */
    int closing(int piece) {
        return closing[piece];
    }

    static boolean isOpening(Kind kind) {
        return kind == Kind.OPEN || kind == Kind.OPEN_APPLIED || kind == Kind.OPEN_BRACE;
    }

    static boolean isClosing(Kind kind) {
        return kind == Kind.CLOSE || kind == Kind.CLOSE_BRACE;
    }
}
