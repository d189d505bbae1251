package org.offx.stdlib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.offx.check.Check;
import org.offx.check.Checked;
import org.offx.check.MemorySources;
import org.offx.eval.Evaluation;
import org.offx.observe.Preview;
import org.offx.observe.SideBySide;
import org.offx.plan.Plan;
import org.offx.plan.Seal;
import org.offx.text.DiagnosticText;

/** What is seen in the answers of nodes, and what would be done about it: the outputs of a resource case. */
public final class AnsweredPlay {

    /** The node {@code n} of a play on a real node: that of the lab. */
    public static final String LAB_NODE = "node n { address = 10.99.0.1, user = \"ops\" }\n";

    private static final int WIDTH = 120;
    private static final Path LIBRARY = Path.of("stdlib");
    private static final Map<String, String> FILES = library();

    private AnsweredPlay() {}

    /**
     * The outputs {@code observed}, {@code changes}, {@code steps} and {@code remarks}. Every question must be answered by
     * the text, and every answer must be asked for.
     *
     * @param play with all its nodes
     * @param recorded as {@link RecordedAnswers} describes it
     */
    public static Map<String, String> outputs(String play, String recorded) {
        RecordedAnswers answers = RecordedAnswers.parse(recorded);
        Preview.Outcome.Made made = made(play, answers);
        assertThat(answers.unanswered()).as("asked and not recorded").isEmpty();
        assertThat(answers.unused()).as("recorded and never asked for").isEmpty();
        PlanPieces pieces = new PlanPieces(made.plan(), made.gathered());
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("observed", pieces.observed());
        outputs.put("changes", pieces.changes());
        outputs.put("steps", pieces.steps());
        outputs.put("remarks", pieces.remarks());
        return outputs;
    }

    private static Preview.Outcome.Made made(String play, RecordedAnswers answers) {
        Map<String, String> files = new LinkedHashMap<>(FILES);
        files.put("play.offx", play);
        MemorySources sources = new MemorySources(files);
        Checked checked = Check.program(List.of(sources.file("play.offx").orElseThrow()), sources);
        assertThat(DiagnosticText.of(checked.diagnostics(), WIDTH)).as("what the checker says of it").isEmpty();
        Plan.Request request = new Plan.Request(List.of("play.offx"), List.of(), List.of(), List.of());
        var preview = new Preview(checked.program(), new Evaluation(checked.program(), sources), answers, new SideBySide(4));
        return switch (preview.make(new Preview.Asked("play.offx", request, Map.of(), Optional.empty()), List.of(), Seal.of(new byte[32]))) {
            case Preview.Outcome.Made it -> it;
            case Preview.Outcome.Refused(var diagnostics) -> throw new AssertionError(DiagnosticText.of(diagnostics, WIDTH));
        };
    }

    /** The standard library as files of a program. */
    static Map<String, String> library() {
        Map<String, String> files = new LinkedHashMap<>();
        try (Stream<Path> paths = Files.walk(LIBRARY)) {
            for (Path path : paths.filter(path -> path.toString().endsWith(".offx")).sorted().toList()) {
                files.put("lib/" + LIBRARY.relativize(path).toString().replace('\\', '/'), Files.readString(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
