package org.offx.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;
import org.offx.eval.Step;
import org.offx.value.Command;

/** A step as a plan may hold it: exactly what would be done, without the secrets in it. */
public sealed interface PlannedStep {

    /** @param accepted the statuses that are no failure besides 0, in order */
    record Run(Command command, Optional<Content> input, Optional<Duration> limit, List<Integer> accepted) implements PlannedStep {
        public Run {
            accepted = List.copyOf(accepted);
        }

        /** {@code or exit [1, 100..120]}, as it is written; empty where only 0 is accepted. */
        public String exits() {
            StringJoiner ranges = new StringJoiner(", ", "or exit [", "]").setEmptyValue("");
            for (int from = 0, to; from < accepted.size(); from = to + 1) {
                for (to = from; to + 1 < accepted.size() && accepted.get(to + 1) == accepted.get(to) + 1; ) {
                    to++;
                }
                ranges.add(from == to ? "" + accepted.get(from) : accepted.get(from) + ".." + accepted.get(to));
            }
            return ranges.toString();
        }
    }

    /** Run once for all tasks of a batch that ask for the very same, after the batch's edits. */
    record Settle(Command command) implements PlannedStep {}

    /** A new text for a file; {@code before} is empty where there was none. See {@link Step.Edit}. */
    record Edit(
            String path,
            Optional<Content> before,
            Content after,
            OptionalInt mode,
            Optional<String> owner,
            Optional<String> group,
            Optional<Command> validate)
            implements PlannedStep {

        /** The same edit between other texts. */
        Edit with(Optional<Content> from, Content to) {
            return new Edit(path, from, to, mode, owner, group, validate);
        }
    }

    /** The command is repeated until it succeeds, or the time is over. */
    record Wait(Command command, Duration within) implements PlannedStep {}

    record OnNode(String node, List<PlannedStep> steps) implements PlannedStep {
        public OnNode {
            steps = List.copyOf(steps);
        }
    }

    /** Text that a step hands over. */
    sealed interface Content {

        record Plain(String text) implements Content {}

        /** @param code see {@link Seal} */
        record Hidden(String code) implements Content {}

        /** Whatever the file holds, it keeps: a plan that changes its mode only need not carry its text. */
        record Kept() implements Content {}
    }

    static List<PlannedStep> of(List<Step> steps, Seal seal) {
        return steps.stream().map(step -> of(step, seal)).toList();
    }

    static PlannedStep of(Step step, Seal seal) {
        return switch (step) {
            case Step.Run(Command command, var input, var limit, var accepted) ->
                new Run(command, input.map(given -> content(given.text(), given.secret(), seal)), limit, accepted);
            case Step.Settle(Command command) -> new Settle(command);
            case Step.Edit(var path, var before, var after, var mode, var owner, var group, var validate, boolean secret) ->
                new Edit(
                        path,
                        before.map(text -> text.equals(after) ? new Content.Kept() : content(text, secret, seal)),
                        before.equals(Optional.of(after)) ? new Content.Kept() : content(after, secret, seal),
                        mode,
                        owner,
                        group,
                        validate);
            case Step.Wait(Command command, Duration within) -> new Wait(command, within);
            case Step.OnNode(String node, List<Step> inner) -> new OnNode(node, of(inner, seal));
        };
    }

    private static Content content(String text, boolean secret, Seal seal) {
        return secret ? new Content.Hidden(seal.code(text)) : new Content.Plain(text);
    }
}
