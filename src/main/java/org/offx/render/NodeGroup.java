package org.offx.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.offx.plan.Plan.NodePlan;
import org.offx.plan.Plan.PlayPlan;
import org.offx.plan.Tally;
import org.offx.plan.Verdict.Kind;

/** Nodes of which a play says the very same: it is said once. */
record NodeGroup(List<String> nodes, boolean reached, Tally tally, List<Line> lines) {

    private record Content(boolean reached, Tally tally, List<Line> lines) {}

    /**
     * The groups of a play, in the order of their first nodes.
     *
     * @param unreached nodes that were not reached
     */
    static List<NodeGroup> of(PlayPlan play, TaskLines tasks, Set<String> unreached, int indent) {
        Map<Content, List<String>> groups = new LinkedHashMap<>();
        for (NodePlan part : play.nodes()) {
            boolean reached = !unreached.contains(part.node());
            Content content = new Content(reached, reached ? Tally.of(part) : Tally.of(List.of()), tasks.of(part, indent));
            groups.computeIfAbsent(content, same -> new ArrayList<>()).add(part.node());
        }
        return groups.entrySet().stream()
                .map(group -> new NodeGroup(
                        group.getValue(), group.getKey().reached(), group.getKey().tally(), group.getKey().lines()))
                .toList();
    }

    /** Is there nothing to say but how many tasks are ok? */
    boolean settled() {
        return reached && lines.isEmpty();
    }

    int ok() {
        return tally.count(Kind.OK);
    }
}
