package org.offx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.offx.syntax.antlr.OffxParser.CommandContext;
import org.offx.syntax.antlr.OffxParser.ExprContext;
import org.offx.syntax.antlr.OffxParser.HoleContext;
import org.offx.syntax.antlr.OffxParser.PartContext;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Source;
import org.offx.text.Span;
import org.offx.tree.Expr;
import org.offx.tree.Expr.Hole;
import org.offx.tree.Expr.Part;
import org.offx.tree.Expr.TextPart;
import org.offx.tree.Expr.Word;

/**
 * Splits a backtick command into words. No shell ever reads them: blanks separate, quotes group, {@code ${…}} is glued
 * to its neighbours, and what only a shell would understand is refused with OFX0312 and the right form.
 */
final class Commands {

    private static final char NONE = 0;

    private final Building building;
    private final Function<ExprContext, Expr> expressions;

    Commands(Building building, Function<ExprContext, Expr> expressions) {
        this.building = building;
        this.expressions = expressions;
    }

    Expr of(CommandContext context) {
        building.plain(building.span(context));
        Scan scan = new Scan();
        int textStart = -1;
        int end = building.span(context.TICK().getSymbol()).end();
        for (PartContext part : context.part()) {
            Span span = building.span(part);
            if (part instanceof HoleContext hole) {
                if (textStart >= 0) {
                    scan.text(textStart, span.start());
                    textStart = -1;
                }
                ExprContext value = hole.expr();
                scan.hole(new Hole(span, value == null ? new Expr.Missing(span) : expressions.apply(value)));
            } else if (textStart < 0) {
                textStart = span.start();
            }
            end = span.end();
        }
        if (textStart >= 0) {
            scan.text(textStart, end);
        }
        return scan.command(building.span(context));
    }

    /** The state between the parts of one command. */
    private final class Scan {

        private final Source source = building.source();
        private final String all = source.text();
        private final List<Word> words = new ArrayList<>();
        private final List<Part> parts = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private int wordStart = -1;
        private int textStart = -1;
        private int position;
        private char quote = NONE;
        private int quoteStart;

        void text(int start, int end) {
            position = start;
            while (position < end) {
                char c = all.charAt(position);
                if (quote != NONE) {
                    quoted(c, end);
                } else {
                    bare(c, end);
                }
            }
        }

        void hole(Hole hole) {
            if (quote != NONE) {
                building.report(unsafe(hole.span(), "an interpolation inside of quotes")
                        .and(source.span(quoteStart, quoteStart + 1), "the quotes open here")
                        .note("`${…}` is always exactly one word, whatever it contains: it needs no quotes, and glues to what stands beside it (`--name=${x}`)"
                                + "; for text around it write one string: `${\"size of ${x}\"}`; to pass the characters themselves write `\\${`"));
            }
            flushText(hole.span().start());
            startWord(hole.span().start());
            parts.add(hole);
            position = hole.span().end();
        }

        Expr command(Span span) {
            if (quote != NONE) {
                Span at = source.span(quoteStart, quoteStart + 1);
                building.report(Diagnostic.error(Code.UNCLOSED, at, "this quote is never closed").note("to pass a quote itself, put it between quotes of the other kind"));
            }
            endWord(position);
            if (words.isEmpty()) {
                building.report(Diagnostic.error(Code.SYNTAX, span, "a command without a program").here("name the program to run"));
                return new Expr.Missing(span);
            }
            checkProgram(words.getFirst());
            return new Expr.Command(span, List.copyOf(words));
        }

        private void bare(char c, int end) {
            switch (c) {
                case ' ', '\t', '\r' -> {
                    endWord(position);
                    position++;
                }
                case '\'', '"' -> {
                    quote = c;
                    quoteStart = position;
                    startWord(position);
                    startText(position);
                    position++;
                }
                case '\\' -> backslash(end);
                case '$' -> dollar(end);
                case ';', '&', '>', '<', '|' -> operator(c, end);
                default -> literal(c);
            }
        }

        private void quoted(char c, int end) {
            if (c == quote) {
                quote = NONE;
                position++;
            } else if (c == '\\' && (escapes(end) || quote == '"' && next(end) == '"')) {
                text.append(all.charAt(position + 1));
                position += 2;
            } else if (c == '$' && quote == '"' && isName(next(end))) {
                dollar(end);
            } else {
                literal(c);
            }
        }

        private void literal(char c) {
            startWord(position);
            startText(position);
            text.append(c);
            position++;
        }

        private boolean escapes(int end) {
            char next = next(end);
            return next == '`' || next == '$' || next == '\\';
        }

        private char next(int end) {
            return position + 1 < end ? all.charAt(position + 1) : NONE;
        }

        private void backslash(int end) {
            if (escapes(end)) {
                startWord(position);
                startText(position);
                text.append(all.charAt(position + 1));
                position += 2;
                return;
            }
            Span at = source.span(position, Math.min(position + 2, end));
            building.report(unsafe(at, "a backslash outside of quotes")
                    .note("the escapes of a command are \\` \\$ and \\\\; text with backslashes stands in quotes: 's/\\t/ /'"));
            literal('\\');
        }

        private void dollar(int end) {
            char next = next(end);
            int stop = position + 1;
            while (stop < end && isName(all.charAt(stop))) {
                stop++;
            }
            Span at = source.span(position, next == '(' ? Math.min(position + 2, end) : stop);
            if (next == '(') {
                building.report(unsafe(at, "a command inside of a command")
                        .note("there is no shell that would run it: read its output with a `probe` into a `let`, and write `${…}` here"));
            } else if (stop > position + 1 && !Character.isDigit(next)) {
                String name = all.substring(position + 1, stop);
                building.report(unsafe(at, "`$" + name + "` is no interpolation here")
                        .fix("a value of the playbook", at, "${" + name + "}")
                        .note("no shell expands variables here; the characters themselves are written `\\$" + name + "`"));
            } else {
                building.report(unsafe(at, "a `$` that stands for nothing").note("an interpolation is `${…}`; the character itself is `\\$`, or stands in single quotes: '$1'"));
            }
            startWord(position);
            startText(position);
            text.append(all, position, at.end());
            position = at.end();
        }

        private void operator(char c, int end) {
            int stop = position + 1;
            while (stop < end && all.charAt(stop) == c) {
                stop++;
            }
            Span at = source.span(position, stop);
            String written = at.text();
            building.report(unsafe(at, "`" + written + "` is for a shell, and no shell reads this command").note(insteadOf(written)));
            endWord(position);
            position = stop;
        }

        private void startWord(int at) {
            if (wordStart < 0) {
                wordStart = at;
            }
        }

        private void startText(int at) {
            if (textStart < 0) {
                textStart = at;
            }
        }

        private void flushText(int end) {
            if (textStart >= 0) {
                parts.add(new TextPart(source.span(textStart, end), text.toString()));
                text.setLength(0);
                textStart = -1;
            }
        }

        private void endWord(int end) {
            flushText(end);
            if (wordStart >= 0) {
                words.add(new Word(source.span(wordStart, end), List.copyOf(parts)));
                parts.clear();
                wordStart = -1;
            }
        }
    }

    private void checkProgram(Word program) {
        if (program.parts().getFirst() instanceof TextPart(Span span, String text) && assigns(text)) {
            building.report(unsafe(span, "a variable in front of the program is a shell's way")
                    .fix("through `env`", building.source().span(program.span().start(), program.span().start()), "env "));
        }
    }

    private static boolean assigns(String word) {
        int equals = word.indexOf('=');
        return equals > 0 && word.chars().limit(equals).allMatch(c -> isName((char) c)) && !Character.isDigit(word.charAt(0));
    }

    private static String insteadOf(String operator) {
        return switch (operator) {
            case "|" -> "a pipeline is the language's own: run `zfs send …` | `zfs recv …`, so that every part's status counts";
            case ">", ">>" -> "output is a value, not a file: write files with `edit`; as a word of its own it stands in quotes: '>'";
            case "<", "<<", "<<<" -> "input is given with `input`: run `…` input text; as a word of its own it stands in quotes: '<'";
            case "&" -> "a step is waited for; to start what keeps running use a service; as a word of its own it stands in quotes: '&'";
            default -> "write one step for each command: a step runs only if the one before it succeeded; as a word of its own it stands in quotes: '" + operator + "'";
        };
    }

    private static Diagnostic unsafe(Span span, String message) {
        return Diagnostic.error(Code.UNSAFE_COMMAND, span, message);
    }

    private static boolean isName(char c) {
        return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
