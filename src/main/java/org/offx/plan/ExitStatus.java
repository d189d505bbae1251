package org.offx.plan;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.Report.Outcome;

/** What a command ends with, for scripts and schedulers. {@code offx help exit-codes} prints {@link #table}. */
public enum ExitStatus {
    DONE(0, "done; or nothing to do; or a plan was made (without --exit-code)"),
    WRONG(1, "the playbook is wrong, one of its `must` rules is broken, or the command line is wrong"),
    CHANGES(2, "plan --exit-code: something is not as declared"),
    UNCERTAIN(3, "plan --exit-code: there are tasks that could not be predicted or read"),
    FAILED(4, "some task failed or was left undone, or nobody knows whether a step took effect"),
    UNREACHABLE(5, "some node was unreachable"),
    ROLLED_BACK(6, "a guarded change was not confirmed, and was rolled back"),
    INTERRUPTED(130, "interrupted");

    private final int code;
    private final String meaning;

    ExitStatus(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** What the process ends with. */
    public int code() {
        return code;
    }

    /** One line for each status, ends with a line feed. */
    public static String table() {
        return Stream.of(values())
                .map(status -> "%4d  %s\n".formatted(status.code, status.meaning))
                .collect(Collectors.joining());
    }

    /**
     * How {@code offx plan} ends.
     *
     * @param exitCode {@code --exit-code} was given; without it, a plan that was made is a success whatever it says
     */
    public static ExitStatus of(Plan plan, boolean exitCode) {
        List<Verdict.Kind> kinds = plan.plays().stream()
                .flatMap(play -> play.nodes().stream())
                .flatMap(node -> node.tasks().stream())
                .map(TaskPlan::verdict)
                .map(Verdict::kind)
                .toList();
        boolean unread = plan.nodes().stream().anyMatch(node -> node.why().isPresent());
        if (!exitCode) {
            return DONE;
        }
        if (unread || kinds.stream().anyMatch(Verdict.Kind::uncertain)) {
            return UNCERTAIN;
        }
        return kinds.stream().anyMatch(kind -> kind.changes() || kind.differs()) ? CHANGES : DONE;
    }

    /** How {@code offx apply} ends: of several reasons, the one that most needs somebody to look. */
    public static ExitStatus of(Report report) {
        List<ExitStatus> ends = Stream.concat(
                        report.plays().stream()
                                .flatMap(play -> play.nodes().stream())
                                .flatMap(node -> node.tasks().stream())
                                .map(task -> of(task.outcome())),
                        report.nodes().stream()
                                .filter(node -> node.why().isPresent())
                                .map(node -> node.unreachable() ? UNREACHABLE : FAILED))
                .toList();
        return report.interrupted()
                ? INTERRUPTED
                : Stream.of(ROLLED_BACK, FAILED, UNREACHABLE).filter(ends::contains).findFirst().orElse(DONE);
    }

    private static ExitStatus of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed failed -> FAILED;
            case Outcome.UnknownOutcome unknown -> FAILED;
            case Outcome.Undone undone -> FAILED;
            case Outcome.Skipped skipped -> FAILED;
            case Outcome.NotReached notReached -> FAILED;
            case Outcome.RolledBack back -> ROLLED_BACK;
            case Outcome.Unchanged unchanged -> DONE;
            case Outcome.Changed changed -> DONE;
            case Outcome.Pending pending -> DONE;
            case Outcome.Drifted drifted -> DONE;
        };
    }
}
