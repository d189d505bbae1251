package org.offx.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.offx.check.Definition.AttributeDef;
import org.offx.check.Definition.ResourceDef;
import org.offx.check.Definition.Role;
import org.offx.value.Value;

/** What the terms of a resource see: the key, the attributes by their bare names, {@code desired}, and what is there. */
final class ResourceScopes {

    private ResourceScopes() {}

    static Scope of(Task task, Scope scope) {
        return of(task.resource(), task.key(), task.desired(), scope);
    }

    static Scope of(ResourceDef resource, List<Value> key, Map<String, Value> desired, Scope scope) {
        SequencedMap<String, Value> all = desired(resource, desired);
        return scope.with(Locals.NONE)
                .with("desired", new Value.Struct("", all))
                .with(all)
                .with(Terms.bind(resource.key(), key));
    }

    /** The same, with what is there: every attribute of the schema, null where it was not observed. */
    static Scope observed(ResourceDef resource, Map<String, Value> observed, Scope scope) {
        SequencedMap<String, Value> all = new LinkedHashMap<>();
        resource.attributes().forEach(a -> all.put(a.name(), observed.getOrDefault(a.name(), Value.Nothing.NULL)));
        return scope.with("observed", new Value.Struct("", all));
    }

    /** A task as rules see it: its key and its attributes, null where they are left out. */
    static Value.Struct asRecord(Task task) {
        SequencedMap<String, Value> fields = new LinkedHashMap<>(desired(task.resource(), task.desired()));
        fields.putAll(Terms.bind(task.resource().key(), task.key()));
        return new Value.Struct("", fields);
    }

    private static SequencedMap<String, Value> desired(ResourceDef resource, Map<String, Value> desired) {
        SequencedMap<String, Value> all = new LinkedHashMap<>();
        for (AttributeDef attribute : resource.attributes()) {
            if (!(attribute.role() instanceof Role.ReadOnly)) {
                all.put(attribute.name(), desired.getOrDefault(attribute.name(), Value.Nothing.NULL));
            }
        }
        return all;
    }
}
