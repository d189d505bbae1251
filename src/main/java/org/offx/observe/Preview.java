package org.offx.observe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.offx.check.Program;
import org.offx.eval.Behaviour;
import org.offx.eval.Catalog;
import org.offx.eval.Catalog.Item;
import org.offx.eval.Catalog.NodeItems;
import org.offx.eval.Evaluated;
import org.offx.eval.Evaluation;
import org.offx.eval.Facts;
import org.offx.eval.Review;
import org.offx.eval.Task;
import org.offx.eval.Undecided;
import org.offx.observe.Survey.Found;
import org.offx.plan.Gathered;
import org.offx.plan.Gathered.NodeFindings;
import org.offx.plan.Gathered.PlayFindings;
import org.offx.plan.Plan;
import org.offx.plan.Plan.NodeState;
import org.offx.plan.Planner;
import org.offx.plan.Seal;
import org.offx.text.Diagnostic;

/**
 * From a checked playbook to its plan: reads the facts that it uses, evaluates it, surveys its nodes side by side, and has
 * the planner judge what was found. Changes nothing on any node.
 */
public final class Preview {

    /** What came of it. */
    public sealed interface Outcome {

        /**
         * @param evaluated the catalog that the plan is of, with its warnings
         * @param facts the answers that it was evaluated with
         */
        record Made(Plan plan, Gathered gathered, Evaluated evaluated, Facts facts) implements Outcome {}

        /** The playbook is wrong in a way that only the facts of its nodes have shown. */
        record Refused(List<Diagnostic> diagnostics) implements Outcome {}
    }

    /**
     * What is asked for.
     *
     * @param recorded when the answers were given, of a recorded state
     */
    public record Asked(String title, Plan.Request request, Map<String, String> sources, Optional<Instant> recorded) {}

    private final Program program;
    private final Evaluation evaluation;
    private final NodeReader reader;
    private final SideBySide sideBySide;

    public Preview(Program program, Evaluation evaluation, NodeReader reader, SideBySide sideBySide) {
        this.program = program;
        this.evaluation = evaluation;
        this.reader = reader;
        this.sideBySide = sideBySide;
    }

    /** @param warnings of the checks before, as drawn text */
    public Outcome make(Asked asked, List<String> warnings, Seal seal) {
        Observers observers = new Observers(reader);
        FactReader facts = new FactReader(evaluation, observers, sideBySide);
        facts.readAll();
        Evaluated evaluated = evaluation.catalog(facts);
        if (evaluated.hasErrors()) {
            return new Outcome.Refused(evaluated.diagnostics());
        }
        List<Selected> plays = select(evaluated.catalog(), asked.request());
        Behaviour behaviour = evaluation.behaviour(facts);
        Map<String, Survey> surveys = new ConcurrentHashMap<>();
        Map<Task, Found> found = new IdentityHashMap<>();
        Map<String, Map<String, Review>> actions = new ConcurrentHashMap<>();
        Map<String, String> unreachable = new ConcurrentHashMap<>();
        Map<String, List<Item>> byNode = byNode(plays);
        sideBySide.each(List.copyOf(byNode.keySet()), node -> {
            Survey survey = new Survey(behaviour, observers);
            surveys.put(node, survey);
            reader.unreachable(node).ifPresent(why -> unreachable.put(node, why));
            if (!unreachable.containsKey(node)) {
                List<Found> all = survey.of(tasks(byNode.get(node)));
                actions.put(node, survey.of(Survey.actions(byNode.get(node)), node));
                synchronized (found) {
                    all.forEach(one -> found.put(one.task(), one));
                }
            }
        });
        List<String> said = new ArrayList<>(warnings);
        facts.problems().forEach(problem -> said.add("a fact could not be read: " + problem));
        Gathered gathered = new Gathered(
                asked.title(),
                asked.request(),
                new LinkedHashMap<>(asked.sources()),
                states(byNode.keySet(), unreachable, asked.recorded()),
                plays.stream().map(play -> findings(play, found, actions)).toList(),
                said);
        SurveySteps steps = new SurveySteps(behaviour, found::get, surveys::get);
        return new Outcome.Made(Planner.plan(gathered, steps, seal), gathered, evaluated, facts);
    }

    /** A play, with the nodes that it is to run on now. */
    private record Selected(Catalog.Play play, List<NodeItems> nodes) {}

    private List<Selected> select(Catalog catalog, Plan.Request request) {
        List<Selected> plays = new ArrayList<>();
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
                plays.add(new Selected(play, tagged));
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

    private static Map<String, List<Item>> byNode(List<Selected> plays) {
        Map<String, List<Item>> byNode = new LinkedHashMap<>();
        plays.forEach(play -> play.nodes().forEach(part ->
                byNode.computeIfAbsent(part.node(), n -> new ArrayList<>()).addAll(part.items())));
        return byNode;
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

    private List<NodeState> states(Set<String> used, Map<String, String> unreachable, Optional<Instant> recorded) {
        Inventory inventory = new Inventory(program, evaluation);
        List<NodeState> states = new ArrayList<>();
        Set<String> ordered = new LinkedHashSet<>(program.nodes().keySet());
        ordered.retainAll(used);
        ordered.forEach(node -> states.add(new NodeState(
                node, inventory.place(node).address(), Optional.ofNullable(unreachable.get(node)), recorded)));
        return states;
    }

    private static PlayFindings findings(Selected play, Map<Task, Found> found, Map<String, Map<String, Review>> actions) {
        List<NodeFindings> nodes = new ArrayList<>();
        for (NodeItems part : play.nodes()) {
            List<Gathered.Item> items = part.items().stream().map(item -> item(item, found)).toList();
            nodes.add(new NodeFindings(part.node(), items, Set.of(), actions.getOrDefault(part.node(), Map.of())));
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
