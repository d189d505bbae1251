package org.offx.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.offx.eval.Expansion.ActionDraft;
import org.offx.eval.Expansion.Draft;
import org.offx.eval.Expansion.Needed;
import org.offx.eval.Expansion.TaskDraft;
import org.offx.eval.Plays.PlayDraft;
import org.offx.eval.WholeCatalog.Managed;
import org.offx.text.Code;
import org.offx.text.Diagnostic;
import org.offx.value.Shown;
import org.offx.value.Value;

/**
 * What tasks and actions need. A resource says what its tasks need in general; of that, what nobody manages is ignored, for it may
 * be there anyway. What the playbook itself says must be managed (OFX0503). Order is what one reads, except that a task
 * or an action comes after what it needs in the same play; so does a task after what the actions need that are done right
 * after it. Of what is to be gone the other way round: what stands on a thing goes first, a file before its directory. Tasks that
 * need each other have no order (OFX0504).
 */
final class NeedOrder {

    /** Tasks of a circle that its message names. */
    private static final int MOST_NAMED = 8;

    /** Of a task that needs another. */
    private record Link(Managed from, Managed to) {}

    /** What is managed, in the order of the playbook, each with the first task that does. */
    private final SequencedMap<Managed, Task> managed = new LinkedHashMap<>();
    private final SequencedMap<Value.Reference, List<Managed>> places = new LinkedHashMap<>();
    /** What is to be gone, with what stands on it and is to be gone as well. */
    private final Map<Managed, SequencedSet<Value.Reference>> going = new HashMap<>();
    private final Map<String, List<Value.Reference>> byResource;
    private final Map<Managed, SequencedSet<Managed>> edges = new HashMap<>();
    private final Map<Link, String> throughActions = new HashMap<>();
    private final Findings findings;

    private NeedOrder(List<PlayDraft> plays, Findings findings) {
        this.findings = findings;
        plays.stream().flatMap(NeedOrder::tasks).forEach(task -> {
            Managed place = Managed.by(task);
            if (managed.putIfAbsent(place, task) == null) {
                places.computeIfAbsent(task.reference(), reference -> new ArrayList<>()).add(place);
            }
            if (task.mode() == Task.Mode.ABSENT) {
                going.put(place, new LinkedHashSet<>());
            }
        });
        plays.stream().flatMap(NeedOrder::tasks).forEach(this::goesFirst);
        this.byResource = places.keySet().stream().collect(Collectors.groupingBy(Value.Reference::resource));
    }

    private static Stream<Task> tasks(PlayDraft play) {
        return play.nodes().stream()
                .flatMap(node -> node.items().stream())
                .filter(TaskDraft.class::isInstance)
                .map(draft -> ((TaskDraft) draft).task());
    }

    /** A task whose thing is to be gone, before those of the things that it stands on. */
    private void goesFirst(Task task) {
        if (task.mode() == Task.Mode.ABSENT) {
            task.needs().stream()
                    .filter(need -> !need.equals(task.reference()))
                    .flatMap(need -> goingAt(need, task.node()).stream())
                    .forEach(below -> below.add(task.reference()));
        }
    }

    /** What stands on a thing of this node, or of the cluster, that is to be gone; empty where it is to stay. */
    private Optional<SequencedSet<Value.Reference>> goingAt(Value.Reference need, String node) {
        return Optional.ofNullable(going.get(new Managed(node, need))).or(() -> Optional.ofNullable(going.get(Managed.ofCluster(need))));
    }

    static List<Catalog.Play> ordered(List<PlayDraft> plays, Findings findings) {
        NeedOrder order = new NeedOrder(plays, findings);
        List<PlayDraft> resolved = plays.stream().map(order::resolved).toList();
        order.cycles();
        return resolved.stream().map(order::play).toList();
    }

    private PlayDraft resolved(PlayDraft play) {
        return new PlayDraft(play.definition(), play.settings(), play.nodes().stream()
                .map(node -> node.with(node.items().stream().map(draft -> resolved(draft, node.node())).toList()))
                .toList());
    }

    private Draft resolved(Draft draft, String node) {
        return switch (draft) {
            case ActionDraft(ActionCall call) -> new ActionDraft(resolved(call, node));
            case TaskDraft task -> resolved(task);
        };
    }

    private ActionCall resolved(ActionCall call, String node) {
        return call.needing(inGeneral(call.needs(), node).distinct().toList());
    }

    private TaskDraft resolved(TaskDraft draft) {
        Task task = draft.task();
        SequencedSet<Value.Reference> needs = new LinkedHashSet<>();
        boolean goes = task.mode() == Task.Mode.ABSENT;
        inGeneral(task.needs(), task.node())
                .filter(need -> !need.equals(task.reference()) && !(goes && goingAt(need, task.node()).isPresent()))
                .forEach(needs::add);
        needs.addAll(going.getOrDefault(Managed.by(task), new LinkedHashSet<>()));
        for (Needed needed : draft.written()) {
            List<Value.Reference> found = found(needed.reference(), task).toList();
            needs.addAll(found);
            if (found.isEmpty() && Unknowns.in(needed.reference()).isEmpty()) {
                findings.add(unknown(needed));
            }
        }
        List<ActionCall> onChange = task.onChange().stream().map(call -> resolved(call, task.node())).toList();
        SequencedSet<Managed> before = edges.computeIfAbsent(Managed.by(task), place -> new LinkedHashSet<>());
        needs.stream().flatMap(need -> at(need, task.node())).forEach(before::add);
        onChange.stream().filter(ActionCall::now).forEach(call -> comesAfter(task, call, before));
        return new TaskDraft(task.needing(List.copyOf(needs), onChange), draft.written());
    }

    /** What an action needs that is done right after a task has to be there before the task. */
    private void comesAfter(Task task, ActionCall now, SequencedSet<Managed> before) {
        neededBy(now, task)
                .flatMap(need -> at(need, task.node()))
                .filter(before::add)
                .forEach(need -> throughActions.put(new Link(Managed.by(task), need), now.name()));
    }

    private static Stream<Value.Reference> neededBy(ActionCall now, Task task) {
        return now.needs().stream().filter(need -> !need.equals(task.reference()));
    }

    /**
     * What a resource or an action needs in general is on the node itself, or of the cluster: that another node has one is no
     * help. Of a whole resource, the tasks by name, for the order here; and all of them as such, since those of other nodes may
     * have the same names.
     */
    private Stream<Value.Reference> inGeneral(List<Value.Reference> needs, String node) {
        return needs.stream().flatMap(need -> need.isWhole()
                ? Stream.concat(whole(need), Stream.of(need))
                : Stream.of(need).filter(one -> managed.containsKey(new Managed(node, one)) || managed.containsKey(Managed.ofCluster(one))));
    }

    private Stream<Value.Reference> whole(Value.Reference need) {
        return byResource.getOrDefault(need.resource(), List.of()).stream();
    }

    /** What the playbook says a task needs may be anywhere. */
    private Stream<Value.Reference> found(Value.Reference need, Task from) {
        return need.isWhole()
                ? whole(need).filter(other -> !other.equals(from.reference()))
                : Stream.of(need).filter(places::containsKey);
    }

    /** Where that is managed, as seen from a node: there, else in the cluster, else wherever it is. */
    private Stream<Managed> at(Value.Reference need, String node) {
        return Stream.of(new Managed(node, need), Managed.ofCluster(need))
                .filter(managed::containsKey)
                .findFirst()
                .map(Stream::of)
                .orElseGet(() -> places.getOrDefault(need, List.of()).stream());
    }

    private Diagnostic unknown(Needed needed) {
        Diagnostic unknown = Diagnostic.error(
                        Code.UNKNOWN_NEED, needed.at().span(), "nothing manages " + Shown.literal(needed.reference()) + ", which is needed here")
                .here("no play has such a task");
        return nearest(needed.reference()).map(near -> unknown.note("did you mean " + Shown.literal(near) + "?")).orElse(unknown);
    }

    private Optional<Value.Reference> nearest(Value.Reference missing) {
        String wanted = Shown.literal(missing);
        var distance = LevenshteinDistance.getDefaultInstance();
        return byResource.getOrDefault(missing.resource(), List.of()).stream()
                .filter(near -> distance.apply(wanted, Shown.literal(near)) <= Math.max(2, wanted.length() / 3))
                .min(Comparator.comparing(near -> distance.apply(wanted, Shown.literal(near))));
    }

    // Cycles.

    private void cycles() {
        Set<List<Value.Reference>> told = new HashSet<>();
        DepthFirst<Managed> walk = new DepthFirst<>(
                new HashMap<>(),
                at -> edges.getOrDefault(at, new LinkedHashSet<>()).iterator(),
                circle -> {
                    if (told.add(circle.stream().map(Managed::reference).toList())) {
                        findings.add(cycle(circle));
                    }
                },
                at -> {});
        managed.keySet().forEach(walk::from);
    }

    private Diagnostic cycle(List<Managed> cycle) {
        Task first = managed.get(cycle.getFirst());
        if (cycle.size() == 1) {
            return Diagnostic.error(Code.NEED_CYCLE, first.span(), first.name() + " needs itself");
        }
        List<String> names = new ArrayList<>(cycle.stream().limit(MOST_NAMED).map(NeedOrder::shown).toList());
        if (cycle.size() > MOST_NAMED) {
            names.add(String.format(Locale.ROOT, "… %,d more …", cycle.size() - MOST_NAMED));
        }
        names.add(shown(cycle.getFirst()));
        Diagnostic diagnostic = Diagnostic.error(
                Code.NEED_CYCLE, first.span(), "tasks that need each other: " + String.join(" needs ", names));
        for (int i = 0; i < cycle.size(); i++) {
            Link link = new Link(cycle.get(i), cycle.get((i + 1) % cycle.size()));
            if (throughActions.containsKey(link)) {
                diagnostic = diagnostic.note(shown(link.from()) + " wants " + throughActions.get(link)
                        + " right after it, which needs " + shown(link.to()) + ": without `now` it is done at the end");
            }
        }
        for (Managed other : cycle.subList(1, Math.min(cycle.size(), MOST_NAMED))) {
            diagnostic = diagnostic.and(managed.get(other).span(), shown(other));
        }
        return diagnostic;
    }

    private static String shown(Managed place) {
        return Shown.literal(place.reference());
    }

    // Order.

    private Catalog.Play play(PlayDraft play) {
        return new Catalog.Play(play.definition(), play.settings(), play.nodes().stream()
                .map(node -> new Catalog.NodeItems(
                        node.node(), node.requirements(), node.checks(), node.together(), items(node.items())))
                .toList());
    }

    private static List<Catalog.Item> items(List<Draft> drafts) {
        SequencedMap<Value.Reference, TaskDraft> here = new LinkedHashMap<>();
        for (Draft draft : drafts) {
            if (draft instanceof TaskDraft task) {
                here.putIfAbsent(task.task().reference(), task);
            }
        }
        List<Draft> placed = new ArrayList<>();
        DepthFirst<Draft> walk = new DepthFirst<>(
                new IdentityHashMap<>(), draft -> needed(draft, here).iterator(), circle -> {}, placed::add);
        drafts.forEach(walk::from);
        return placed.stream()
                .map(draft -> switch (draft) {
                    case TaskDraft task -> new Catalog.TaskEntry(task.task());
                    case ActionDraft action -> new Catalog.ActionEntry(action.call());
                })
                .map(Catalog.Item.class::cast)
                .toList();
    }

    private static Stream<Draft> needed(Draft draft, Map<Value.Reference, TaskDraft> here) {
        Stream<Value.Reference> needs = switch (draft) {
            case TaskDraft task -> Stream.concat(
                    task.task().needs().stream(),
                    task.task().onChange().stream().filter(ActionCall::now).flatMap(call -> neededBy(call, task.task())));
            case ActionDraft action -> action.call().needs().stream();
        };
        return needs.map(here::get).filter(Objects::nonNull).map(Draft.class::cast);
    }
}
