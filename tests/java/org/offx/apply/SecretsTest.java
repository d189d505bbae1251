package org.offx.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.offx.plan.Plan;
import org.offx.plan.PlanJson;
import org.offx.plan.Report;
import org.offx.plan.ReportJson;
import org.offx.plan.Saved;
import org.offx.plan.Seal;
import org.offx.render.Detail;
import org.offx.render.Render;
import org.offx.render.Render.Format;
import org.offx.render.Style;

/** Secrets on their way to a node, by a plan of this moment and by one that was saved. */
@Timeout(60)
class SecretsTest extends OnAPlayground {

    private static final String VAULT =
            """
            fact pin: secret<string> = (file_at("ROOT/source")?.text ?? "").trim()
            play "P" on a { vault "ROOT/v" { secret_ = "pin=${pin}\\n" } }
            """;

    private static final String BOX =
            """
            fact pin: secret<string> = (file_at("ROOT/source")?.text ?? "").trim()
            play "P" on a { box "ROOT/b" { key = pin, size = 2 } }
            """;

    private static final String DRIFT = "failed: it has changed since the plan was made, and is not as planned either: plan again";

    private static final Style STYLE = new Style(100, false, Detail.FULL);

    @BeforeEach
    void aSource() {
        ground.write("source", "quartz7391\n");
    }

    @Test
    void aSecretArrivesAndIsNotNewASecondTime() {
        assertThat(lines(ground.apply(VAULT))).containsExactly("vault \"v\": created");
        assertThat(ground.read("v")).isEqualTo("pin=quartz7391\n");
        assertThat(lines(ground.apply(VAULT))).containsExactly("vault \"v\": ok");
        ground.write("v", "pin=basalt0000\n");
        assertThat(lines(ground.apply(VAULT))).containsExactly("vault \"v\": updated");
        assertThat(ground.read("v")).isEqualTo("pin=quartz7391\n");
    }

    @Test
    void aSavedPlanIsAppliedByAnotherProcessWithTheSameKey() {
        ground.write("v", "pin=basalt0000\n");
        save(VAULT);
        ground.seal = Seal.of(new byte[32]);
        assertThat(lines(ground.apply(VAULT))).containsExactly("vault \"v\": updated");
        assertThat(lines(ground.apply(VAULT))).as("the same plan once more").containsExactly("vault \"v\": ok");
    }

    @Test
    void aSecretThatHasChangedOnTheNodeSinceIsDrift() {
        ground.write("v", "pin=basalt0000\n");
        save(VAULT);
        ground.write("v", "pin=1111\n");
        Report report = ground.apply(VAULT);
        assertThat(lines(report)).containsExactly("vault \"v\": " + DRIFT);
        assertThat(remarks(report)).containsExactly("it was another secret when the plan was made");
        assertThat(ground.read("v")).isEqualTo("pin=1111\n");
    }

    @Test
    void aSecretThatHasChangedWhereItComesFromIsDrift() {
        save(VAULT);
        ground.write("source", "8888\n");
        Report report = ground.apply(VAULT);
        assertThat(lines(report)).containsExactly("vault \"v\": " + DRIFT);
        assertThat(remarks(report)).containsExactly("it was to become another secret when the plan was made");
        assertThat(root.resolve("v")).doesNotExist();
    }

    @Test
    void soIsOneThatOnlyACommandIsTold() {
        ground.write("b", "1\n");
        save(BOX);
        ground.write("source", "8888\n");
        assertThat(lines(ground.apply(BOX))).containsExactly("box \"b\": " + DRIFT);
        ground.write("source", "quartz7391\n");
        assertThat(lines(ground.apply(BOX))).containsExactly("box \"b\": updated");
        assertThat(ground.read("b.key")).isEqualTo("quartz7391");
    }

    @Test
    void whatIsMadeOfTheElementsOfASecretIsNowhereToBeSeen() {
        String playbook = """
                fact pins: secret<list<string>> = (file_at("ROOT/source")?.text ?? "").lines()
                play "P" on a {
                    vault "ROOT/v" { secret_ = ["pin=${pin}" for pin in pins if pin != "x"].join(" ") }
                    vault "ROOT/w" { secret_ = [...pins, "basalt0000"].join(" ") }
                }
                """;
        ground.write("source", "quartz7391\nx\n");
        save(playbook);
        Plan plan = ground.saved.orElseThrow();
        assertThat(Render.plan(plan, Format.TEXT, STYLE) + Render.plan(plan, Format.MARKDOWN, STYLE)).doesNotContain("quartz", "basalt");
        Report report = ground.apply(playbook);
        assertThat(lines(report)).containsExactly("vault \"v\": created", "vault \"w\": created");
        assertThat(ground.read("v")).isEqualTo("pin=quartz7391");
        assertThat(ground.read("w")).isEqualTo("quartz7391 x basalt0000");
        assertThat(ReportJson.write(report) + Render.report(report, Format.TEXT, STYLE) + ground.events).doesNotContain("quartz", "basalt");
    }

    @Test
    void aFileOfWhichOnlyTheModeChangesLeavesItsTextOutOfThePlan() {
        ground.write("h", "quartz7391\n");
        Plan plan = ground.plan("play \"P\" on a { mode_of \"ROOT/h\" { bits = 0600 } }");
        assertThat(PlanJson.write(plan)).doesNotContain("quartz7391").contains("\"kept\" : true");
        assertThat(lines(ground.apply("play \"P\" on a { mode_of \"ROOT/h\" { bits = 0600 } }"))).containsExactly("mode_of \"h\": updated");
        assertThat(ground.read("h")).isEqualTo("quartz7391\n");
    }

    /** Plans, and keeps the plan as its file. */
    private void save(String playbook) {
        Plan plan = ground.plan(playbook);
        String text = PlanJson.write(plan);
        assertThat(text).doesNotContain("quartz7391").doesNotContain("basalt0000").contains("\"seal\" : \"" + ground.seal.key() + "\"");
        ground.saved = Optional.of(((Saved.Read<Plan>) PlanJson.read(text)).value());
        ground.exact = true;
    }

    private List<String> lines(Report report) {
        return ground.lines(report, "a");
    }

    private static List<String> remarks(Report report) {
        return report.plays().getFirst().nodes().getFirst().tasks().getFirst().changes().stream()
                .flatMap(change -> change.remark().stream())
                .toList();
    }
}
