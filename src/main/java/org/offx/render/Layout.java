package org.offx.render;

import java.util.ArrayList;
import java.util.List;
import org.offx.render.Line.Piece;
import org.offx.text.DisplayWidth;

/** Lays lines out in the columns that there are: what stands beside a line goes below it where it does not fit. */
final class Layout {

    private static final int GAP = 2;

    /** Where remarks begin if nothing pushes them, in percent of the width. */
    private static final int REMARKS = 60;

    private final Style style;

    Layout(Style style) {
        this.style = style;
    }

    /** Each line ends with a line feed. */
    String text(List<Line> lines) {
        StringBuilder all = new StringBuilder();
        lines.forEach(line -> lay(line).forEach(one -> all.append(one.stripTrailing()).append('\n')));
        return all.toString();
    }

    /** The line with its mark, and what did not fit beside it on lines of its own. */
    private List<String> lay(Line line) {
        String mark = line.mark().sign();
        String space = mark.isEmpty() || line.mark().isOfFile() ? "" : " ";
        int start = line.indent() + DisplayWidth.of(mark) + space.length();
        String left = " ".repeat(line.indent()) + paint(line.mark().tone(), mark) + space + paint(line, line.text());
        return beside(left, start + width(line.text()), start, line.beside());
    }

    private List<String> beside(String left, int used, int start, List<Piece> beside) {
        if (beside.isEmpty()) {
            return List.of(left);
        }
        int room = style.width() - width(beside);
        int column = Math.min(Math.max(style.width() * REMARKS / 100, used + GAP), room);
        if (column >= used + GAP) {
            return List.of(left + " ".repeat(column - used) + paint(beside));
        }
        List<String> lines = new ArrayList<>(List.of(left));
        for (Piece piece : beside) {
            for (String part : wrap(piece.text(), style.width() - start - GAP)) {
                lines.add(" ".repeat(start + GAP) + paint(piece.tone(), part));
            }
        }
        return lines;
    }

    /** A title with a note at the right edge. */
    Line title(String title, String note) {
        int room = style.width() - DisplayWidth.of(title) - DisplayWidth.of(note);
        Line line = Line.at(0).say(Tone.TITLE, title);
        return note.isEmpty()
                ? line
                : room >= GAP ? line.say(" ".repeat(room)).say(Tone.QUIET, note) : line.beside(Tone.QUIET, note);
    }

    /** Words put on lines of at most so many columns; a longer word stands alone. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && DisplayWidth.of(line.toString()) + 1 + DisplayWidth.of(word) > Math.max(width, 1)) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    static int width(List<Piece> pieces) {
        return pieces.stream().mapToInt(piece -> DisplayWidth.of(piece.text())).sum();
    }

    private String paint(Line line, List<Piece> pieces) {
        return line.mark().isOfFile() && pieces.size() == 1
                ? paint(line.mark().tone(), pieces.getFirst().text())
                : paint(pieces);
    }

    private String paint(List<Piece> pieces) {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(paint(piece.tone(), piece.text())));
        return text.toString();
    }

    private String paint(Tone tone, String text) {
        return style.colour() ? tone.paint(text) : text;
    }
}
