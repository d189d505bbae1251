package org.offx.syntax;

import static org.offx.syntax.antlr.OffxLexer.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.offx.syntax.antlr.OffxLexer;
import org.offx.syntax.antlr.OffxParser;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Source;
import org.offx.text.Span;

/** Says what the parser misses in the words of the language, never by listing the tokens it could have taken. */
final class Messages {

    private final Source source;

    Messages(Source source) {
        this.source = source;
    }

    /** Where the parser stands: the mistake, its neighbours, and the rules around it. */
    record Place(Token at, Span span, Token start, Optional<Token> before, Optional<Token> after, int rule, ParserRuleContext context) {
        boolean within(int... rules) {
            for (int each : rules) {
                if (rule == each) {
                    return true;
                }
            }
            return false;
        }

        int type() {
            return at.getType();
        }
    }

    Diagnostic of(Parser parser, RecognitionException error) {
        Place place = place(parser, error);
        Optional<Diagnostic> known = Hints.of(source, place);
        if (known.isPresent()) {
            return known.get();
        }
        String expected = error instanceof NoViableAltException && place.start != place.at
                ? goingOn(place)
                : expected(error.getExpectedTokens(), place);
        return Diagnostic.error(Code.SYNTAX, place.span, "expected " + expected + ", found " + found(place)).here("expected " + expected);
    }

    private Place place(Parser parser, RecognitionException error) {
        Token at = error.getOffendingToken();
        TokenStream tokens = parser.getInputStream();
        Optional<Token> before = neighbour(tokens, at, -1);
        Token start = error instanceof NoViableAltException ahead ? ahead.getStartToken() : at;
        boolean ends = at.getType() == Token.EOF || at.getType() == NL;
        int end = before.map(t -> t.getStopIndex() + 1).orElse(0);
        Span span = ends ? source.span(end, end) : source.span(at.getStartIndex(), Math.max(at.getStartIndex(), at.getStopIndex() + 1));
        ParserRuleContext context = parser.getContext();
        return new Place(at, span, start, before, neighbour(tokens, at, 1), context.getRuleIndex(), context);
    }

    private static Optional<Token> neighbour(TokenStream tokens, Token at, int step) {
        for (int i = at.getTokenIndex() + step; i >= 0 && i < tokens.size(); i += step) {
            if (tokens.get(i).getChannel() == Token.DEFAULT_CHANNEL) {
                return Optional.of(tokens.get(i));
            }
        }
        return Optional.empty();
    }

    private String found(Place place) {
        return switch (place.type()) {
            case Token.EOF -> "the end of the text";
            case NL -> "the end of the line";
            case QUOTE, TQUOTE, RAW, RAWS -> "a text";
            case TICK -> "a command";
            case QUOTE_END -> "its end";
            case INT, NUMBER -> "`" + place.span.text() + "`";
            default -> place.span.text().isEmpty() ? "nothing" : "`" + place.span.text() + "`";
        };
    }

    /** What must follow where the beginning could be several things. */
    private static String goingOn(Place place) {
        return switch (place.rule) {
            case OffxParser.RULE_bodyItem -> "`=` and a value, or a block";
            case OffxParser.RULE_entry -> "`=` and a value";
            case OffxParser.RULE_member -> "`:` and a type, or a block";
            case OffxParser.RULE_playItem, OffxParser.RULE_taskItem, OffxParser.RULE_tasks -> "a task, or a setting with `=`";
            default -> place.start.getType() == LPAREN || place.start.getType() == FRESH_LPAREN ? "one value in the parentheses" : "something else";
        };
    }

    private static String expected(IntervalSet tokens, Place place) {
        if (tokens.contains(NUMBER) && tokens.contains(LPAREN) && tokens.contains(QUOTE)) {
            return tokens.contains(RBRACK) ? "an element or `]`" : tokens.contains(RPAREN) ? "an argument or `)`" : "an expression";
        }
        if (place.within(OffxParser.RULE_type, OffxParser.RULE_unionMember, OffxParser.RULE_typePath, OffxParser.RULE_refinedType) && tokens.contains(NAME)) {
            return "a type";
        }
        if (tokens.contains(NAME)) {
            return entries(place).map(entry -> tokens.contains(RBRACE) ? entry + " or `}`" : entry).orElse(tokens.contains(QUOTE) ? "a name or a text" : "a name");
        }
        if (place.context instanceof OffxParser.SchemaContext && tokens.contains(READONLY)) {
            return "a trait such as `readonly`, `=` and a default, or a new line";
        }
        if (tokens.contains(QUOTE)) {
            return "a text";
        }
        if (tokens.contains(UNAME)) {
            return "the name of a type";
        }
        if (tokens.contains(RBRACE) && tokens.size() > 2 && !tokens.contains(NL)) {
            return entries(place).map(entry -> entry.contains(" or ") ? entry : entry + " or `}`").orElse("`}`");
        }
        List<String> words = new ArrayList<>();
        boolean afterOperand = tokens.contains(PLUS);
        boolean ends = tokens.contains(NL) || tokens.contains(COMMA) && tokens.contains(RBRACE);
        if (ends) {
            words.add(tokens.contains(COMMA) ? "a new line or `,`" : "a new line");
        }
        for (int type : tokens.toArray()) {
            if (type != Token.EOF && type != FRESH_LPAREN && type != FRESH_LBRACK && !(ends && (type == NL || type == COMMA || type == RBRACE)) && !(afterOperand && continuesExpression(type))) {
                words.add(shown(type) + purpose(type, place));
            }
        }
        return words.isEmpty() ? "the end of the text" : words.size() > 3 ? entries(place).orElse("something else") : String.join(" or ", words);
    }

    /** Operators could follow any expression: nobody means to be told. */
    private static boolean continuesExpression(int type) {
        return switch (type) {
            case DOT, QDOT, RANGE, QQ, EQ, NE, LE, GE, LT, GT, PLUS, MINUS, STAR, SLASH, AND, OR, OR_EXIT, IN, MATCHES, PIPE, AS, LPAREN, LBRACK -> true;
            default -> false;
        };
    }

    private static Optional<String> entries(Place place) {
        if (place.context instanceof OffxParser.TestDeclContext) {
            return Optional.of("`expect`, `given` or `let`");
        }
        if (place.context instanceof OffxParser.ReviewContext) {
            return Optional.of("`when` or `let`");
        }
        if (place.context instanceof OffxParser.EnumDeclContext) {
            return Optional.of("a member");
        }
        if (place.context instanceof OffxParser.PlayDeclContext) {
            return Optional.of("a task or a setting");
        }
        return switch (place.rule) {
            case OffxParser.RULE_file, OffxParser.RULE_decl -> Optional.of("a declaration");
            case OffxParser.RULE_playItem -> Optional.of("a task or a setting");
            case OffxParser.RULE_tasks, OffxParser.RULE_taskItem -> Optional.of("a task");
            case OffxParser.RULE_body, OffxParser.RULE_bodyItem -> Optional.of("an attribute");
            case OffxParser.RULE_member, OffxParser.RULE_members -> Optional.of("an attribute or a block");
            case OffxParser.RULE_fields, OffxParser.RULE_field -> Optional.of("a field");
            case OffxParser.RULE_record, OffxParser.RULE_entry -> Optional.of("an entry");
            case OffxParser.RULE_steps, OffxParser.RULE_step -> Optional.of("a step");
            case OffxParser.RULE_reviewItem -> Optional.of("`when` or `let`");
            case OffxParser.RULE_testItem -> Optional.of("`expect`, `given` or `let`");
            case OffxParser.RULE_arm, OffxParser.RULE_pattern -> Optional.of("a pattern");
            default -> Optional.empty();
        };
    }

    private static String purpose(int type, Place place) {
        if (type != LBRACE) {
            return "";
        }
        return switch (place.context) {
            case OffxParser.PlayDeclContext ignored -> " to open the play";
            case OffxParser.TestDeclContext ignored -> " to open the test";
            case OffxParser.EnumDeclContext ignored -> " to open the enum";
            case OffxParser.FieldsContext ignored -> " to open the fields";
            case OffxParser.MembersContext ignored -> " to open its members";
            case OffxParser.TasksContext tasks -> tasks.getParent() instanceof OffxParser.OnChangeContext ? " to open its actions" : " to open its tasks";
            case OffxParser.StepsContext ignored -> " to open its steps";
            case OffxParser.ValueBlockContext ignored -> " to open its body";
            default -> "";
        };
    }

    private static String shown(int type) {
        if (Words.isWord(type)) {
            return "`" + Words.written(type) + "`";
        }
        String literal = OffxLexer.VOCABULARY.getLiteralName(type);
        if (literal != null) {
            return "`" + literal.substring(1, literal.length() - 1).replace("\\'", "'") + "`";
        }
        return switch (type) {
            case LBRACE -> "`{`";
            case RBRACE -> "`}`";
            case TICK -> "a command";
            case NL -> "a new line";
            default -> "something else";
        };
    }

    /** Whether a declaration's place is taken by what looks like a task. */
    static boolean outsideOfPlay(List<Token> tokens, Token first) {
        List<Token> next = tokens.stream().filter(t -> t.getChannel() == Token.DEFAULT_CHANNEL && t.getStartIndex() > first.getStartIndex()).limit(3).toList();
        return !next.isEmpty() && (next.getFirst().getType() == DOT || next.getFirst().getType() == QUOTE || next.getFirst().getType() == LBRACE);
    }
}
