package org.offx.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.offx.eval.TestResult;
import org.offx.observe.Preview.Outcome;
import org.offx.observe.RecordedState;
import org.offx.plan.ExitStatus;
import org.offx.plan.Plan;

/** {@code offx test}: the tests that playbooks hold. */
final class TestCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of("test", "Runs the tests that the playbooks hold. Touches no node: plans in tests are made against recorded states.")
                .taking(Options.files("Playbooks whose tests are run."));
    }

    @Override
    public ExitStatus run(Given given, Io io) throws Wrong {
        Optional<Playbook> loaded = Playbook.load(given.files(), io);
        if (loaded.isEmpty()) {
            return ExitStatus.WRONG;
        }
        Playbook playbook = loaded.get();
        int passed = 0;
        List<TestResult> results = playbook.evaluation().tests();
        for (TestResult result : results) {
            Playbook.print(result.failures(), io);
            boolean asPlanned = true;
            for (TestResult.PlanExpectation expected : result.plans()) {
                asPlanned &= noChanges(playbook, result, expected, given, io);
            }
            boolean good = result.passed() && asPlanned;
            passed += good ? 1 : 0;
            io.out().println((good ? "passed  " : "failed  ") + result.test().name());
        }
        io.out().println(passed + " passed, " + (results.size() - passed) + " failed");
        return passed == results.size() ? ExitStatus.DONE : ExitStatus.WRONG;
    }

    private static boolean noChanges(
            Playbook playbook, TestResult result, TestResult.PlanExpectation expected, Given given, Io io) throws Wrong {
        String state = expected.state().orElseThrow(() -> new Wrong(
                expected.span().place() + ": a plan in a test needs a recorded state: write `given \"FILE\"` before it"));
        String file = Path.of(expected.span().source().name()).resolveSibling(state).normalize().toString();
        RecordedState recorded = Planning.state(file, io);
        Plan.Request request = new Plan.Request(playbook.entries(), expected.nodes(), List.of(), List.of());
        return switch (Planning.preview(playbook, request, recorded, Optional.of(recorded), given, PlanKey.passing(), io)) {
            case Outcome.Refused(var diagnostics) -> {
                Playbook.print(diagnostics, io);
                yield false;
            }
            case Outcome.Made made -> unchanged(made.plan(), result, expected, io);
        };
    }

    private static boolean unchanged(Plan plan, TestResult result, TestResult.PlanExpectation expected, Io io) {
        List<String> changed = plan.plays().stream()
                .filter(play -> play.title().equals(expected.play()))
                .flatMap(play -> play.nodes().stream())
                .flatMap(node -> node.tasks().stream()
                        .filter(task -> task.verdict().kind().changes() || task.verdict().kind().uncertain())
                        .map(task -> node.node() + ": " + task.name() + " (" + task.verdict().kind().word() + ")"))
                .toList();
        changed.forEach(line -> io.err().println(expected.span().place() + ": " + result.test().name() + ": " + line));
        return changed.isEmpty();
    }
}
