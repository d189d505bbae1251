package org.offx.eval;

import java.util.List;
import org.offx.check.Definition.ActionDef;
import org.offx.text.Span;
import org.offx.value.Value;

/** An action that is asked for, fully evaluated. Equal calls in one batch are done once. */
public record ActionCall(ActionDef action, List<Value> arguments, boolean now, Span span) {

    /** {@code nfs.reload}, {@code service.restart("nginx")}. */
    public String name() {
        return Catalog.actionName(action.name(), arguments);
    }
}
