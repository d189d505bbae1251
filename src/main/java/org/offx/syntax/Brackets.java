package org.offx.syntax;

import static org.offx.syntax.antlr.OffxLexer.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.WritableToken;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Source;
import org.offx.text.Span;

/**
 * Puts the brackets, texts and commands of one declaration in order: what is never closed is reported (OFX0102) and
 * closed where it was probably meant to be, what closes nothing is reported and dropped. Indentation tells which of
 * several open braces was forgotten.
 */
final class Brackets {

    /** @param index where it stands in the result; what is inserted later stands behind it */
    private record Open(Token token, int kind, int indent, boolean endsLine, int index) {}

    /** A declaration with more torn texts than this is not read to its end: each makes the rest be read afresh. */
    private static final int MOST_TORN = 20;

    private final Source source;
    private final int end;
    private final List<Diagnostic> diagnostics;
    private final Set<Integer> settledLines;
    private final Deque<Open> open = new ArrayDeque<>();
    private final List<Token> result = new ArrayList<>();
    private boolean bracesMissing;
    private int torn;

    private Brackets(Source source, int end, List<Diagnostic> diagnostics, Set<Integer> settledLines) {
        this.source = source;
        this.end = end;
        this.diagnostics = diagnostics;
        this.settledLines = settledLines;
    }

    /** @param settledLines gets the lines whose remaining errors would only follow from what has been reported */
    static List<Token> mend(Source source, int end, List<Token> tokens, List<Diagnostic> diagnostics, Set<Integer> settledLines) {
        Brackets brackets = new Brackets(source, end, diagnostics, settledLines);
        Optional<List<Token>> left = Optional.of(tokens);
        while (left.isPresent()) {
            left = brackets.run(left.get());
        }
        return brackets.result;
    }

    /** Gives what has to be read again: the tokens behind a text that its line has torn. */
    private Optional<List<Token>> run(List<Token> tokens) {
        long opened = tokens.stream().filter(t -> t.getType() == LBRACE || t.getType() == OPEN).count();
        long closed = tokens.stream().filter(t -> t.getType() == RBRACE).count();
        bracesMissing = opened + open.stream().filter(o -> o.kind == LBRACE).count() > closed;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            switch (token.getType()) {
                case LPAREN, LBRACK, LBRACE, OPEN, QUOTE, TQUOTE, TICK -> {
                    open.push(new Open(token, token.getType(), indent(token), endsLine(tokens, i), result.size()));
                    result.add(token);
                }
                case RPAREN -> close(token, LPAREN);
                case RBRACK -> close(token, LBRACK);
                case RBRACE -> closeBrace(token);
                case QUOTE_END -> {
                    open.poll();
                    result.add(token);
                }
                case UNTERMINATED -> {
                    if (lineEnds(token)) {
                        return Optional.of(rest(token));
                    }
                }
                case NL -> {
                    result.add(token);
                    if (insideLine()) {
                        result.removeLast();
                        lineEnds(token);
                        return Optional.of(rest(token));
                    }
                }
                case Token.EOF -> {
                    while (!open.isEmpty()) {
                        neverClosed(open.pop(), token);
                    }
                    result.add(token);
                }
                default -> result.add(token);
            }
        }
        return Optional.empty();
    }

    /** The lexer's modes are astray behind a text that was not closed: what follows is read afresh. */
    private List<Token> rest(Token lineEnd) {
        int from = ++torn <= MOST_TORN ? lineEnd.getStopIndex() + 1 : end;
        return Slips.mend(source, Syntax.tokens(source, from, end), diagnostics, settledLines);
    }

    /** In an interpolation of a text or command that ends with its line. */
    private boolean insideLine() {
        boolean inHole = false;
        for (Open each : open) {
            if (each.kind == OPEN) {
                inHole = true;
            } else if (each.kind == LBRACE || each.kind == TQUOTE) {
                return false;
            } else if (inHole && (each.kind == QUOTE || each.kind == TICK)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Closes the texts, and what is open inside of them; the outermost interpolation that was left open is the mistake.
     *
     * @return whether there is one, so that the lexer has taken what follows for something else
     */
    private boolean lineEnds(Token at) {
        int closing = 0;
        int position = 0;
        for (Open each : open) {
            if (each.kind == LBRACE || each.kind == TQUOTE) {
                break;
            }
            position++;
            closing = isText(each) ? position : closing;
        }
        Open cause = null;
        for (int i = 0; i < closing; i++) {
            Open each = open.pop();
            result.add(inserted(closer(each.kind), at.getStartIndex()));
            cause = cause == null || cause.kind != OPEN || each.kind == OPEN ? each : cause;
        }
        if (cause != null) {
            report(cause, "the line ends here", at);
            closeSameLine(cause, at);
        }
        result.add(inserted(NL, at.getStartIndex()));
        return cause != null && cause.kind == OPEN;
    }

    /** Blocks of one line whose end the torn text has swallowed. */
    private void closeSameLine(Open torn, Token at) {
        int line = source.line(torn.token.getStartIndex());
        while (!open.isEmpty() && open.peek().kind == LBRACE && !open.peek().endsLine && source.line(open.peek().token.getStartIndex()) == line) {
            open.pop();
            result.add(inserted(RBRACE, at.getStartIndex()));
        }
    }

    private static boolean isText(Open each) {
        return each.kind == QUOTE || each.kind == TICK;
    }

    private void close(Token token, int opener) {
        boolean mine = open.stream().takeWhile(o -> o.kind == LPAREN || o.kind == LBRACK || o.kind == opener).anyMatch(o -> o.kind == opener);
        if (!mine && !open.isEmpty() && (open.peek().kind == LPAREN || open.peek().kind == LBRACK)) {
            otherKind(open.pop(), token);
            return;
        }
        if (!mine) {
            closesNothing(token);
            return;
        }
        while (open.element().kind != opener) {
            neverClosed(open.pop(), token);
        }
        open.pop();
        result.add(token);
    }

    private void closeBrace(Token token) {
        if (open.stream().noneMatch(o -> o.kind == LBRACE || o.kind == OPEN)) {
            closesNothing(token);
            return;
        }
        while (open.element().kind == LPAREN || open.element().kind == LBRACK) {
            neverClosed(open.pop(), token);
        }
        if (bracesMissing && startsLine(token) && open.element().kind == LBRACE) {
            int indent = indent(token);
            while (open.element().indent > indent && open.stream().skip(1).anyMatch(o -> o.kind == LBRACE && o.indent == indent)) {
                neverClosed(open.pop(), token);
            }
        }
        open.pop();
        result.add(token);
    }

    private void neverClosed(Open opened, Token found) {
        report(opened, found.getType() == Token.EOF ? "nothing closes it up to here" : "this stands where `" + sign(opened.kind) + "` should", found);
        int at = opened.kind == LBRACE ? result.size() : endOf(opened);
        result.add(at, inserted(closer(opened.kind), result.get(at - 1).getStopIndex() + 1));
    }

    /** At the end of the opener's line; one that ends its line reaches to the first line that is indented no deeper. */
    private int endOf(Open opened) {
        int at = opened.index + 1;
        while (at < result.size() && !(result.get(at).getType() == NL && (!opened.endsLine || endsBlock(at, opened.indent)))) {
            at++;
        }
        return at;
    }

    private boolean endsBlock(int lineEnd, int indent) {
        for (Token token : result.subList(lineEnd + 1, result.size())) {
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                return token.getType() != NL && indent(token) <= indent;
            }
        }
        return false;
    }

    private void report(Open opened, String place, Token found) {
        Span span = source.span(opened.token.getStartIndex(), opened.token.getStopIndex() + 1);
        int start = Math.min(found.getStartIndex(), source.text().length());
        int stop = found.getType() == RBRACE || found.getType() == RPAREN || found.getType() == RBRACK ? start + 1 : start;
        boolean follows = !settledLines.add(span.line());
        settledLines.add(source.line(start));
        if (follows) {
            return;
        }
        Diagnostic diagnostic = Diagnostic.error(Code.UNCLOSED, span, named(opened.kind) + " is never closed")
                .here("opened here")
                .and(source.span(start, stop), place);
        diagnostics.add(isText(opened) ? diagnostic.note("a " + (opened.kind == TICK ? "command" : "text in quotes") + " ends on its line" + (opened.kind == QUOTE
                ? "; one of several lines stands between \"\"\" and \"\"\"" : "; long ones are joined with `+`")) : diagnostic);
    }

    private void otherKind(Open opened, Token token) {
        Span span = source.span(token.getStartIndex(), token.getStopIndex() + 1);
        settledLines.add(span.line());
        diagnostics.add(Diagnostic.error(Code.SYNTAX, span, "`" + sign(opened.kind) + "` should stand here")
                .and(source.span(opened.token.getStartIndex(), opened.token.getStopIndex() + 1), "it closes this one")
                .fix("", span, sign(opened.kind)));
        ((WritableToken) token).setType(closer(opened.kind));
        result.add(token);
    }

    private void closesNothing(Token token) {
        Span span = source.span(token.getStartIndex(), token.getStopIndex() + 1);
        settledLines.add(span.line());
        diagnostics.add(Diagnostic.error(Code.SYNTAX, span, "this `" + span.text() + "` closes nothing").fix("take it away", span, ""));
    }

    private static String named(int kind) {
        return switch (kind) {
            case QUOTE, TQUOTE -> "this text";
            case TICK -> "this command";
            case OPEN -> "`${`";
            case LPAREN -> "`(`";
            case LBRACK -> "`[`";
            default -> "`{`";
        };
    }

    private static String sign(int kind) {
        return kind == LPAREN ? ")" : kind == LBRACK ? "]" : kind == TQUOTE ? "\"\"\"" : "}";
    }

    private static int closer(int kind) {
        return switch (kind) {
            case LPAREN -> RPAREN;
            case LBRACK -> RBRACK;
            case LBRACE, OPEN -> RBRACE;
            default -> QUOTE_END;
        };
    }

    private static CommonToken inserted(int kind, int at) {
        CommonToken token = new CommonToken(kind, "");
        token.setStartIndex(at);
        token.setStopIndex(at - 1);
        return token;
    }

    private int indent(Token token) {
        String line = source.lineText(source.line(token.getStartIndex()));
        int indent = 0;
        while (indent < line.length() && (line.charAt(indent) == ' ' || line.charAt(indent) == '\t')) {
            indent++;
        }
        return indent;
    }

    private boolean startsLine(Token token) {
        return source.lineStart(source.line(token.getStartIndex())) + indent(token) == token.getStartIndex();
    }

    private static boolean endsLine(List<Token> tokens, int index) {
        for (int i = index + 1; i < tokens.size(); i++) {
            if (tokens.get(i).getChannel() == Token.DEFAULT_CHANNEL) {
                return tokens.get(i).getType() == NL;
            }
        }
        return true;
    }
}
