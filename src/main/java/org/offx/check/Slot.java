package org.offx.check;

import java.util.Optional;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.type.Type;

/** A named place for a value, as its declaration says: a field, a parameter, an attribute. */
record Slot(Name name, String doc, Type type, Optional<Expr> defaultValue) {

    String text() {
        return name.text();
    }

    /** May it be left out? */
    boolean optional() {
        return defaultValue.isPresent() || Types.isNullable(type);
    }
}
