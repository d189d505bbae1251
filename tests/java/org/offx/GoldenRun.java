package org.offx;

import static java.util.stream.Collectors.joining;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How golden files are compared in this run, as the properties {@code golden} and {@code golden.accept} ask.
 *
 * @param root the folder of all suites
 * @param filter only cases whose name contains this are run; empty for all
 * @param accept rewrite what differs; the case fails nevertheless, so that a clean run and a look at the difference follow
 * @param ci on a build server, where nobody would look: accepting is refused
 */
public record GoldenRun(Path root, String filter, boolean accept, boolean ci) {

    private static final String EXTENSION = ".golden";

    /** What a suite makes of a case: the text of each output by its name. */
    @FunctionalInterface
    public interface Subject {
        Map<String, String> outputs(GoldenCase given) throws Exception;
    }

    /** As this process was asked. */
    public static GoldenRun ofThisProcess() {
        return new GoldenRun(
                Path.of("tests", "golden"),
                System.getProperty("golden", ""),
                Boolean.getBoolean("golden.accept"),
                !System.getenv().getOrDefault("CI", "").isEmpty());
    }

    /** The names of all cases of a suite, sorted, whatever the filter. */
    List<String> all(String suite) throws IOException {
        Path folder = root.resolve(suite);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(EXTENSION))
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .map(name -> name.substring(0, name.length() - EXTENSION.length()))
                    .sorted()
                    .toList();
        }
    }

    /** The names of the cases of a suite that are to be run. */
    public List<String> chosen(String suite) throws IOException {
        return all(suite).stream().filter(name -> name.contains(filter)).toList();
    }

    Path file(String name) {
        return root.resolve(name + EXTENSION);
    }

    /** Runs one case; throws an AssertionError that shows the difference, or that says what was rewritten. */
    public void verify(String name, Subject subject) throws Exception {
        if (accept && ci) {
            throw new AssertionError("golden.accept is refused where CI is set: accept on your own machine and look at the difference");
        }
        GoldenCase given = GoldenCase.read(name, file(name));
        Map<String, String> actual = subject.outputs(given);
        for (String output : given.wants().keySet()) {
            if (!actual.containsKey(output)) {
                throw new AssertionError("%s: this suite has no output \"%s\"; it has %s".formatted(file(name), output, actual.keySet()));
            }
        }
        String problem = given.wants().isEmpty() ? missing(name, actual) : differences(given, actual);
        if (problem.isEmpty()) {
            return;
        }
        if (!accept) {
            throw new AssertionError(problem + "\nIf the new text is right: mvn test -Dgolden.accept=true -Dgolden=" + name);
        }
        Files.writeString(file(name), accepted(given, actual).text());
        throw new AssertionError(problem + "\nAccepted: " + file(name) + " is rewritten. Read its difference, then run again.");
    }

    private static GoldenCase accepted(GoldenCase given, Map<String, String> actual) {
        var wants = new LinkedHashMap<>(actual);
        if (!given.wants().isEmpty()) {
            wants.keySet().retainAll(given.wants().keySet());
        }
        var inOrder = new LinkedHashMap<>(given.wants());
        inOrder.putAll(wants);
        return given.wanting(inOrder);
    }

    private String missing(String name, Map<String, String> actual) {
        return actual.entrySet().stream()
                .map(output -> "-- want " + output.getKey() + " --\n" + output.getValue())
                .collect(joining("", file(name) + " wants nothing. Its outputs are:\n", ""));
    }

    private String differences(GoldenCase given, Map<String, String> actual) {
        var text = new StringBuilder();
        given.wants().forEach((output, want) -> {
            String got = actual.getOrDefault(output, "");
            if (!want.equals(got)) {
                text.append(difference(file(given.name()) + ": " + output, want, got)).append('\n');
            }
        });
        return text.toString();
    }

    private static String difference(String title, String want, String got) {
        List<String> wanted = visibleLines(want);
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                "want", "got", wanted, DiffUtils.diff(wanted, visibleLines(got)), 3);
        return title + " differs\n" + String.join("\n", diff);
    }

    /** Lines in which what cannot be seen, can: control characters, blanks at the end, a missing last line feed. */
    private static List<String> visibleLines(String text) {
        String visible = text.codePoints()
                .mapToObj(c -> c == '\n' || c >= ' ' && c != 0x7f ? Character.toString(c) : "\\u%04x".formatted(c))
                .collect(joining())
                .replaceAll("(?m) $", "·");
        boolean complete = visible.isEmpty() || visible.endsWith("\n");
        return (complete ? visible : visible + "\n\\ no line feed at the end").lines().toList();
    }
}
