package org.offx.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.offx.plan.ExitStatus;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.Report;

/** What is to be gone, with what stands on it: in one apply, what is on top first. */
final class GoingTest extends OnAPlayground {

    private static final String PLAYBOOK = """
            play "P" on a {
                absent nest "ROOT/n"
                absent nest "ROOT/n/in"
            }
            """;

    private String outer;
    private String inner;

    @BeforeEach
    void nests() throws Exception {
        Files.createDirectories(root.resolve("n/in"));
        outer = "nest \"" + root + "/n\"";
        inner = "nest \"" + root + "/n/in\"";
    }

    @Test
    void whatIsOnTopGoesFirstAndThenTheRestInOneApply() {
        assertThat(ground.plan(PLAYBOOK).plays().getFirst().nodes().getFirst().tasks())
                .extracting(TaskPlan::name, task -> task.verdict().kind().word(), TaskPlan::destructive)
                .containsExactly(
                        tuple(inner, "delete", true),
                        tuple(outer, "deferred", true));
        ground.consents = Set.of(inner, outer);

        assertThat(ground.lines(ground.apply(PLAYBOOK), "a")).containsExactly("nest \"n/in\": deleted", "nest \"n\": deleted");
        assertThat(root.resolve("n")).doesNotExist();
        assertThat(ground.lines(ground.apply(PLAYBOOK), "a")).containsExactly("nest \"n/in\": ok", "nest \"n\": ok");
    }

    @Test
    void withoutConsentToWhatIsOnTopNothingGoes() {
        ground.consents = Set.of(outer);

        Report report = ground.apply(PLAYBOOK);

        assertThat(ground.lines(report, "a")).containsExactly(
                "nest \"n/in\": skipped: needs consent: --consent '" + inner + "'",
                "nest \"n\": skipped: needs " + inner + ", which was left alone");
        assertThat(root.resolve("n/in")).exists();
    }

    @Test
    void withoutConsentToWhatIsBelowItIsLeftAlone() {
        ground.consents = Set.of(inner);

        assertThat(ground.lines(ground.apply(PLAYBOOK), "a")).containsExactly(
                "nest \"n/in\": deleted",
                "nest \"n\": skipped: needs consent: --consent '" + outer + "'");
        assertThat(root.resolve("n/in")).doesNotExist();
        assertThat(root.resolve("n")).exists();
    }

    @Test
    void whatSomebodyElseHasLeftThereIsNotLost() throws Exception {
        Files.writeString(root.resolve("n/theirs"), "kept");
        ground.consents = Set.of(inner, outer);

        Report report = ground.apply(PLAYBOOK);

        assertThat(ground.lines(report, "a").getLast()).contains("it is not empty");
        assertThat(ExitStatus.of(report)).isNotEqualTo(ExitStatus.DONE);
        assertThat(root.resolve("n/theirs")).hasContent("kept");
    }
}
