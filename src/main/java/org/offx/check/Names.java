package org.offx.check;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** The three namespaces of a file or module: types, values, and what can head a task. */
final class Names {

    /** What a name can stand for. */
    enum Space {
        /** Structs, enums, kinds and aliases. */
        TYPE,
        /** {@code let}, {@code fn}, {@code fact}, nodes and groups. */
        VALUE,
        /** Resources, actions and roles. */
        HEAD
    }

    private final SequencedMap<String, Symbol> types = new LinkedHashMap<>();
    private final SequencedMap<String, Symbol> values = new LinkedHashMap<>();
    private final SequencedMap<String, Symbol> heads = new LinkedHashMap<>();

    SequencedMap<String, Symbol> in(Space space) {
        return switch (space) {
            case TYPE -> types;
            case VALUE -> values;
            case HEAD -> heads;
        };
    }

    Optional<Symbol> find(Space space, String name) {
        return Optional.ofNullable(in(space).get(name));
    }
}
