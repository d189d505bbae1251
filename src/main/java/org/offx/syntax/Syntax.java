package org.offx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.offx.syntax.antlr.OffxLexer;
import org.offx.syntax.antlr.OffxParser;
import org.offx.syntax.antlr.OffxParser.FileContext;
import org.offx.syntax.antlr.OffxParser.StandaloneExprContext;
import org.offx.syntax.antlr.OffxParser.StandaloneItemContext;
import org.offx.text.Diagnostic;
import org.offx.text.Source;
import org.offx.text.Span;
import org.offx.tree.Decl;
import org.offx.tree.Expr;
import org.offx.tree.Node;
import org.offx.tree.SourceFile;
import org.offx.tree.TaskItem;

/**
 * Text to tree. A correct file is parsed in one piece and at full speed; only where that fails is the text read again by
 * declarations, with recovery, so that every mistake of the file is reported in one run.
 */
public final class Syntax {

    private Syntax() {}

    /** Reads a file, or takes its tree where it comes with one. Never throws for what is written in it. */
    public static Parsed parse(Source source) {
        if (source.tree().isPresent()) {
            return new Parsed(TreeReader.read(source, source.tree().get()), List.of());
        }
        List<Token> tokens = tokens(source);
        return strictly(source, tokens).orElseGet(() -> new Recovery(source).file(tokens));
    }

    /** In one piece; empty where that does not go, because there is a mistake. */
    private static Optional<Parsed> strictly(Source source, List<Token> tokens) {
        if (Layout.apply(tokens) != null) {
            return Optional.empty();
        }
        CommonTokenStream stream = new CommonTokenStream(new ListTokenSource(tokens));
        try {
            FileContext file = strict(stream).file();
            List<Diagnostic> diagnostics = new ArrayList<>();
            List<Decl> declarations = new Declarations(new Building(source, stream, diagnostics)).of(file);
            Span all = source.span(0, source.text().length());
            return Optional.of(new Parsed(new SourceFile(all, source, declarations), List.copyOf(diagnostics)));
        } catch (ParseCancellationException mistaken) {
            return Optional.empty();
        }
    }

    /**
     * The tree of a file as bytes, for {@link Source#tree}: reading them is several times faster than parsing the text.
     * They are of this version of the program only. Empty where the file has mistakes of syntax.
     */
    public static Optional<byte[]> tree(Source source) {
        return strictly(source, tokens(source))
                .filter(parsed -> parsed.diagnostics().isEmpty())
                .map(parsed -> TreeWriter.write(parsed.file()));
    }

    /** The pieces of a file in their order, comments and line ends among them; empty where it has syntax errors. */
    public static Optional<List<Lexeme>> lexemes(Source source) {
        List<Token> tokens = tokens(source);
        if (Layout.apply(tokens) != null) {
            return Optional.empty();
        }
        try {
            FileContext file = strict(new CommonTokenStream(new ListTokenSource(tokens))).file();
            return Optional.of(Lexemes.of(source, tokens, file));
        } catch (ParseCancellationException mistaken) {
            return Optional.empty();
        }
    }

    /** Reads one expression and nothing else, as an argument of a command line gives it. */
    public static Fragment<Expr> expression(Source source) {
        return read(source, (parser, building) -> {
            StandaloneExprContext context = parser.standaloneExpr();
            return Optional.of(new Declarations(building).expression(context));
        });
    }

    /** Reads one task and nothing else. */
    public static Fragment<TaskItem> task(Source source) {
        return read(source, (parser, building) -> {
            StandaloneItemContext context = parser.standaloneItem();
            return new Declarations(building).task(context);
        });
    }

    /**
     * Reads what a person types at a prompt: a declaration, an expression or a task. What could be both an expression
     * and a task ({@code nfs.reload}, {@code backups(113)}) is an expression; {@link #task} reads it the other way.
     */
    public static Fragment<Node> item(Source source) {
        String text = source.text();
        int start = 0;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        if (start == text.length()) {
            return new Fragment<>(Optional.empty(), List.of(), false);
        }
        if (text.startsWith("#", start) || Keywords.declares(text, start)) {
            return declaration(source);
        }
        Fragment<Expr> expression = expression(source);
        Fragment<TaskItem> task = expression.diagnostics().isEmpty() ? new Fragment<>(Optional.empty(), List.of(), false) : task(source);
        boolean asTask = !expression.diagnostics().isEmpty() && (task.diagnostics().isEmpty() || furthest(task) >= furthest(expression));
        return asTask ? general(task) : general(expression);
    }

    private static Fragment<Node> declaration(Source source) {
        Fragment<SourceFile> file = read(source, (parser, building) -> {
            List<Decl> declarations = new Declarations(building).of(parser.file());
            return Optional.of(new SourceFile(source.span(0, source.text().length()), source, declarations));
        });
        List<Decl> declarations = file.node().map(SourceFile::declarations).orElse(List.of());
        Optional<Node> node = declarations.isEmpty() ? Optional.empty() : Optional.of(declarations.size() == 1 ? declarations.getFirst() : file.node().orElseThrow());
        return new Fragment<>(node, file.diagnostics(), file.incomplete());
    }

    private static int furthest(Fragment<?> fragment) {
        return fragment.diagnostics().stream().mapToInt(d -> d.span().start()).max().orElse(Integer.MAX_VALUE);
    }

    private static Fragment<Node> general(Fragment<? extends Node> fragment) {
        return new Fragment<>(fragment.node().map(node -> node), fragment.diagnostics(), fragment.incomplete());
    }

    private static <T extends Node> Fragment<T> read(Source source, BiFunction<OffxParser, Building, Optional<T>> rule) {
        Recovery recovery = new Recovery(source);
        Optional<T> node = recovery.fragment(rule);
        return new Fragment<>(node, recovery.diagnostics(), recovery.incomplete());
    }

    private static OffxParser strict(CommonTokenStream stream) {
        OffxParser parser = new OffxParser(stream);
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        return parser;
    }

    private static List<Token> tokens(Source source) {
        return tokens(source, 0, source.text().length());
    }

    static List<Token> tokens(Source source, int start, int end) {
        OffxLexer lexer = new OffxLexer(new SourceChars(source, start, end));
        lexer.removeErrorListeners();
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = lexer.nextToken();
            tokens.add(token);
        } while (token.getType() != Token.EOF);
        return tokens;
    }
}
