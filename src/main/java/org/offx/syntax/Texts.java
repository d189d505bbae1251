package org.offx.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.offx.syntax.antlr.OffxLexer;
import org.offx.syntax.antlr.OffxParser.ExprContext;
import org.offx.syntax.antlr.OffxParser.HoleContext;
import org.offx.syntax.antlr.OffxParser.PartContext;
import org.offx.syntax.antlr.OffxParser.RawStringContext;
import org.offx.syntax.antlr.OffxParser.StringContext;
import org.offx.syntax.antlr.OffxParser.TemplateContext;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.text.Span;
import org.offx.tree.Expr;
import org.offx.tree.Expr.Hole;
import org.offx.tree.Expr.Part;
import org.offx.tree.Expr.TextPart;

/**
 * Builds texts. In those of several lines the first line end is dropped and the indentation that all lines share (that
 * of the closing quotes among them) is taken away; line ends are always {@code \n}.
 */
final class Texts {

    private final Building building;
    private final Function<ExprContext, Expr> expressions;

    Texts(Building building, Function<ExprContext, Expr> expressions) {
        this.building = building;
        this.expressions = expressions;
    }

    Expr of(StringContext context) {
        Span span = building.span(context);
        building.plain(span);
        return switch (context) {
            case TemplateContext template -> template(template, span);
            case RawStringContext raw -> raw(raw, span);
            default -> throw new Building.Incomplete();
        };
    }

    private Expr raw(RawStringContext context, Span span) {
        boolean several = context.RAWS() != null;
        int quotes = several ? 3 : 1;
        Span inside = building.source().span(span.start() + quotes, Math.max(span.start() + quotes, span.end() - quotes));
        List<Piece> pieces = inside.text().isEmpty() ? List.of() : List.of(new Literal(inside, inside.text()));
        return new Expr.Template(span, parts(several ? unindented(pieces) : pieces));
    }

    private Expr template(TemplateContext context, Span span) {
        List<Piece> pieces = new ArrayList<>();
        for (PartContext part : context.part()) {
            if (part instanceof HoleContext hole) {
                Span at = building.span(hole);
                ExprContext value = hole.expr();
                pieces.add(new Written(new Hole(at, value == null ? new Expr.Missing(at) : expressions.apply(value))));
            } else if (part.getStart().getType() == OffxLexer.ESCAPE) {
                Span at = building.span(part);
                pieces.add(new Escaped(at, unescaped(at)));
            } else {
                Span at = building.span(part);
                pieces.add(new Literal(at, at.text()));
            }
        }
        boolean several = context.TQUOTE() != null;
        return new Expr.Template(span, parts(several ? unindented(pieces) : pieces));
    }

    private sealed interface Piece {
        Span span();
    }

    private record Literal(Span span, String text) implements Piece {}

    private record Escaped(Span span, String text) implements Piece {}

    private record Written(Hole hole) implements Piece {
        @Override
        public Span span() {
            return hole.span();
        }
    }

    /** Neighbouring texts become one part. */
    private static List<Part> parts(List<Piece> pieces) {
        List<Part> parts = new ArrayList<>();
        for (Piece piece : pieces) {
            switch (piece) {
                case Written(Hole hole) -> parts.add(hole);
                case Literal(Span span, String text) -> addText(parts, span, text.replace("\r\n", "\n"));
                case Escaped(Span span, String text) -> addText(parts, span, text);
            }
        }
        parts.removeIf(part -> part instanceof TextPart(Span span, String text) && text.isEmpty());
        return List.copyOf(parts);
    }

    private static void addText(List<Part> parts, Span span, String text) {
        if (!parts.isEmpty() && parts.getLast() instanceof TextPart(Span before, String start)) {
            parts.set(parts.size() - 1, new TextPart(before.to(span), start + text));
        } else {
            parts.add(new TextPart(span, text));
        }
    }

    private static List<Piece> unindented(List<Piece> pieces) {
        int common = commonIndentation(pieces);
        List<Piece> result = new ArrayList<>(pieces.size());
        boolean first = true;
        int skip = 0;
        for (Piece piece : pieces) {
            if (!(piece instanceof Literal(Span span, String text))) {
                result.add(piece);
                skip = 0;
                first = false;
                continue;
            }
            StringBuilder kept = new StringBuilder(text.length());
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (skip > 0 && (c == ' ' || c == '\t')) {
                    skip--;
                    continue;
                }
                skip = 0;
                if (c == '\n') {
                    skip = common;
                }
                boolean opening = first && (c == '\n' || c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n');
                first = opening && c == '\r';
                if (!opening) {
                    kept.append(c);
                }
            }
            result.add(new Literal(span, kept.toString()));
        }
        return result;
    }

    /** The blanks that every line but the first starts with; empty lines do not count, the last one does. */
    private static int commonIndentation(List<Piece> pieces) {
        int common = Integer.MAX_VALUE;
        int indent = -1;
        for (Piece piece : pieces) {
            if (!(piece instanceof Literal(Span span, String text))) {
                common = indent >= 0 ? Math.min(common, indent) : common;
                indent = -1;
                continue;
            }
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\n') {
                    indent = 0;
                } else if (indent >= 0 && (c == ' ' || c == '\t')) {
                    indent++;
                } else if (indent >= 0 && c != '\r') {
                    common = Math.min(common, indent);
                    indent = -1;
                }
            }
        }
        common = indent >= 0 ? Math.min(common, indent) : common;
        return common == Integer.MAX_VALUE ? 0 : common;
    }

    private String unescaped(Span span) {
        String text = span.text();
        return switch (text.charAt(1)) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '"', '\\', '$' -> text.substring(1);
            case 'u' -> codePoint(span, text);
            default -> {
                building.report(Diagnostic.error(Code.BAD_LITERAL, span, "`" + text + "` is no escape")
                        .note("the escapes are \\n \\t \\r \\\" \\\\ \\$ and \\u{…}; a backslash itself is `\\\\`, or stands in a raw text: '…'"));
                yield text;
            }
        };
    }

    private String codePoint(Span span, String text) {
        String hex = text.length() > 3 ? text.substring(3, text.length() - 1) : "";
        int point = hex.isEmpty() || hex.length() > 6 ? 0 : Integer.parseInt(hex, 16);
        if (point == 0 || !Character.isValidCodePoint(point) || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            building.report(Diagnostic.error(Code.BAD_LITERAL, span, "`" + text + "` names no character that a text can have")
                    .note("a character by its number is written in hexadecimal: `\\u{e9}` for é, from 1 to 10ffff"));
            return text;
        }
        return Character.toString(point);
    }
}
