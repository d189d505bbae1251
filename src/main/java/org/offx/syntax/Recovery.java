package org.offx.syntax;

import static org.offx.syntax.antlr.OffxLexer.*;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.offx.syntax.antlr.OffxParser;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Source;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.SourceFile;

/** Reads a text in which something is wrong, so that all of its mistakes are found, each once. */
final class Recovery {

    private static final int DEEPEST = 1000;

    private final Source source;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private boolean incomplete;

    Recovery(Source source) {
        this.source = source;
    }

    /** Whether the first mistake is one that more text could mend. */
    boolean incomplete() {
        return incomplete;
    }

    /** In the order of the text, one for each place. */
    List<Diagnostic> diagnostics() {
        Set<Integer> places = new HashSet<>();
        return diagnostics.stream()
                .filter(d -> places.add(d.span().start()))
                .sorted(Comparator.comparingInt(d -> d.span().start()))
                .toList();
    }

    Parsed file(List<Token> tokens) {
        Optional<Diagnostic> foreign = Foreign.of(source);
        if (foreign.isPresent()) {
            Span all = source.span(0, source.text().length());
            return new Parsed(new SourceFile(all, source, List.of(new Decl.Broken(all))), List.of(foreign.get()));
        }
        List<Integer> cuts = Cuts.of(source, tokens);
        List<Decl> declarations = new ArrayList<>();
        for (int i = 0; i < cuts.size(); i++) {
            int end = i + 1 < cuts.size() ? cuts.get(i + 1) : source.text().length();
            declarations.addAll(part(cuts.get(i), end));
        }
        Span all = source.span(0, source.text().length());
        return new Parsed(new SourceFile(all, source, List.copyOf(declarations)), diagnostics());
    }

    private List<Decl> part(int start, int end) {
        Prepared prepared = prepare(start, end, true);
        if (prepared.broken) {
            return List.of(new Decl.Broken(prepared.written));
        }
        List<Diagnostic> found = new ArrayList<>();
        CommonTokenStream stream = stream(prepared.tokens);
        OffxParser parser = parser(stream, prepared, found);
        List<Decl> declarations = new Declarations(new Building(source, stream, found)).of(parser.file());
        diagnostics.addAll(found);
        return declarations;
    }

    /** Something that is no file, read by one rule of the grammar and built. */
    <T> T fragment(BiFunction<OffxParser, Building, T> read) {
        Prepared prepared = prepare(0, source.text().length(), false);
        incomplete = diagnostics.stream().anyMatch(d -> d.code() == Code.UNCLOSED && mayGoOn(d.span()));
        List<Token> tokens = prepared.tooDeep ? List.of(prepared.tokens.getLast()) : prepared.tokens;
        CommonTokenStream stream = stream(tokens);
        List<Diagnostic> found = new ArrayList<>();
        OffxParser parser = new OffxParser(stream);
        ItemRecovery recovery = new ItemRecovery(source, tokens, found, prepared.settledLines);
        ready(parser, recovery);
        T built = read.apply(parser, new Building(source, stream, found));
        incomplete |= diagnostics.isEmpty() && recovery.firstIsAtEnd();
        diagnostics.addAll(prepared.tooDeep ? List.of() : found);
        return built;
    }

    /** Brackets and texts of several lines may be closed on a later line; others may not. */
    private static boolean mayGoOn(Span opener) {
        return Set.of("(", "[", "{", "\"\"\"", "'''").contains(opener.text());
    }

    private record Prepared(List<Token> tokens, Set<Integer> settledLines, Span written, boolean broken, boolean tooDeep) {}

    private Prepared prepare(int start, int end, boolean declarations) {
        Set<Integer> settled = new HashSet<>();
        List<Token> read = Slips.mend(source, Syntax.tokens(source, start, end), diagnostics, settled);
        Span written = written(read, start);
        if (openText(read)) {
            return new Prepared(List.of(read.getLast()), settled, written, true, false);
        }
        Optional<Token> buried = buried(read);
        if (buried.isPresent()) {
            tooDeep(buried.get());
            return new Prepared(List.of(read.getLast()), settled, written, true, true);
        }
        List<Token> tokens = Brackets.mend(source, end, read, diagnostics, settled);
        Token tooDeep = Layout.apply(tokens);
        if (tooDeep != null) {
            tooDeep(tooDeep);
        }
        return new Prepared(tokens, settled, written, tooDeep != null || declarations && misspelt(tokens), tooDeep != null);
    }

    private void tooDeep(Token token) {
        Span span = source.span(token.getStartIndex(), token.getStopIndex() + 1);
        diagnostics.add(Diagnostic.error(Code.NESTING, span, "this is nested too deeply to be read").note("give parts of it names with `let`, or split it"));
    }

    /** What opens so many brackets on one line that mending them is idle. */
    private static Optional<Token> buried(List<Token> tokens) {
        int depth = 0;
        for (Token token : tokens) {
            switch (token.getType()) {
                case LPAREN, LBRACK, LBRACE, OPEN, QUOTE, TQUOTE, TICK -> depth++;
                case RPAREN, RBRACK, RBRACE, QUOTE_END -> depth = Math.max(0, depth - 1);
                case NL, UNTERMINATED -> depth = 0;
                default -> {}
            }
            if (depth > DEEPEST) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }

    /** A text of several lines without its end: whatever follows it cannot be told from text. */
    private boolean openText(List<Token> tokens) {
        Token open = null;
        for (Token token : tokens) {
            switch (token.getType()) {
                case TQUOTE, RAWS_OPEN -> open = token;
                case QUOTE_END -> open = open != null && open.getType() == TQUOTE && source.text().startsWith("\"\"\"", token.getStartIndex()) ? null : open;
                default -> {}
            }
        }
        if (open == null) {
            return false;
        }
        Span span = source.span(open.getStartIndex(), open.getStopIndex() + 1);
        diagnostics.add(Diagnostic.error(Code.UNCLOSED, span, "this text is never closed").here("opened here")
                .note("a text of several lines ends with the same three quotes"));
        return true;
    }

    /** A declaration that begins with a word that is none of theirs; the whole of it is passed over. */
    private boolean misspelt(List<Token> tokens) {
        Token first = first(tokens);
        if (first.getType() == Token.EOF || source.column(first.getStartIndex()) != 1) {
            return false;
        }
        String word = source.text().substring(first.getStartIndex(), Keywords.wordEnd(source.text(), first.getStartIndex()));
        boolean declares = word.isEmpty() || Keywords.DECLARATIONS.contains(word);
        if (declares || !Character.isLetter(word.charAt(0))) {
            return false;
        }
        Span span = source.span(first.getStartIndex(), first.getStartIndex() + word.length());
        boolean assigned = tokens.stream().filter(t -> t.getChannel() == Token.DEFAULT_CHANNEL && t.getStartIndex() > first.getStartIndex())
                .findFirst().filter(t -> t.getType() == ASSIGN).isPresent();
        Optional<String> elsewhere = Keywords.elsewhere(word);
        Optional<String> nearest = elsewhere.or(() -> Keywords.nearest(word));
        Diagnostic diagnostic = Diagnostic.error(Code.MISSPELT_KEYWORD, span, "no declaration begins with `" + word + "`");
        diagnostics.add(assigned
                ? diagnostic.fix("a value is named by `let`", span, "let " + word)
                : nearest.isPresent()
                ? diagnostic.fix(elsewhere.isPresent() ? "as it is called here" : "the nearest one", span, nearest.get())
                : Messages.outsideOfPlay(tokens, first)
                        ? diagnostic.note("a task stands in a play: `play \"why\" on nodes { … }`")
                        : diagnostic.note("declarations begin with " + String.join(", ", Keywords.DECLARATIONS)));
        return true;
    }

    private static Token first(List<Token> tokens) {
        return tokens.stream().filter(t -> t.getChannel() == Token.DEFAULT_CHANNEL && t.getType() != NL).findFirst().orElse(tokens.getLast());
    }

    private Span written(List<Token> tokens, int start) {
        int from = Math.max(start, Math.min(first(tokens).getStartIndex(), source.text().length()));
        int to = from;
        for (Token token : tokens) {
            boolean text = token.getChannel() == Token.DEFAULT_CHANNEL && token.getType() != NL && token.getType() != Token.EOF;
            to = text ? Math.max(to, token.getStopIndex() + 1) : to;
        }
        return source.span(from, to);
    }

    private OffxParser parser(CommonTokenStream stream, Prepared prepared, List<Diagnostic> found) {
        OffxParser parser = new OffxParser(stream);
        ready(parser, new ItemRecovery(source, prepared.tokens, found, prepared.settledLines));
        return parser;
    }

    private static void ready(OffxParser parser, ItemRecovery recovery) {
        parser.removeErrorListeners();
        parser.setErrorHandler(recovery);
        parser.getInterpreter().setPredictionMode(PredictionMode.LL);
    }

    private static CommonTokenStream stream(List<Token> tokens) {
        return new CommonTokenStream(new ListTokenSource(tokens));
    }
}
