package org.offx.syntax;

import static org.offx.syntax.antlr.OffxLexer.*;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.offx.syntax.antlr.OffxParser;
import org.offx.text.Diagnostic;
import org.offx.text.Source;

/**
 * Recovery by entries: a mistake costs the attribute, task or step it stands in. The rule that fails hands the error up
 * to the entry, and the entry skips to its separator at its own depth of brackets. No token is ever invented.
 */
final class ItemRecovery extends DefaultErrorStrategy {

    private static final BitSet ENTRIES = new BitSet();

    static {
        for (int rule : new int[] {
            OffxParser.RULE_decl, OffxParser.RULE_playItem, OffxParser.RULE_taskItem, OffxParser.RULE_bodyItem, OffxParser.RULE_member,
            OffxParser.RULE_reviewItem, OffxParser.RULE_step, OffxParser.RULE_testItem, OffxParser.RULE_field, OffxParser.RULE_choice,
            OffxParser.RULE_entry, OffxParser.RULE_arm, OffxParser.RULE_file, OffxParser.RULE_standaloneExpr, OffxParser.RULE_standaloneItem
        }) {
            ENTRIES.set(rule);
        }
    }

    private final Messages messages;
    private final Source source;
    private final List<Diagnostic> diagnostics;
    private final Set<Integer> settledLines;
    private final int[] depths;
    private boolean atEnd;

    /** @param settledLines lines with a reported mistake that others would only follow from */
    ItemRecovery(Source source, List<Token> tokens, List<Diagnostic> diagnostics, Set<Integer> settledLines) {
        this.messages = new Messages(source);
        this.source = source;
        this.diagnostics = diagnostics;
        this.settledLines = settledLines;
        this.depths = depths(tokens);
    }

    /** Whether the first mistake was that the text ends too early. */
    boolean firstIsAtEnd() {
        return atEnd;
    }

    @Override
    public void reportError(Parser parser, RecognitionException error) {
        if (!inErrorRecoveryMode(parser)) {
            beginErrorCondition(parser);
            report(parser, error);
        }
    }

    private void report(Parser parser, RecognitionException error) {
        Token at = error.getOffendingToken();
        boolean first = diagnostics.isEmpty();
        if (settledLines.add(source.line(Math.min(at.getStartIndex(), source.text().length())))) {
            diagnostics.add(messages.of(parser, error));
            atEnd |= first && at.getType() == Token.EOF;
        }
    }

    @Override
    public void recover(Parser parser, RecognitionException error) {
        if (!ENTRIES.get(parser.getContext().getRuleIndex())) {
            throw error;
        }
        skipEntry(parser, depths[parser.getContext().getStart().getTokenIndex()]);
    }

    @Override
    public Token recoverInline(Parser parser) {
        throw new InputMismatchException(parser);
    }

    /** Between the entries of a block: what does not belong is skipped, so that the block goes on. */
    @Override
    public void sync(Parser parser) {
        if (inErrorRecoveryMode(parser)) {
            return;
        }
        ATNState state = parser.getInterpreter().atn.states.get(parser.getState());
        IntervalSet expected = parser.getATN().nextTokens(state);
        TokenStream input = parser.getInputStream();
        boolean inFile = parser.getContext().getRuleIndex() == OffxParser.RULE_file;
        if (expected.contains(input.LA(1)) || expected.contains(Token.EPSILON) || !inFile && !expected.contains(RBRACE)) {
            return;
        }
        InputMismatchException error = new InputMismatchException(parser);
        reportError(parser, error);
        blame(parser.getContext(), error);
        boolean afterEntry = expected.contains(NL);
        int depth = depths[input.LT(1).getTokenIndex()];
        int before;
        do {
            before = input.index();
            skipEntry(parser, depth);
            if (!afterEntry && (input.LA(1) == NL || input.LA(1) == COMMA)) {
                input.consume();
            }
            // A closer of an outer bracket is never skipped: there is nothing more to find for this block.
        } while (input.index() > before
                && !expected.contains(input.LA(1))
                && input.LA(1) != Token.EOF
                && input.LA(1) != RBRACE);
        endErrorCondition(parser);
    }

    /** What stands behind an entry makes a word by itself doubtful: was it to be given a value? */
    private static void blame(ParserRuleContext block, RecognitionException error) {
        if (block.getChildCount() > 0 && block.getChild(block.getChildCount() - 1) instanceof ParserRuleContext entry) {
            entry.exception = error;
        }
    }

    private void skipEntry(Parser parser, int depth) {
        TokenStream input = parser.getInputStream();
        while (input.LA(1) != Token.EOF) {
            int here = depths[input.LT(1).getTokenIndex()];
            int kind = input.LA(1);
            if (here < depth || here == depth && (kind == NL || kind == COMMA && depth > 0)) {
                return;
            }
            parser.consume();
        }
    }

    /** For each token, how many brackets are open around it; openers and closers count as outside. */
    private static int[] depths(List<Token> tokens) {
        int[] depths = new int[tokens.size()];
        int depth = 0;
        for (int i = 0; i < depths.length; i++) {
            switch (tokens.get(i).getType()) {
                case LPAREN, FRESH_LPAREN, LBRACK, FRESH_LBRACK, LBRACE, OPEN, QUOTE, TQUOTE, TICK -> depths[i] = depth++;
                case RPAREN, RBRACK, RBRACE, QUOTE_END -> depths[i] = depth = Math.max(0, depth - 1);
                default -> depths[i] = depth;
            }
        }
        return depths;
    }
}
