package org.offx.syntax;

import static org.offx.syntax.antlr.OffxLexer.*;

import java.util.ArrayList;
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
                if (leaf.getSymbol().getTokenIndex() >= 0) {
                    kinds[leaf.getSymbol().getTokenIndex()] = kind(leaf.getSymbol().getType(), context);
                }
            } else if (child instanceof ParserRuleContext rule) {
                mark(rule);
                boolean firstTrait = (rule instanceof TraitContext || rule instanceof BlockTraitContext) && !(previous(rule) instanceof TraitContext || previous(rule) instanceof BlockTraitContext);
                if (firstTrait) {
                    kinds[rule.getStart().getTokenIndex()] = Kind.TRAIT;
                }
            }
        }
    }

    private static ParseTree previous(ParserRuleContext rule) {
        ParserRuleContext parent = rule.getParent();
        return parent.getChild(Math.max(0, parent.children.indexOf(rule) - 1));
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
                case NL -> lexemes.add(lexeme(Kind.LINE_END, i, i, token.getChannel() == Token.DEFAULT_CHANNEL));
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
