package org.offx.eval;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.offx.check.Definition.PlayDef;
import org.offx.value.Shown;
import org.offx.value.Value;

/** All that a playbook wants, evaluated: plays in order, and in each the items of every node in order. */
public record Catalog(List<Play> plays) {

    /**
     * A play.
     *
     * @param nodes the nodes in order, each with its items; the items of a cluster resource stand at the first node only.
     *     Of a play {@code on one of} some nodes: the candidates in order, each with all items; whoever runs the play
     *     takes the first that it reaches
     */
    public record Play(PlayDef definition, Settings settings, List<NodeItems> nodes) {

        /** What the play is called. */
        public String title() {
            return definition.name();
        }
    }

    /**
     * What a play means for one node.
     *
     * @param requirements gates before the first step on the node
     * @param checks gates after the batch that the node is in
     * @param together the guard of the whole play: all its nodes are undone unless this holds on each of them in time
     */
    public record NodeItems(
            String node,
            List<Requirement> requirements,
            List<Task.Confirmation> checks,
            Optional<Task.Guard> together,
            List<Item> items) {

        /** The same part with some of its items only. */
        public NodeItems with(List<Item> some) {
            return new NodeItems(node, requirements, checks, together, some);
        }
    }

    /** What stands in a node's catalog. */
    public sealed interface Item {}

    /** A state to be kept. */
    public record TaskEntry(Task task) implements Item {}

    /** Something to be done in every run. */
    public record ActionEntry(ActionCall call) implements Item {}

    /**
     * The settings of a play.
     *
     * @param serial batch sizes, in nodes; the last one repeats; empty: all nodes at once
     * @param maxFailures nodes that may fail before no further batch starts
     */
    public record Settings(
            List<Integer> serial, int maxFailures, boolean lowPriority, List<String> tags) {}

    /** A gate before the first step of a play on a node. */
    public record Requirement(String reason, Task.Confirmation condition, Duration patience) {}

    /** All tasks in order; of a play {@code on one of} some nodes those of every candidate. */
    public Stream<Task> tasks() {
        return plays.stream()
                .flatMap(play -> play.nodes().stream())
                .flatMap(node -> node.items().stream())
                .filter(TaskEntry.class::isInstance)
                .map(entry -> ((TaskEntry) entry).task());
    }

    /** {@code zfs.dataset "rpool/backups"}; of a resource without a key, its name. */
    public static String taskName(String resource, List<Value> key) {
        return key.isEmpty() ? resource : resource + " " + key.stream().map(Shown::literal).collect(Collectors.joining(", "));
    }

    /** {@code service.restart("nginx")}; of an action without parameters, its name. */
    public static String actionName(String action, List<Value> arguments) {
        return arguments.isEmpty()
                ? action
                : action + "(" + arguments.stream().map(Shown::literal).collect(Collectors.joining(", ")) + ")";
    }
}
