package org.offx.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.offx.eval.ActionCall;
import org.offx.eval.Changes;
import org.offx.eval.Observation;
import org.offx.eval.Review;
import org.offx.eval.Task;
import org.offx.plan.Plan.NodeState;
import org.offx.plan.Plan.Request;

/**
 * Everything that is known before a plan is judged: what is wanted, beside what the nodes answered. {@link Planner} makes
 * the plan of it and asks nobody any more.
 *
 * @param nodes how each node was read; of one that was not, every task is unreachable
 * @param plays in order; a play {@code on one of} some nodes has the chosen node only
 */
public record Gathered(
        String title,
        Request request,
        SequencedMap<String, String> sources,
        List<NodeState> nodes,
        List<PlayFindings> plays,
        List<String> warnings) {

    /** What was found out for a play; {@code serial} as in {@link Plan.PlayPlan}. */
    public record PlayFindings(String title, List<Integer> serial, List<NodeFindings> nodes) {}

    /**
     * One node's part of a play.
     *
     * @param items in the order in which they run
     * @param owed actions, by name, that an earlier apply owes the node still
     * @param actions what the reviews of actions say, by the action's name; those that say nothing need not be in it
     * @param together the guard of the whole play, where there is one
     * @param guardsLost whether a restart of the node would take its guards away
     */
    public record NodeFindings(
            String node,
            List<Item> items,
            Set<String> owed,
            Map<String, Review> actions,
            Optional<Task.Guard> together,
            boolean guardsLost) {}

    /** What stands in a node's part. */
    public sealed interface Item {}

    /** An action that the play itself asks for. */
    public record Action(ActionCall call) implements Item {}

    /**
     * What was found out about one task.
     *
     * @param former of a task that was {@code moved}, what stands under the old name; empty for the others
     * @param changes the difference between what is desired and what is there (under the old name where it is to be renamed)
     * @param review what the resource says of the change; {@link Review#SILENT} where there is none
     */
    public record Finding(Task task, Observation state, Optional<Observation> former, Changes changes, Review review)
            implements Item {

        /** A task about which only its state is known: it is absent, or nobody knows. */
        public static Finding of(Task task, Observation state) {
            return new Finding(task, state, Optional.empty(), Changes.NONE, Review.SILENT);
        }
    }
}
