package org.offx.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.offx.check.Definition.AttributeDef;
import org.offx.check.Definition.ResourceDef;
import org.offx.check.Definition.Role;
import org.offx.check.Term;
import org.offx.value.Value;

/** What the terms of a resource see: the key, the attributes by their bare names, {@code desired}, and what is there. */
final class ResourceScopes {

    private ResourceScopes() {}

    /** Terms rely on defaults, also where a task is to be absent and wants nothing of them. */
    static Scope of(Task task, Scope scope) {
        return of(task.resource(), task.key(), withDefaults(task.resource(), task.key(), task.desired(), scope), scope);
    }

    /** What is given, and the defaults of what is not, in the order of the schema. */
    static SequencedMap<String, Value> withDefaults(
            ResourceDef resource, List<Value> key, Map<String, Value> given, Scope scope) {
        SequencedMap<String, Value> complete = new LinkedHashMap<>();
        for (AttributeDef attribute : resource.attributes()) {
            Value value = given.get(attribute.name());
            if (value == null && attribute.defaultValue().isPresent()) {
                SequencedMap<String, Value> known = new LinkedHashMap<>(given);
                known.putAll(complete);
                value = Terms.value(
                        attribute.defaultValue().get(),
                        of(resource, key, known, scope.body(attribute.span(), attribute.name())));
            }
            if (value != null && value != Value.Nothing.NULL) {
                complete.put(attribute.name(), value);
            }
        }
        return complete;
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

    /**
     * The same, with the values that the resource names for all of its blocks. They are evaluated where they are used,
     * for not every block sees what each of them needs.
     */
    static Scope lets(ResourceDef resource, Scope scope) {
        Scope inner = scope;
        for (Term.Let let : resource.lets()) {
            inner = inner.with(let);
        }
        return inner;
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
