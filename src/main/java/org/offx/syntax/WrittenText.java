package org.offx.syntax;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offx.text.Source;
import org.offx.text.Span;
import org.offx.tree.Expr;
import org.offx.value.Shown;

/** A text, number or other literal of a file, with its escapes and its indentation taken away; of a text with interpolations each part. */
public record WrittenText(Span span, String text) {

    /** All of a file, in order. */
    public static List<WrittenText> of(Source source) {
        List<WrittenText> texts = new ArrayList<>();
        collect(Syntax.parse(source).file(), texts);
        return texts;
    }

    private static void collect(Object thing, List<WrittenText> texts) {
        switch (thing) {
            case Expr.Literal(Span span, var value) -> texts.add(new WrittenText(span, Shown.text(value)));
            case Expr.TextPart(Span span, String text) -> texts.add(new WrittenText(span, text));
            case Optional<?> optional -> optional.ifPresent(part -> collect(part, texts));
            case List<?> list -> list.forEach(part -> collect(part, texts));
            case Record record -> {
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    collect(TreeText.part(record, component), texts);
                }
            }
            default -> {}
        }
    }
}
