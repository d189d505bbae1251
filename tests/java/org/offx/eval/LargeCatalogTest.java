package org.offx.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
        MemorySources sources = new MemorySources(Map.of(
                "lib/base.offx", LIBRARY, "main.offx", "node a {}\nplay \"All\" on a {\n" + tasks + "\n}\n"));
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

    @Test
    void aLongCircleOfNeedsIsOneMistake() {
        Evaluated circle = catalog("for i in 1..%d { service(i) { needs [service(i + 1)] } }\nservice(%d) { needs [service(1)] }"
                .formatted(MANY, MANY + 1));

        assertThat(circle.diagnostics()).hasSize(1);
        assertThat(circle.diagnostics().getFirst().message()).endsWith("service(8) needs … 19,993 more … needs service(1)");
    }
}
