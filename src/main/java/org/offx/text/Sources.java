package org.offx.text;

import java.util.List;
import java.util.Optional;

/** How the pure rooms reach files: by names that playbooks write, never by the file system itself. */
public interface Sources {

    /**
     * The file that a {@code use "name"} in {@code from} means, relative to it.
     *
     * @return empty where there is no such file
     */
    Optional<Source> relative(Source from, String name);

    /** The file that a {@code template("name")} in {@code from} means: found in the same way, and a text that nobody parses. */
    default Optional<Source> template(Source from, String name) {
        return relative(from, name);
    }

    /** A module of the standard library by its name: {@code zfs}, or a part of it: {@code zfs/dataset}. */
    Optional<Source> library(String module);

    /** The names of the modules of the standard library, for those who mistype one. */
    default List<String> modules() {
        return List.of();
    }
}
