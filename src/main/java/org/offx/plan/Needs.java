package org.offx.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.offx.eval.Task;
import org.offx.plan.Gathered.Finding;
import org.offx.plan.Gathered.NodeFindings;
import org.offx.plan.Gathered.PlayFindings;
import org.offx.plan.Plan.NodeState;
import org.offx.tree.ResourceItem.Operation;
import org.offx.value.Value;

/**
 * Judges each task in the light of what it needs, on its own node or on others, in this play or an earlier one, directly
 * or through others. What cannot be read because something that it needs is still to change is deferred; what needs
 * something that will not be in place is blocked.
 */
final class Needs {

    /** The resource that brings programs: after one of its changes, a program that was missing may be there. */
    private static final String PACKAGE = "package";

    private static final List<Value> EVERY = List.of(new Value.Text("*"));

    /** A task in its place: the same task may be wanted on several nodes. */
    private record Spot(String node, Finding finding) {}

    private final Map<String, String> unreachable = new HashMap<>();
    private final Map<Value.Reference, List<Spot>> byReference = new HashMap<>();
    private final Map<Finding, List<Spot>> packagesBefore = new IdentityHashMap<>();
    private final Map<Finding, Judgement> judged = new IdentityHashMap<>();
    private final Set<Finding> judging = Collections.newSetFromMap(new IdentityHashMap<>());

    Needs(Gathered gathered) {
        for (NodeState node : gathered.nodes()) {
            node.why().ifPresent(why -> unreachable.put(node.name(), why));
        }
        Map<String, List<Spot>> packages = new HashMap<>();
        for (PlayFindings play : gathered.plays()) {
            for (NodeFindings node : play.nodes()) {
                node.items().forEach(item -> {
                    if (item instanceof Finding finding) {
                        place(new Spot(node.node(), finding), packages.computeIfAbsent(node.node(), n -> new ArrayList<>()));
                    }
                });
            }
        }
    }

    private void place(Spot spot, List<Spot> packages) {
        Task task = spot.finding().task();
        byReference.computeIfAbsent(task.reference(), reference -> new ArrayList<>()).add(spot);
        packagesBefore.put(spot.finding(), List.copyOf(packages));
        if (isPackage(task)) {
            packages.add(spot);
        }
    }

    private static boolean isPackage(Task task) {
        String resource = task.resource().name();
        return resource.equals(PACKAGE) || resource.endsWith("." + PACKAGE);
    }

    /** Why a node was not reached; empty where it was. */
    Optional<String> unreachable(String node) {
        return Optional.ofNullable(unreachable.get(node));
    }

    /** What is to be said of a task that stands in a node's part. */
    Judgement judge(String node, Finding finding) {
        return judge(new Spot(node, finding));
    }

    private Judgement judge(Spot spot) {
        Judgement known = judged.get(spot.finding());
        if (known != null) {
            return known;
        }
        judging.add(spot.finding());
        Judgement judgement = unreachable.containsKey(spot.node())
                ? verdict(new Verdict.Unreachable(unreachable.get(spot.node())))
                : inContext(spot, Judgement.of(spot.finding(), spot.node()));
        judging.remove(spot.finding());
        judged.put(spot.finding(), judgement);
        return judgement;
    }

    private Judgement inContext(Spot spot, Judgement own) {
        Verdict verdict = own.verdict();
        boolean unreadable = verdict instanceof Verdict.Failed;
        boolean stuck = unreadable || verdict instanceof Verdict.Blocked;
        if (!stuck && !verdict.changes()) {
            return own;
        }
        List<Spot> needs = closure(spot);
        Optional<Spot> hopeless = needs.stream().filter(need -> hopeless(verdict(need))).findFirst();
        if (hopeless.isPresent() && (unreadable || verdict.changes())) {
            return verdict(new Verdict.Blocked("needs " + name(hopeless.get(), spot) + ", " + state(verdict(hopeless.get()))));
        }
        if (!stuck) {
            return own;
        }
        Optional<Spot> awaited = needs.stream().filter(need -> verdict(need).changes()).findFirst();
        if (awaited.isEmpty() && own.missing().isPresent()) {
            awaited = packagesBefore.get(spot.finding()).stream().filter(need -> verdict(need).changes()).findFirst();
        }
        return awaited.map(need -> deferred(spot, need)).orElse(own);
    }

    private Judgement deferred(Spot spot, Spot awaited) {
        Task task = spot.finding().task();
        boolean creatable = task.mode() == Task.Mode.PRESENT && task.resource().operation(Operation.CREATE).isPresent();
        String until = name(awaited, spot) + " " + arrival(awaited);
        return new Judgement(
                new Verdict.Deferred(until, creatable ? Optional.of(new Verdict.Create()) : Optional.empty()),
                creatable ? List.of(Operation.CREATE) : List.of(),
                Optional.empty());
    }

    /** All that it needs, nearest first, each once. */
    private List<Spot> closure(Spot spot) {
        List<Spot> found = new ArrayList<>();
        Set<Finding> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.add(spot.finding());
        List<Spot> edge = List.of(spot);
        while (!edge.isEmpty()) {
            List<Spot> next = new ArrayList<>();
            for (Spot at : edge) {
                needed(at).filter(need -> known.add(need.finding())).forEach(next::add);
            }
            found.addAll(next);
            edge = next;
        }
        found.removeIf(need -> judging.contains(need.finding()));
        return found;
    }

    /**
     * Those of its own node where there are some; else those of any node. What nobody manages is nobody's to wait for. The
     * key {@code "*"} means all tasks of a resource, on every node.
     */
    private Stream<Spot> needed(Spot spot) {
        return spot.finding().task().needs().stream().flatMap(reference -> {
            if (reference.key().equals(EVERY)) {
                return byReference.entrySet().stream()
                        .filter(entry -> entry.getKey().resource().equals(reference.resource()))
                        .flatMap(entry -> entry.getValue().stream());
            }
            List<Spot> all = byReference.getOrDefault(reference, List.of());
            List<Spot> here = all.stream().filter(need -> need.node().equals(spot.node())).toList();
            return (here.isEmpty() ? all : here).stream();
        });
    }

    private Verdict verdict(Spot spot) {
        return judge(spot).verdict();
    }

    private static Judgement verdict(Verdict verdict) {
        return new Judgement(verdict, List.of(), Optional.empty());
    }

    private static boolean hopeless(Verdict verdict) {
        return verdict.uncertain() && !verdict.changes();
    }

    private static String name(Spot need, Spot of) {
        return need.finding().task().name() + (need.node().equals(of.node()) ? "" : " on " + need.node());
    }

    /** The change of something that is awaited, to be read after its name. */
    private String arrival(Spot need) {
        return switch (verdict(need).kind()) {
            case CREATE -> isPackage(need.finding().task()) ? "is installed" : "exists";
            case DELETE -> "is gone";
            case RENAME -> "has its new name";
            case UPDATE, REPLACE, DEFERRED, ACT, BLOCKED, FAILED, UNKNOWN, UNREACHABLE, PENDING, DRIFTED, OK -> "is as declared";
        };
    }

    private static String state(Verdict verdict) {
        return switch (verdict.kind()) {
            case BLOCKED -> "which is blocked";
            case FAILED -> "which could not be read";
            case UNKNOWN -> "of which nobody knows the state";
            case UNREACHABLE -> "whose node is unreachable";
            case CREATE, UPDATE, REPLACE, RENAME, DELETE, ACT, DEFERRED, PENDING, DRIFTED, OK -> "which is not in place";
        };
    }
}
