package org.offx.apply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.offx.apply.Entry.Spot;
import org.offx.plan.Plan.AttributeChange;
import org.offx.plan.Report.Outcome;
import org.offx.plan.Report.TaskReport;
import org.offx.plan.Verdict;

/** What has become of a node's part of a play so far: what had its turn, and what of that still has to be read back. */
final class Ledger {

    /**
     * A change whose steps were done.
     *
     * @param doubt what it is, unless it reads back as desired: its steps may not have been done
     */
    private record Attempt(Entry entry, Duration took, Optional<Outcome.UnknownOutcome> doubt) {}

    private final Map<Spot, TaskReport> done = new LinkedHashMap<>();
    private final Map<Spot, Attempt> unread = new LinkedHashMap<>();

    Set<Spot> attempted() {
        Set<Spot> all = new LinkedHashSet<>(done.keySet());
        all.addAll(unread.keySet());
        return all;
    }

    /** @return the outcome where it is known already: that of an action, or of what has failed */
    Optional<TaskReport> note(Entry entry, Transcript.End end, Duration took) {
        return switch (end) {
            case Transcript.End.Over(Outcome outcome) -> Optional.of(close(entry, outcome, entry.plan().changes(), took));
            case Transcript.End.Through through when entry.task().isEmpty() ->
                Optional.of(close(entry, new Outcome.Changed(Outcome.How.DONE), List.of(), took));
            case Transcript.End.Doubtful(var otherwise) when entry.task().isEmpty() ->
                Optional.of(close(entry, otherwise, List.of(), took));
            case Transcript.End.Through through -> unread(entry, took, Optional.empty());
            case Transcript.End.Doubtful(var otherwise) -> unread(entry, took, Optional.of(otherwise));
        };
    }

    private Optional<TaskReport> unread(Entry entry, Duration took, Optional<Outcome.UnknownOutcome> doubt) {
        unread.put(entry.spot(), new Attempt(entry, took, doubt));
        return Optional.empty();
    }

    TaskReport close(Entry entry, Outcome outcome, List<AttributeChange> changes, Duration took) {
        TaskReport report = new TaskReport(entry.name(), outcome, changes, took);
        done.put(entry.spot(), report);
        return report;
    }

    /** Reads back what was done since the last look. */
    List<TaskReport> verify(Look look) {
        List<TaskReport> read = new ArrayList<>();
        unread.forEach((spot, attempt) -> {
            Entry now = look.at(spot).orElseThrow();
            read.add(verified(attempt, now, look.unreachable()));
        });
        unread.clear();
        return read;
    }

    private TaskReport verified(Attempt attempt, Entry now, Optional<String> unreachable) {
        Entry then = attempt.entry();
        Outcome outcome = switch (now.plan().verdict()) {
            case Verdict.Ok ok -> new Outcome.Changed(how(then.plan().verdict()));
            case Verdict.Pending(String reason) -> new Outcome.Pending(reason);
            case Verdict other when unreachable.isPresent() -> attempt.doubt()
                    .orElse(new Outcome.UnknownOutcome("read back " + then.name(), unreachable.get()));
            case Verdict other when attempt.doubt().isPresent() -> attempt.doubt().get();
            case Verdict.Unknown(String reason) -> failed("it was changed, and cannot be read back: " + reason);
            case Verdict.Failed(String reason) -> failed("it was changed, and cannot be read back: " + reason);
            case Verdict other -> failed("it was changed, and does not read back as desired");
        };
        return close(then, outcome, outcome instanceof Outcome.Failed ? now.plan().changes() : then.plan().changes(), attempt.took());
    }

    private static Outcome failed(String reason) {
        return new Outcome.Failed(reason, Optional.empty(), List.of());
    }

    static Outcome.How how(Verdict verdict) {
        return switch (verdict.kind()) {
            case CREATE -> Outcome.How.CREATED;
            case RENAME -> Outcome.How.RENAMED;
            case REPLACE -> Outcome.How.REPLACED;
            case DELETE -> Outcome.How.DELETED;
            case UPDATE -> Outcome.How.UPDATED;
            case ACT, DEFERRED, BLOCKED, FAILED, UNKNOWN, UNREACHABLE, PENDING, DRIFTED, OK -> Outcome.How.DONE;
        };
    }

    /**
     * The report of the whole part.
     *
     * @param last the last look
     * @param idle what the last look says of what had no turn
     * @param before how the first look found things
     * @param owed the actions that the node is still owed, by name
     * @param otherwise why the rest had no turn
     */
    List<TaskReport> report(Look last, Map<Spot, Outcome> idle, Set<Spot> before, Set<String> owed, String otherwise) {
        List<Map.Entry<Spot, TaskReport>> lines = new ArrayList<>();
        done.forEach((spot, report) -> lines.add(Map.entry(spot, undone(spot, report, last))));
        for (Entry entry : last.entries()) {
            if (done.containsKey(entry.spot())) {
                continue;
            }
            Outcome outcome = idle.get(entry.spot());
            if (outcome instanceof Outcome.Skipped && before.contains(entry.spot())) {
                outcome = new Outcome.Undone("it was as declared when this apply began, and is not any more");
            }
            if (outcome != null || entry.spot().action().isEmpty() || owed.contains(entry.name())) {
                Outcome known = outcome != null ? outcome : new Outcome.NotReached(otherwise);
                lines.add(Map.entry(entry.spot(), new TaskReport(
                        entry.name(), known, outcome == null ? List.of() : differences(entry, known), Duration.ZERO)));
            }
        }
        lines.sort(Comparator.<Map.Entry<Spot, TaskReport>>comparingInt(line -> line.getKey().item())
                .thenComparing(line -> !line.getKey().action().isEmpty()));
        return lines.stream().map(Map.Entry::getValue).toList();
    }

    private static List<AttributeChange> differences(Entry entry, Outcome outcome) {
        return outcome instanceof Outcome.Unchanged ? List.of() : entry.plan().changes();
    }

    private static TaskReport undone(Spot spot, TaskReport report, Look last) {
        if (!(report.outcome() instanceof Outcome.Changed)) {
            return report;
        }
        return last.at(spot)
                .filter(entry -> entry.task().isPresent() && entry.plan().verdict().changes())
                .map(entry -> new TaskReport(
                        report.name(), new Outcome.Undone("a later change has taken it back"), entry.plan().changes(), report.took()))
                .orElse(report);
    }
}
