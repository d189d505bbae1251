package org.offx.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.offx.eval.Facts;
import org.offx.observe.FactReader;
import org.offx.observe.Gathering;
import org.offx.observe.Observers;
import org.offx.observe.Selection;
import org.offx.observe.SideBySide;
import org.offx.plan.Gathered.NodeFindings;
import org.offx.plan.Plan.NodePlan;
import org.offx.plan.Planner;
import org.offx.remote.Attempt;
import org.offx.remote.Session;

/** Looks at nodes: everything is asked anew each time, and planned as the preview does it. */
final class Looks {

    private final Context context;

    Looks(Context context) {
        this.context = context;
    }

    /**
     * One node's part of these plays, one look for each. Where the connection breaks meanwhile, it is tried once more.
     *
     * @param owed the actions that the node is owed, by name
     */
    List<Look> at(String node, List<Selection> plays, Set<String> owed) {
        Attempt<Session> before = context.fleet().session(node);
        List<Look> looks = look(node, plays, owed);
        boolean broke = context.fleet().session(node) != before;
        return broke ? look(node, plays, owed) : looks;
    }

    /** A fact that only shows once something has been changed is read then, as the preview does it. */
    private List<Look> look(String node, List<Selection> plays, Set<String> owed) {
        Known.Snapshot before = context.known().now();
        Observers observers = new Observers(context.reader());
        FactReader.Pass facts;
        List<Look> looks;
        do {
            facts = context.facts().pass(observers);
            looks = look(node, plays, owed, before, observers, facts);
        } while (facts.readMore());
        return looks;
    }

    private List<Look> look(
            String node, List<Selection> plays, Set<String> owed, Known.Snapshot before, Observers observers, Facts facts) {
        Gathering.Result found = new Gathering(context.evaluation().behaviour(facts), observers, new SideBySide(1))
                .of(plays, n -> owed);
        Optional<String> unreachable = Optional.ofNullable(found.unreachable().get(node));
        List<NodeFindings> parts = found.plays().stream().map(play -> play.nodes().getFirst()).toList();
        StepMemory memory = new StepMemory(found.steps());
        List<NodePlan> plans =
                Planner.plan(context.known().with(before, node, plays, parts, unreachable), parts, memory, context.seal());
        List<Look> looks = new ArrayList<>();
        for (int i = 0; i < plays.size(); i++) {
            looks.add(Look.of(plays.get(i).nodes().getFirst().items(), plans.get(i), owed, memory, unreachable));
        }
        return looks;
    }
}
