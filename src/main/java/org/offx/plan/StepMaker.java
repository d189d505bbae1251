package org.offx.plan;

import java.util.List;
import java.util.Optional;
import org.offx.eval.ActionCall;
import org.offx.eval.Step;
import org.offx.plan.Gathered.Finding;
import org.offx.tree.ResourceItem.Operation;

/** Makes the steps of operations and actions. Asks no node: what it needs was read when the findings were. */
public interface StepMaker {

    /**
     * The steps of one operation.
     *
     * @param asIfAbsent make them as if nothing were there: an estimate
     * @param texts files as earlier tasks of this plan leave them
     */
    Made operation(Finding finding, Operation operation, boolean asIfAbsent, Texts texts);

    Made action(String node, ActionCall call, Texts texts);

    /** Files as they will be when a task's turn comes. */
    @FunctionalInterface
    interface Texts {

        /** The text that earlier tasks of this plan leave; empty where none of them touches the file. */
        Optional<String> left(String node, String path);
    }

    /** What came of it. */
    sealed interface Made {

        /** @param undo what takes them back, of an operation that is guarded */
        record Steps(List<Step> steps, List<Step> undo) implements Made {}

        /** Some part is known only after something else was applied: the steps can be shown, and not run. */
        record Awaits(String origin, List<Step> estimate) implements Made {}

        /** An expression has no value; one sentence. */
        record Failed(String reason) implements Made {}
    }
}
