package org.offx.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a command takes: what {@link Parser} accepts and {@link UsageText} shows.
 *
 * @param options in the order in which the help shows them
 */
record Usage(String command, List<String> description, Arguments arguments, List<Option> options) {

    /** How often an option may be given, and what follows it. */
    enum Takes {
        /** It is there or it is not. */
        NOTHING,
        /** One value, once: of two, nobody knows which is meant. */
        VALUE,
        /** Values with commas between them, or the option again and again. */
        LIST,
        /** The option again and again; commas belong to the value. */
        EACH
    }

    /**
     * @param name with its two dashes
     * @param letter with its dash
     * @param label what stands for a value in the help; empty where there is none
     */
    record Option(String name, Optional<String> letter, String label, Takes takes, String description) {

        /** How it is written: {@code --out=FILE}. */
        String form() {
            return switch (takes) {
                case NOTHING -> name;
                case VALUE, EACH -> name + "=" + label;
                case LIST -> name + "=" + label + ",...";
            };
        }

        boolean isRepeatable() {
            return takes == Takes.LIST || takes == Takes.EACH;
        }
    }

    /**
     * The words that are no options.
     *
     * @param form how they are written: {@code FILE...}; empty where there are none
     * @param description empty where that of the command says it all
     */
    record Arguments(String form, int least, int most, String description) {

        static final Arguments NONE = new Arguments("", 0, 0, "");

        /** From {@code least} on without a limit. */
        static Arguments many(String form, int least, String description) {
            return new Arguments(form, least, Integer.MAX_VALUE, description);
        }
    }

    /** A command that takes nothing but {@code --help}. */
    static Usage of(String command, String... description) {
        return new Usage(command, List.of(description), Arguments.NONE, List.of(Options.HELP));
    }

    Usage taking(Arguments arguments) {
        return new Usage(command, description, arguments, options);
    }

    Usage with(Option option) {
        return with(List.of(option));
    }

    Usage with(List<Option> more) {
        List<Option> all = new ArrayList<>(options);
        all.addAll(more);
        return new Usage(command, description, arguments, List.copyOf(all));
    }

    /** The option of this name or letter. */
    Optional<Option> option(String written) {
        for (Option option : options) {
            if (option.name().equals(written) || written.equals(option.letter().orElse(""))) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }
}
