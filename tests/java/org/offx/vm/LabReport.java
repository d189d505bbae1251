package org.offx.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.offx.e2e.Ran;
import org.opentest4j.TestAbortedException;

/**
 * Writes down which tests ran on which real systems, how long they took and how they ended: {@code target/lab-report.md},
 * after the last one. {@code tests/lab/run} puts it into the documentation where it was a full run. Where {@code
 * OFFX_LAB_UNTIL} names an end (in seconds since 1970), no test begins after it, and the report says how many did not.
 */
final class LabReport implements ExecutionCondition, BeforeEachCallback, AfterEachCallback {

    private static final Namespace HERE = Namespace.create(LabReport.class);

    private static final String FAILED = "**failed**";

    private record Case(String suite, String name, Optional<Throwable> wrong, Duration took) {

        String ended() {
            return wrong.map(why -> why instanceof TestAbortedException ? "not run: " + why.getMessage() : FAILED).orElse("ok");
        }
    }

    /** All cases of a run. JUnit closes it when the run is over. */
    private static final class Run implements AutoCloseable {

        private final List<Case> cases = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger late = new AtomicInteger();

        @Override
        public void close() {
            try {
                Files.writeString(Ran.project().resolve("target/lab-report.md"), text());
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        private String text() throws IOException {
            long failed = cases.stream().filter(done -> done.ended().equals(FAILED)).count();
            var text = new StringBuilder("""
                    # The last full run on real nodes

                    Written by `tests/lab/run`. Durations depend on the machine and on what else it did.

                    """);
            text.append("- %s, %s\n".formatted(LocalDate.now(ZoneOffset.UTC), Machines.commit()));
            text.append("- %d cases, %d failed, %s\n".formatted(cases.size(), failed, seconds(total())));
            if (late.get() > 0) {
                text.append("- %d cases not run: the time was over\n".formatted(late.get()));
            }
            text.append("- ").append(String.join(", ", Machines.versions())).append("\n");
            String suite = "";
            for (Case done : cases.stream().sorted(Comparator.comparing(Case::suite).thenComparing(Case::name)).toList()) {
                if (!done.suite().equals(suite)) {
                    suite = done.suite();
                    text.append("\n## %s\n\n| case | | took |\n|---|---|---|\n".formatted(suite));
                }
                text.append("| %s | %s | %s |\n".formatted(done.name(), done.ended(), seconds(done.took())));
            }
            return text.toString();
        }

        private Duration total() {
            return cases.stream().map(Case::took).reduce(Duration.ZERO, Duration::plus);
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
        String until = System.getenv("OFFX_LAB_UNTIL");
        if (test.getTestMethod().isEmpty() || until == null || Instant.now().getEpochSecond() < Long.parseLong(until)) {
            return ConditionEvaluationResult.enabled("there is time");
        }
        run(test).late.incrementAndGet();
        return ConditionEvaluationResult.disabled("the time for the lab is over");
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        test.getStore(HERE).put("start", System.nanoTime());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Duration took = Duration.ofNanos(System.nanoTime() - test.getStore(HERE).get("start", Long.class));
        String suite = test.getRequiredTestClass().getSimpleName().replaceFirst("(Vm)?IT$", "").toLowerCase(Locale.ROOT);
        run(test).cases.add(new Case(suite, name(test), test.getExecutionException(), took));
    }

    private static Run run(ExtensionContext test) {
        return test.getRoot().getStore(HERE).computeIfAbsent(Run.class, kind -> new Run(), Run.class);
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

    private static String seconds(Duration took) {
        return took.toSeconds() + " s";
    }
}
