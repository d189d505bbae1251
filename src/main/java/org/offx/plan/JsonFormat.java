package org.offx.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import org.offx.plan.JsonTree.At;
import org.offx.plan.JsonTree.Malformed;

/**
 * A form of JSON in which something is saved. Its name and version are the first fields of every text.
 *
 * @param what what is saved, for a person: {@code a plan of offx}
 * @param version readers refuse another number before the dot: then a field has gone or means something else
 */
record JsonFormat(String name, String what, String version) {

    private static final String NAME = "format";
    private static final String VERSION = "version";

    ObjectNode begin() {
        return JsonTree.object().put(NAME, name).put(VERSION, version);
    }

    <T> Saved<T> read(String text, Function<At, T> read) {
        try {
            At at = JsonTree.parse(text);
            require(at);
            return new Saved.Read<>(read.apply(at));
        } catch (Malformed malformed) {
            return new Saved.Refused<>(malformed.reason());
        }
    }

    /** Whether a text says that it is of this form, of any version and whatever the rest of it is. */
    boolean isNamedIn(String text) {
        try {
            return name.equals(found(JsonTree.parse(text)));
        } catch (Malformed other) {
            return false;
        }
    }

    private void require(At at) {
        String found = found(at);
        if (!found.equals(name)) {
            throw new Malformed("it is not " + what + (found.isEmpty() ? "" : ", but \"" + found + "\""));
        }
        String written = at.text(VERSION);
        if (!major(written).equals(major(version))) {
            throw new Malformed("it is of version " + written + " of its format, and this offx reads version " + version
                    + ": use the offx that wrote it, or make it anew");
        }
    }

    private static String found(At at) {
        return at.has(NAME) ? at.text(NAME) : "";
    }

    private static String major(String version) {
        return version.split("\\.", 2)[0];
    }
}
