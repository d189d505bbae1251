package org.offx.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.offx.check.Definition.AttributeDef;
import org.offx.tree.ResourceItem.Operation;
import org.offx.value.Value;

/**
 * The difference between what a task wants and what is there.
 *
 * @param surplus entries of maps that are there and not declared, and left alone: {@code nets["eth1"]}
 */
public record Changes(List<AttributeChange> attributes, List<String> surplus) {

    public static final Changes NONE = new Changes(List.of(), List.of());

    /**
     * One attribute, or a part of it, that differs.
     *
     * @param attribute the attribute's name
     * @param path the part: {@code quota}, {@code nets["eth0"].mtu}
     * @param before what is there; null where nothing is
     * @param after what is desired; null where nothing is to be there; perhaps not known yet
     * @param instead it cannot be changed: what to do instead
     */
    public record AttributeChange(String attribute, String path, Value before, Value after, Optional<String> instead) {}

    /** Is everything that is declared as declared? Surplus does not count. */
    public boolean isEmpty() {
        return attributes.isEmpty();
    }

    /** Why the difference cannot be removed, attribute by attribute; empty where it can. */
    public List<AttributeChange> blocked() {
        return attributes.stream().filter(change -> change.instead().isPresent()).toList();
    }

    /**
     * What the terms of a resource see as {@code changes}: of each attribute, whether it is to become another. Where nothing
     * is there, whatever is given is.
     */
    Value.Struct asRecord(Task task, Operation operation) {
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        for (AttributeDef attribute : task.resource().attributes()) {
            String name = attribute.name();
            boolean differs = operation == Operation.CREATE
                    ? task.desired().getOrDefault(name, Value.Nothing.NULL) != Value.Nothing.NULL
                    : attributes.stream().anyMatch(change -> change.attribute().equals(name));
            fields.put(name, new Value.Bool(differs));
        }
        return new Value.Struct("", fields);
    }
}
