package org.offx.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.offx.check.Check;
import org.offx.check.Checked;
import org.offx.check.MemorySources;
import org.offx.eval.Evaluation;
import org.offx.eval.Reading;
import org.offx.plan.Plan;
import org.offx.plan.Plan.GuardNote;
import org.offx.plan.Seal;
import org.offx.text.DiagnosticText;
import org.offx.value.Command;

/** From a playbook and what its nodes answer to a plan: what is asked besides the probes of the playbook. */
@Timeout(20)
class PreviewTest {

    private static final String LIBRARY =
            """
            resource wall(path: path) {
                text: string
                observe { { text = "old" } }
                update guarded { run `wall ${text ?? ""}` } undo { run `wall old` }
            }
            action knock() { perform guarded { run `knock` } undo {} }

            fact host: string { (probe `hostname`).out.trim() }
            resource stamp(path: path) {
                text: string
                observe { { text = "old" } }
                update { run `stamp ${host}` }
            }
            action mark() { perform { run `mark ${host}` } }
            """;

    private static final Question GUARDS = new Question.Run(Command.of("sh", "-c", Survey.GUARDS_LAST), Duration.ofSeconds(10));

    private final List<Question> asked = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whereARestartWouldTakeAGuardAwayThePlanSaysSo() {
        assertThat(guards("wall \"/w\" { text = \"new\" }", new Reading.Output("", "", 1))).extracting(GuardNote::lost).containsExactly(true);
        assertThat(guards("knock()", new Reading.Output("", "", 1))).extracting(GuardNote::lost).containsExactly(true);
    }

    @Test
    void whereItWouldNotOrNobodyKnowsItSaysNothingOfIt() {
        assertThat(guards("wall \"/w\" { text = \"new\" }", new Reading.Output("", "", 0))).extracting(GuardNote::lost).containsExactly(false);
        assertThat(guards("wall \"/w\" { text = \"new\" }", new Reading.Unavailable("not recorded")))
                .extracting(GuardNote::lost)
                .containsExactly(false);
    }

    @Test
    void whereNothingGuardedIsToBeChangedNobodyAsks() {
        assertThat(guards("wall \"/w\" { text = \"old\" }", new Reading.Output("", "", 1))).isEmpty();
        assertThat(asked).doesNotContain(GUARDS);
    }

    /** Steps are made when a plan is: what only they ask for is read then, once, and the plan is made with it. */
    @Test
    void aFactThatOnlyStepsAskForIsRead() {
        var plan = plan("stamp \"/s\" { text = \"new\" }\n    mark()", new Reading.Output("box\n", "", 0));
        assertThat(plan.nodes().getFirst().tasks()).extracting(task -> task.verdict().kind().word()).doesNotContain("deferred", "unknown", "error");
        assertThat(plan.nodes().getFirst().tasks()).extracting(task -> task.steps().toString()).allMatch(steps -> steps.contains("box"));
        assertThat(asked.stream().filter(question -> question.toString().contains("hostname"))).hasSize(1);
    }

    private List<GuardNote> guards(String task, Reading last) {
        return plan(task, last).nodes().getFirst().tasks().stream().flatMap(plan -> plan.guard().stream()).toList();
    }

    /** @param last what the node answers to every command */
    private Plan.PlayPlan plan(String task, Reading last) {
        MemorySources sources = new MemorySources(Map.of(
                "lib/base.offx", LIBRARY, "main.offx", "node a { address = 10.0.0.1 }\nplay \"p\" on a { " + task + " }\n"));
        Checked checked = Check.program(List.of(sources.file("main.offx").orElseThrow()), sources);
        assertThat(DiagnosticText.of(checked.diagnostics(), 100)).isEmpty();
        NodeReader reader = (node, questions) -> {
            asked.addAll(questions);
            return questions.stream().map(question -> question instanceof Question.Run ? last : new Reading.NoFile()).toList();
        };
        Preview preview = new Preview(checked.program(), new Evaluation(checked.program(), sources), reader, new SideBySide(1));
        Plan.Request request = new Plan.Request(List.of("main.offx"), List.of(), List.of(), List.of());
        var outcome = preview.make(
                new Preview.Asked("main.offx", request, Map.of(), Optional.empty()), List.of(), Seal.of(new byte[32]));
        return ((Preview.Outcome.Made) outcome).plan().plays().getFirst();
    }
}
