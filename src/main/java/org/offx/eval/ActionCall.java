package org.offx.eval;

import java.util.List;
import org.offx.check.Definition.ActionDef;
import org.offx.text.Span;
import org.offx.value.Value;

/**
 * An action that is asked for, fully evaluated. Calls of the same name in one batch are done once.
 *
 * @param needs the tasks that it comes after, and without which it is not done
 * @param now done right after the task that asks for it, which therefore comes after what the action needs
 */
public record ActionCall(ActionDef action, List<Value> arguments, List<Value.Reference> needs, boolean now, Span span) {

    /** {@code nfs.reload}, {@code service.restart("nginx")}. */
    public String name() {
        return Catalog.actionName(action.name(), arguments);
    }

    /** The same call in need of others. */
    ActionCall needing(List<Value.Reference> others) {
        return new ActionCall(action, arguments, others, now, span);
    }
}
