package org.offx.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.offx.observe.Gathering;
import org.offx.observe.Observers;
import org.offx.observe.Selection;
import org.offx.observe.SideBySide;
import org.offx.plan.Gathered;
import org.offx.plan.Plan;
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

    private List<Look> look(String node, List<Selection> plays, Set<String> owed) {
        Observers observers = new Observers(context.reader());
        Gathering.Result found = new Gathering(context.behaviour(), observers, new SideBySide(1))
                .of(plays, n -> owed);
        Optional<String> unreachable = Optional.ofNullable(found.unreachable().get(node));
        StepMemory memory = new StepMemory(found.steps());
        Plan plan = Planner.plan(
                new Gathered(
                        context.title(),
                        context.request(),
                        new LinkedHashMap<>(),
                        List.of(new Plan.NodeState(node, node, unreachable, Optional.empty())),
                        found.plays(),
                        List.of()),
                memory,
                context.seal());
        List<Look> looks = new ArrayList<>();
        for (int i = 0; i < plays.size(); i++) {
            looks.add(Look.of(
                    plays.get(i).nodes().getFirst().items(), plan.plays().get(i).nodes().getFirst(), owed, memory, unreachable));
        }
        return looks;
    }
}
