package org.offx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.jspecify.annotations.Nullable;
import org.offx.syntax.antlr.OffxLexer;
import org.offx.syntax.antlr.OffxParser;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Source;
import org.offx.text.Span;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.tree.Path;

/**
 * What the tree's builders share: places, names, doc comments, and the diagnostics found while building. Where the
 * parser has reported an error, the parse tree lacks parts: an expression that lacks becomes {@link Expr.Missing}, and
 * an entry that lacks more is left out.
 */
final class Building {

    /** An essential part was not written; an error has been reported. Without a trace: it is thrown for each such entry. */
    static final class Incomplete extends RuntimeException {
        Incomplete() {
            super("incomplete", null, false, false);
        }
    }

    private final Source source;
    private final TokenStream tokens;
    private final List<Diagnostic> diagnostics;

    Building(Source source, TokenStream tokens, List<Diagnostic> diagnostics) {
        this.source = source;
        this.tokens = tokens;
        this.diagnostics = diagnostics;
    }

    Source source() {
        return source;
    }

    void report(Diagnostic diagnostic) {
        diagnostics.add(diagnostic);
    }

    Span span(Token token) {
        int start = Math.min(token.getStartIndex(), source.text().length());
        return source.span(start, Math.max(start, Math.min(token.getStopIndex() + 1, source.text().length())));
    }

    Span span(ParserRuleContext context) {
        Span start = span(context.getStart());
        Token stop = context.getStop();
        if (stop == null) {
            return source.span(start.start(), start.start());
        }
        int end = span(stop).end();
        return end <= start.start() ? source.span(end, end) : start.to(span(stop));
    }

    /** The place right behind what was written of a rule: where its missing part should stand. */
    Span after(ParserRuleContext context) {
        int end = span(context).end();
        return source.span(end, end);
    }

    /** The place of a part that could not be read, as far as it lies within what its owner has. */
    Span broken(ParserRuleContext context, ParserRuleContext owner) {
        Span part = span(context);
        Span whole = span(owner);
        return part.start() >= whole.start() && part.end() <= whole.end() ? part : after(owner);
    }

    /** Refuses what cannot be seen in a text and does harm where it ends up: in a terminal, in a file, in a command. */
    void plain(Span text) {
        String written = text.text();
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r') {
                Span at = source.span(text.start() + i, text.start() + i + 1);
                String number = Integer.toHexString(c);
                Diagnostic hidden = Diagnostic.error(Code.BAD_LITERAL, at, String.format(Locale.ROOT, "the invisible character U+%04X", (int) c));
                report(c == 0 ? hidden.note("no text can have it: is this file a text?") : hidden.note("in a text it is written \\u{" + number + "}"));
                return;
            }
        }
    }

    <T> T need(@Nullable T part) {
        if (part == null) {
            throw new Incomplete();
        }
        return part;
    }

    Name name(@Nullable ParserRuleContext word) {
        ParserRuleContext written = need(word);
        if (written.exception != null || written.getStop() == null) {
            throw new Incomplete();
        }
        return new Name(span(written), written.getText());
    }

    Name name(@Nullable Token token) {
        return new Name(span(need(token)), token.getText());
    }

    Path path(OffxParser.@Nullable PathContext path) {
        return new Path(span(need(path)), path.word().stream().map(this::name).toList());
    }

    /** The whole ones of several entries. */
    <C extends ParserRuleContext, T> List<T> each(List<C> contexts, Function<C, T> build) {
        List<T> built = new ArrayList<>(contexts.size());
        for (C context : contexts) {
            whole(context, build).ifPresent(built::add);
        }
        return List.copyOf(built);
    }

    <C extends ParserRuleContext, T> Optional<T> whole(@Nullable C context, Function<C, T> build) {
        try {
            return context == null ? Optional.empty() : Optional.of(build.apply(context));
        } catch (Incomplete left) {
            return Optional.empty();
        }
    }

    /** The {@code ##} lines directly above, without their marks. */
    String doc(ParserRuleContext context) {
        int line = source.line(context.getStart().getStartIndex());
        List<String> lines = new ArrayList<>();
        for (int i = context.getStart().getTokenIndex() - 1; i >= 0; i--) {
            Token token = tokens.get(i);
            if (token.getType() == OffxLexer.DOC && source.line(token.getStartIndex()) == line - 1 && startsLine(token)) {
                line--;
                String text = token.getText().substring(2);
                lines.addFirst(text.startsWith(" ") ? text.substring(1).stripTrailing() : text.stripTrailing());
            } else if (token.getType() != OffxLexer.NL && token.getType() != OffxLexer.WS) {
                break;
            }
        }
        return String.join("\n", lines);
    }

    private boolean startsLine(Token token) {
        int start = source.lineStart(source.line(token.getStartIndex()));
        return source.text().substring(start, token.getStartIndex()).isBlank();
    }
}
