package org.offx.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an apply did, as data. */
public record Report(String title, List<PlayReport> plays, List<NodeEnd> nodes, List<String> warnings) {

    public record PlayReport(String title, List<NodeReport> nodes) {}

    public record NodeReport(String node, List<TaskReport> tasks) {}

    public record TaskReport(String name, Outcome outcome, List<Plan.AttributeChange> changes, Duration took) {}

    /** What became of one task. */
    public sealed interface Outcome {

        /** As desired before anything was done. */
        record Unchanged() implements Outcome {}

        /** Done, and read back as desired. */
        record Changed(String how) implements Outcome {}

        record Pending(String reason) implements Outcome {}

        /** @param step the command that failed, where one did; else the change did not read back */
        record Failed(String reason, Optional<String> step, List<String> output) implements Outcome {}

        /** The connection was lost while this step ran: nobody knows whether it took effect. The next apply finds out. */
        record UnknownOutcome(String step, String reason) implements Outcome {}

        /** A guarded change was not confirmed, and the node undid it by itself. */
        record RolledBack(String reason) implements Outcome {}

        record Skipped(String why) implements Outcome {}

        record NotReached(String why) implements Outcome {}
    }

    /** How a node ended: empty reason where all went well. */
    public record NodeEnd(String node, Optional<String> why, boolean unreachable, Duration took) {}
}
