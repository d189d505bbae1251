package org.offx.apply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.offx.eval.Task;
import org.offx.observe.Selection;
import org.offx.plan.Gathered;
import org.offx.plan.Gathered.Finding;
import org.offx.plan.Gathered.NodeFindings;
import org.offx.plan.Gathered.PlayFindings;
import org.offx.plan.Plan.NodeState;
import org.offx.value.Value;

/**
 * What was found out about all nodes of an apply: one that is looked at again is judged in the light of what its tasks need
 * on the others. Until the apply begins that is what the preview found, so that a first look is judged as the plan was; then
 * what the last look at each has shown. Used by all nodes side by side.
 */
final class Known {

    private record Part(int play, String node) {}

    /** What was known at one moment. */
    record Snapshot(Map<Part, NodeFindings> parts, Map<String, String> unreachable) {}

    private final Gathered previewed;
    private final List<Selection> plays;
    private final Map<Part, NodeFindings> latest = new ConcurrentHashMap<>();
    private final Map<String, String> unreachable = new ConcurrentHashMap<>();
    private volatile Optional<Snapshot> frozen;

    /** @param plays those of the preview, in the same order */
    Known(Gathered previewed, List<Selection> plays) {
        this.previewed = previewed;
        this.plays = plays;
        for (int i = 0; i < plays.size(); i++) {
            for (NodeFindings part : previewed.plays().get(i).nodes()) {
                latest.put(new Part(i, part.node()), part);
            }
        }
        previewed.nodes().forEach(node -> node.why().ifPresent(why -> unreachable.put(node.name(), why)));
        this.frozen = Optional.of(copy());
    }

    private Snapshot copy() {
        return new Snapshot(new HashMap<>(latest), new HashMap<>(unreachable));
    }

    /** All nodes have been looked at once: from now on the last look counts. */
    void begin() {
        frozen = Optional.empty();
    }

    /** To be asked for before a look: what another node does meanwhile may have come too late to be seen by it. */
    Snapshot now() {
        return frozen.orElseGet(this::copy);
    }

    /**
     * Everything that was known before a look at a node, with what the look has shown of it.
     *
     * @param looked plays on this node only, with one part of {@code found} each
     */
    Gathered with(Snapshot before, String node, List<Selection> looked, List<NodeFindings> found, Optional<String> why) {
        Map<Part, NodeFindings> parts = new HashMap<>(before.parts());
        Map<String, String> down = new HashMap<>(before.unreachable());
        note(parts, down, node, looked, found, why);
        note(latest, unreachable, node, looked, found, why);
        List<PlayFindings> all = new ArrayList<>();
        for (int i = 0; i < plays.size(); i++) {
            int play = i;
            all.add(new PlayFindings(
                    plays.get(i).play().title(),
                    plays.get(i).play().settings().serial(),
                    plays.get(i).nodes().stream()
                            .flatMap(part -> Optional.ofNullable(parts.get(new Part(play, part.node()))).stream())
                            .toList()));
        }
        List<NodeState> states = Selection.byNode(plays).keySet().stream()
                .map(name -> new NodeState(name, name, Optional.ofNullable(down.get(name)), Optional.empty()))
                .toList();
        return new Gathered(previewed.title(), previewed.request(), new LinkedHashMap<>(), states, all, List.of());
    }

    private void note(
            Map<Part, NodeFindings> parts,
            Map<String, String> down,
            String node,
            List<Selection> looked,
            List<NodeFindings> found,
            Optional<String> why) {
        Map<Value.Reference, Finding> fresh = new HashMap<>();
        found.forEach(part -> part.items().forEach(item -> {
            if (item instanceof Finding finding) {
                fresh.put(finding.task().reference(), finding);
            }
        }));
        for (int i = 0; i < plays.size(); i++) {
            parts.computeIfPresent(new Part(i, node), (key, part) -> refreshed(part, fresh));
        }
        for (int i = 0; i < looked.size(); i++) {
            parts.put(new Part(number(looked.get(i)), node), found.get(i));
        }
        why.ifPresentOrElse(reason -> down.put(node, reason), () -> down.remove(node));
    }

    private int number(Selection looked) {
        for (int i = 0; i < plays.size(); i++) {
            if (plays.get(i).play() == looked.play()) {
                return i;
            }
        }
        throw new IllegalStateException("no play of this apply: " + looked.play().title());
    }

    /** A task that stands in several plays is the same thing on the node. */
    private static NodeFindings refreshed(NodeFindings part, Map<Value.Reference, Finding> fresh) {
        return new NodeFindings(
                part.node(),
                part.items().stream()
                        .map(item -> item instanceof Finding old
                                ? Optional.ofNullable(fresh.get(old.task().reference()))
                                        .filter(other -> isSame(other.task(), old.task()))
                                        .<Gathered.Item>map(other -> other)
                                        .orElse(old)
                                : item)
                        .toList(),
                part.owed(),
                part.actions(),
                part.together(),
                part.guardsLost());
    }

    private static boolean isSame(Task one, Task other) {
        return one.mode() == other.mode() && one.desired().equals(other.desired()) && one.moved().equals(other.moved());
    }
}
