package org.offx.observe;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.offx.eval.Behaviour;
import org.offx.eval.Catalog;
import org.offx.eval.Catalog.Item;
import org.offx.eval.Catalog.NodeItems;
import org.offx.eval.Review;
import org.offx.eval.Task;
import org.offx.eval.Undecided;
import org.offx.observe.Survey.Found;
import org.offx.plan.Gathered;
import org.offx.plan.Gathered.NodeFindings;
import org.offx.plan.Gathered.PlayFindings;

/** Asks nodes, side by side, about all that plays want of them, and puts it in the words of the planner. */
public final class Gathering {

    /**
     * What was found.
     *
     * @param unreachable the nodes that could not be asked at all, and why
     * @param steps makes the steps, with the files that were read
     */
    public record Result(List<PlayFindings> plays, Map<String, String> unreachable, SurveySteps steps) {}

    private final Behaviour behaviour;
    private final NodeReader reader;
    private final Observers observers;
    private final SideBySide sideBySide;

    public Gathering(Behaviour behaviour, NodeReader reader, Observers observers, SideBySide sideBySide) {
        this.behaviour = behaviour;
        this.reader = reader;
        this.observers = observers;
        this.sideBySide = sideBySide;
    }

    /** Asks, among the rest, what an interrupted apply owes the nodes. */
    public Result of(List<Selection> plays) {
        Map<String, Survey> surveys = new ConcurrentHashMap<>();
        return gathered(plays, surveys, node -> surveys.containsKey(node) ? surveys.get(node).owed() : Set.of());
    }

    /** @param owed the actions, by name, that are known to be owed to a node */
    public Result of(List<Selection> plays, Function<String, Set<String>> owed) {
        return gathered(plays, new ConcurrentHashMap<>(), owed);
    }

    private Result gathered(List<Selection> plays, Map<String, Survey> surveys, Function<String, Set<String>> owed) {
        Map<Task, Found> found = new IdentityHashMap<>();
        Map<String, Map<String, Review>> actions = new ConcurrentHashMap<>();
        Map<String, String> unreachable = new ConcurrentHashMap<>();
        Map<String, List<Item>> byNode = Selection.byNode(plays);
        sideBySide.each(List.copyOf(byNode.keySet()), node -> {
            reader.unreachable(node).ifPresent(why -> unreachable.put(node, why));
            if (!unreachable.containsKey(node)) {
                Survey survey = new Survey(behaviour, observers);
                surveys.put(node, survey);
                List<Found> all = survey.of(node, tasks(byNode.get(node)));
                actions.put(node, survey.of(Survey.actions(byNode.get(node)), node));
                synchronized (found) {
                    all.forEach(one -> found.put(one.task(), one));
                }
            }
        });
        return new Result(
                plays.stream().map(play -> findings(play, found, actions, owed, surveys)).toList(),
                unreachable,
                new SurveySteps(behaviour, found::get, surveys::get));
    }

    private static List<Task> tasks(List<Item> items) {
        List<Task> tasks = new ArrayList<>();
        items.forEach(item -> {
            if (item instanceof Catalog.TaskEntry(Task task)) {
                tasks.add(task);
            }
        });
        return tasks;
    }

    private static PlayFindings findings(
            Selection play,
            Map<Task, Found> found,
            Map<String, Map<String, Review>> actions,
            Function<String, Set<String>> owed,
            Map<String, Survey> surveys) {
        List<NodeFindings> nodes = new ArrayList<>();
        for (NodeItems part : play.nodes()) {
            List<Gathered.Item> items = part.items().stream().map(item -> item(item, found)).toList();
            nodes.add(new NodeFindings(
                    part.node(),
                    items,
                    owed.apply(part.node()),
                    actions.getOrDefault(part.node(), Map.of()),
                    surveys.containsKey(part.node()) && surveys.get(part.node()).guardsLost()));
        }
        return new PlayFindings(play.play().title(), play.play().settings().serial(), nodes);
    }

    private static Gathered.Item item(Item item, Map<Task, Found> found) {
        return switch (item) {
            case Catalog.ActionEntry(var call) -> new Gathered.Action(call);
            case Catalog.TaskEntry(Task task) -> found.containsKey(task)
                    ? Findings.of(found.get(task))
                    : Gathered.Finding.of(task, new Undecided.Unavailable("the node was not reached"));
        };
    }
}
