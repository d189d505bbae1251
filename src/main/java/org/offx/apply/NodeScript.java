package org.offx.apply;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.offx.remote.Request;
import org.offx.value.Command;

/** The engine's own shell text: what stands in {@code *.sh} beside this class, with a call behind it. */
final class NodeScript {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final RunDirectory directory;
    private final String lock = resource("lock.sh");
    private final String units = resource("units.sh");
    private final String guard = resource("guard.sh");
    private final String undo = resource("undo.sh");

    NodeScript(RunDirectory directory) {
        this.directory = directory;
    }

    /** A function of lock.sh. */
    Request.Script lock(String node, String... call) {
        return new Request.Script(directory.shell(node) + lock + words(call) + "\n", LIMIT);
    }

    /** A line for the node's journal, where it has one; best effort. */
    static Request.Script log(String line) {
        return new Request.Script(
                "if command -v logger >/dev/null; then " + words("logger", "-t", "offx", "--", line)
                        + " >/dev/null 2>&1 || :; fi\n",
                LIMIT);
    }

    /** Functions of guard.sh, for the guard of this name. */
    Request.Script guard(String node, String name, List<String> lines) {
        return new Request.Script(
                directory.shell(node) + "g=$v/guard-" + name + "\numask 077\n" + units + guard + String.join("\n", lines) + "\n",
                LIMIT);
    }

    /**
     * The text of a guard's own script, behind a line that sets {@code d}, {@code v}, {@code u} and {@code g}.
     *
     * @param files puts the files back
     * @param rest undoes everything else
     */
    String undo(List<String> files, List<String> rest) {
        return units + undo + function("offx_files", files) + function("offx_rest", rest) + "offx_main \"$1\"\n";
    }

    private static String function(String name, List<String> lines) {
        return name + "() {\n" + String.join("", lines.stream().map(line -> line + "\n").toList()) + ":\n}\n";
    }

    static String words(String... call) {
        return Arrays.stream(call).map(NodeScript::quote).collect(Collectors.joining(" "));
    }

    /** A pipeline as a shell reads it; every word in quotes, so that none is taken for a keyword. */
    static String pipeline(Command command, String before) {
        return command.stages().stream()
                .map(words -> before + words.stream().map(NodeScript::quote).collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" | "));
    }

    static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static String resource(String name) {
        try (InputStream resource = NodeScript.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return new String(resource.readAllBytes(), UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.joining("\n", "", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
