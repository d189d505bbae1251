package org.offx.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.offx.eval.ActionCall;
import org.offx.eval.DepthFirst;
import org.offx.eval.Observation;
import org.offx.eval.Task;
import org.offx.eval.Undecided;
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

    /** A task in its place: the same task may be wanted on several nodes. */
    private record Spot(String node, Finding finding, Earlier packages) {}

    /** The first tasks of a list that grows. */
    private record Earlier(List<Spot> all, int count) {
        Stream<Spot> spots() {
            return all.stream().limit(count);
        }
    }

    private record Managed(String node, Value.Reference reference) {}

    /** Something that a task needs, directly or through others, and over how many. */
    private record Near(Spot spot, int distance) {
        static final Comparator<Near> NEAREST = Comparator.comparingInt(Near::distance);
    }

    /**
     * A task's judgement, and what is to be said of all that it needs.
     *
     * @param hopeless the nearest that will not be in place
     * @param changing the nearest that is still to change
     * @param renamed the nearest that is to get another name
     */
    private record Judged(Judgement judgement, Optional<Near> hopeless, Optional<Near> changing, Optional<Near> renamed) {}

    private final Map<String, String> unreachable = new HashMap<>();
    private final Map<Finding, Spot> spots = new IdentityHashMap<>();
    private final Map<Value.Reference, List<Spot>> byReference = new HashMap<>();
    private final Map<Managed, List<Spot>> onNode = new HashMap<>();
    private final Map<String, List<Spot>> byResource = new HashMap<>();
    private final Map<Spot, Judged> judged = new IdentityHashMap<>();
    private final DepthFirst<Spot> walk = new DepthFirst<>(
            new IdentityHashMap<>(), spot -> Stream.concat(needed(spot), bringers(spot)).iterator(), circle -> {}, spot -> judged.put(spot, judgement(spot)));

    Needs(Gathered gathered) {
        for (NodeState node : gathered.nodes()) {
            node.why().ifPresent(why -> unreachable.put(node.name(), why));
        }
        Map<String, List<Spot>> packages = new HashMap<>();
        for (PlayFindings play : gathered.plays()) {
            for (NodeFindings node : play.nodes()) {
                node.items().forEach(item -> {
                    if (item instanceof Finding finding) {
                        place(node.node(), finding, packages.computeIfAbsent(node.node(), n -> new ArrayList<>()));
                    }
                });
            }
        }
    }

    private void place(String node, Finding finding, List<Spot> packages) {
        Task task = finding.task();
        Spot spot = new Spot(node, finding, new Earlier(packages, packages.size()));
        spots.put(finding, spot);
        byReference.computeIfAbsent(task.reference(), reference -> new ArrayList<>()).add(spot);
        onNode.computeIfAbsent(new Managed(node, task.reference()), place -> new ArrayList<>()).add(spot);
        byResource.computeIfAbsent(task.resource().name(), resource -> new ArrayList<>()).add(spot);
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

    /** What is to be said of a task that was found out about. */
    Judgement judge(Finding finding) {
        Spot spot = spots.get(finding);
        walk.from(spot);
        return judged.get(spot).judgement();
    }

    /** Why an action is not done on a node: something that it needs will not be in place. Empty where nothing is in its way. */
    Optional<String> obstacle(ActionCall call, String node) {
        List<Spot> needs = call.needs().stream().flatMap(need -> needed(need, node).stream()).toList();
        needs.forEach(walk::from);
        return hopeless(needs).map(near -> without(near.spot(), node));
    }

    /** Of a task of whose needs all but those that need it in turn are judged. */
    private Judged judgement(Spot spot) {
        List<Spot> needs = needed(spot).filter(judged::containsKey).toList();
        Optional<Near> hopeless = hopeless(needs);
        Optional<Near> changing = nearest(needs, Verdict::changes, Judged::changing);
        Optional<Near> renamed = nearest(needs, Verdict.Rename.class::isInstance, Judged::renamed);
        Judgement judgement = unreachable(spot.node())
                .map(why -> Judgement.just(new Verdict.Unreachable(why)))
                .orElseGet(() -> inContext(
                        spot,
                        Judgement.of(spot.finding(), spot.node()),
                        hopeless.map(Near::spot),
                        changing.map(Near::spot),
                        renamed.map(Near::spot)));
        return new Judged(judgement, hopeless, changing, renamed);
    }

    private Optional<Near> hopeless(List<Spot> needs) {
        return nearest(needs, verdict -> verdict.uncertain() && !verdict.changes(), Judged::hopeless);
    }

    /** The nearest with such a verdict of all that is needed; of those as near, the one that is needed first. */
    private Optional<Near> nearest(
            List<Spot> needs, Predicate<Verdict> wanted, Function<Judged, Optional<Near>> beyond) {
        return needs.stream()
                .flatMap(need -> wanted.test(verdict(need))
                        ? Stream.of(new Near(need, 1))
                        : beyond.apply(judged.get(need)).map(near -> new Near(near.spot(), near.distance() + 1)).stream())
                .min(Near.NEAREST);
    }

    /** What is not there may be there under its name as soon as what it needs has its own: it goes along. */
    private static boolean comesAlong(Spot spot) {
        return spot.finding().state() instanceof Observation.Absent && spot.finding().task().mode() == Task.Mode.PRESENT;
    }

    private Judgement inContext(
            Spot spot, Judgement own, Optional<Spot> hopeless, Optional<Spot> changing, Optional<Spot> renamed) {
        Verdict verdict = own.verdict();
        boolean unreadable = verdict instanceof Verdict.Failed;
        boolean stuck = unreadable || verdict instanceof Verdict.Blocked;
        if (hopeless.isPresent() && (unreadable || verdict.changes())) {
            return Judgement.just(new Verdict.Blocked(without(hopeless.get(), spot.node())));
        }
        if (renamed.isPresent() && comesAlong(spot)) {
            return deferred(spot, renamed.get());
        }
        if (!stuck) {
            return own;
        }
        return changing
                .or(() -> bringers(spot).filter(judged::containsKey).filter(need -> verdict(need).changes()).findFirst())
                .map(need -> deferred(spot, need))
                .orElse(own);
    }

    /** Of a task whose program is missing, the packages before it: one of them may bring it. */
    private static Stream<Spot> bringers(Spot spot) {
        return spot.finding().state() instanceof Undecided.NotInstalled ? spot.packages().spots() : Stream.empty();
    }

    private Judgement deferred(Spot spot, Spot awaited) {
        Task task = spot.finding().task();
        String until = name(awaited, spot.node()) + " " + arrival(awaited);
        Optional<Operation> later = switch (task.mode()) {
            case PRESENT -> Optional.of(Operation.CREATE).filter(operation -> task.resource().operation(operation).isPresent());
            case ABSENT -> Optional.of(Operation.DELETE).filter(operation -> spot.finding().state() instanceof Observation.Present);
            case WATCH -> Optional.empty();
        };
        Optional<Verdict> estimate = later.map(operation -> operation == Operation.DELETE ? new Verdict.Delete() : new Verdict.Create());
        return new Judgement(new Verdict.Deferred(until, estimate), later.stream().toList());
    }

    /**
     * Those of its own node where there are some; else those of any node. What nobody manages is nobody's to wait for. A
     * need of a whole resource is one of its tasks on every node.
     */
    private Stream<Spot> needed(Spot spot) {
        return spot.finding().task().needs().stream()
                .flatMap(need -> needed(need, spot.node()).stream())
                .filter(need -> need != spot);
    }

    private List<Spot> needed(Value.Reference need, String node) {
        if (need.isWhole()) {
            return byResource.getOrDefault(need.resource(), List.of());
        }
        return Optional.ofNullable(onNode.get(new Managed(node, need))).orElseGet(() -> byReference.getOrDefault(need, List.of()));
    }

    private Verdict verdict(Spot spot) {
        return judged.get(spot).judgement().verdict();
    }

    private String without(Spot need, String node) {
        return "needs " + name(need, node) + ", " + state(verdict(need));
    }

    /** As it is called on this node. */
    private static String name(Spot need, String node) {
        return need.finding().task().name() + (need.node().equals(node) ? "" : " on " + need.node());
    }

    /** The change of something that is awaited, to be read after its name. */
    private String arrival(Spot need) {
        Task task = need.finding().task();
        if (task.mode() == Task.Mode.ABSENT) {
            return "is gone";
        }
        return switch (verdict(need).kind()) {
            case CREATE -> isPackage(task) ? "is installed" : "exists";
            case RENAME -> "has its new name";
            case DELETE, UPDATE, REPLACE, DEFERRED, ACT, BLOCKED, FAILED, UNKNOWN, UNREACHABLE, PENDING, DRIFTED, OK -> "is as declared";
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
