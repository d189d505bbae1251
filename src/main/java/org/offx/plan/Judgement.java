package org.offx.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.offx.check.Definition.OperationDef;
import org.offx.eval.Catalog;
import org.offx.eval.Changes;
import org.offx.eval.Observation;
import org.offx.eval.Review;
import org.offx.eval.Task;
import org.offx.eval.Undecided;
import org.offx.plan.Gathered.Finding;
import org.offx.text.Diagnostic;
import org.offx.tree.ResourceItem.Operation;

/**
 * What is to be said of a task by itself, before anybody asks what it needs.
 *
 * @param operations what would be done, in order
 */
record Judgement(Verdict verdict, List<Operation> operations) {

    static Judgement of(Finding finding, String node) {
        return switch (finding.state()) {
            case Observation.Present present -> there(finding);
            case Observation.Absent absent -> absent(finding);
            case Undecided.NotInstalled(String program) ->
                just(new Verdict.Failed("`" + program + "` is not installed on " + node + ": a `package` task before this one can bring it"));
            case Undecided.TimedOut late -> just(new Verdict.Unknown(late.reason()));
            case Undecided.Unavailable(String why) -> just(new Verdict.Unknown(why));
            case Undecided.Awaits(String origin) -> just(new Verdict.Deferred(origin + " is applied", Optional.empty()));
            case Undecided.Failed(Diagnostic diagnostic) -> just(new Verdict.Failed(reason(diagnostic)));
        };
    }

    /** What went wrong, with what the node said. */
    static String reason(Diagnostic diagnostic) {
        return diagnostic.sentence();
    }

    private static Judgement there(Finding finding) {
        Task task = finding.task();
        return switch (task.mode()) {
            case WATCH -> just(finding.changes().isEmpty() ? new Verdict.Ok() : new Verdict.Drifted());
            case ABSENT -> reviewed(finding, new Verdict.Delete(), Operation.DELETE);
            case PRESENT -> bothNames(finding) ? just(ambiguous(task)) : different(finding);
        };
    }

    private static Judgement different(Finding finding) {
        if (finding.changes().isEmpty()) {
            return just(new Verdict.Ok());
        }
        List<Changes.AttributeChange> fixed = finding.changes().blocked();
        if (fixed.isEmpty()) {
            return reviewed(finding, new Verdict.Update(), Operation.UPDATE);
        }
        return finding.task().resource().operation(Operation.REPLACE).isPresent()
                ? reviewed(finding, new Verdict.Replace(), Operation.REPLACE)
                : just(new Verdict.Blocked(String.join("; ", fixed.stream().map(Judgement::unchangeable).toList())));
    }

    private static String unchangeable(Changes.AttributeChange change) {
        return "`" + change.path() + "` cannot be changed: " + change.instead().orElseThrow();
    }

    private static Judgement absent(Finding finding) {
        Task task = finding.task();
        return switch (task.mode()) {
            case WATCH -> just(new Verdict.Drifted());
            case ABSENT -> just(new Verdict.Ok());
            case PRESENT -> task.moved().map(moved -> moved(finding, moved)).orElseGet(() -> creation(finding));
        };
    }

    private static Judgement creation(Finding finding) {
        return reviewed(finding, new Verdict.Create(), Operation.CREATE);
    }

    private static Judgement moved(Finding finding, Task.Moved moved) {
        String old = formerName(finding.task(), moved);
        return switch (finding.former().orElse(new Observation.Absent())) {
            case Observation.Present there -> {
                Verdict rename = new Verdict.Rename(old);
                yield finding.changes().isEmpty()
                        ? reviewed(finding, rename, Operation.RENAME)
                        : reviewed(finding, rename, Operation.RENAME, Operation.UPDATE);
            }
            case Observation.Absent absent -> moved.ifThere()
                    ? creation(finding)
                    : just(new Verdict.Blocked("there is neither " + finding.task().name() + " nor " + old
                            + ", which it is moved from; `if_there` after the old name allows that"));
            case Undecided undecided ->
                just(new Verdict.Unknown("is " + old + ", which it is moved from, there? " + undecided.reason()));
        };
    }

    private static boolean bothNames(Finding finding) {
        return finding.task().moved().isPresent()
                && finding.former().filter(Observation.Present.class::isInstance).isPresent();
    }

    private static Verdict ambiguous(Task task) {
        return new Verdict.Blocked("there is " + task.name() + ", and also " + formerName(task, task.moved().orElseThrow())
                + ", which it is moved from: remove one of them by hand");
    }

    private static String formerName(Task task, Task.Moved moved) {
        return Catalog.taskName(task.resource().name(), moved.from());
    }

    /** The verdict, unless the resource cannot do it or its review refuses. */
    private static Judgement reviewed(Finding finding, Verdict verdict, Operation... operations) {
        Task task = finding.task();
        for (Operation operation : operations) {
            if (task.resource().operation(operation).isEmpty()) {
                return just(new Verdict.Blocked(impossible(task, operation)));
            }
        }
        List<String> refusals = refusals(finding.review());
        return refusals.isEmpty()
                ? new Judgement(verdict, List.of(operations))
                : just(new Verdict.Blocked(String.join("; ", refusals)));
    }

    /** Why a change must not be made. One that could not be reviewed must not either. */
    static List<String> refusals(Review review) {
        List<String> refusals = new ArrayList<>(review.refusals());
        review.unanswered().forEach(why -> refusals.add("what may speak against it could not be read: " + why.reason()));
        return refusals;
    }

    private static String impossible(Task task, Operation operation) {
        String what = switch (operation) {
            case CREATE -> "it is not there, and offx does not make one";
            case UPDATE -> "it is different, and offx does not change one";
            case RENAME -> "it has another name, and offx does not rename one";
            case DELETE -> "it is there, and offx does not remove one";
            case REPLACE, PERFORM -> throw new IllegalStateException(operation + " is chosen only where there is one");
        };
        return what + ": `" + task.resource().name() + "` has no `" + word(operation) + "`";
    }

    private static String word(Operation operation) {
        return switch (operation) {
            case CREATE -> "create";
            case UPDATE -> "update";
            case RENAME -> "rename";
            case DELETE -> "delete";
            case REPLACE -> "replace";
            case PERFORM -> "perform";
        };
    }

    /** A verdict for which nothing is done. */
    static Judgement just(Verdict verdict) {
        return new Judgement(verdict, List.of());
    }

    /** What is destructive of the operations; a replacement always is. */
    boolean destructive(Task task) {
        return operations.stream().anyMatch(operation -> operation == Operation.REPLACE
                || task.resource().operation(operation).filter(OperationDef::destructive).isPresent());
    }

    boolean guarded(Task task) {
        return operations.stream()
                .anyMatch(operation -> task.resource().operation(operation).filter(OperationDef::guarded).isPresent());
    }
}
