package org.offx.apply;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.offx.eval.Evaluation;
import org.offx.observe.Fleet;
import org.offx.observe.NodeReader;
import org.offx.observe.Preview;
import org.offx.observe.Selection;
import org.offx.observe.SideBySide;
import org.offx.plan.Plan;
import org.offx.plan.Plan.NodePlan;
import org.offx.plan.PlannedStep;
import org.offx.plan.Report;
import org.offx.plan.Report.PlayReport;
import org.offx.plan.ReportJson;
import org.offx.plan.Seal;

/**
 * Carries out what a preview showed: locks the nodes, looks at each once more, goes through the plays, reads back what it
 * changed, and reports. What goes wrong on nodes is in the report; whoever else works on a node is a typed refusal.
 */
public final class Apply {

    /**
     * What one apply works with.
     *
     * @param reader reads over the same fleet
     * @param directory where offx keeps things on nodes
     */
    public record Ports(
            Fleet fleet,
            NodeReader reader,
            SideBySide sideBySide,
            InstantSource clock,
            Pause pause,
            Progress progress,
            Cancellation cancellation,
            RunLog log,
            RunDirectory directory,
            Seal seal) {}

    /**
     * What is to be done.
     *
     * @param run names this apply on its nodes and in its run file: letters and digits, never used before
     * @param who the person, as the nodes' journals and other administrators shall see it
     * @param from the machine that this runs on
     * @param made the playbook as it was evaluated just now
     * @param shown the plan that somebody has seen: that of {@code made}, or a saved one
     * @param exact nothing is done that this plan does not have
     * @param consents what was consented to, by name
     * @param patience how long to wait for somebody else who works on the nodes
     */
    public record Asked(
            String run,
            String who,
            String from,
            Preview.Outcome.Made made,
            Plan shown,
            boolean exact,
            Set<String> consents,
            Duration patience) {

        public Asked {
            consents = Set.copyOf(consents);
            if (!run.matches("[A-Za-z0-9]+")) {
                throw new IllegalArgumentException("not the name of a run: " + run);
            }
        }
    }

    /** What came of it. */
    public sealed interface Outcome {

        record Done(Report report) implements Outcome {}

        /** Somebody else works on these nodes; nothing was done on any node. */
        record Locked(List<Holder> holders) implements Outcome {
            public Locked {
                holders = List.copyOf(holders);
            }
        }
    }

    private final Evaluation evaluation;
    private final Ports ports;

    public Apply(Evaluation evaluation, Ports ports) {
        this.evaluation = evaluation;
        this.ports = ports;
    }

    public Outcome run(Asked asked) {
        List<Selection> plays =
                Selection.of(asked.made().evaluated().catalog(), asked.made().plan().request(), ports.reader());
        Context context = context(asked, plays);
        Set<String> nodes = new LinkedHashSet<>(Selection.byNode(plays).keySet());
        ports.fleet().connect(List.copyOf(nodes));
        Locks locks = new Locks(context, ports.sideBySide());
        Locks.All taken = locks.take(lockable(asked.shown(), nodes), asked.patience());
        if (!taken.holders().isEmpty()) {
            return new Outcome.Locked(taken.holders());
        }
        try {
            Report report = new Passage(context, plays, asked, taken).run();
            ports.log().keep(ReportJson.write(report));
            return new Outcome.Done(report);
        } finally {
            locks.release();
        }
    }

    private Context context(Asked asked, List<Selection> plays) {
        NodeScript scripts = new NodeScript(ports.directory());
        Set<String> consents = new LinkedHashSet<>(asked.consents());
        consents.addAll(asked.shown().request().consents());
        return new Context(
                evaluation,
                asked.made().facts(),
                new Known(asked.made().gathered(), plays),
                ports.fleet(),
                ports.reader(),
                ports.clock(),
                ports.pause(),
                ports.progress(),
                ports.cancellation(),
                ports.seal(),
                scripts,
                new NodeLock(scripts, asked.run(), asked.who(), asked.from()),
                asked.made().plan().title(),
                consents,
                asked.exact());
    }

    /** The nodes that are reached, and those on which their tasks take steps. */
    private List<String> lockable(Plan shown, Set<String> nodes) {
        Set<String> all = new LinkedHashSet<>(nodes);
        shown.plays().stream()
                .flatMap(play -> play.nodes().stream())
                .flatMap(part -> part.tasks().stream())
                .flatMap(task -> elsewhere(task.steps()))
                .forEach(all::add);
        return all.stream().filter(node -> ports.reader().unreachable(node).isEmpty()).toList();
    }

    private static Stream<String> elsewhere(Collection<PlannedStep> steps) {
        return steps.stream().flatMap(step -> step instanceof PlannedStep.OnNode(String node, List<PlannedStep> inner)
                ? Stream.concat(Stream.of(node), elsewhere(inner))
                : Stream.empty());
    }

    /** Once the locks are held: everything is looked at, then the plays go one after another. */
    private final class Passage {

        private final Context context;
        private final List<Selection> plays;
        private final Asked asked;
        private final Map<String, NodeCourse> courses = new ConcurrentHashMap<>();
        private final Map<String, List<Look>> looks = new ConcurrentHashMap<>();
        private final List<String> order;

        Passage(Context context, List<Selection> plays, Asked asked, Locks.All locks) {
            this.context = context;
            this.plays = plays;
            this.asked = asked;
            this.order = List.copyOf(Selection.byNode(plays).keySet());
            for (String node : order) {
                NodeCourse course = new NodeCourse(node, context.clock().instant(), locks.owed().getOrDefault(node, Set.of()));
                ports.reader().unreachable(node).ifPresent(course::unreachable);
                Optional.ofNullable(locks.impossible().get(node)).ifPresent(course::stop);
                courses.put(node, course);
            }
        }

        Report run() {
            ports.sideBySide().each(order, node -> looks.put(
                    node, new Looks(context).at(node, on(node), courses.get(node).owed())));
            context.known().begin();
            List<List<NodeRun>> runs = new ArrayList<>();
            for (int i = 0; i < plays.size(); i++) {
                runs.add(runs(i));
            }
            List<PlayReport> reports = new ArrayList<>();
            for (int i = 0; i < plays.size(); i++) {
                reports.add(new PlayRun(context, ports.sideBySide(), plays.get(i).play(), runs.get(i)).run());
                ports.log().keep(ReportJson.write(report(reports)));
            }
            return report(reports);
        }

        private List<Selection> on(String node) {
            return plays.stream().map(play -> play.on(node)).filter(play -> !play.nodes().isEmpty()).toList();
        }

        /** What was just seen serves the first batch of the first play; later ones look again. */
        private List<NodeRun> runs(int number) {
            Selection play = plays.get(number);
            GuardTurn turn = new GuardTurn(context.cancellation());
            List<Integer> serial = play.play().settings().serial();
            int recent = number > 0 ? 0 : serial.isEmpty() ? play.nodes().size() : serial.getFirst();
            List<NodeRun> runs = new ArrayList<>();
            for (var part : play.nodes()) {
                int own = (int) plays.subList(0, number).stream().filter(earlier -> !earlier.on(part.node()).nodes().isEmpty()).count();
                Look seen = looks.get(part.node()).get(own);
                Optional<NodePlan> shown = shown(number, play, part.node());
                NodeRun run = new NodeRun(context, play.on(part.node()), courses.get(part.node()), shown, turn,
                        runs.size() < recent ? Optional.of(seen) : Optional.empty(), seen);
                if (seen.unreachable().isEmpty()) {
                    Drift.of(shown, seen, context.exact()).forEach(run::drifted);
                }
                runs.add(run);
            }
            return runs;
        }

        private Optional<NodePlan> shown(int number, Selection play, String node) {
            return Optional.of(asked.shown().plays())
                    .filter(all -> number < all.size() && all.get(number).title().equals(play.play().title()))
                    .stream()
                    .flatMap(all -> all.get(number).nodes().stream())
                    .filter(part -> part.node().equals(node))
                    .findFirst();
        }

        private Report report(List<PlayReport> reports) {
            return new Report(
                    context.title(),
                    reports,
                    order.stream().map(node -> courses.get(node).end()).toList(),
                    asked.made().plan().warnings(),
                    context.cancellation().requested());
        }
    }
}
