package org.offx.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.offx.value.Command;

/**
 * A script for {@code sh} that runs commands one after the other, each in a shell of its own without standard input, and
 * then prints what each of them answered. It starts few programs besides: where processors are emulated, they are what costs.
 *
 * @param directory where the commands are run
 * @param shell what runs them
 * @param before text that each of these shells reads first, such as functions
 */
public record CommandScript(String directory, String shell, String before) {

    private static final int MOST_SECONDS = 100;

    /** Follows everything that a command printed, so that a missing last line feed is seen. */
    private static final String END = ".";

    public String of(List<String> commands) {
        var script = new StringBuilder("""
                cd %s || exit
                answers=$(mktemp -d) || exit
                trap 'rm -rf "$answers"' EXIT
                before=%s
                """.formatted(Command.quote(directory), Command.quote(before)));
        for (int i = 0; i < commands.size(); i++) {
            script.append("""
                    printf '%%s\\n%%s\\n' "$before" %2$s >"$answers/command"
                    timeout %3$d %4$s "$answers/command" >"$answers/%1$d.out" 2>"$answers/%1$d.err" </dev/null
                    echo $? >"$answers/%1$d.status"
                    echo %5$s >>"$answers/%1$d.out"; echo %5$s >>"$answers/%1$d.err"
                    """.formatted(i, Command.quote(commands.get(i)), MOST_SECONDS, shell, END));
        }
        return script + "cd \"$answers\" && rm command && awk '{ print FILENAME \" \" $0 }' *\n";
    }

    /**
     * What the commands answered, from what the script printed.
     *
     * @param seen applied to both outputs of each command
     */
    public static List<Transcript.Result> results(String printed, UnaryOperator<String> seen) throws IOException {
        Map<String, StringBuilder> files = new LinkedHashMap<>();
        printed.lines().map(line -> line.split(" ", 2)).forEach(parts ->
                files.computeIfAbsent(parts[0], name -> new StringBuilder()).append(parts.length > 1 ? parts[1] : "").append('\n'));
        var results = new ArrayList<Transcript.Result>();
        for (int i = 0; files.containsKey(i + ".status"); i++) {
            results.add(Transcript.Result.of(
                    seen.apply(text(files, i + ".out")), seen.apply(text(files, i + ".err")), Integer.parseInt(text(files, i + ".status").strip())));
        }
        if (results.isEmpty()) {
            throw new IOException("no answer of a command: " + printed);
        }
        return results;
    }

    private static String text(Map<String, StringBuilder> files, String name) throws IOException {
        if (!files.containsKey(name)) {
            throw new IOException("nobody printed " + name);
        }
        String text = files.get(name).toString();
        return text.endsWith(END + "\n") ? text.substring(0, text.length() - END.length() - 1) : text;
    }
}
