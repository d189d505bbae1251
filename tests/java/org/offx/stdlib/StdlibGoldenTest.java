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
import org.offx.GoldenCase;
import org.offx.GoldenSuite;
import org.offx.check.Check;
import org.offx.check.Checked;
import org.offx.check.MemorySources;
import org.offx.eval.Evaluation;
import org.offx.observe.Preview;
import org.offx.observe.SideBySide;
import org.offx.plan.Plan;
import org.offx.plan.Seal;
import org.offx.text.DiagnosticText;

/**
 * The resources of the standard library: beside a play and what its nodes answered, what is seen in the answers and what
 * would be done about it. The play is on the node {@code n}, unless it declares others. Every question must be answered by
 * the case, and every answer must be asked for.
 */
final class StdlibGoldenTest extends GoldenSuite {

    private static final int WIDTH = 120;
    private static final Path LIBRARY = Path.of("stdlib");

    private final Map<String, String> library = library();

    StdlibGoldenTest() {
        super("stdlib");
    }

    @Override
    protected Map<String, String> outputs(GoldenCase given) {
        RecordedAnswers answers = RecordedAnswers.parse(given.input("answers"));
        Preview.Outcome.Made made = made(given.input("play.offx"), answers);
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

    private Preview.Outcome.Made made(String play, RecordedAnswers answers) {
        Map<String, String> files = new LinkedHashMap<>(library);
        files.put("play.offx", play + "node n { address = 10.0.0.3 }\n");
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
