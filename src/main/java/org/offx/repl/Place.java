package org.offx.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offx.check.Term;
import org.offx.value.Value;

/**
 * Where what follows is observed.
 *
 * @param text the expression as typed; empty where nobody said {@code on}
 * @param term the same, checked
 * @param nodes what it means, each once
 */
record Place(String text, Optional<Term> term, List<String> nodes) {

    static final Place NOWHERE = new Place("", Optional.empty(), List.of());

    boolean isNowhere() {
        return nodes.isEmpty();
    }

    /** The nodes that a value names; empty where it names something else. */
    static Optional<List<String>> nodes(Value value) {
        return switch (value) {
            case Value.NodeName(String name) -> Optional.of(List.of(name));
            case Value.Items(List<Value> values) -> nodes(values);
            case Value.Group(var values) -> nodes(List.copyOf(values));
            default -> Optional.empty();
        };
    }

    private static Optional<List<String>> nodes(List<Value> values) {
        List<String> nodes = new ArrayList<>();
        for (Value value : values) {
            Optional<List<String>> inner = nodes(value);
            if (inner.isEmpty()) {
                return Optional.empty();
            }
            nodes.addAll(inner.get());
        }
        return Optional.of(nodes.stream().distinct().toList());
    }
}
