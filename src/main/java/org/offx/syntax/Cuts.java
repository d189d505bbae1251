package org.offx.syntax;

import static org.offx.syntax.antlr.OffxLexer.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.offx.text.Source;

/**
 * Where the declarations of a file begin that could not be read in one piece. Each part is then read by itself, so that
 * an unclosed bracket or text costs one declaration. Where brackets are in order, declarations begin outside of them;
 * where they are not, at every line that starts as a declaration does.
 */
final class Cuts {

    private final Source source;
    private final String text;

    private Cuts(Source source) {
        this.source = source;
        this.text = source.text();
    }

    /** Ascending offsets; the first is 0. */
    static List<Integer> of(Source source, List<Token> tokens) {
        Cuts cuts = new Cuts(source);
        List<Integer> starts = switch (cuts.state(tokens)) {
            case BALANCED -> cuts.outside(tokens, false);
            case UNBALANCED -> cuts.outside(tokens, true);
            case OPEN_TEXT -> cuts.aroundText(tokens);
        };
        List<Integer> result = new ArrayList<>(List.of(0));
        starts.stream().map(cuts::withComments).filter(start -> start > result.getLast()).forEach(result::add);
        return result;
    }

    private enum State {
        BALANCED,
        UNBALANCED,
        OPEN_TEXT
    }

    private State state(List<Token> tokens) {
        Deque<Integer> open = new ArrayDeque<>();
        boolean balanced = true;
        for (Token token : tokens) {
            switch (token.getType()) {
                case LPAREN, FRESH_LPAREN, LBRACK, FRESH_LBRACK, LBRACE, OPEN, QUOTE, TQUOTE, TICK -> open.push(opener(token.getType()));
                case RPAREN -> balanced &= closes(open, LPAREN);
                case RBRACK -> balanced &= closes(open, LBRACK);
                case RBRACE -> balanced &= closes(open, !open.isEmpty() && open.peek() == OPEN ? OPEN : LBRACE);
                case QUOTE_END -> open.poll();
                case UNTERMINATED, RAW_OPEN -> balanced = false;
                case RAWS_OPEN -> {
                    return State.OPEN_TEXT;
                }
                default -> {}
            }
        }
        return open.contains(TQUOTE) ? State.OPEN_TEXT : balanced && open.isEmpty() ? State.BALANCED : State.UNBALANCED;
    }

    private static int opener(int kind) {
        return kind == FRESH_LPAREN ? LPAREN : kind == FRESH_LBRACK ? LBRACK : kind;
    }

    private static boolean closes(Deque<Integer> open, int opener) {
        if (open.isEmpty() || open.peek() != opener) {
            return false;
        }
        open.pop();
        return true;
    }

    private List<Integer> outside(List<Token> tokens, boolean resync) {
        List<Integer> starts = new ArrayList<>();
        int depth = 0;
        boolean begins = true;
        for (Token token : tokens) {
            int start = token.getStartIndex();
            boolean code = token.getChannel() == Token.DEFAULT_CHANNEL && token.getType() != NL && token.getType() != TEXT && token.getType() != Token.EOF;
            if (code && source.column(start) == 1 && Character.isLetter(text.charAt(start))) {
                if (depth == 0 && begins && !goesOn(token) || resync && (Keywords.declares(text, start) || misspelt(start))) {
                    starts.add(start);
                    depth = 0;
                }
            }
            begins = code ? false : begins || token.getType() == NL && token.getChannel() == Token.DEFAULT_CHANNEL;
            switch (token.getType()) {
                case LPAREN, FRESH_LPAREN, LBRACK, FRESH_LBRACK, LBRACE, OPEN, QUOTE, TQUOTE, TICK -> depth++;
                case RPAREN, RBRACK, RBRACE, QUOTE_END, UNTERMINATED -> depth = Math.max(0, depth - 1);
                default -> {}
            }
        }
        return starts;
    }

    /** A rule's `for` may stand on the line below its title. */
    private static boolean goesOn(Token token) {
        return token.getType() >= IF && token.getType() <= NULL;
    }

    /** Up to the text that swallowed a declaration the tokens can be trusted; behind it only the lines themselves. */
    private List<Integer> aroundText(List<Token> tokens) {
        int trusted = swallowing(tokens);
        List<Integer> starts = new ArrayList<>(outside(tokens, true).stream().filter(start -> start < trusted).toList());
        for (int line = source.line(trusted) + 1; line <= source.lines(); line++) {
            int start = source.lineStart(line);
            boolean word = start < text.length() && Character.isLetter(text.charAt(start));
            if (word && (Keywords.declares(text, start) || misspelt(start))) {
                starts.add(start);
            }
        }
        return starts;
    }

    /** The first text of several lines that holds what looks like a declaration, or the one that is open at the end. */
    private int swallowing(List<Token> tokens) {
        int opened = 0;
        for (Token token : tokens) {
            switch (token.getType()) {
                case TQUOTE -> opened = token.getStartIndex();
                case RAWS_OPEN -> {
                    return token.getStartIndex();
                }
                case TEXT -> {
                    if (declaresWithin(token.getStartIndex(), token.getStopIndex())) {
                        return opened;
                    }
                }
                default -> {}
            }
        }
        return opened;
    }

    private boolean declaresWithin(int from, int to) {
        for (int line = source.line(from) + 1; line <= source.line(to); line++) {
            if (Keywords.declares(text, source.lineStart(line))) {
                return true;
            }
        }
        return false;
    }

    /** A word like a keyword, and behind it a text or a name on the same line, as in {@code paly "x" on}. */
    private boolean misspelt(int start) {
        int end = Keywords.wordEnd(text, start);
        boolean goesOn = end + 1 < text.length() && text.charAt(end) == ' ' && (text.charAt(end + 1) == '"' || Character.isLetter(text.charAt(end + 1)));
        return goesOn && Keywords.nearest(text.substring(start, end)).isPresent();
    }

    /** Comments directly above belong to what follows. */
    private int withComments(int start) {
        int line = source.line(start);
        while (line > 1 && source.lineText(line - 1).startsWith("#")) {
            line--;
        }
        return Math.min(start, source.lineStart(line));
    }
}
