package org.offx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A suite of golden files: each {@code .golden} file under {@code tests/golden/<suite>/} is one test.
 *
 * <p>A suite says only what its outputs are, for example:
 *
 * <pre>{@code
 * final class FormatGoldenTest extends GoldenSuite {
 *     FormatGoldenTest() {
 *         super("format");
 *     }
 *
 *     @Override
 *     protected Map<String, String> outputs(GoldenCase given) {
 *         return Map.of("formatted", Format.text(given.input("main.offx")));
 *     }
 * }
 * }</pre>
 *
 * A case wants one or more of these outputs and is compared with those. Clock, width, colour and paths are given to the
 * code under test, never edited out of its output. {@code tests/golden/README.md} shows how to write and accept a case.
 */
public abstract class GoldenSuite {

    private final String suite;
    private final GoldenRun run = GoldenRun.ofThisProcess();

    /** The suite whose cases are in the folder of that name under {@code tests/golden}. */
    protected GoldenSuite(String suite) {
        this.suite = suite;
    }

    /** The text of each output that a case of this suite can want, by its name without {@code want}. */
    protected abstract Map<String, String> outputs(GoldenCase given) throws Exception;

    /** The folder under {@code tests/golden}. */
    final String name() {
        return suite;
    }

    @TestFactory
    final Stream<DynamicTest> cases() throws IOException {
        return run.chosen(suite).stream()
                .map(name -> DynamicTest.dynamicTest(
                        name, run.file(name).toAbsolutePath().toUri(), () -> run.verify(name, this::outputs)));
    }

    @Test
    final void theSuiteHasCases() throws IOException {
        assertThat(run.all(suite)).as("golden files under %s", run.root().resolve(suite)).isNotEmpty();
    }
}
