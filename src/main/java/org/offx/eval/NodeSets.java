package org.offx.eval;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.offx.value.Value;

/** The nodes that a value names: one node, or any nesting of lists and sets of nodes; each once, in order. */
final class NodeSets {

    private NodeSets() {}

    static List<String> nodes(Value value) {
        SequencedSet<String> names = new LinkedHashSet<>();
        names(value).forEach(names::add);
        return List.copyOf(names);
    }

    private static Stream<String> names(Value value) {
        if (value instanceof Value.NodeName(String name)) {
            return Stream.of(name);
        }
        return Lists.elements(value).stream().flatMap(NodeSets::names);
    }
}
