package org.offx.observe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.offx.eval.Behaviour;
import org.offx.eval.Catalog;
import org.offx.eval.Catalog.Item;
import org.offx.eval.Catalog.NodeItems;
import org.offx.eval.Task;
import org.offx.eval.Undecided;
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
    private final Observers observers;
    private final SideBySide sideBySide;

    public Gathering(Behaviour behaviour, Observers observers, SideBySide sideBySide) {
        this.behaviour = behaviour;
        this.observers = observers;
        this.sideBySide = sideBySide;
    }

    /** Asks, among the rest, what an interrupted apply owes the nodes. */
    public Result of(List<Selection> plays) {
        return of(plays, (node, survey) -> survey.map(Survey::owed).orElse(Set.of()));
    }

    /** @param owed the actions, by name, that are known to be owed to a node */
    public Result of(List<Selection> plays, Function<String, Set<String>> owed) {
        return of(plays, (node, survey) -> owed.apply(node));
    }

    private Result of(List<Selection> plays, BiFunction<String, Optional<Survey>, Set<String>> owed) {
        Map<String, Survey> surveys = new ConcurrentHashMap<>();
        Map<String, String> unreachable = new ConcurrentHashMap<>();
        Map<String, List<Item>> byNode = Selection.byNode(plays);
        Set<String> guarded = plays.stream()
                .flatMap(play -> play.nodes().stream())
                .filter(part -> part.together().isPresent())
                .map(NodeItems::node)
                .collect(Collectors.toSet());
        sideBySide.each(List.copyOf(byNode.keySet()), node -> observers.unreachable(node).ifPresentOrElse(
                why -> unreachable.put(node, why),
                () -> {
                    Survey survey = new Survey(behaviour, observers, node);
                    survey.ask(byNode.get(node), guarded.contains(node));
                    surveys.put(node, survey);
                }));
        List<PlayFindings> found = plays.stream()
                .map(play -> new PlayFindings(
                        play.play().title(),
                        play.play().settings().serial(),
                        play.nodes().stream()
                                .map(part -> {
                                    Optional<Survey> survey = Optional.ofNullable(surveys.get(part.node()));
                                    return findings(part, survey, owed.apply(part.node(), survey));
                                })
                                .toList()))
                .toList();
        return new Result(found, unreachable, new SurveySteps(behaviour, surveys::get));
    }

    /** @param survey empty where the node was not reached */
    private static NodeFindings findings(NodeItems part, Optional<Survey> survey, Set<String> owed) {
        return new NodeFindings(
                part.node(),
                part.items().stream().map(item -> item(item, survey)).toList(),
                owed,
                survey.map(Survey::reviews).orElse(Map.of()),
                part.together(),
                survey.filter(Survey::guardsLost).isPresent());
    }

    private static Gathered.Item item(Item item, Optional<Survey> survey) {
        return switch (item) {
            case Catalog.ActionEntry(var call) -> new Gathered.Action(call);
            case Catalog.TaskEntry(Task task) -> survey.map(known -> Findings.of(known.found(task)))
                    .orElseGet(() -> Gathered.Finding.of(task, new Undecided.Unavailable("the node was not reached")));
        };
    }
}
