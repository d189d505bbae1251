package org.offx.value;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A command as data: a pipeline of one or more argument vectors. Words are never shell text: each is handed to the
 * program as it stands, whatever it contains. Secrets are not words; they travel as {@code input}.
 */
public record Command(List<List<String>> stages) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    public Command {
        stages = stages.stream().map(List::copyOf).toList();
        if (stages.isEmpty() || stages.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a command has at least one word in each of its parts");
        }
    }

    /** A command of one part. */
    public static Command of(String... words) {
        return new Command(List.of(List.of(words)));
    }

    /** The program that the first part starts. */
    public String program() {
        return stages.getFirst().getFirst();
    }

    /** The command as a POSIX shell would have to be given it: what a plan shows, and what a person can paste. */
    public String shown() {
        return stages.stream()
                .map(words -> words.stream().map(Command::quote).collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" | "));
    }

    /** One word, quoted for any POSIX shell where it needs to be. */
    public static String quote(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
