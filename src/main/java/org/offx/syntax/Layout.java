package org.offx.syntax;

import static org.offx.syntax.antlr.OffxLexer.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.WritableToken;
import org.jspecify.annotations.Nullable;

/**
 * Decides which line ends separate entries, and hides the others: those inside {@code ( )} and {@code [ ]}, after and
 * before an operator, and around the edges of a block. A {@code (} or {@code [} that is the first on its line becomes
 * a token of its own, which never applies to what stands on the line before; so does the {@code or} of {@code or exit [1]},
 * which never belongs to the expression before it.
 */
final class Layout {

    /** Deeper than this no person reads; far from what the parser's stack would hold. */
    private static final int DEEPEST = 1000;

    private static final int PER_LEVEL = 5;

    private static final BitSet CONTINUES_AFTER = set(
            ASSIGN, EQ, NE, LE, GE, PLUS, MINUS, STAR, SLASH, QQ, RANGE, ARROW, PIPE, COLON, COMMA, DOT, QDOT, THEN,
            ELSE, AND, OR, NOT, IN, LPAREN, LBRACK, FRESH_LPAREN, FRESH_LBRACK, LBRACE, OPEN);

    private static final BitSet CONTINUES_BEFORE = set(
            THEN, ELSE, AND, OR, DOT, QDOT, QQ, PIPE, EQ, NE, LE, GE, PLUS, STAR, RPAREN, RBRACK, RBRACE);

    private static final BitSet NESTING = set(
            IF, ELSE, NOT, MINUS, ARROW, COLON, PLUS, STAR, SLASH, AND, OR, QQ, DOT, QDOT, AS, PIPE, LPAREN, LBRACK);

    private final List<Token> tokens;
    private final Deque<Integer> open = new ArrayDeque<>();
    private final Deque<Integer> weights = new ArrayDeque<>();
    private int weight;
    private @Nullable Token tooDeep;

    private Layout(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Marks the tokens; gives the first one that is nested too deeply, if any is. */
    static @Nullable Token apply(List<Token> tokens) {
        Layout layout = new Layout(tokens);
        layout.run();
        return layout.tooDeep;
    }

    private void run() {
        WritableToken pending = null;
        boolean lineStart = false;
        boolean goesOn = false;
        int previous = COMMA;
        for (int i = 0; i < tokens.size() && tooDeep == null; i++) {
            Token each = tokens.get(i);
            if (each.getChannel() != Token.DEFAULT_CHANNEL) {
                continue;
            }
            WritableToken token = (WritableToken) each;
            int kind = token.getType();
            if (kind == NL) {
                // Of several line ends the first is judged: what stands before and behind is the same for all.
                goesOn = lineStart ? goesOn : CONTINUES_AFTER.get(previous) && !abandoned(previous, i);
                lineStart = true;
                if (pending != null || goesOn || !separates()) {
                    token.setChannel(Token.HIDDEN_CHANNEL);
                } else {
                    pending = token;
                }
                continue;
            }
            if (pending != null) {
                if (kind == Token.EOF || CONTINUES_BEFORE.get(kind) && !isName(kind, i)) {
                    pending.setChannel(Token.HIDDEN_CHANNEL);
                } else {
                    restart();
                }
                pending = null;
            }
            if (kind == Token.EOF) {
                return;
            }
            if (lineStart && kind == LPAREN) {
                token.setType(FRESH_LPAREN);
            } else if (lineStart && kind == LBRACK) {
                token.setType(FRESH_LBRACK);
            } else if (kind == OR && previous != DOT && previous != QDOT && accepts(following(i))) {
                token.setType(OR_EXIT);
            }
            lineStart = false;
            if ((kind == LPAREN || kind == LBRACK) && (previous == RPAREN || previous == RBRACK)) {
                weight++;
            }
            track(token, kind);
            previous = kind >= LET && kind <= NULL && (previous == DOT || previous == QDOT) ? NAME : kind;
        }
    }

    /** A reserved word that is given a value or a type is the name of an attribute. */
    private boolean isName(int kind, int index) {
        if (kind < LET || kind > NULL) {
            return false;
        }
        int next = following(index).getFirst();
        return next == ASSIGN || next == COLON;
    }

    /** A status in brackets, or one that lacks them: no expression goes on so. */
    private static boolean accepts(List<Integer> behind) {
        return behind.getFirst() == EXIT && (behind.getLast() == LBRACK || behind.getLast() == INT);
    }

    /** The kinds of the two tokens behind one, line ends left out. */
    private List<Integer> following(int index) {
        List<Integer> kinds = new ArrayList<>(2);
        for (int i = index + 1; i < tokens.size() && kinds.size() < 2; i++) {
            Token token = tokens.get(i);
            if (token.getChannel() == Token.DEFAULT_CHANNEL && token.getType() != NL) {
                kinds.add(token.getType());
            }
        }
        while (kinds.size() < 2) {
            kinds.add(Token.EOF);
        }
        return kinds;
    }

    /** A line that ends too early: what follows is an entry of its own, and not what was to come. */
    private boolean abandoned(int previous, int lineEnd) {
        boolean opening = previous == ARROW || previous == COMMA || previous == LBRACE;
        List<Integer> next = following(lineEnd);
        int first = next.getFirst();
        int second = next.getLast();
        return !opening && first == LET
                || previous == ASSIGN && second == ASSIGN
                || previous == COLON && (second == COLON || second == LBRACE);
    }

    private boolean separates() {
        return open.isEmpty() || open.peek() == LBRACE;
    }

    /** Brackets may be mismatched here: an error is reported for them elsewhere. */
    private void track(Token token, int kind) {
        switch (kind) {
            case LPAREN, LBRACK, LBRACE, OPEN, TQUOTE, QUOTE, TICK -> {
                open.push(kind);
                weights.push(weight);
                weight += PER_LEVEL;
            }
            case RPAREN -> close(LPAREN);
            case RBRACK -> close(LBRACK);
            case RBRACE -> close(!open.isEmpty() && open.peek() == OPEN ? OPEN : LBRACE);
            case QUOTE_END, UNTERMINATED -> closeText();
            case COMMA -> restart();
            default -> weight += !NESTING.get(kind) ? 0 : kind == IF || kind == ELSE || kind == ARROW ? PER_LEVEL : 1;
        }
        if (weight > DEEPEST && tooDeep == null) {
            tooDeep = token;
        }
    }

    private void close(int opener) {
        if (open.contains(opener)) {
            while (open.peek() != opener) {
                pop();
            }
            pop();
        }
    }

    private void closeText() {
        if (!open.isEmpty() && (open.peek() == TQUOTE || open.peek() == QUOTE || open.peek() == TICK)) {
            pop();
        }
    }

    private void pop() {
        open.pop();
        weight = weights.pop();
    }

    /** A new entry begins: what the one before nested is over. */
    private void restart() {
        weight = weights.isEmpty() ? 0 : weights.peek() + PER_LEVEL;
    }

    private static BitSet set(int... kinds) {
        BitSet set = new BitSet();
        for (int kind : kinds) {
            set.set(kind);
        }
        return set;
    }
}
