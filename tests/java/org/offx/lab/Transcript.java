package org.offx.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A transcript of commands on a node, simulated or real: what is typed, and what must come back.
 *
 * <p>{@code $ command} begins a step; the lines below it that begin with {@code >} are its standard output, with {@code !}
 * its standard error, and {@code = 2} is its status (0 when there is none). {@code #} begins a comment, which stays with the
 * step below it. Blanks at the end of a line count.
 *
 * @param steps the commands in order; each sees what the ones before it left behind
 * @param ending the comment lines below the last step
 */
public record Transcript(List<Step> steps, List<String> ending) {

    /** One command; {@code above} are the blank and comment lines before it. */
    public record Step(List<String> above, String command, Result wanted) {}

    /** What a command printed, line by line, and how it ended. */
    public record Result(List<String> out, List<String> err, int status) {

        static final String UNENDED = "\\ no line feed at the end";

        static Result of(String out, String err, int status) {
            return new Result(lines(out), lines(err), status);
        }

        private static List<String> lines(String text) {
            var lines = new ArrayList<>(text.lines().toList());
            if (!text.isEmpty() && !text.endsWith("\n")) {
                lines.add(UNENDED);
            }
            return lines;
        }
    }

    public static Transcript read(Path file) throws IOException {
        return parse(Files.readAllLines(file));
    }

    /** What is typed, in order. */
    public List<String> commands() {
        return steps.stream().map(Step::command).toList();
    }

    /** The whole text, as it is written now. */
    List<String> lines() {
        return with(steps.stream().map(Step::wanted).toList());
    }

    static Transcript parse(List<String> lines) {
        var steps = new ArrayList<Step>();
        var above = new ArrayList<String>();
        for (int i = 0; i < lines.size(); ) {
            String line = lines.get(i++);
            if (line.isBlank() || line.startsWith("#")) {
                above.add(line);
                continue;
            }
            if (!line.startsWith("$ ")) {
                throw new IllegalArgumentException("line " + i + " belongs to no command: " + line);
            }
            var out = new ArrayList<String>();
            var err = new ArrayList<String>();
            int status = 0;
            for (; i < lines.size() && lines.get(i).matches("([>!]( .*)?|= \\d+)"); i++) {
                String rest = lines.get(i).length() > 2 ? lines.get(i).substring(2) : "";
                switch (lines.get(i).charAt(0)) {
                    case '>' -> out.add(rest);
                    case '!' -> err.add(rest);
                    default -> status = Integer.parseInt(rest);
                }
            }
            steps.add(new Step(List.copyOf(above), line.substring(2), new Result(out, err, status)));
            above.clear();
        }
        return new Transcript(steps, above);
    }

    /**
     * That these are the results that are wanted. Where the run accepts, the file is rewritten; the case fails nevertheless.
     *
     * @param who whose answers these are, for the message
     */
    public void verify(Path file, String who, List<Result> results, boolean accept) throws IOException {
        if (accept) {
            assertThat(System.getenv("CI")).as("golden.accept is refused where CI is set").isNullOrEmpty();
            if (!with(results).equals(lines())) {
                Files.write(file, with(results));
            }
        }
        List<String> got = with(results);
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff("want", "got", lines(), DiffUtils.diff(lines(), got), 3);
        assertThat(got).overridingErrorMessage("%s: %s%n%s", file, who, String.join("\n", diff)).isEqualTo(lines());
    }

    /** The transcript with other results in place of those that were wanted. */
    public List<String> with(List<Result> results) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < steps.size(); i++) {
            lines.addAll(steps.get(i).above());
            lines.add("$ " + steps.get(i).command());
            results.get(i).out().forEach(line -> lines.add(line.isEmpty() ? ">" : "> " + line));
            results.get(i).err().forEach(line -> lines.add(line.isEmpty() ? "!" : "! " + line));
            if (results.get(i).status() != 0) {
                lines.add("= " + results.get(i).status());
            }
        }
        lines.addAll(ending);
        return lines;
    }
}
