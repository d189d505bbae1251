package org.offx.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.offx.syntax.antlr.OffxLexer;
import org.offx.syntax.antlr.OffxParser;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Source;
import org.offx.tree.Decl;
import org.offx.tree.SourceFile;

/**
 * Text to tree. A correct file is parsed in one piece and at full speed; only where that fails is the text read again by
 * declarations, with recovery, so that every mistake of the file is reported in one run.
 */
public final class Syntax {

    private Syntax() {}

    /** Reads a file. Never throws for what is written in it. */
    public static Parsed parse(Source source) {
        List<Token> tokens = tokens(source, 0, source.text().length());
        Token tooDeep = Layout.apply(tokens);
        CommonTokenStream stream = new CommonTokenStream(new ListTokenSource(tokens));
        OffxParser parser = parser(stream);
        parser.setErrorHandler(new BailErrorStrategy());
        List<Diagnostic> diagnostics = new ArrayList<>();
        List<Decl> declarations = List.of();
        try {
            declarations = new Declarations(new Building(source, stream, diagnostics)).of(parser.file());
        } catch (ParseCancellationException error) {
            Token at = ((RecognitionException) error.getCause()).getOffendingToken();
            diagnostics.add(Diagnostic.error(Code.SYNTAX, source.span(at.getStartIndex(), Math.max(at.getStartIndex(), at.getStopIndex() + 1)), "this is not understood here"));
        }
        return new Parsed(new SourceFile(source.span(0, source.text().length()), source, declarations), List.copyOf(diagnostics));
    }

    static OffxParser parser(CommonTokenStream stream) {
        OffxParser parser = new OffxParser(stream);
        parser.removeErrorListeners();
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        return parser;
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
