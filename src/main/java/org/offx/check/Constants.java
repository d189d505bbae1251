package org.offx.check;

import java.util.List;
import java.util.Optional;
import org.offx.tree.Expr;
import org.offx.value.Value;

/** Texts that can be read off the source, without evaluating anything. */
final class Constants {

    private Constants() {}

    /** The text of a string without interpolations. */
    static Optional<String> text(Expr expr) {
        return switch (expr) {
            case Expr.Literal(var span, Value.Text(String text)) -> Optional.of(text);
            case Expr.Template(var span, List<Expr.Part> parts) -> joined(parts);
            case Expr.Parens(var span, Expr inner) -> text(inner);
            default -> Optional.empty();
        };
    }

    /** The text that a template's parts make, if none of them is a hole. */
    static Optional<String> joined(List<Expr.Part> parts) {
        StringBuilder text = new StringBuilder();
        for (Expr.Part part : parts) {
            switch (part) {
                case Expr.TextPart(var span, String piece) -> text.append(piece);
                case Expr.Hole ignored -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(text.toString());
    }
}
