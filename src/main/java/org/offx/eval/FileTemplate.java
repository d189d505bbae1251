package org.offx.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offx.text.Source;
import org.offx.text.Span;
import org.offx.value.Shown;
import org.offx.value.Value;

/**
 * A text file with holes: {@code ${path}}, {@code %{for x in path} … %{end}}, {@code %{if path} … %{else} … %{end}}. A path
 * is a name and what follows it ({@code site.nets[0].name}); a condition may compare it ({@code path == "x"}) or turn it
 * round ({@code not path}). A line that holds nothing but {@code %{…}} leaves no empty line behind. {@code $${} and
 * {@code %%{} stand for themselves.
 */
final class FileTemplate {

    private static final Pattern MARK = Pattern.compile("([$%])\\1\\{|[$%]\\{([^}]*)\\}");
    private static final Pattern LOOP = Pattern.compile("for\\s+([a-z_][A-Za-z0-9_]*)\\s+in\\s+(\\S+)");

    private sealed interface Piece {}

    private record Plain(String text) implements Piece {}

    private record Hole(Span span, String path) implements Piece {}

    private record Loop(Span span, String variable, String path, List<Piece> body) implements Piece {}

    private record Choice(Span span, String condition, List<Piece> then, List<Piece> otherwise) implements Piece {}

    private final Source file;
    private final Call call;
    private final List<Span> marks = new ArrayList<>();
    private int next;

    private FileTemplate(Source file, Call call) {
        this.file = file;
        this.call = call;
    }

    static Value value(Call call) {
        String name = call.text(0);
        Source file = call.scope().world().sources().template(call.term().span().source(), name).orElseThrow(
                () -> call.failure("there is no file `" + name + "` beside " + call.term().span().source().name()));
        FileTemplate template = new FileTemplate(file, call);
        List<Piece> pieces = template.parse();
        GrowingText text = new GrowingText();
        template.fill(pieces, values(call.argument(1)), text);
        return text.value();
    }

    private static Locals values(Value given) {
        Locals locals = Locals.NONE;
        for (var entry : given instanceof Value.Struct(String type, var fields) ? fields.entrySet() : named(given).entrySet()) {
            locals = locals.with(entry.getKey(), entry.getValue());
        }
        return locals;
    }

    private static LinkedHashMap<String, Value> named(Value table) {
        LinkedHashMap<String, Value> values = new LinkedHashMap<>();
        ((Value.Table) table).entries().forEach((key, value) -> values.put(Shown.text(key), value));
        return values;
    }

    // Reading the file.

    private List<Piece> parse() {
        Matcher matcher = MARK.matcher(file.text());
        while (matcher.find()) {
            marks.add(file.span(matcher.start(), matcher.end()));
        }
        List<Piece> pieces = new ArrayList<>();
        End end = pieces(pieces, 0);
        if (end.mark().isPresent()) {
            throw failure(end.mark().get(), "nothing is open that this could end");
        }
        return pieces;
    }

    /** How a run of pieces ended: with an {@code end} or {@code else}, or with the file. */
    private record End(int at, Optional<Span> mark) {
        boolean isElse() {
            return mark.filter(span -> inside(span).equals("else")).isPresent();
        }
    }

    private End pieces(List<Piece> into, int from) {
        int at = from;
        while (next < marks.size()) {
            Span mark = marks.get(next++);
            boolean directive = mark.text().startsWith("%{");
            into.add(new Plain(file.text().substring(at, Math.max(at, directive ? startOfDirective(mark) : mark.start()))));
            at = directive ? endOfDirective(mark) : mark.end();
            if (mark.text().length() == 3 && mark.text().endsWith("{")) {
                into.add(new Plain(mark.text().substring(1)));
            } else if (!directive) {
                into.add(new Hole(mark, inside(mark)));
            } else if (inside(mark).equals("end") || inside(mark).equals("else")) {
                return new End(at, Optional.of(mark));
            } else {
                at = block(into, mark, at);
            }
        }
        into.add(new Plain(file.text().substring(at)));
        return new End(file.text().length(), Optional.empty());
    }

    private int block(List<Piece> into, Span mark, int from) {
        List<Piece> body = new ArrayList<>();
        Matcher loop = LOOP.matcher(inside(mark));
        if (!loop.matches() && !inside(mark).startsWith("if ")) {
            throw failure(mark, "`" + inside(mark) + "` is none of `for x in xs`, `if x`, `else`, `end`");
        }
        End end = closed(pieces(body, from), mark);
        if (loop.matches()) {
            if (end.isElse()) {
                throw failure(end.mark().orElseThrow(), "a loop has no else");
            }
            into.add(new Loop(mark, loop.group(1), loop.group(2), body));
            return end.at();
        }
        List<Piece> otherwise = new ArrayList<>();
        if (end.isElse()) {
            end = closed(pieces(otherwise, end.at()), mark);
            if (end.isElse()) {
                throw failure(end.mark().orElseThrow(), "a second else");
            }
        }
        into.add(new Choice(mark, inside(mark).substring(3).strip(), body, otherwise));
        return end.at();
    }

    private End closed(End end, Span opened) {
        if (end.mark().isEmpty()) {
            throw failure(opened, "this is never ended: `%{end}` is missing");
        }
        return end;
    }

    private static String inside(Span mark) {
        String text = mark.text();
        return text.endsWith("}") ? text.substring(2, text.length() - 1).strip() : "";
    }

    private boolean alone(Span mark) {
        String line = file.lineText(mark.line());
        return line.strip().equals(mark.text());
    }

    private int startOfDirective(Span mark) {
        return alone(mark) ? file.lineStart(mark.line()) : mark.start();
    }

    private int endOfDirective(Span mark) {
        return !alone(mark) ? mark.end()
                : mark.line() < file.lines() ? file.lineStart(mark.line() + 1)
                : file.text().length();
    }

    // Filling it.

    private void fill(List<Piece> pieces, Locals locals, GrowingText filled) {
        for (Piece piece : pieces) {
            switch (piece) {
                case Plain(String text) -> filled.add(text);
                case Hole(Span span, String path) -> {
                    Value value = path(span, path, locals);
                    if (value == Value.Nothing.NULL) {
                        throw failure(span, "`" + path + "` is null here, and a text cannot hold that");
                    }
                    filled.add(value);
                }
                case Loop(Span span, String variable, String path, List<Piece> body) -> {
                    Value in = path(span, path, locals);
                    if (in instanceof Value.Unknown) {
                        filled.add(in);
                        continue;
                    }
                    for (Value element : elements(span, path, in)) {
                        fill(body, locals.with(variable, element), filled);
                    }
                }
                case Choice(Span span, String condition, List<Piece> then, List<Piece> otherwise) -> fill(
                        condition(span, condition, locals, filled) ? then : otherwise, locals, filled);
            }
        }
    }

    private List<Value> elements(Span span, String path, Value value) {
        return switch (value) {
            case Value.Items items -> Lists.elements(items);
            case Value.Group group -> Lists.elements(group);
            case Value.Table table -> Lists.elements(table);
            case Value.Nothing nothing -> List.of();
            default -> throw failure(span, "`" + path + "` is no list but " + Conversions.kind(value));
        };
    }

    private boolean condition(Span span, String condition, Locals locals, GrowingText filled) {
        return TemplatePath.condition(condition, path -> {
                    Value value = path(span, path, locals);
                    filled.dependsOn(value);
                    return value;
                })
                .orElseThrow(() -> failure(span, "`" + condition + "` is no condition: a path, `not` a path, or a comparison with == or !="));
    }

    private Value path(Span span, String path, Locals locals) {
        return TemplatePath.value(path, locals).orElseThrow(() -> failure(span, "nothing gives `" + path + "` to this template"));
    }

    private EvalFailure failure(Span span, String message) {
        return new EvalFailure(EvalFailure.at(span, message)
                .diagnostic()
                .and(call.term().span(), "the template is used here"));
    }
}
