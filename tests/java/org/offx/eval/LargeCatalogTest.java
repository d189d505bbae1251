package org.offx.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.offx.check.Check;
import org.offx.check.Checked;
import org.offx.check.MemorySources;

/** Playbooks with many tasks: nothing in them may depend on the size of a stack. */
final class LargeCatalogTest {

    private static final int MANY = 20_000;

    private static final String LIBRARY =
            """
            resource service(name: int) {
                observe { absent }
                create { run `systemctl start ${name}` }
            }
            """;

    private static Evaluated catalog(String tasks) {
        return catalog(tasks, "");
    }

    private static Evaluated catalog(String tasks, String functions) {
        MemorySources sources = new MemorySources(Map.of(
                "lib/base.offx", LIBRARY, "main.offx", functions + "node a {}\nplay \"All\" on a {\n" + tasks + "\n}\n"));
        Checked checked = Check.program(List.of(sources.file("main.offx").orElseThrow()), sources);
        assertThat(checked.diagnostics()).isEmpty();
        return new Evaluation(checked.program(), sources).catalog(Facts.UNKNOWN);
    }

    @Test
    void aLongChainOfNeedsIsTurnedRound() {
        Evaluated chain = catalog("for i in 1..%d { service(i) { needs [service(i + 1)] } }\nservice(%d)".formatted(MANY, MANY + 1));

        assertThat(chain.diagnostics()).isEmpty();
        List<Task> tasks = chain.catalog().tasks().toList();
        assertThat(tasks).hasSize(MANY + 1);
        assertThat(tasks.getFirst().name()).isEqualTo("service " + (MANY + 1));
        assertThat(tasks.getLast().name()).isEqualTo("service 1");
    }

    /** Every way of a condition that only a node decides is gone, and a function that calls itself twice has more ways than atoms. */
    @Test
    @Timeout(20)
    void aFunctionThatCallsItselfUnderAnUnknownConditionIsGoneThroughOnce() {
        String fact = "fact big: bool = file_at(\"/x\") != null\nfact end: int = 5\n";
        Evaluated tree = catalog("""
                if tree(60, big) > 3 { service(1) }
                if list(0, end).length() > 3 { service(2) }
                if many("x", big) > 3 { service(3) }
                """, fact + """
                fn tree(n: int, stop: bool): int = if stop or n == 0 then 1 else tree(n - 1, stop) + tree(n - 1, stop)
                fn list(from: int, to: int): list<int> = if from >= to then [] else [from] + list(from + 1, to)
                fn many(n: string, stop: bool): int = if stop then n.length() else many("${n}a", stop) + many("${n}b", stop)
                """);
        assertThat(tree.diagnostics()).isEmpty();
        assertThat(tree.catalog().tasks()).extracting(Task::name).containsExactly("service 1", "service 2", "service 3");
    }

    @Test
    void mistakesBehindAnUnknownConditionAreStillFound() {
        Evaluated wrong = catalog("if half(9, big) > 3 { service(1) }", """
                fact big: bool = file_at("/x") != null
                fn half(n: int, stop: bool): int = if stop then n else half(n / 0, stop) + half(n / 0, stop)
                """);
        assertThat(wrong.diagnostics()).hasSize(1);
    }

    @Test
    void aLongCircleOfNeedsIsOneMistake() {
        Evaluated circle = catalog("for i in 1..%d { service(i) { needs [service(i + 1)] } }\nservice(%d) { needs [service(1)] }"
                .formatted(MANY, MANY + 1));

        assertThat(circle.diagnostics()).hasSize(1);
        assertThat(circle.diagnostics().getFirst().message()).endsWith("service(8) needs … 19,993 more … needs service(1)");
    }
}
