package org.offx;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The order of the rooms, in one place. A room is a package directly under {@code org.offx} with all that is below it; it
 * imports only rooms of a lower number. {@code docs/architecture.md} shows the same list, and a test compares the two.
 */
final class Rooms {

    private static final String ROOT = "org.offx";

    /** Lowest first; the number of a room is its place in this list, from 1. The faces share the last number. */
    static final List<Set<String>> ORDER = List.of(
            Set.of("text"),
            Set.of("value"),
            Set.of("tree"),
            Set.of("syntax"),
            Set.of("format"),
            Set.of("type"),
            Set.of("check"),
            Set.of("eval"),
            Set.of("plan"),
            Set.of("render"),
            Set.of("remote"),
            Set.of("observe"),
            Set.of("apply"),
            Set.of("cli", "repl", "lsp", "lab", "launch"));

    /** Rooms up to this number know no files, network, processes, clock, environment or terminal. */
    static final int LAST_PURE = 10;

    /** The face that starts the others. */
    static final String COMMAND_LINE = "cli";

    private Rooms() {}

    static List<String> names() {
        return ORDER.stream().flatMap(rooms -> rooms.stream().sorted()).toList();
    }

    /** The room of a class of ours; nothing for a class that is not ours, or that lies in no room of the list. */
    static Optional<String> of(JavaClass type) {
        String owner = type.getBaseComponentType().getPackageName();
        if (!owner.startsWith(ROOT + ".")) {
            return Optional.empty();
        }
        String room = owner.substring(ROOT.length() + 1).split("\\.", 2)[0];
        return names().contains(room) ? Optional.of(room) : Optional.empty();
    }

    static boolean isOurs(JavaClass type) {
        String owner = type.getBaseComponentType().getPackageName();
        return owner.equals(ROOT) || owner.startsWith(ROOT + ".");
    }

    static int number(String room) {
        for (int i = 0; i < ORDER.size(); i++) {
            if (ORDER.get(i).contains(room)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("there is no room " + room + "; the rooms are " + names());
    }

    static boolean isPure(String room) {
        return number(room) <= LAST_PURE;
    }

    static boolean mayImport(String room, String other) {
        boolean startsFace = room.equals(COMMAND_LINE) && number(other) == number(room);
        return room.equals(other) || number(other) < number(room) || startsFace;
    }
}
