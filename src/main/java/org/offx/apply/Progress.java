package org.offx.apply;

import java.time.Duration;
import java.util.List;
import org.offx.plan.Report.TaskReport;

/** Is told what an apply is doing while it does it, by several threads. */
@FunctionalInterface
public interface Progress {

    void say(Event event);

    /** What there is to tell. */
    sealed interface Event {

        /** @param batch from 1 */
        record BatchStarts(String play, int batch, List<String> nodes) implements Event {}

        /** @param what such as {@code observes}, {@code 3 changes} */
        record NodeDoes(String node, String what) implements Event {}

        record TaskEnds(String node, TaskReport task) implements Event {}

        /** Somebody else works on a node; it is tried again. */
        record LockAwaited(Holder holder) implements Event {}

        /**
         * A guarded change waits for its confirmation.
         *
         * @param left until the node undoes it
         * @param objection why it is not confirmed yet
         */
        record Countdown(String node, List<String> tasks, Duration left, String objection) implements Event {}
    }
}
