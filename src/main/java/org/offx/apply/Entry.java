package org.offx.apply;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.offx.eval.ActionCall;
import org.offx.eval.Step;
import org.offx.eval.Task;
import org.offx.plan.Plan.TaskPlan;
import org.offx.value.Value;

/**
 * One task or action of a node's part of a play, as one look at the node shows it.
 *
 * @param plan what is to be done for it now
 * @param steps the steps of the plan with the secrets in them
 * @param undo makes what takes a guarded change back, besides the files it edits
 */
record Entry(Spot spot, Subject subject, TaskPlan plan, List<Step> steps, Supplier<List<Step>> undo) {

    /**
     * Its place; the same in every look.
     *
     * @param item the number of the item that it stands for or belongs to; {@link #END} of what is owed at the end
     * @param action the name of an action that belongs to a task; empty for the item itself
     */
    record Spot(int item, String action) {
        static final int END = Integer.MAX_VALUE;
    }

    sealed interface Subject {

        record Wanted(Task task) implements Subject {}

        record Called(ActionCall call, Reason reason) implements Subject {}
    }

    /** Why an action is called. */
    enum Reason {
        /** The play asks for it. */
        ASKED,
        /** A task has changed, and wants it right after itself. */
        AT_ONCE,
        /** A task has changed; it is done once, at the end. */
        OWED
    }

    String name() {
        return plan.name();
    }

    Optional<Task> task() {
        return subject instanceof Subject.Wanted(Task task) ? Optional.of(task) : Optional.empty();
    }

    List<Value.Reference> needs() {
        return switch (subject) {
            case Subject.Wanted(Task task) -> task.needs();
            case Subject.Called(ActionCall call, Reason reason) -> call.needs();
        };
    }

    Optional<Value.Reference> reference() {
        return task().map(Task::reference);
    }

    /** Actions that are to be done once this has changed, at once or at the end, by name. */
    List<String> owes() {
        return asksFor(call -> true);
    }

    List<String> owesAtTheEnd() {
        return asksFor(call -> !call.now());
    }

    private List<String> asksFor(Predicate<ActionCall> which) {
        return task().stream().flatMap(task -> task.onChange().stream()).filter(which).map(ActionCall::name).toList();
    }

    /** How a guarded change is confirmed, as its block or its resource says. */
    GuardedChange.Terms guard() {
        return new GuardedChange.Terms(
                plan.guard().orElseThrow().within(), task().flatMap(Task::guard).flatMap(Task.Guard::confirm));
    }

    /** Whether it is an action that a task's change asks for: it is noted on the node until it is done. */
    boolean isOwed() {
        return subject instanceof Subject.Called(ActionCall call, Reason reason) && reason != Reason.ASKED;
    }
}
