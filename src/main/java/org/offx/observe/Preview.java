package org.offx.observe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.offx.check.Program;
import org.offx.eval.Evaluated;
import org.offx.eval.Evaluation;
import org.offx.plan.Gathered;
import org.offx.plan.Plan;
import org.offx.plan.Plan.NodeState;
import org.offx.plan.Planner;
import org.offx.plan.Seal;
import org.offx.text.Diagnostic;

/**
 * From a checked playbook to its plan: reads the facts that it uses, evaluates it, surveys its nodes side by side, and has
 * the planner judge what was found. Changes nothing on any node.
 */
public final class Preview {

    /** What came of it. */
    public sealed interface Outcome {

        /**
         * @param evaluated the catalog that the plan is of, with its warnings
         * @param facts the answers that it was evaluated with
         */
        record Made(Plan plan, Gathered gathered, Evaluated evaluated, FactReader facts) implements Outcome {}

        /** The playbook is wrong in a way that only the facts of its nodes have shown. */
        record Refused(List<Diagnostic> diagnostics) implements Outcome {}
    }

    /**
     * What is asked for.
     *
     * @param recorded when the answers were given, of a recorded state
     */
    public record Asked(String title, Plan.Request request, Map<String, String> sources, Optional<Instant> recorded) {}

    private final Program program;
    private final Evaluation evaluation;
    private final NodeReader reader;
    private final SideBySide sideBySide;

    public Preview(Program program, Evaluation evaluation, NodeReader reader, SideBySide sideBySide) {
        this.program = program;
        this.evaluation = evaluation;
        this.reader = reader;
        this.sideBySide = sideBySide;
    }

    /** @param warnings of the checks before, as drawn text */
    public Outcome make(Asked asked, List<String> warnings, Seal seal) {
        Observers observers = new Observers(reader);
        FactReader facts = new FactReader(evaluation, sideBySide);
        facts.readAll(observers);
        Evaluated evaluated = evaluation.catalog(facts);
        if (evaluated.hasErrors()) {
            return new Outcome.Refused(evaluated.diagnostics());
        }
        List<Selection> plays = Selection.of(evaluated.catalog(), asked.request(), reader);
        FactReader.Pass pass;
        Gathering.Result found;
        Plan plan;
        do {
            pass = facts.pass(observers);
            found = new Gathering(evaluation.behaviour(pass), observers, sideBySide).of(plays);
            plan = Planner.plan(gathered(asked, plays, found, warnings), found.steps(), seal);
        } while (pass.readMore());
        List<String> said = new ArrayList<>(warnings);
        pass.problems().forEach(problem -> said.add("a fact could not be read: " + problem));
        return new Outcome.Made(plan.with(said), gathered(asked, plays, found, said), evaluated, facts);
    }

    private Gathered gathered(Asked asked, List<Selection> plays, Gathering.Result found, List<String> warnings) {
        return new Gathered(
                asked.title(),
                asked.request(),
                new LinkedHashMap<>(asked.sources()),
                states(Selection.byNode(plays).keySet(), found.unreachable(), asked.recorded()),
                found.plays(),
                warnings);
    }

    private List<NodeState> states(Set<String> used, Map<String, String> unreachable, Optional<Instant> recorded) {
        Inventory inventory = new Inventory(program, evaluation);
        List<NodeState> states = new ArrayList<>();
        Set<String> ordered = new LinkedHashSet<>(program.nodes().keySet());
        ordered.retainAll(used);
        ordered.forEach(node -> states.add(new NodeState(
                node, inventory.place(node).address(), Optional.ofNullable(unreachable.get(node)), recorded)));
        return states;
    }
}
