package org.offx.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.offx.eval.ActionCall;
import org.offx.eval.Task;
import org.offx.plan.Plan.NodeState;
import org.offx.plan.Plan.Remark;
import org.offx.plan.Plan.Request;
import org.offx.value.Value;

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

    public record PlayFindings(String title, List<Integer> serial, List<NodeFindings> nodes) {}

    /**
     * One node's part of a play.
     *
     * @param items in the order in which they run
     * @param owed actions, by name, that an earlier apply owes the node still
     * @param actions what the reviews of actions say, by the action's name; those that say nothing need not be in it
     */
    public record NodeFindings(String node, List<Item> items, Set<String> owed, Map<String, Review> actions) {}

    /** What stands in a node's part. */
    public sealed interface Item {}

    /** An action that the play itself asks for. */
    public record Action(ActionCall call) implements Item {}

    /**
     * What was found out about one task.
     *
     * @param former of a task that was {@code moved}, what stands under the old name; empty for the others
     * @param changes the difference between what is desired and what is there (under the old name where it is to be renamed);
     *     what is compared only, so neither options nor what is given {@code at create}
     * @param surplus there, not declared, left alone
     */
    public record Finding(
            Task task, State state, Optional<State> former, List<Change> changes, Review review, List<String> surplus)
            implements Item {

        /** A task about which only its state is known: it is absent, or nobody knows. */
        public static Finding of(Task task, State state) {
            return new Finding(task, state, Optional.empty(), List.of(), Review.SILENT, List.of());
        }
    }

    /** What a node answered when it was asked for the state of a task. */
    public sealed interface State {

        /** @param attributes what was observed, by attribute */
        record There(SequencedMap<String, Value> attributes) implements State {}

        record Absent() implements State {}

        /** The program that a probe runs is not installed. */
        record NotInstalled(String program) implements State {}

        /** A probe got no answer in time. */
        record TimedOut(String asked, Duration after) implements State {}

        /** Nobody could be asked; a recorded state does not hold it. */
        record Unavailable(String why) implements State {}

        /** It depends on something that only an earlier change brings about: {@code lxc.ct 113}. */
        record Awaits(String origin) implements State {}

        /** The node answered with an error, or with something that makes no sense. */
        record Failed(String reason) implements State {}
    }

    /**
     * One attribute, or one entry of it, that differs.
     *
     * @param path {@code quota}, {@code nets.eth0}
     * @param fixed it cannot be changed; what to do instead
     * @param note what the review says about it
     */
    public record Change(
            String path, Optional<Value> before, Optional<Value> after, Optional<String> fixed, Optional<String> note) {}

    /** What a review said of a change. */
    public record Review(List<String> refusals, List<String> consents, List<Remark> remarks) {
        public static final Review SILENT = new Review(List.of(), List.of(), List.of());
    }
}
