package org.offx.eval;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.offx.value.Command;

/** Something to be done on a node, as data: a plan shows it, apply does exactly that. */
public sealed interface Step {

    /**
     * @param input what the command reads; a secret is marked, and never shown
     * @param accepted the statuses that are no failure besides 0, in order
     */
    record Run(Command command, Optional<Input> input, Optional<Duration> limit, List<Integer> accepted) implements Step {
        public Run {
            accepted = List.copyOf(accepted);
        }
    }

    record Input(String text, boolean secret) {
        @Override
        public String toString() {
            return secret ? "(secret)" : text;
        }
    }

    /** Run once for all tasks of a batch that ask for the very same, after the batch's edits. */
    record Settle(Command command) implements Step {}

    /**
     * A new text for a file.
     *
     * @param before the text there was; empty where there was no file
     * @param secret some part of the new text is a secret: neither it nor a difference may be shown
     * @param validate the command that must accept the new text; {@link #CANDIDATE} in it stands for the temporary file
     */
    record Edit(
            String path,
            Optional<String> before,
            String after,
            OptionalInt mode,
            Optional<String> owner,
            Optional<String> group,
            Optional<Command> validate,
            boolean secret)
            implements Step {
        public static final String CANDIDATE = "{candidate}";
    }

    /** The command is repeated on the node until it succeeds, or the time is over. */
    record Wait(Command command, Duration within) implements Step {}

    record OnNode(String node, List<Step> steps) implements Step {}
}
