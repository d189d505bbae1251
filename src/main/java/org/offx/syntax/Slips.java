package org.offx.syntax;

import static org.offx.syntax.antlr.OffxLexer.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.WritableToken;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Source;
import org.offx.text.Span;

/** Signs of other languages, and of text editors: each is reported and read as what was meant. */
final class Slips {

    private static final Map<Character, Character> CLOSING =
            Map.of('\u201c', '\u201d', '\u201d', '\u201d', '\u201e', '\u201c', '\u2018', '\u2019', '\u2019', '\u2019', '\u00ab', '\u00bb');

    private final Source source;
    private final List<Diagnostic> diagnostics;
    private final Set<Integer> settledLines;
    private int hiddenUntil;

    private Slips(Source source, List<Diagnostic> diagnostics, Set<Integer> settledLines) {
        this.source = source;
        this.diagnostics = diagnostics;
        this.settledLines = settledLines;
    }

    /**
     * The tokens with the slips mended.
     *
     * @param settledLines gets the lines whose remaining errors would only follow from what has been reported
     */
    static List<Token> mend(Source source, List<Token> tokens, List<Diagnostic> diagnostics, Set<Integer> settledLines) {
        Slips slips = new Slips(source, diagnostics, settledLines);
        List<Token> result = new ArrayList<>(tokens.size());
        for (Token token : tokens) {
            if (token.getStartIndex() >= slips.hiddenUntil || token.getType() == Token.EOF) {
                result.add(slips.mended((WritableToken) token));
            }
        }
        return result;
    }

    private Token mended(WritableToken token) {
        Span span = token.getType() == Token.EOF ? source.span(0, 0) : source.span(token.getStartIndex(), token.getStopIndex() + 1);
        switch (token.getType()) {
            case SLASHES, SLASH_STAR -> {
                Span mark = source.span(span.start(), span.start() + 2);
                report(Diagnostic.error(Code.SYNTAX, mark, "a comment begins with `#`").fix("write a comment", mark, "#"));
                token.setChannel(Token.HIDDEN_CHANNEL);
            }
            case SEMICOLON -> {
                report(Diagnostic.error(Code.SYNTAX, span, "there are no semicolons").fix("a comma, or a new line", span, ","));
                settledLines.add(span.line());
                token.setType(NL);
            }
            case AMPERSANDS -> reworded(token, span, AND, "and");
            case BARS -> reworded(token, span, OR, "or");
            case BANG -> reworded(token, span, NOT, "not");
            case RAW_OPEN -> {
                report(Diagnostic.error(Code.UNCLOSED, source.span(span.start(), span.start() + 1), "this text is never closed")
                        .here("opened here").note("a text in quotes ends on its line; one of several lines stands between \"\"\" and \"\"\", or ''' and '''"));
                settledLines.add(span.line());
                token.setType(RAW);
            }
            case BAD -> {
                return bad(token, span);
            }
            default -> {}
        }
        return token;
    }

    private void reworded(WritableToken token, Span span, int kind, String word) {
        report(Diagnostic.error(Code.SYNTAX, span, "`" + span.text() + "` is written `" + word + "`").fix("the word", span, kind == NOT ? word + " " : word));
        settledLines.add(span.line());
        token.setType(kind);
    }

    private Token bad(WritableToken token, Span span) {
        char sign = span.text().charAt(0);
        if (CLOSING.containsKey(sign)) {
            return curlyQuotes(token, span, CLOSING.get(sign));
        }
        int end = Character.isHighSurrogate(sign) && span.end() < source.text().length() ? span.end() + 1 : span.end();
        Span whole = source.span(span.start(), end);
        hiddenUntil = end;
        token.setChannel(Token.HIDDEN_CHANNEL);
        if (sign == '\u00a0') {
            report(Diagnostic.error(Code.SYNTAX, span, "this is a no-break space, not a space").fix("a plain space", span, " "));
            return token;
        }
        settledLines.add(span.line());
        Diagnostic senseless = Diagnostic.error(Code.SYNTAX, whole, shown(whole.text()) + " has no meaning here");
        report(sign == '$' ? senseless.note("outside of texts a value is written as it is called: x, not $x or ${x}") : senseless);
        return token;
    }

    /** What cannot be seen is called by its number. */
    private static String shown(String sign) {
        int point = sign.codePointAt(0);
        boolean seen = !Character.isISOControl(point) && Character.getType(point) != Character.FORMAT
                && Character.getType(point) != Character.UNASSIGNED && !Character.isSpaceChar(point) && Character.isDefined(point);
        return seen ? "`" + sign + "`" : String.format(Locale.ROOT, "the invisible character U+%04X", point);
    }

    private Token curlyQuotes(WritableToken token, Span span, char closing) {
        String line = source.lineText(span.line());
        int lineStart = source.lineStart(span.line());
        int end = line.indexOf(closing, span.end() - lineStart);
        if (end < 0) {
            settledLines.add(span.line());
            token.setChannel(Token.HIDDEN_CHANNEL);
            report(Diagnostic.error(Code.SYNTAX, span, "texts stand in straight quotes").here("a typographic quote"));
            return token;
        }
        Span whole = source.span(span.start(), lineStart + end + 1);
        String inside = line.substring(span.end() - lineStart, end);
        report(Diagnostic.error(Code.SYNTAX, whole, "texts stand in straight quotes").here("typographic quotes").fix("straight quotes", whole, "\"" + inside + "\""));
        hiddenUntil = whole.end();
        CommonToken text = new CommonToken(token);
        text.setType(RAW);
        text.setStopIndex(whole.end() - 1);
        return text;
    }

    private void report(Diagnostic diagnostic) {
        diagnostics.add(diagnostic);
    }
}
