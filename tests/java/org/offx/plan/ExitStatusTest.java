package org.offx.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.offx.plan.Plan.NodePlan;
import org.offx.plan.Plan.NodeState;
import org.offx.plan.Plan.PlayPlan;
import org.offx.plan.Plan.Request;
import org.offx.plan.Plan.Seen;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.Report.NodeEnd;
import org.offx.plan.Report.NodeReport;
import org.offx.plan.Report.Outcome;
import org.offx.plan.Report.PlayReport;
import org.offx.plan.Report.TaskReport;

/** What scripts are told. */
final class ExitStatusTest {

    @Test
    void aPlanThatWasMadeIsASuccess() {
        assertThat(ExitStatus.of(plan(Optional.empty(), new Verdict.Create(), new Verdict.Failed("x")), false)).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void exitCodeTellsChangesFromWhatNobodyKnows() {
        assertThat(planned(new Verdict.Ok())).isEqualTo(ExitStatus.DONE);
        assertThat(planned()).isEqualTo(ExitStatus.DONE);
        assertThat(planned(new Verdict.Ok(), new Verdict.Update())).isEqualTo(ExitStatus.CHANGES);
        assertThat(planned(new Verdict.Drifted())).as("not as declared").isEqualTo(ExitStatus.CHANGES);
        assertThat(planned(new Verdict.Pending("x"))).isEqualTo(ExitStatus.CHANGES);
        assertThat(planned(new Verdict.Update(), new Verdict.Unknown("x"))).isEqualTo(ExitStatus.UNCERTAIN);
        assertThat(planned(new Verdict.Deferred("x", Optional.empty()))).isEqualTo(ExitStatus.UNCERTAIN);
        assertThat(ExitStatus.of(plan(Optional.of("refused")), true)).as("an unreachable node").isEqualTo(ExitStatus.UNCERTAIN);
    }

    @Test
    void anApplyTellsWhatMostNeedsSomebodyToLook() {
        assertThat(reported(false, new Outcome.Unchanged(), new Outcome.Changed(Outcome.How.CREATED), new Outcome.Pending("x")))
                .isEqualTo(ExitStatus.DONE);
        assertThat(reported(false, new Outcome.Failed("x", Optional.empty(), List.of()))).isEqualTo(ExitStatus.FAILED);
        assertThat(reported(false, new Outcome.UnknownOutcome("x", "y"))).isEqualTo(ExitStatus.FAILED);
        assertThat(reported(false, new Outcome.Skipped("blocked"))).isEqualTo(ExitStatus.FAILED);
        assertThat(reported(false, new Outcome.RolledBack("x"), new Outcome.Failed("x", Optional.empty(), List.of())))
                .isEqualTo(ExitStatus.ROLLED_BACK);
        assertThat(reported(true, new Outcome.RolledBack("x"))).isEqualTo(ExitStatus.INTERRUPTED);
        assertThat(ended(new NodeEnd("a", Optional.of("timed out"), true, Duration.ZERO))).isEqualTo(ExitStatus.UNREACHABLE);
        assertThat(ended(new NodeEnd("a", Optional.of("the gate did not open"), false, Duration.ZERO))).isEqualTo(ExitStatus.FAILED);
    }

    @Test
    void theTableNamesEveryStatus() {
        assertThat(ExitStatus.table()).isEqualTo("""
                   0  done; or nothing to do; or a plan was made (without --exit-code)
                   1  the playbook is wrong, one of its `must` rules is broken, or the command line is wrong
                   2  plan --exit-code: something is not as declared
                   3  plan --exit-code: there are tasks that could not be predicted or read
                   4  some task failed or was left undone, or nobody knows whether a step took effect
                   5  some node was unreachable
                   6  a guarded change was not confirmed, and was rolled back
                 130  interrupted
                """);
    }

    private static ExitStatus planned(Verdict... verdicts) {
        return ExitStatus.of(plan(Optional.empty(), verdicts), true);
    }

    private static Plan plan(Optional<String> why, Verdict... verdicts) {
        List<TaskPlan> tasks = Stream.of(verdicts).map(verdict -> TaskPlan.of("x", "p", verdict, new Seen.NotRead())).toList();
        return new Plan(
                "t",
                new Request(List.of(), List.of(), List.of(), List.of()),
                new LinkedHashMap<>(),
                List.of(new NodeState("a", "10.0.0.1", why, Optional.empty())),
                List.of(new PlayPlan("p", List.of(), List.of(new NodePlan("a", tasks)))),
                List.of(),
                Optional.empty());
    }

    private static ExitStatus reported(boolean interrupted, Outcome... outcomes) {
        List<TaskReport> tasks =
                Stream.of(outcomes).map(outcome -> new TaskReport("x", outcome, List.of(), Duration.ZERO)).toList();
        return ExitStatus.of(new Report(
                "t", List.of(new PlayReport("p", List.of(new NodeReport("a", tasks)))), List.of(), List.of(), interrupted));
    }

    private static ExitStatus ended(NodeEnd end) {
        return ExitStatus.of(new Report("t", List.of(), List.of(end), List.of(), false));
    }
}
