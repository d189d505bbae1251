package org.offx.syntax;

import static org.offx.syntax.antlr.OffxLexer.*;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.offx.syntax.Lexeme.Kind;
import org.offx.syntax.antlr.OffxParser.*;
import org.offx.text.Source;

/** Cuts a correct file into lexemes; the rule that a token was read by tells what a sign means there. */
final class Lexemes {

    private final Source source;
    private final List<Token> tokens;
    private final Kind[] kinds;
    /** Line ends that the grammar allows inside of an entry. */
    private final BitSet within = new BitSet();

    private Lexemes(Source source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
        this.kinds = new Kind[tokens.size()];
    }

    static List<Lexeme> of(Source source, List<Token> tokens, FileContext file) {
        Lexemes lexemes = new Lexemes(source, tokens);
        lexemes.mark(file);
        return lexemes.cut();
    }

    private void mark(ParserRuleContext context) {
        for (ParseTree child : context.children == null ? List.<ParseTree>of() : context.children) {
            if (child instanceof TerminalNode leaf) {
                mark(leaf.getSymbol(), context);
            } else if (child instanceof ParserRuleContext rule) {
                mark(rule);
                if (rule instanceof TraitContext || rule instanceof BlockTraitContext) {
                    kinds[rule.getStart().getTokenIndex()] = Kind.TRAIT;
                }
            }
        }
        if (context instanceof SchemaContext schema && schema.ASSIGN() != null && !schema.expr().isEmpty()) {
            markCast(schema.expr().getLast());
        }
    }

    private void mark(Token token, ParserRuleContext rule) {
        int index = token.getTokenIndex();
        if (index >= 0) {
            kinds[index] = kind(token.getType(), rule);
            within.set(index, token.getType() == NL && !(rule instanceof SepContext || rule instanceof FileContext));
        }
    }

    /** What is written as a cast of a whole default value is the trait {@code as name}. */
    private void markCast(ParserRuleContext value) {
        ParserRuleContext inner = value;
        while (inner.getChildCount() == 1 && inner.getChild(0) instanceof ParserRuleContext only) {
            inner = only;
        }
        if (inner instanceof CastExprContext cast && !cast.AS().isEmpty()) {
            kinds[cast.AS().getLast().getSymbol().getTokenIndex()] = Kind.TRAIT;
        }
    }

    private static Kind kind(int type, ParserRuleContext rule) {
        return switch (type) {
            case LPAREN, LBRACK, FRESH_LPAREN, FRESH_LBRACK -> rule instanceof LparenContext || rule instanceof LbrackContext ? Kind.OPEN : Kind.OPEN_APPLIED;
            case LT -> rule instanceof NamedTypeContext ? Kind.OPEN_APPLIED : Kind.INFIX;
            case GT -> rule instanceof NamedTypeContext ? Kind.CLOSE : Kind.INFIX;
            case RPAREN, RBRACK -> Kind.CLOSE;
            case LBRACE -> Kind.OPEN_BRACE;
            case RBRACE -> Kind.CLOSE_BRACE;
            case COMMA -> Kind.COMMA;
            case ASSIGN -> Kind.ASSIGN;
            case MINUS -> rule instanceof SumExprContext ? Kind.INFIX : Kind.PREFIX;
            case DOT -> rule instanceof ImpliedContext ? Kind.PREFIX : Kind.TIGHT;
            case QDOT, RANGE -> Kind.TIGHT;
            case SPREAD -> Kind.PREFIX;
            case COLON, QMARK -> Kind.SUFFIX;
            case PLUS, STAR, SLASH, QQ, ARROW, PIPE, EQ, NE, LE, GE -> Kind.INFIX;
            default -> Kind.WORD;
        };
    }

    private List<Lexeme> cut() {
        List<Lexeme> lexemes = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            switch (token.getType()) {
                case WS, Token.EOF -> {}
                case NL -> lexemes.add(lexeme(Kind.LINE_END, i, i, token.getChannel() == Token.DEFAULT_CHANNEL && !within.get(i)));
                case DOC, COMMENT -> lexemes.add(lexeme(Kind.COMMENT, i, i, false));
                case QUOTE, TQUOTE, TICK -> {
                    int end = textEnd(i);
                    lexemes.add(lexeme(Kind.WORD, i, end, false));
                    i = end;
                }
                default -> lexemes.add(lexeme(kinds[i], i, i, false));
            }
        }
        return List.copyOf(lexemes);
    }

    private int textEnd(int start) {
        int depth = 0;
        for (int i = start; ; i++) {
            int type = tokens.get(i).getType();
            if (type == QUOTE || type == TQUOTE || type == TICK) {
                depth++;
            } else if (type == QUOTE_END && --depth == 0) {
                return i;
            }
        }
    }

    private Lexeme lexeme(Kind kind, int first, int last, boolean ends) {
        return new Lexeme(kind, source.span(tokens.get(first).getStartIndex(), tokens.get(last).getStopIndex() + 1), ends);
    }
}
