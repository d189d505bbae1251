package org.offx.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
            ## Tells nothing before its program is there.
            resource rampart(path: path) {
                observe { let said = (probe `rampart show ${path}`).out
                          if said == "" then absent else {} }
                create guarded { run `rampart ${path}` } undo { run `rampart off ${path}` }
            }
            resource package(name: string) {
                observe { absent }
                create { run `apt-get install ${name}` }
            }
            fact old_host: string { (probe `uname`).out.trim() }
            resource label(path: path) {
                text: string
                observe { { text = "old" } }
                update { run `label ${if host == "box" then "new" else old_host}` }
            }
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

    @Test
    void alsoOfWhatCannotBeReadYet() {
        String tasks = "package \"rampart\"\n rampart \"/r\"";
        assertThat(guards(tasks, missing(1))).extracting(GuardNote::lost).containsExactly(true);
        assertThat(guards("package \"rampart\"\n guarded 20s { rampart \"/r\" }", missing(1))).extracting(GuardNote::lost).containsExactly(true);
        assertThat(guards("guarded together 20s confirm { file_at(\"/x\") == null }\n" + tasks, missing(1))).extracting(GuardNote::lost).contains(true).doesNotContain(false);
        assertThat(guards(tasks, missing(0))).extracting(GuardNote::lost).containsExactly(false);
    }

    /** @param status whether the node can have its guards last */
    private static Function<Question, Reading> missing(int status) {
        return question -> question.equals(GUARDS) ? new Reading.Output("", "", status) : new Reading.NotInstalled("rampart");
    }

    /** Before the first fact is known both branches are looked at, and the fact of the other one is asked for. */
    @Test
    void aFactThatTheFinishedPlanDoesNotUseIsNoWarning() {
        Plan made = made("label \"/l\" { text = \"new\" }", question -> question.toString().contains("uname")
                ? new Reading.NotInstalled("uname")
                : new Reading.Output("box\n", "", 0));
        assertThat(made.warnings()).isEmpty();
        assertThat(made.plays().getFirst().nodes().getFirst().tasks().getFirst().steps().toString()).contains("new");
        assertThat(made("label \"/l\" { text = \"new\" }", question -> question.toString().contains("uname")
                ? new Reading.NotInstalled("uname")
                : new Reading.Output("other\n", "", 0)).warnings()).singleElement().asString().contains("old_host of a");
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
        return guards(task, question -> last);
    }

    private List<GuardNote> guards(String task, Function<Question, Reading> answer) {
        return made(task, answer).plays().getFirst().nodes().getFirst().tasks().stream().flatMap(plan -> plan.guard().stream()).toList();
    }

    private Plan.PlayPlan plan(String task, Reading last) {
        return made(task, question -> last).plays().getFirst();
    }

    /** @param answer of the node to every command; it has no files */
    private Plan made(String task, Function<Question, Reading> answer) {
        MemorySources sources = new MemorySources(Map.of(
                "lib/base.offx", LIBRARY, "main.offx", "node a { address = 10.0.0.1 }\nplay \"p\" on a { " + task + " }\n"));
        Checked checked = Check.program(List.of(sources.file("main.offx").orElseThrow()), sources);
        assertThat(DiagnosticText.of(checked.diagnostics(), 100)).isEmpty();
        NodeReader reader = (node, questions) -> {
            asked.addAll(questions);
            return questions.stream()
                    .map(question -> question instanceof Question.Run ? answer.apply(question) : new Reading.NoFile())
                    .toList();
        };
        Preview preview = new Preview(checked.program(), new Evaluation(checked.program(), sources), reader, new SideBySide(1));
        Plan.Request request = new Plan.Request(List.of("main.offx"), List.of(), List.of(), List.of());
        var outcome = preview.make(
                new Preview.Asked("main.offx", request, Map.of(), Optional.empty()), List.of(), Seal.of(new byte[32]));
        return ((Preview.Outcome.Made) outcome).plan();
    }
}
