package org.offx.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.offx.syntax.Lexeme;
import org.offx.syntax.Lexeme.Kind;

/** Lines up what neighbouring lines have in common: `=` of attributes, the types of fields, comments behind code. */
final class Alignment {

    private Alignment() {}

    static void apply(List<Line> lines) {
        runs(lines, Alignment::assigned).forEach(run -> pad(run, Alignment::assigned));
        runs(lines, Alignment::declared).forEach(run -> pad(run, Alignment::declared));
        comments(lines);
    }

    /** Neighbours of the same level in which there is something to line up. */
    private static List<List<Line>> runs(List<Line> lines, ToIntFunction<Line> aligned) {
        List<List<Line>> runs = new ArrayList<>();
        List<Line> run = new ArrayList<>();
        for (Line line : lines) {
            boolean belongs = aligned.applyAsInt(line) >= 0;
            if (!belongs || line.blankBefore || !run.isEmpty() && run.getLast().level != line.level) {
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

    private static void pad(List<Line> run, ToIntFunction<Line> aligned) {
        int widest = run.stream().mapToInt(line -> line.columnsBefore(aligned.applyAsInt(line))).max().orElse(0);
        for (Line line : run) {
            line.padded = aligned.applyAsInt(line);
            line.padding = widest - line.columnsBefore(line.padded);
        }
    }

    /** The `=` of a line that gives one value to one name and is complete in itself. */
    private static int assigned(Line line) {
        List<Lexeme> pieces = line.pieces();
        int at = -1;
        int depth = 0;
        for (int i = 0; i < pieces.size(); i++) {
            Kind kind = pieces.get(i).kind();
            depth += Indentation.isOpening(kind) ? 1 : kind == Kind.CLOSE || kind == Kind.CLOSE_BRACE ? -1 : 0;
            if (depth < 0 || depth == 0 && kind == Kind.COMMA) {
                return -1;
            }
            if (kind == Kind.ASSIGN && at < 0) {
                at = i;
            }
        }
        boolean named = at == 1 || at == 2;
        return named && depth == 0 && pieces.subList(0, at).stream().allMatch(p -> p.kind() == Kind.WORD) ? at : -1;
    }

    /** The type of a line that declares one name. */
    private static int declared(Line line) {
        List<Lexeme> pieces = line.pieces();
        boolean field = pieces.size() > 2 && pieces.get(0).kind() == Kind.WORD && pieces.get(1).kind() == Kind.SUFFIX;
        return field && pieces.stream().noneMatch(p -> p.kind() == Kind.COMMA || p.kind() == Kind.OPEN_BRACE && p == pieces.getLast()) ? 2 : -1;
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
