package org.offx.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an apply did, as data.
 *
 * @param title what the command was given
 * @param nodes how each node ended, in the order of the inventory
 * @param warnings as drawn text
 * @param interrupted somebody stopped it before it was through
 */
public record Report(
        String title, List<PlayReport> plays, List<NodeEnd> nodes, List<String> warnings, boolean interrupted) {

    public Report {
        plays = List.copyOf(plays);
        nodes = List.copyOf(nodes);
        warnings = List.copyOf(warnings);
    }

    /** What became of a play, node by node. */
    public record PlayReport(String title, List<NodeReport> nodes) {
        public PlayReport {
            nodes = List.copyOf(nodes);
        }
    }

    /** What became of a node's tasks, in the order in which they ran. */
    public record NodeReport(String node, List<TaskReport> tasks) {
        public NodeReport {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * One task's part, or that of an action.
     *
     * @param changes what was changed; where it failed, what differs from what was desired
     */
    public record TaskReport(String name, Outcome outcome, List<Plan.AttributeChange> changes, Duration took) {
        public TaskReport {
            changes = List.copyOf(changes);
        }
    }

    /** What became of one task. */
    public sealed interface Outcome {

        /** As desired before anything was done. */
        record Unchanged() implements Outcome {}

        /** Done, and read back as desired; an action is only done. */
        record Changed(How how) implements Outcome {}

        /** What was done to a thing. */
        enum How {
            CREATED("created"),
            UPDATED("updated"),
            RENAMED("renamed"),
            REPLACED("replaced"),
            DELETED("deleted"),
            /** Of an action, and of what only the turn of the task showed. */
            DONE("done");

            private final String word;

            How(String word) {
                this.word = word;
            }

            /** How reports and files call it. */
            public String word() {
                return word;
            }
        }

        /** Set, effective after a restart that the playbook does not allow. */
        record Pending(String reason) implements Outcome {}

        /** Watched, and different from what is declared. */
        record Drifted() implements Outcome {}

        /**
         * Not as desired.
         *
         * @param step the command that failed, where one did; else the change did not read back
         * @param output what the command said, last lines last
         */
        record Failed(String reason, Optional<String> step, List<String> output) implements Outcome {
            public Failed {
                output = List.copyOf(output);
            }
        }

        /** The connection was lost while this step ran: nobody knows whether it took effect. The next apply finds out. */
        record UnknownOutcome(String step, String reason) implements Outcome {}

        /** A guarded change was not confirmed, and the node undid it by itself. */
        record RolledBack(String reason) implements Outcome {}

        /** As desired before the apply or in its course, and no longer at its end: something has come in between. */
        record Undone(String reason) implements Outcome {}

        /** Left alone on purpose: blocked, or not consented to. */
        record Skipped(String why) implements Outcome {}

        /** The apply ended on this node before its turn came. */
        record NotReached(String why) implements Outcome {}
    }

    /** How a node ended: an empty reason where all went well. */
    public record NodeEnd(String node, Optional<String> why, boolean unreachable, Duration took) {}
}
