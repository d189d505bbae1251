package org.offx.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was given to a command, as its {@link Usage} allows it.
 *
 * @param options the values of each option that was given, by its long name; none for an option that takes nothing
 * @param arguments in their order
 */
record Given(Map<String, List<String>> options, List<String> arguments) {

    boolean has(String option) {
        return options.containsKey(option);
    }

    /** The value of an option that takes one. */
    Optional<String> text(String option) {
        return list(option).stream().findFirst();
    }

    List<String> list(String option) {
        return options.getOrDefault(option, List.of());
    }

    /** The arguments as names of files, each written in one way ({@code a//b} is {@code a/b}). */
    List<String> files() {
        return arguments.stream().map(name -> Path.of(name).toString()).toList();
    }
}
