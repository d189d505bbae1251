package org.offx.format;

import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.function.ToIntFunction;
import org.offx.syntax.Lexeme;
import org.offx.syntax.Lexeme.Kind;

/** Lines up what neighbouring lines have in common: `=` of attributes, the types of fields, comments behind code. */
final class Alignment {

    /** How many columns neighbours may differ in and still be lined up. */
    private static final int FARTHEST = 30;

    private Alignment() {}

    static void apply(List<Line> lines) {
        runs(lines, false, Alignment::assigned).forEach(run -> pad(run, Alignment::assigned));
        runs(lines, true, Alignment::declared).forEach(run -> pad(run, Alignment::declared));
        runs(lines, false, Alignment::conditional).forEach(run -> pad(run, Alignment::conditional));
        comments(lines);
    }

    /** Neighbours of the same level in which there is something to line up; comments may stand between them, or part them. */
    private static List<List<Line>> runs(List<Line> lines, boolean overComments, ToIntFunction<Line> aligned) {
        List<List<Line>> runs = new ArrayList<>();
        List<Line> run = new ArrayList<>();
        for (Line line : lines) {
            boolean belongs = aligned.applyAsInt(line) >= 0;
            boolean comment = overComments && line.isComment() && !run.isEmpty() && run.getLast().level == line.level;
            if (line.blankBefore || !belongs && !comment || belongs && !fits(line, run, aligned)) {
                run = new ArrayList<>();
            }
            if (belongs) {
                run.add(line);
                if (run.size() == 2) {
                    runs.add(run);
                }
            }
        }
        return runs;
    }

    /** A line that would move its neighbours far to the right stands for itself. */
    private static boolean fits(Line line, List<Line> run, ToIntFunction<Line> aligned) {
        IntSummaryStatistics columns = run.stream().mapToInt(each -> each.columnsBefore(aligned.applyAsInt(each))).summaryStatistics();
        columns.accept(line.columnsBefore(aligned.applyAsInt(line)));
        return columns.getMax() - columns.getMin() <= FARTHEST && (run.isEmpty() || run.getLast().level == line.level);
    }

    private static void pad(List<Line> run, ToIntFunction<Line> aligned) {
        int widest = run.stream().mapToInt(line -> line.columnsBefore(aligned.applyAsInt(line))).max().orElse(0);
        for (Line line : run) {
            line.padded = aligned.applyAsInt(line);
            line.padding = widest - line.columnsBefore(line.padded);
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
            depth += Indentation.isOpening(piece.kind()) ? 1 : Indentation.isClosing(piece.kind()) ? -1 : 0;
            if (depth == 0 && piece.kind() == Kind.COMMA && piece != last) {
                return -1;
            }
            at = at < 0 && depth == 0 && piece.kind() == kind && piece.span().text().equals(text) ? i : at;
        }
        return depth == 0 || depth == 1 && Indentation.isOpening(last.kind()) ? at : -1;
    }

    private static void comments(List<Line> lines) {
        List<Line> run = new ArrayList<>();
        for (Line line : lines) {
            if (line.trailingComment().isEmpty() || line.blankBefore) {
                spread(run);
                run = new ArrayList<>();
            }
            if (line.trailingComment().isPresent()) {
                run.add(line);
            }
        }
        spread(run);
    }

    private static void spread(List<Line> run) {
        int widest = run.stream().mapToInt(line -> line.code().length()).max().orElse(0);
        run.forEach(line -> line.commentPadding = widest - line.code().length());
    }
}
