package org.offx.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.TestAbortedException;

/**
 * Writes down which tests ran on which real systems, how long they took and how they ended: {@code target/lab-report.md},
 * after the last one. {@code tests/lab/run} puts it into the documentation where it was a full run. Where {@code
 * OFFX_LAB_UNTIL} names an end (in seconds since 1970), no test begins after it, and the report says how many did not.
 */
final class LabReport implements ExecutionCondition, BeforeEachCallback, AfterEachCallback {

    private static final Namespace HERE = Namespace.create(LabReport.class);

    /** What JUnit closes when the run of this process is over. */
    private record Closing(LabRun run) implements AutoCloseable {

        @Override
        public void close() {
            try {
                run.write();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
        String until = System.getenv("OFFX_LAB_UNTIL");
        if (test.getTestMethod().isEmpty() || until == null || Instant.now().getEpochSecond() < Long.parseLong(until)) {
            return ConditionEvaluationResult.enabled("there is time");
        }
        run(test).late(suite(test), name(test));
        return ConditionEvaluationResult.disabled("the time for the lab is over");
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        test.getStore(HERE).put("start", System.nanoTime());
    }

    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        Duration took = Duration.ofNanos(System.nanoTime() - test.getStore(HERE).get("start", Long.class));
        run(test).ran(suite(test), name(test), ended(test.getExecutionException()), took);
    }

    private static String suite(ExtensionContext test) {
        return test.getRequiredTestClass().getSimpleName().replaceFirst("(Vm)?IT$", "").toLowerCase(Locale.ROOT);
    }

    private static String ended(Optional<Throwable> wrong) {
        return wrong.map(why -> why instanceof TestAbortedException ? "not run: " + why.getMessage() : LabRun.FAILED).orElse("ok");
    }

    private static LabRun run(ExtensionContext test) {
        return test.getRoot().getStore(HERE).computeIfAbsent(Closing.class, kind -> new Closing(new LabRun()), Closing.class).run();
    }

    /** One of several runs of a method has the name of its argument besides. */
    private static String name(ExtensionContext test) {
        String sentence = sentence(test.getRequiredTestMethod().getName());
        return test.getUniqueId().contains("test-template-invocation") ? sentence + ": " + test.getDisplayName() : sentence;
    }

    /** {@code aQuotaIsNotLowered} is "a quota is not lowered". */
    private static String sentence(String method) {
        return method.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
