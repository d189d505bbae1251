package org.offx.observe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.offx.eval.Catalog;
import org.offx.eval.Catalog.Item;
import org.offx.eval.Catalog.NodeItems;
import org.offx.eval.Task;
import org.offx.plan.Plan;

/**
 * A play, with the nodes and the items that a command asks for.
 *
 * @param nodes in order; of a play {@code on one of} some nodes the chosen one only
 */
public record Selection(Catalog.Play play, List<NodeItems> nodes) {

    public Selection {
        nodes = List.copyOf(nodes);
    }

    /** The plays of a catalog of which the request leaves something. Of alternatives it takes the first node that is reached. */
    public static List<Selection> of(Catalog catalog, Plan.Request request, NodeReader reader) {
        List<Selection> plays = new ArrayList<>();
        for (Catalog.Play play : catalog.plays()) {
            List<NodeItems> nodes = play.nodes().stream()
                    .filter(part -> request.limit().isEmpty() || request.limit().contains(part.node()))
                    .toList();
            if (play.definition().oneOf() && !nodes.isEmpty()) {
                nodes = List.of(nodes.stream()
                        .filter(part -> reader.unreachable(part.node()).isEmpty())
                        .findFirst()
                        .orElse(nodes.getFirst()));
            }
            List<NodeItems> tagged = nodes.stream().map(part -> tagged(part, play, request.tags())).toList();
            if (tagged.stream().anyMatch(part -> !part.items().isEmpty())) {
                plays.add(new Selection(play, tagged));
            }
        }
        return plays;
    }

    private static NodeItems tagged(NodeItems part, Catalog.Play play, List<String> tags) {
        if (tags.isEmpty() || play.settings().tags().stream().anyMatch(tags::contains)) {
            return part;
        }
        List<Item> kept = part.items().stream()
                .filter(item -> item instanceof Catalog.TaskEntry(Task task) && task.tags().stream().anyMatch(tags::contains))
                .toList();
        return part.with(kept);
    }

    /** The same play on one node only. */
    public Selection on(String node) {
        return new Selection(play, nodes.stream().filter(part -> part.node().equals(node)).toList());
    }

    /** All items of each node, over all these plays. */
    public static SequencedMap<String, List<Item>> byNode(List<Selection> plays) {
        SequencedMap<String, List<Item>> byNode = new LinkedHashMap<>();
        plays.forEach(play -> play.nodes().forEach(part ->
                byNode.computeIfAbsent(part.node(), n -> new ArrayList<>()).addAll(part.items())));
        return byNode;
    }
}
