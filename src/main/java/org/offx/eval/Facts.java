package org.offx.eval;

import java.util.List;
import org.offx.check.Definition.FactDef;
import org.offx.value.Value;

/** Where evaluation takes the facts of nodes from. What is not known yet is a {@link Value.Unknown}. */
@FunctionalInterface
public interface Facts {

    /** Nothing is known of any node: how {@code offx check} evaluates. */
    Facts UNKNOWN = request -> Unknowns.after("fact " + request.name());

    Value value(Request request);

    /** Whether a fact is read from its node when it is asked for. */
    default boolean live() {
        return false;
    }

    /** One fact of one node. */
    record Request(String node, FactDef fact, List<Value> arguments) {

        public Request {
            arguments = List.copyOf(arguments);
        }

        /** {@code os of ovh3}. */
        public String name() {
            return Catalog.actionName(fact.name(), arguments) + " of " + node;
        }
    }
}
