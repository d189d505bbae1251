package org.offx.format;

import java.util.ArrayList;
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

    /** A file in the layout; refused where it has syntax errors. */
    public static Formatted source(Source source) {
        Parsed parsed = Syntax.parse(source);
        Optional<List<Lexeme>> lexemes = parsed.diagnostics().isEmpty() ? Syntax.lexemes(source) : Optional.empty();
        return lexemes.isPresent() ? new Formatted.Text(text(lexemes.get())) : new Formatted.Refused(parsed.diagnostics());
    }

    private static String text(List<Lexeme> lexemes) {
        List<Line> lines = Alignment.of(Wrapping.of(lines(Blocks.opened(lexemes))));
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.blankBefore() ? "\n" : "").append(line.drawn()).append('\n'));
        return text.toString();
    }

    /** The lines as written, without the empty ones. */
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
                Line line = Line.of(current, blank && !lines.isEmpty(), goesOn);
                lines.add(line);
                goesOn = line.isComment() ? goesOn : !lexeme.ends() && !beginsElement(line);
                blank = false;
                current = new ArrayList<>();
            }
        }
        if (!current.isEmpty()) {
            lines.add(Line.of(current, blank && !lines.isEmpty(), goesOn));
        }
        return lines;
    }

    /** Behind a comma or an opening bracket something begins, even where no entry ended. */
    private static boolean beginsElement(Line line) {
        return line.lastCode().map(Lexeme::kind).filter(last -> last == Kind.COMMA || Nesting.isOpening(last)).isPresent();
    }
}
