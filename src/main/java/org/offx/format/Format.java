package org.offx.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.offx.syntax.Lexeme;
import org.offx.syntax.Lexeme.Kind;
import org.offx.syntax.Parsed;
import org.offx.syntax.Syntax;
import org.offx.text.Source;

/**
 * The one layout of the language, without options. Lines are where their author broke them; blanks, indentation (four a
 * level) and alignment are the formatter's. At most one empty line stays, a line of more than 120 columns is broken
 * where that reads best. The braces of a block of several lines stand at the end of its first line and on a line of
 * their own. Formatting again changes nothing, and the tree is the same before and after.
 */
public final class Format {

    private Format() {}

    public static Formatted source(Source source) {
        Parsed parsed = Syntax.parse(source);
        Optional<List<Lexeme>> lexemes = parsed.diagnostics().isEmpty() ? Syntax.lexemes(source) : Optional.empty();
        return lexemes.isPresent() ? new Formatted.Text(text(lexemes.get())) : new Formatted.Refused(parsed.diagnostics());
    }

    private static String text(List<Lexeme> lexemes) {
        List<Line> lines = Indentation.of(Wrapping.of(lines(opened(lexemes))));
        Alignment.apply(lines);
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(line.blankBefore ? "\n" : "").append(line.drawn()).append('\n');
        }
        return text.toString();
    }

    /** Blocks of several lines begin behind the line of their brace, unless it goes on with a parameter: {@code { text =>}. */
    private static List<Lexeme> opened(List<Lexeme> lexemes) {
        boolean[] breakAfter = new boolean[lexemes.size()];
        boolean[] breakBefore = new boolean[lexemes.size()];
        Deque<Integer> open = new ArrayDeque<>();
        Deque<Integer> lineEnds = new ArrayDeque<>();
        int lines = 0;
        int closed = -1;
        for (int i = 0; i < lexemes.size(); i++) {
            switch (lexemes.get(i).kind()) {
                case LINE_END -> lines++;
                case OPEN_BRACE -> {
                    open.push(i);
                    lineEnds.push(lines);
                }
                case CLOSE_BRACE -> {
                    int brace = open.pop();
                    int since = lineEnds.pop();
                    boolean several = since < lines;
                    breakAfter[brace] = several && !parameter(lexemes, brace + 1);
                    breakBefore[i] = several && !(closed == since && lexemes.get(i - 1).kind() == Kind.CLOSE_BRACE && parameter(lexemes, brace + 1));
                    closed = since;
                }
                default -> {}
            }
        }
        List<Lexeme> result = new ArrayList<>(lexemes.size());
        for (int i = 0; i < lexemes.size(); i++) {
            Lexeme lexeme = lexemes.get(i);
            if (breakBefore[i] && result.getLast().kind() != Kind.LINE_END) {
                result.add(new Lexeme(Kind.LINE_END, lexeme.span(), true));
            }
            result.add(lexeme);
            Kind next = i + 1 < lexemes.size() ? lexemes.get(i + 1).kind() : Kind.LINE_END;
            if (breakAfter[i] && next != Kind.LINE_END && next != Kind.COMMENT) {
                result.add(new Lexeme(Kind.LINE_END, lexeme.span(), false));
            }
        }
        return result;
    }

    private static boolean parameter(List<Lexeme> lexemes, int at) {
        return at + 1 < lexemes.size() && lexemes.get(at + 1).span().text().equals("=>");
    }

    /** Behind a comma or an opening bracket something begins, even where no entry ended. */
    private static boolean beginsElement(List<Lexeme> line) {
        Lexeme last = line.getLast().kind() == Kind.COMMENT && line.size() > 1 ? line.get(line.size() - 2) : line.getLast();
        return last.kind() == Kind.COMMA || Indentation.isOpening(last.kind());
    }

    /** The lines as written, without the empty ones; commas that a line end makes needless are gone. */
    private static List<Line> lines(List<Lexeme> lexemes) {
        List<Line> lines = new ArrayList<>();
        List<Lexeme> current = new ArrayList<>();
        boolean blank = false;
        boolean goesOn = false;
        for (Lexeme lexeme : lexemes) {
            if (lexeme.kind() != Kind.LINE_END) {
                current.add(lexeme);
            } else if (current.isEmpty()) {
                blank = true;
            } else {
                boolean comment = current.getFirst().kind() == Kind.COMMENT;
                lines.add(new Line(current, blank && !lines.isEmpty(), goesOn && !comment));
                goesOn = comment ? goesOn : !lexeme.ends() && !beginsElement(current);
                blank = false;
                current = new ArrayList<>();
            }
        }
        if (!current.isEmpty()) {
            lines.add(new Line(current, blank && !lines.isEmpty(), goesOn && current.getFirst().kind() != Kind.COMMENT));
        }
        return lines;
    }
}
