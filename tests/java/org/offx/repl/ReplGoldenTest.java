package org.offx.repl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.offx.GoldenCase;
import org.offx.GoldenSuite;
import org.offx.check.MemorySources;

/**
 * Sessions: what is typed ({@code session}), against nodes whose answers are written down ({@code ovh3.answers}), with the
 * real standard library. A session begins with {@code main.offx} if the case has one. {@code transcript} is what somebody
 * sees at a terminal, {@code pipe} what a script reads; {@code complete} shows what Tab offers behind each line.
 */
final class ReplGoldenTest extends GoldenSuite {

    private static final int WIDTH = 100;
    private static final String ANSWERS = ".answers";

    ReplGoldenTest() {
        super("repl");
    }

    @Override
    protected Map<String, String> outputs(GoldenCase given) throws IOException {
        Map<String, String> outputs = new LinkedHashMap<>();
        PaperNodes nodes = nodes(given);
        outputs.put("transcript", transcript(given, nodes));
        nodes.saved.forEach(outputs::put);
        outputs.put("pipe", pipe(given));
        outputs.put("colour", colour(given));
        outputs.put("completions", completions(given));
        return outputs;
    }

    private static String transcript(GoldenCase given, PaperNodes nodes) throws IOException {
        StringBuilder text = new StringBuilder();
        try (ReplSession session = session(given, nodes, new Look(WIDTH, false, true))) {
            text.append(session.opening().err());
            String entry = "";
            for (String line : given.input("session").lines().toList()) {
                String prompt = session.prompt();
                text.append(entry.isEmpty() ? prompt : " ".repeat(prompt.length() - 2) + ". ").append(line).append('\n');
                entry = entry.isEmpty() ? line : entry + "\n" + line;
                if (!session.incomplete(entry)) {
                    Reply reply = session.submit(entry);
                    text.append(reply.err()).append(reply.out());
                    entry = "";
                }
            }
            text.append(entry.isEmpty() ? "" : session.submit(entry).err());
        }
        return text.toString().replaceAll("(?m) +$", "");
    }

    private static String pipe(GoldenCase given) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ReplSession session = session(given, nodes(given), new Look(WIDTH, false, false))) {
            boolean right = ReplPipe.run(
                    session,
                    new BufferedReader(new StringReader(given.input("session"))),
                    new PrintStream(out, true, UTF_8),
                    new PrintStream(err, true, UTF_8));
            return "stdout:\n" + out.toString(UTF_8) + "stderr:\n" + err.toString(UTF_8) + "status: " + (right ? 0 : 1) + "\n";
        }
    }

    private static String colour(GoldenCase given) throws IOException {
        StringBuilder text = new StringBuilder();
        try (ReplSession session = session(given, nodes(given), new Look(WIDTH, true, true))) {
            given.input("session").lines().forEach(line -> text.append(session.submit(line).out()));
        }
        return text.toString().replace('\u001b', '␛');
    }

    /** Of each line of {@code complete}, in the state that the session leaves; {@code \n} in it is a line end. */
    private static String completions(GoldenCase given) throws IOException {
        StringBuilder text = new StringBuilder();
        try (ReplSession session = session(given, nodes(given), new Look(WIDTH, false, true))) {
            given.input("session").lines().forEach(session::submit);
            for (String line : given.optionalInput("complete").orElse("").lines().toList()) {
                text.append(line).append("⇥\n");
                session.complete(line.replace("\\n", "\n")).forEach(one ->
                        text.append("    ").append(one.text()).append(one.about().isEmpty() ? "" : "   " + one.about()).append('\n'));
            }
        }
        return text.toString();
    }

    private static ReplSession session(GoldenCase given, PaperNodes nodes, Look look) throws IOException {
        Map<String, String> files = library();
        files.putAll(given.inputsEnding(".offx"));
        List<String> roots = files.containsKey("main.offx") ? List.of("main.offx") : List.of();
        return new ReplSession(roots, new MemorySources(files), nodes, look);
    }

    private static PaperNodes nodes(GoldenCase given) {
        Map<String, String> answers = new LinkedHashMap<>();
        given.inputsEnding(ANSWERS).forEach((name, text) -> answers.put(name.substring(0, name.length() - ANSWERS.length()), text));
        return new PaperNodes(answers);
    }

    private static Map<String, String> library() throws IOException {
        Map<String, String> files = new TreeMap<>();
        Path library = Path.of("stdlib");
        try (Stream<Path> all = Files.walk(library)) {
            for (Path file : all.filter(path -> path.toString().endsWith(".offx")).toList()) {
                files.put("lib/" + library.relativize(file), Files.readString(file));
            }
        }
        return files;
    }
}
