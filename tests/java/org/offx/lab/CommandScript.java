package org.offx.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A script for {@code sh} that runs commands one after the other, each in a shell of its own without standard input, and
 * prints what each of them answered in a form that nothing in the answers can break.
 *
 * @param directory where the commands are run
 * @param shell what runs them
 * @param before text that each of these shells reads first, such as functions
 */
public record CommandScript(String directory, String shell, String before) {

    private static final String END = "_the_end_of_the_command_";
    private static final int MOST_SECONDS = 100;

    public String of(List<String> commands) {
        var script = new StringBuilder("""
                cd '%s' || exit
                answers=$(mktemp -d) || exit
                trap 'rm -rf "$answers"' EXIT
                """.formatted(directory));
        script.append("cat >\"$answers/before\" <<'%s'\n%s\n%s\n".formatted(END, before, END));
        for (String command : commands) {
            script.append("cat \"$answers/before\" - >\"$answers/command\" <<'%s'\n%s\n%s\n".formatted(END, command, END));
            script.append("""
                    timeout %d %s "$answers/command" >"$answers/out" 2>"$answers/err" </dev/null
                    echo "=$? $(base64 <"$answers/out" | tr -d '\\n') $(base64 <"$answers/err" | tr -d '\\n')"
                    """.formatted(MOST_SECONDS, shell));
        }
        return script.toString();
    }

    /**
     * What the commands answered, from what the script printed.
     *
     * @param seen applied to both outputs of each command
     */
    public static List<Transcript.Result> results(String printed, UnaryOperator<String> seen) throws IOException {
        var results = new ArrayList<Transcript.Result>();
        for (String line : printed.lines().toList()) {
            String[] parts = line.split(" ", -1);
            if (parts.length != 3 || !parts[0].matches("=\\d+")) {
                throw new IOException("no answer of a command: " + printed);
            }
            results.add(Transcript.Result.of(
                    seen.apply(decoded(parts[1])), seen.apply(decoded(parts[2])), Integer.parseInt(parts[0].substring(1))));
        }
        return results;
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
