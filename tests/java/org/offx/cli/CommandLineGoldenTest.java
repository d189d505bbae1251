package org.offx.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.offx.GoldenCase;
import org.offx.GoldenSuite;
import org.offx.plan.ExitStatus;

/**
 * Commands ({@code session}), one on a line with {@code '} around words that hold blanks or nothing, and what they print and
 * end with. {@code width} is that of the terminal, 100 columns unless said; other inputs are files beside.
 */
final class CommandLineGoldenTest extends GoldenSuite {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|[^ ]+");

    @TempDir
    Path directory;

    CommandLineGoldenTest() {
        super("cli");
    }

    @Override
    protected Map<String, String> outputs(GoldenCase given) throws IOException {
        for (var file : given.inputsEnding(".offx").entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
        int width = given.optionalInput("width").map(text -> Integer.parseInt(text.strip())).orElse(100);
        StringBuilder text = new StringBuilder();
        for (String line : given.input("session").lines().toList()) {
            text.append("$ offx ").append(line).append('\n').append(ran(words(line), width));
        }
        return Map.of("transcript", text.toString());
    }

    private static List<String> words(String line) {
        return WORD.matcher(line).results().map(word -> word.group(1) == null ? word.group() : word.group(1)).toList();
    }

    private String ran(List<String> words, int width) {
        var screen = new ByteArrayOutputStream();
        var stream = new PrintStream(screen, true, UTF_8);
        var nobody = new BufferedReader(new StringReader(""));
        var io = new Io(stream, stream, nobody, false, width, false, directory, Map.of(), InstantSource.fixed(Instant.EPOCH));
        ExitStatus status = Offx.run(words, io);
        return screen.toString(UTF_8) + (status == ExitStatus.DONE ? "" : "(status " + status.code() + ")\n");
    }
}
