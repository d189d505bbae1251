package org.offx.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.offx.tree.Expr;
import org.offx.tree.Name;
import org.offx.tree.ResourceItem.SchemaAttribute;
import org.offx.type.Type;

/** What a resource's declaration says of its key and attributes, before any of its bodies is looked at. */
record Schema(Symbol symbol, boolean cluster, List<Slot> key, SequencedMap<String, Attribute> attributes) {

    /** What an attribute is for; the text of {@code fixed} is checked with the bodies. */
    enum Kind {
        MANAGED,
        FIXED,
        AT_CREATE,
        OPTION,
        READONLY
    }

    record Attribute(
            Slot slot,
            SchemaAttribute tree,
            Kind kind,
            boolean required,
            boolean liveAndKept,
            Optional<Expr> instead,
            Optional<Expr> same,
            Optional<Name> block) {

        /** As the resource's bodies see what is wanted; {@code always}: also where a required one may be missing. */
        Type desired(boolean always) {
            boolean given = slot.defaultValue().isPresent() || required && (always || kind == Kind.OPTION);
            return given ? slot.type() : Types.optional(slot.type());
        }

        /** As reviews and steps see what was observed. */
        Type observed() {
            if (!liveAndKept) {
                return slot.type();
            }
            SequencedMap<String, Type> truths = new LinkedHashMap<>();
            truths.put("live", slot.type());
            truths.put("kept", Types.optional(slot.type()));
            return new Type.Record(truths);
        }

        /** Must every {@code observe} say it? */
        boolean isObserved() {
            return kind != Kind.OPTION && kind != Kind.AT_CREATE;
        }
    }

    String name() {
        return symbol.name();
    }

    /** The key as one value: its parameter's type, or a record of several. */
    Type keyType() {
        if (key.size() == 1) {
            return key.getFirst().type();
        }
        SequencedMap<String, Type> fields = new LinkedHashMap<>();
        key.forEach(k -> fields.put(k.text(), k.type()));
        return new Type.Record(fields);
    }

    /** The record of what a task wants. */
    Type.Record desired(boolean always) {
        SequencedMap<String, Type> fields = new LinkedHashMap<>();
        for (Map.Entry<String, Attribute> each : attributes.entrySet()) {
            if (each.getValue().kind() != Kind.READONLY) {
                fields.put(each.getKey(), each.getValue().desired(always));
            }
        }
        return new Type.Record(fields);
    }

    /** The attribute whose entries may be written as blocks of that name. */
    Optional<Attribute> block(String name) {
        return attributes.values().stream()
                .filter(a -> a.block().map(Name::text).filter(name::equals).isPresent())
                .findFirst();
    }
}
