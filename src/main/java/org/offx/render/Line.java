package org.offx.render;

import java.util.ArrayList;
import java.util.List;

/**
 * A line to be laid out: where it starts, what marks it, what it says, and what stands beside it. Formats decide what a
 * mark looks like: a terminal colours it, a diff block of Markdown puts it in the first column.
 */
record Line(int indent, Mark mark, List<Piece> text, List<Piece> beside) {

    record Piece(Tone tone, String text) {}

    /** What a line is about, in the first place. */
    enum Mark {
        NONE("", Tone.PLAIN),
        CREATE("+", Tone.CREATE),
        UPDATE("~", Tone.CHANGE),
        REPLACE("±", Tone.DESTROY),
        RENAME("→", Tone.CHANGE),
        DELETE("-", Tone.DESTROY),
        ACT("»", Tone.ACT),
        WAIT("?", Tone.WAIT),
        TROUBLE("!", Tone.TROUBLE),
        DRIFT("≠", Tone.CHANGE),
        OK("·", Tone.QUIET),
        /** A line that a file gains or loses, its neighbours, and where they are. */
        ADDED("+", Tone.CREATE),
        REMOVED("-", Tone.DESTROY),
        CONTEXT(" ", Tone.QUIET),
        HUNK("@@", Tone.PLACE);

        private final String sign;
        private final Tone tone;

        Mark(String sign, Tone tone) {
            this.sign = sign;
            this.tone = tone;
        }

        String sign() {
            return sign;
        }

        Tone tone() {
            return tone;
        }

        boolean isOfFile() {
            return this == ADDED || this == REMOVED || this == CONTEXT;
        }
    }

    static final Line EMPTY = new Line(0, Mark.NONE, List.of(), List.of());

    static Line at(int indent) {
        return new Line(indent, Mark.NONE, List.of(), List.of());
    }

    static Line at(int indent, Mark mark) {
        return new Line(indent, mark, List.of(), List.of());
    }

    Line say(String more) {
        return say(Tone.PLAIN, more);
    }

    Line say(Tone tone, String more) {
        return new Line(indent, mark, plus(text, new Piece(tone, more)), beside);
    }

    Line beside(Tone tone, String more) {
        return more.isEmpty() ? this : new Line(indent, mark, text, plus(beside, new Piece(tone, more)));
    }

    Line deeper(int by) {
        return new Line(indent + by, mark, text, beside);
    }

    private static List<Piece> plus(List<Piece> pieces, Piece more) {
        List<Piece> all = new ArrayList<>(pieces);
        all.add(more);
        return List.copyOf(all);
    }
}
