package org.offx.render;

import java.util.List;
import java.util.stream.Collectors;
import org.offx.render.Line.Mark;
import org.offx.render.Line.Piece;
import org.offx.text.DisplayWidth;

/** Lines as a {@code diff} block shows them: the first column decides the colour, so it says what a line is about. */
final class DiffBlock {

    private static final int REMARKS = 64;

    private DiffBlock() {}

    static String title(String title) {
        return "# " + Visible.of(title);
    }

    static List<String> lines(List<Line> lines) {
        return lines.stream().map(DiffBlock::line).toList();
    }

    private static String line(Line line) {
        if (line.mark() == Mark.HUNK) {
            return "@@ " + text(line.text()) + " @@";
        }
        String start = gutter(line.mark()) + " " + " ".repeat(line.indent());
        String left = start + verb(line.mark()) + text(line.text());
        if (line.beside().isEmpty()) {
            return left.stripTrailing();
        }
        return left + " ".repeat(Math.max(3, REMARKS - DisplayWidth.of(left))) + text(line.beside());
    }

    private static String gutter(Mark mark) {
        return switch (mark) {
            case CREATE, ADDED -> "+";
            case DELETE, REPLACE, REMOVED -> "-";
            case UPDATE, RENAME, ACT, WAIT, TROUBLE, DRIFT -> "!";
            case HUNK -> "@@";
            case NONE, CONTEXT, OK -> " ";
        };
    }

    private static String verb(Mark mark) {
        return switch (mark) {
            case CREATE -> "create ";
            case UPDATE -> "update ";
            case REPLACE -> "replace ";
            case RENAME -> "rename ";
            case DELETE -> "delete ";
            case ACT -> "run ";
            case WAIT, TROUBLE, DRIFT, OK, NONE, ADDED, REMOVED, CONTEXT, HUNK -> "";
        };
    }

    private static String text(List<Piece> pieces) {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }
}
