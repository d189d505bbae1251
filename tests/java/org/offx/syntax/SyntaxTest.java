package org.offx.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.dfa.DFA;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offx.syntax.antlr.OffxLexer;
import org.offx.syntax.antlr.OffxParser;
import org.offx.text.Code;
import org.offx.text.Source;
import org.offx.text.Span;
import org.offx.tree.Node;

final class SyntaxTest {

    private static final int TRIES_A_FILE = 10;
    private static final long SEED = 113;

    static List<Source> files() {
        return OffxFiles.all();
    }

    static Stream<String> words() {
        Stream<String> reserved = Stream.of("let", "if", "then", "else", "for", "in", "and", "or", "not", "true", "false", "null");
        return Stream.concat(reserved, IntStream.range(OffxLexer.WORDS_FROM + 1, OffxLexer.WORDS_TO).mapToObj(Words::written));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileOfTheProjectIsReadWithoutADiagnostic(Source source) {
        assertThat(Syntax.parse(source).diagnostics()).isEmpty();
    }

    /** Fast reading depends on it: see the sentence about layers in grammar/OffxParser.g4. */
    @ParameterizedTest
    @MethodSource("files")
    void theGrammarIsUnambiguousAndNeverNeedsItsFullContext(Source source) {
        List<Token> tokens = Syntax.tokens(source, 0, source.text().length());
        Layout.apply(tokens);
        OffxParser parser = new OffxParser(new CommonTokenStream(new ListTokenSource(tokens)));
        parser.removeErrorListeners();
        parser.getInterpreter().setPredictionMode(PredictionMode.LL_EXACT_AMBIG_DETECTION);
        parser.addErrorListener(new BaseErrorListener() {
            @Override
            public void reportAmbiguity(Parser p, DFA dfa, int start, int stop, boolean exact, java.util.BitSet alts, ATNConfigSet configs) {
                throw new AssertionError("ambiguous: " + at(p, dfa, start, stop));
            }

            @Override
            public void reportAttemptingFullContext(Parser p, DFA dfa, int start, int stop, java.util.BitSet alts, ATNConfigSet configs) {
                throw new AssertionError("needs its full context: " + at(p, dfa, start, stop));
            }

            private String at(Parser p, DFA dfa, int start, int stop) {
                return p.getRuleNames()[dfa.atnStartState.ruleIndex] + " at " + p.getTokenStream().get(start) + " to " + p.getTokenStream().get(stop);
            }
        });
        parser.file();
    }

    @ParameterizedTest
    @MethodSource("files")
    void whateverIsCutOffOrMissingTheResultIsATreeWhoseSpansNest(Source source) {
        Random random = new Random(SEED);
        List<Token> tokens = Syntax.tokens(source, 0, source.text().length());
        for (int i = 0; i < TRIES_A_FILE; i++) {
            Token token = tokens.get(random.nextInt(Math.max(1, tokens.size() - 1)));
            assertNests(source.text().substring(0, token.getStartIndex()));
            assertNests(source.text().substring(0, token.getStartIndex()) + source.text().substring(Math.max(token.getStartIndex(), token.getStopIndex() + 1)));
        }
        assertNests(source.text());
    }

    @Test
    void anyCharactersGiveATree() {
        Random random = new Random(SEED);
        String alphabet = "(){}[]\"'`$\\#\n ,:=.|&;/<>aZ09éi„\ud83d\ude00\u0000\r\t";
        for (int i = 0; i < 1500; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(40), 0, alphabet.length()).forEach(at -> text.append(alphabet.charAt(at)));
            assertNests(text.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{ a = ", "-", "not ", "x => ", "if a then b else ", "f(", "\"${", "if a { } else "})
    void whatIsNestedTooDeeplyIsADiagnosticAndNoOverflow(String opening) {
        boolean task = opening.startsWith("if a {");
        String text = (task ? "play \"x\" on a { " : "let x = ") + opening.repeat(10_000);
        assertThat(Syntax.parse(new Source("x", text)).diagnostics()).extracting(d -> d.code()).contains(Code.NESTING);
    }

    @Test
    void balancedParenthesesAreOneDiagnostic() {
        String text = "let x = " + "(".repeat(10_000) + "1" + ")".repeat(10_000) + "\nlet y = ";
        assertThat(Syntax.parse(new Source("x", text)).diagnostics()).extracting(d -> d.code()).containsExactly(Code.NESTING, Code.SYNTAX);
    }

    @Test
    @Timeout(20)
    void aFileFullOfMistakesIsReadToItsEnd() {
        String torn = "play \"x\" on a {\n    t \"x\" { a = \"${b }\n}\n".repeat(300);
        String text = torn + "play \"y\" on a {\n" + "    t \"x\" { a = \"b }\n    u (]\n".repeat(500) + "}\nlet last = ";
        assertThat(Syntax.parse(new Source("x", text)).diagnostics()).hasSize(300 + 1_000 + 1).last().matches(d -> d.span().line() == text.lines().count());
    }

    @Test
    @Timeout(20)
    void oneDeclarationFullOfTornTextsIsGivenUpAndTheNextIsRead() {
        String text = "play \"x\" on a {\n" + "    t \"x\" { a = \"${b(\n".repeat(2_000) + "}\nlet last = ";
        assertThat(Syntax.parse(new Source("x", text)).diagnostics()).hasSizeBetween(20, 30).last().matches(d -> d.span().line() == 2_003);
    }

    @ParameterizedTest
    @MethodSource("words")
    void everyWordIsTheNameOfAnAttributeAndAField(String word) {
        assertThat(problems("resource r(a: int) {\n    %1$s: int = 1\n    %1$s: string  readonly\n}\nkind K { %1$s: int }\nstruct S { %1$s: int = 3 }", word)).isEmpty();
        assertThat(problems("play \"x\" on a {\n    t \"x\" {\n        %1$s = 1\n        only %1$s = { %1$s = 2 }\n    }\n}\nlet x = a.%1$s + b?.%1$s.c + F(%1$s = 2)", word)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("words")
    void everyWordThatIsNotReservedIsAName(String word) {
        boolean reserved = List.of("let", "if", "then", "else", "for", "in", "and", "or", "not", "true", "false", "null").contains(word);
        List<Code> problems = problems("let %1$s = 1\nfn f(%1$s: int): int = %1$s + 1\nenum E { %1$s }\nlet y = [%1$s for %1$s in %1$s if %1$s]", word);
        assertThat(problems).isEqualTo(reserved ? problems : List.of());
        assertThat(problems.contains(Code.RESERVED_WORD)).isEqualTo(reserved);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f(", "[1,", "zfs.dataset \"x\" {", "play \"x\" on a", "1 +", "\"\"\"a\nb", "if a then b else", "let x ="})
    void whatMoreInputCouldMendIsIncomplete(String text) {
        assertThat(Syntax.item(new Source("x", text)).incomplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 + 2", "\"abc", "f)", "let = 3", "zfs.dataset \"x\" { a == 1 }", "", "# only a comment", "1 2"})
    void whatMoreInputCannotMendIsNot(String text) {
        assertThat(Syntax.item(new Source("x", text)).incomplete()).isFalse();
    }

    @Test
    void anItemIsADeclarationAnExpressionOrATask() {
        assertThat(item("let x = 1")).isEqualTo("(LetDecl \"\" (Let x - 1))");
        assertThat(item("nfs.reload")).isEqualTo("(Member nfs reload false)");
        assertThat(item("zfs.pool \"x\" { }")).isEqualTo("(Task - zfs.pool \"x\" - [])");
        assertThat(item("for x in xs { t x }")).isEqualTo("(ForItem x xs [(Task - t x - [])])");
        assertThat(Syntax.item(new Source("x", " \n")).node()).isEmpty();
    }

    private static String item(String text) {
        return TreeText.of(Syntax.item(new Source("x", text)).node().orElseThrow());
    }

    private static List<Code> problems(String text, String word) {
        return Syntax.parse(new Source("x", text.formatted(word))).diagnostics().stream().map(d -> d.code()).toList();
    }

    private static void assertNests(String text) {
        Parsed parsed = Syntax.parse(new Source("x", text));
        nests(parsed.file(), parsed.file().span(), text);
        boolean broken = Syntax.lexemes(new Source("x", text)).isEmpty();
        assertThat(parsed.diagnostics().isEmpty() && broken).as("refused without a word: %s", text).isFalse();
    }

    private static void nests(Object part, Span around, String text) {
        switch (part) {
            case Collection<?> parts -> parts.forEach(each -> nests(each, around, text));
            case Optional<?> optional -> optional.ifPresent(each -> nests(each, around, text));
            case Node node -> {
                assertThat(node.span().start() >= around.start() && node.span().end() <= around.end())
                        .as("%s at %d..%d inside of %d..%d in %s", node, node.span().start(), node.span().end(), around.start(), around.end(), text)
                        .isTrue();
                for (RecordComponent component : node.getClass().getRecordComponents()) {
                    nests(value(node, component), node.span(), text);
                }
            }
            default -> {}
        }
    }

    private static Object value(Node node, RecordComponent component) {
        try {
            return component.getAccessor().invoke(node);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** A judgement of each line end that looked over all the others would take hours. */
    @Test
    void aMillionEmptyLinesAreRead() {
        Parsed parsed = assertTimeoutPreemptively(
                Duration.ofMinutes(2), () -> Syntax.parse(new Source("main.offx", "\n".repeat(1_000_000) + "let a = 1\n")));
        assertThat(parsed.diagnostics()).isEmpty();
        assertThat(parsed.file().declarations()).hasSize(1);
    }
}
