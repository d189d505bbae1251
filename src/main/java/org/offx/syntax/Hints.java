package org.offx.syntax;

import static org.offx.syntax.antlr.OffxLexer.*;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;
import org.offx.syntax.antlr.OffxParser;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Source;
import org.offx.text.Span;
import org.offx.value.Units;

/** The slips that people make, told by what they meant; many are the habits of other languages. */
final class Hints {

    private static final Set<String> ELSE_IF = Set.of("elif", "elsif", "elseif");

    private static final Pattern BARE_STATUS = Pattern.compile("or\\s+exit\\s+[0-9]");

    /** The end of a line up to which a step accepts other statuses. */
    private static final Pattern STATUSES = Pattern.compile("\\bor\\s+exit\\s*\\[[^]]*]\\s*$");

    private final Source source;
    private final Messages.Place place;
    private final Span span;

    private Hints(Source source, Messages.Place place) {
        this.source = source;
        this.place = place;
        this.span = place.span();
    }

    static Optional<Diagnostic> of(Source source, Messages.Place place) {
        Hints hints = new Hints(source, place);
        return hints.reserved()
                .or(hints::letterCase)
                .or(hints::givenOrDeclared)
                .or(hints::missingEquals)
                .or(hints::otherLanguages)
                .or(hints::operators)
                .or(hints::statements)
                .or(hints::names)
                .or(hints::quotes)
                .or(hints::statuses)
                .or(hints::aroundTasks);
    }

    private static boolean isReserved(int type) {
        return type >= LET && type <= NULL;
    }

    private boolean within(int... rules) {
        return place.within(rules);
    }

    private boolean inAttributes() {
        return within(OffxParser.RULE_bodyItem, OffxParser.RULE_body, OffxParser.RULE_entry, OffxParser.RULE_record, OffxParser.RULE_playItem, OffxParser.RULE_decl);
    }

    private Optional<Diagnostic> error(Code code, String message) {
        return Optional.of(Diagnostic.error(code, span, message));
    }

    private Optional<Diagnostic> error(String message) {
        return error(Code.SYNTAX, message);
    }

    private Optional<Diagnostic> reserved() {
        boolean nameWanted = within(
                OffxParser.RULE_word, OffxParser.RULE_blockWord, OffxParser.RULE_taskWord, OffxParser.RULE_path, OffxParser.RULE_param, OffxParser.RULE_params, OffxParser.RULE_choice);
        boolean parameter = within(OffxParser.RULE_decl) && place.before().filter(t -> t.getType() == LPAREN).isPresent();
        boolean inExpression = place.type() == TRUE || place.type() == FALSE || place.type() == NULL;
        if (!isReserved(place.type()) || !nameWanted && !parameter && !(inExpression && within(OffxParser.RULE_let))) {
            return Optional.empty();
        }
        return error(Code.RESERVED_WORD, "`" + span.text() + "` is a reserved word, and no name")
                .map(d -> d.note("the reserved words are let if then else for in and or not true false null"));
    }

    private Optional<Diagnostic> letterCase() {
        if (place.type() == UNAME && (place.context() instanceof OffxParser.EnumDeclContext || within(OffxParser.RULE_choice))) {
            String name = span.text();
            String lower = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
            return error("a member of an enum starts with a small letter")
                    .map(d -> d.fix("how the managed system spells it stands behind `=`", span, lower + " = \"" + name + "\""));
        }
        if (place.type() == UNAME && within(OffxParser.RULE_word, OffxParser.RULE_blockWord, OffxParser.RULE_taskWord, OffxParser.RULE_path, OffxParser.RULE_param, OffxParser.RULE_params)) {
            String name = span.text();
            String lower = Character.toLowerCase(name.charAt(0)) + name.substring(1);
            return error("only the names of types start with a capital letter").map(d -> d.fix("start it with a small one", span, lower));
        }
        boolean typeName = place.before().map(Token::getType).filter(t -> t == TYPE || t == STRUCT || t == ENUM || t == KIND).isPresent();
        if (typeName && within(OffxParser.RULE_decl) && Character.isLowerCase(span.text().isEmpty() ? ' ' : span.text().charAt(0))) {
            String name = span.text();
            return error("the name of a type starts with a capital letter")
                    .map(d -> d.fix("start it with a capital", span, Character.toUpperCase(name.charAt(0)) + name.substring(1)));
        }
        return Optional.empty();
    }

    private Optional<Diagnostic> givenOrDeclared() {
        if (place.type() == EQ && (inAttributes() || within(OffxParser.RULE_let))) {
            return error("`==` compares two values").map(d -> d.fix("one `=` gives a value", span, "="));
        }
        if (place.type() == COLON && inAttributes()) {
            return error("a value is given with `=`").map(d -> d.fix("give it so", span, spaced("=")).note("`:` declares a type: in structs, kinds, parameters and the attributes of resources"));
        }
        if (place.type() == ASSIGN && within(OffxParser.RULE_member, OffxParser.RULE_members, OffxParser.RULE_field, OffxParser.RULE_fields)) {
            return error("here a name is declared with its type").map(d -> d.here("expected `:` and a type").note("a default comes behind the type: `name: type = default`"));
        }
        return Optional.empty();
    }

    private Optional<Diagnostic> missingEquals() {
        if (place.context().getParent() instanceof OffxParser.NestedContext nested && within(OffxParser.RULE_record) && place.context().getStart() == place.at()) {
            return missingEquals(nested.blockWord().getStop());
        }
        if (within(OffxParser.RULE_record, OffxParser.RULE_body) && beginsValue() && place.before().filter(this::beginsEntry).isPresent()) {
            return missingEquals(place.before().get());
        }
        if (place.start() == place.at() || !within(OffxParser.RULE_bodyItem, OffxParser.RULE_entry)) {
            return Optional.empty();
        }
        return missingEquals(place.start());
    }

    private String spaced(String sign) {
        return span.start() > 0 && source.text().charAt(span.start() - 1) == ' ' ? sign : " " + sign;
    }

    private boolean beginsValue() {
        return switch (place.type()) {
            case INT, NUMBER, CIDR4, COLONS, QUOTE, RAW, TICK, TRUE, FALSE, NULL, NAME, LBRACK -> true;
            default -> false;
        };
    }

    private boolean beginsEntry(Token token) {
        String before = source.text().substring(source.lineStart(source.line(token.getStartIndex())), token.getStartIndex()).strip();
        return before.isEmpty() || before.endsWith("{") || before.endsWith(",");
    }

    private Optional<Diagnostic> missingEquals(Token name) {
        int nameEnd = name.getStopIndex() + 1;
        int next = nameEnd;
        String text = source.text();
        while (next < text.length() && text.charAt(next) == ' ') {
            next++;
        }
        boolean value = next > nameEnd && next < text.length() && (Character.isLetterOrDigit(text.charAt(next)) || "\"'`[-".indexOf(text.charAt(next)) >= 0);
        if (!value) {
            return Optional.empty();
        }
        Span gap = source.span(nameEnd, nameEnd);
        return Optional.of(Diagnostic.error(Code.SYNTAX, gap, "a value is given with `=`").here("`=` is missing here").fix("give it so", gap, " ="));
    }

    private Optional<Diagnostic> otherLanguages() {
        boolean terraform = place.before().map(Token::getType).filter(t -> t == RESOURCE).isPresent() && place.type() == QUOTE;
        if (terraform) {
            return error("`resource` declares a new type of thing, by a name and its parameters")
                    .map(d -> d.note("to use one, write a task in a play: play \"why\" on nodes { zfs.dataset \"rpool/x\" { quota = 1TiB } }"));
        }
        if (place.type() == MINUS && within(OffxParser.RULE_body, OffxParser.RULE_bodyItem, OffxParser.RULE_tasks, OffxParser.RULE_taskItem, OffxParser.RULE_playItem, OffxParser.RULE_decl, OffxParser.RULE_file)) {
            return error("a `-` does not begin an entry").map(d -> d.note("tasks and attributes stand one on a line; a list is written `[a, b]`"));
        }
        if (place.type() == ASSIGN && within(OffxParser.RULE_file, OffxParser.RULE_decl)) {
            return error("a value is named by `let`").map(d -> d.note("write `let name = value`"));
        }
        return Optional.empty();
    }

    private Optional<Diagnostic> operators() {
        boolean layered = place.type() == IF || place.type() == MATCH || place.type() == PROBE;
        boolean operand = within(OffxParser.RULE_primary, OffxParser.RULE_postfix, OffxParser.RULE_castExpr, OffxParser.RULE_unaryExpr, OffxParser.RULE_notExpr);
        if (layered && operand && place.type() == IF) {
            return error("an `if` beside an operator needs parentheses").map(d -> d.note("write `x + (if c then a else b)`"));
        }
        boolean declared = within(OffxParser.RULE_let, OffxParser.RULE_field, OffxParser.RULE_param, OffxParser.RULE_member, OffxParser.RULE_decl);
        int sign = place.type() == LT && declared ? source.text().indexOf(">=", span.start()) : -1;
        if (sign >= 0 && source.line(sign) == span.line()) {
            Span glued = source.span(sign, sign + 2);
            return Optional.of(Diagnostic.error(Code.SYNTAX, glued, "`>=` compares two values").fix("a blank ends the type", glued, "> ="));
        }
        boolean compares = place.type() == LT || place.type() == LE || place.type() == GT || place.type() == GE || place.type() == EQ || place.type() == NE;
        if (compares && place.before().isPresent() && !operand) {
            return error("comparisons do not chain").map(d -> d.note("join two with `and`: `1 <= x and x <= 9`"));
        }
        return Optional.empty();
    }

    private Optional<Diagnostic> statements() {
        boolean afterParams = place.before().map(Token::getType).filter(t -> t == RPAREN).isPresent();
        if (afterParams && place.context() instanceof OffxParser.FnDeclContext && !span.text().isEmpty() && Character.isLetter(span.text().charAt(0))) {
            return error("the type of a result comes behind `:`").map(d -> d.fix("declare it so", span, ": " + span.text()));
        }
        if (within(OffxParser.RULE_expr) && place.type() == LBRACE && place.context() instanceof OffxParser.IfExprContext) {
            return error("as a value, an `if` has `then` and `else`").map(d -> d.note("write `if c then a else b`"));
        }
        String word = span.text();
        boolean elseIf = ELSE_IF.contains(word) || place.before().filter(t -> ELSE_IF.contains(t.getText())).isPresent();
        if (elseIf) {
            return error("expected `else if`").map(d -> ELSE_IF.contains(word) ? d.fix("in two words", span, "else if") : d);
        }
        return Optional.empty();
    }

    private boolean behind(int... types) {
        int before = place.before().map(Token::getType).orElse(Token.EOF);
        for (int type : types) {
            if (before == type) {
                return true;
            }
        }
        return false;
    }

    /** What stands between blanks, commas and braces, from here on. */
    private Span word() {
        String text = source.text();
        int end = span.start();
        while (end < text.length() && " \t\r\n{},()[]".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return source.span(span.start(), end);
    }

    /** Names of nodes and other things that are written as an inventory or a shell has them. */
    private Optional<Diagnostic> names() {
        boolean named = place.context() instanceof OffxParser.NodeDeclContext || place.context().getParent() instanceof OffxParser.NodeDeclContext;
        if (named && place.type() == MINUS) {
            int start = place.before().map(Token::getStartIndex).orElse(span.start());
            Span whole = source.span(start, source.span(span.start(), word().end()).end());
            return Optional.of(Diagnostic.error(Code.SYNTAX, whole, "a name has letters, digits and `_`")
                    .fix("", whole, whole.text().replace('-', '_'))
                    .note("what it is called elsewhere is its address: { address = \"" + whole.text() + "\" }"));
        }
        if (behind(NODE) && (place.type() == INT || place.type() == NUMBER || place.type() == COLONS)) {
            return error("a node has a name, and an address").map(d -> d.note("write node web { address = " + span.text() + " }"));
        }
        boolean declared = behind(NODE, GROUP, ROLE, RESOURCE, ACTION, FN, FACT, LET) && (place.type() == QUOTE || place.type() == RAW);
        if (declared) {
            return error("the name of what is declared stands without quotes");
        }
        boolean parameter = within(OffxParser.RULE_param, OffxParser.RULE_params) && (place.type() == RPAREN || place.type() == COMMA);
        return parameter && behind(NAME) ? error("a parameter has a type").map(d -> d.here("expected `:` and a type").note("as in fn f(x: int): int = x")) : Optional.empty();
    }

    /** Texts without quotes, and amounts with a blank in them. */
    private Optional<Diagnostic> quotes() {
        if (behind(PLAY) && span.text().matches("\\w+")) {
            return error("the name of a play is a text").map(d -> d.fix("in quotes", span, "\"" + span.text() + "\""));
        }
        boolean path = place.type() == SLASH || place.type() == BAD;
        if (path && behind(NAME) && inTasks()) {
            Span whole = word();
            return Optional.of(Diagnostic.error(Code.SYNTAX, whole, "a path is a text").fix("in quotes", whole, "\"" + whole.text() + "\""));
        }
        boolean amount = behind(INT, NUMBER) && (place.type() == NAME || place.type() == UNAME) && Units.of(span.text()).isPresent();
        if (amount) {
            Token number = place.before().get();
            Span whole = source.span(number.getStartIndex(), span.end());
            return Optional.of(Diagnostic.error(Code.WRONG_UNIT, whole, "a unit stands directly behind its number").fix("", whole, number.getText() + span.text()));
        }
        return place.type() == RAW && behind(RAW) ? error("a raw text has no escapes").map(d -> d.note("a text with `'` in it stands in double quotes")) : Optional.empty();
    }

    private Optional<Diagnostic> statuses() {
        if (behind(EXIT) && place.type() == INT && within(OffxParser.RULE_accepted, OffxParser.RULE_lbrack, OffxParser.RULE_list)
                || place.type() == OR_EXIT && BARE_STATUS.matcher(source.text()).region(span.start(), source.text().length()).lookingAt()) {
            return error("the statuses stand in brackets").map(d -> d.note("so does a single one: or exit [1]"));
        }
        if (place.type() == OR_EXIT) {
            return error("`or exit` belongs to `run` and `probe`");
        }
        if (!within(OffxParser.RULE_steps) || !STATUSES.matcher(lineBefore()).find()) {
            return Optional.empty();
        }
        return switch (place.type()) {
            case WHEN -> error("a step goes by the status alone").map(d -> d.note("only a probe has a condition behind `or exit`: what a step printed, nothing can ask for"));
            case TIMEOUT, INPUT -> error("`" + span.text() + "` stands before `or exit`");
            default -> Optional.empty();
        };
    }

    private boolean inTasks() {
        return within(OffxParser.RULE_tasks, OffxParser.RULE_taskItem, OffxParser.RULE_playItem) || place.context() instanceof OffxParser.PlayDeclContext;
    }

    /** Conditions, loops and lists as other tools hang them on a task. */
    private Optional<Diagnostic> aroundTasks() {
        if (place.type() == COLON && place.context() instanceof OffxParser.TasksContext) {
            return error("tasks stand in braces").map(d -> d.note("write if c { … }, for x in xs { … }"));
        }
        if (behind(FOR) && (place.type() == LPAREN || place.type() == FRESH_LPAREN)) {
            return error("a loop has no parentheses").map(d -> d.note("write for x in xs { … }"));
        }
        if (behind(ON) && place.type() == CHANGE && within(OffxParser.RULE_playItem)) {
            return error("`on change` belongs to a task").map(d -> d.note("it stands inside of its braces: file \"/path\" { …, on change { reload(\"nginx\") } }"));
        }
        if (!inTasks()) {
            return place.context() instanceof OffxParser.RuleDeclContext && place.type() == LBRACE && behind(QUOTE_END, RAW)
                    ? error("a rule says of what it holds").map(d -> d.note("of every node: must \"why\" for node n { … }; of every task of a resource: for nfs.export e { … }"))
                    : Optional.empty();
        }
        if (place.type() == TICK) {
            return error("a command is no task").map(d -> d.note(
                    "what no resource describes is command \"why\" { check = `…`, run = `…` }; what is done in every run, an action"));
        }
        if (place.type() == WHEN) {
            return error("a condition stands around a task").map(d -> d.note("write if c { " + example() + " }"));
        }
        boolean several = place.type() == LBRACK && behind(NAME) || (place.type() == QUOTE || place.type() == RAW) && behind(COMMA);
        return several ? error("a task has one key").map(d -> d.note("several are written for x in [\"a\", \"b\"] { package x }")) : Optional.empty();
    }

    private String lineBefore() {
        return source.text().substring(source.lineStart(span.line()), span.start());
    }

    private String example() {
        String line = lineBefore().strip();
        return line.isEmpty() ? "package \"nginx\"" : line;
    }
}
