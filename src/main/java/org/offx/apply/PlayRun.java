package org.offx.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.offx.apply.NodeRun.Standing;
import org.offx.eval.Catalog;
import org.offx.eval.Task;
import org.offx.observe.Observers;
import org.offx.observe.SideBySide;
import org.offx.plan.Report.NodeReport;
import org.offx.plan.Report.Outcome;
import org.offx.plan.Report.PlayReport;
import org.offx.plan.Report.TaskReport;

/** One play: its nodes batch by batch, those of a batch side by side; gates before the first step and after each batch. */
final class PlayRun {

    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Context context;
    private final SideBySide sideBySide;
    private final Catalog.Play play;
    private final List<NodeRun> runs;
    private final Map<String, List<TaskReport>> gates = new ConcurrentHashMap<>();

    PlayRun(Context context, SideBySide sideBySide, Catalog.Play play, List<NodeRun> runs) {
        this.context = context;
        this.sideBySide = sideBySide;
        this.play = play;
        this.runs = List.copyOf(runs);
    }

    PlayReport run() {
        int failed = 0;
        int number = 1;
        for (List<NodeRun> batch : batches(runs, play.settings().serial())) {
            if (failed > play.settings().maxFailures()) {
                String why = ending(failed);
                batch.forEach(run -> run.course().stop(why));
            }
            failed += batch(number++, batch);
        }
        return new PlayReport(play.title(), runs.stream()
                .map(run -> new NodeReport(run.course().node(), run.report(gates.getOrDefault(run.course().node(), List.of()))))
                .toList());
    }

    /** Nodes that were left alone because somebody interrupted have not failed. */
    private String ending(int failed) {
        return context.cancellation().requested()
                ? "interrupted"
                : failed + (failed == 1 ? " node has" : " nodes have") + " failed in this play, which stops before its next batch";
    }

    static <T> List<List<T>> batches(List<T> nodes, List<Integer> sizes) {
        List<List<T>> batches = new ArrayList<>();
        int from = 0;
        for (int i = 0; from < nodes.size(); i++) {
            int size = sizes.isEmpty() ? nodes.size() : sizes.get(Math.min(i, sizes.size() - 1));
            int to = (int) Math.min(nodes.size(), (long) from + size);
            batches.add(nodes.subList(from, to));
            from = to;
        }
        return batches;
    }

    /** @return how many nodes failed */
    private int batch(int number, List<NodeRun> batch) {
        List<NodeRun> going = batch.stream().filter(run -> run.course().stopped().isEmpty()).toList();
        if (going.isEmpty()) {
            return 0;
        }
        context.progress().say(new Progress.Event.BatchStarts(
                play.title(), number, going.stream().map(run -> run.course().node()).toList()));
        each(going, this::require);
        together(going);
        advance(going.stream().filter(run -> run.course().stopped().isEmpty()).toList());
        each(going.stream().filter(run -> run.course().stopped().isEmpty()).toList(), this::check);
        return (int) going.stream().filter(run -> run.course().stopped().isPresent()).count();
    }

    /** A play that is guarded as a whole: as often as there is something that all its nodes can change now. */
    private void together(List<NodeRun> batch) {
        boolean more = batch.stream().anyMatch(run -> run.part().together().isPresent());
        while (more) {
            Instant start = context.clock().instant();
            Map<NodeRun, GuardedChange> changes = new ConcurrentHashMap<>();
            each(batch, run -> run.together().ifPresent(change -> changes.put(run, change)));
            more = !changes.isEmpty();
            if (more) {
                new GuardedTogether(context, sideBySide, changes.values()).run();
                each(List.copyOf(changes.keySet()), run -> run.settled(changes.get(run), start));
            }
        }
    }

    /** What waits for another node of the batch goes on as long as some node gets on. */
    private void advance(List<NodeRun> batch) {
        List<NodeRun> waiting = batch;
        boolean hope = batch.size() > 1;
        while (!waiting.isEmpty()) {
            List<NodeRun> now = waiting;
            boolean others = hope;
            Map<NodeRun, Standing> standings = new ConcurrentHashMap<>();
            each(now, run -> standings.put(run, run.advance(others)));
            waiting = now.stream().filter(run -> standings.get(run) == Standing.WAITING).toList();
            hope = now.stream().anyMatch(NodeRun::moved);
        }
    }

    private void each(List<NodeRun> some, Consumer<NodeRun> work) {
        Map<String, NodeRun> byNode = new LinkedHashMap<>();
        some.forEach(run -> byNode.put(run.course().node(), run));
        sideBySide.each(List.copyOf(byNode.keySet()), node -> work.accept(byNode.get(node)));
    }

    private void require(NodeRun run) {
        for (Catalog.Requirement requirement : run.part().requirements()) {
            Instant end = context.clock().instant().plus(requirement.patience());
            Optional<String> objection = objection(requirement.condition());
            while (objection.isPresent() && context.clock().instant().isBefore(end) && !context.cancellation().requested()) {
                context.progress().say(new Progress.Event.NodeDoes(run.course().node(), "waits: " + requirement.reason()));
                context.pause().forTime(AGAIN);
                objection = objection(requirement.condition());
            }
            objection.ifPresent(why -> gate(run, "require " + requirement.reason(), why));
        }
    }

    private void check(NodeRun run) {
        run.part().checks().forEach(check ->
                objection(check).ifPresent(why -> gate(run, "check " + check.shown(), why)));
    }

    private void gate(NodeRun run, String name, String why) {
        Outcome failed = new Outcome.Failed(why, Optional.empty(), List.of());
        gates.computeIfAbsent(run.course().node(), node -> new ArrayList<>())
                .add(new TaskReport(name, failed, List.of(), Duration.ZERO));
        run.course().stop("stopped at " + name);
    }

    private Optional<String> objection(Task.Confirmation condition) {
        Observers observers = new Observers(context.reader());
        return observers.all(List.<Supplier<Optional<String>>>of(() -> condition.objection(observers))).getFirst();
    }
}
