package org.offx.syntax;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offx.text.Source;
import org.offx.text.Span;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.tree.Node;
import org.offx.tree.Path;
import org.offx.value.Shown;
import org.offx.value.Value;

/**
 * A tree as text, for people who work on the language ({@code offx dev tree}) and for golden files: one
 * {@code (Kind part part …)} for each node, without places; plain values, texts and names stand by themselves. What fits stands on one line. It follows the records
 * themselves, so that a new kind of node needs no line here.
 */
public final class TreeText {

    private static final int WIDTH = 110;

    private TreeText() {}

    public static String of(Node node) {
        return drawn(form(node), 0);
    }

    /** What is drawn: a word, or parts in parentheses or brackets. */
    private sealed interface Form {}

    private record Atom(String text) implements Form {}

    private record Group(String open, List<Form> parts, String close) implements Form {}

    private static Form form(Object thing) {
        return switch (thing) {
            case Name name -> new Atom(name.text());
            case Path path -> new Atom(path.text());
            case Value value -> new Atom(Shown.literal(value));
            case String text -> new Atom(Shown.literal(new Value.Text(text)));
            case Optional<?> optional -> optional.isPresent() ? form(optional.get()) : new Atom("-");
            case List<?> list -> new Group("[", list.stream().map(TreeText::form).toList(), "]");
            case Expr.Ref ref -> new Atom(ref.name());
            case Expr.Literal literal -> form(literal.value());
            case Expr.Template template when template.parts().size() == 1 && template.parts().getFirst() instanceof Expr.TextPart part -> form(part.text());
            case Expr.TextPart part -> form(part.text());
            case Expr.Word word when word.parts().size() == 1 -> form(word.parts().getFirst());
            case Expr.Element element when !element.spread() && element.condition().isEmpty() -> form(element.value());
            case Expr.Arg argument when argument.name().isEmpty() -> form(argument.value());
            case Record record -> record(record);
            default -> new Atom(thing.toString());
        };
    }

    private static Form record(Record record) {
        List<Form> parts = new ArrayList<>();
        parts.add(new Atom(record.getClass().getSimpleName()));
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object part = part(record, component);
            if (!(part instanceof Span) && !(part instanceof Source)) {
                parts.add(form(part));
            }
        }
        return new Group("(", parts, ")");
    }

    static Object part(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("the parts of a node are public", impossible);
        }
    }

    private static String drawn(Form form, int indent) {
        String flat = flat(form);
        if (indent + flat.length() <= WIDTH || !(form instanceof Group(String open, List<Form> parts, String close))) {
            return flat;
        }
        StringBuilder text = new StringBuilder(open);
        String margin = "\n" + " ".repeat(indent + 2);
        boolean first = true;
        boolean stacked = false;
        for (Form part : parts) {
            stacked |= part instanceof Group && !first;
            text.append(first ? "" : stacked ? margin : " ").append(drawn(part, indent + 2));
            first = false;
        }
        return text.append(close).toString();
    }

    private static String flat(Form form) {
        return switch (form) {
            case Atom(String text) -> text;
            case Group(String open, List<Form> parts, String close) -> {
                StringBuilder text = new StringBuilder(open);
                for (Form part : parts) {
                    text.append(text.length() > open.length() ? " " : "").append(flat(part));
                }
                yield text.append(close).toString();
            }
        };
    }
}
