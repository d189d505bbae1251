package org.offx.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.offx.syntax.Lexeme;
import org.offx.syntax.Lexeme.Kind;

/** Lines up what neighbouring lines have in common: `=` of attributes, the types of fields, comments behind code. */
final class Alignment {

    /** How many columns neighbours may differ in and still be lined up. */
    private static final int FARTHEST = 30;

    /** A piece of a line that may be moved to the right. */
    private record Place(int line, int level, int piece, int column) {}

    /** Places that are to stand below each other. */
    private static final class Run {

        private final List<Place> places = new ArrayList<>();
        private int leftmost = Integer.MAX_VALUE;
        private int rightmost;

        void add(Place place) {
            places.add(place);
            leftmost = Math.min(leftmost, place.column());
            rightmost = Math.max(rightmost, place.column());
        }

        boolean isOfLevel(int level) {
            return !places.isEmpty() && places.getLast().level() == level;
        }

        /** A line that would move its neighbours far to the right stands for itself. */
        boolean isNear(int column) {
            return Math.max(rightmost, column) - Math.min(leftmost, column) <= FARTHEST;
        }
    }

    private final List<Line> lines;

    private Alignment(List<Line> lines) {
        this.lines = new ArrayList<>(lines);
    }

    static List<Line> of(List<Line> lines) {
        Alignment alignment = new Alignment(lines);
        alignment.lineUp(false, Alignment::assigned);
        alignment.lineUp(true, Alignment::declared);
        alignment.lineUp(false, Alignment::conditional);
        alignment.lineUpComments();
        return alignment.lines;
    }

    /**
     * Moves what neighbours of the same level have to line up.
     *
     * @param overComments whether comments may stand between them, or part them
     * @param aligned the position of the piece to be moved; negative where there is none
     */
    private void lineUp(boolean overComments, ToIntFunction<Line> aligned) {
        Run run = new Run();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            boolean begins = line.blankBefore() || !run.isOfLevel(line.level());
            int piece = aligned.applyAsInt(line);
            int column = piece < 0 ? 0 : line.widthBefore(piece);
            boolean goesOn = piece < 0 ? overComments && line.isComment() : run.isNear(column);
            if (begins || !goesOn) {
                pad(run);
                run = new Run();
            }
            if (piece >= 0) {
                run.add(new Place(i, line.level(), piece, column));
            }
        }
        pad(run);
    }

    private void pad(Run run) {
        if (run.places.size() > 1) {
            run.places.forEach(place -> lines.set(
                    place.line(), lines.get(place.line()).padded(place.piece(), run.rightmost - place.column())));
        }
    }

    /** The `=` of a line that gives one value to one name; a value of several lines ends a run. */
    private static int assigned(Line line) {
        int at = outside(line, Kind.ASSIGN, "=");
        boolean named = at == 1 || at == 2;
        return named && line.pieces().subList(0, at).stream().allMatch(p -> p.kind() == Kind.WORD) ? at : -1;
    }

    /** The `if` of an element of a list that is there on a condition. */
    private static int conditional(Line line) {
        boolean element = line.lastCode().filter(last -> last.kind() == Kind.COMMA).isPresent();
        int at = element ? outside(line, Kind.WORD, "if") : -1;
        return at > 0 && outside(line, Kind.WORD, "then") < 0 && outside(line, Kind.WORD, "for") < 0 ? at : -1;
    }

    /** The type of a line that declares one name. */
    private static int declared(Line line) {
        int colon = outside(line, Kind.SUFFIX, ":");
        boolean opens = line.lastCode().filter(last -> last.kind() == Kind.OPEN_BRACE).isPresent();
        return colon == 1 && line.pieces().size() > 2 && line.first().kind() == Kind.WORD && !opens ? 2 : -1;
    }

    /** Where a piece first stands outside of all brackets, in a line of one entry; else negative. */
    private static int outside(Line line, Kind kind, String text) {
        if (line.isComment()) {
            return -1;
        }
        List<Lexeme> pieces = line.pieces();
        Lexeme last = line.lastCode().orElseThrow();
        int at = -1;
        int depth = 0;
        for (int i = 0; i < pieces.size() && depth >= 0; i++) {
            Lexeme piece = pieces.get(i);
            depth += Nesting.isOpening(piece.kind()) ? 1 : Nesting.isClosing(piece.kind()) ? -1 : 0;
            if (depth == 0 && piece.kind() == Kind.COMMA && piece != last) {
                return -1;
            }
            at = at < 0 && depth == 0 && piece.kind() == kind && piece.span().text().equals(text) ? i : at;
        }
        return depth == 0 || depth == 1 && Nesting.isOpening(last.kind()) ? at : -1;
    }

    private void lineUpComments() {
        int from = 0;
        while (from < lines.size()) {
            int until = from;
            while (until < lines.size()
                    && lines.get(until).trailingComment().isPresent()
                    && (until == from || !lines.get(until).blankBefore())) {
                until++;
            }
            List<Line> run = lines.subList(from, until);
            int widest = run.stream().mapToInt(Line::width).max().orElse(0);
            run.replaceAll(line -> line.commented(widest - line.width()));
            from = Math.max(until, from + 1);
        }
    }
}
