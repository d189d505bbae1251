package org.offx.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.offx.eval.Reading;
import org.offx.value.Command;

/**
 * What the probes of a playbook answered at some time: enough to plan without a key, a network or a node. Questions are
 * found by what they ask, whatever time they allow, and stand in the order of their texts: in which order they came is a
 * matter of chance. The content of files that only their owner may read is left out.
 *
 * @param taken when the nodes answered
 */
public record RecordedState(Instant taken, SequencedMap<String, SequencedMap<String, Reading>> nodes)
        implements NodeReader {

    /** The version of the JSON form. */
    public static final String FORMAT = "offx-state 1";

    /** Bits of a file's mode that let others than its owner read it. */
    private static final int OTHERS_MAY_READ = 0044;

    public static RecordedState of(Instant taken, Map<String, SequencedMap<Question, Reading>> answers) {
        SequencedMap<String, SequencedMap<String, Reading>> nodes = new LinkedHashMap<>();
        answers.keySet().stream().sorted().forEach(node -> {
            SortedMap<String, Reading> kept = new TreeMap<>();
            answers.get(node).forEach((question, reading) ->
                    worthKeeping(key(question), reading).ifPresent(worth -> kept.put(key(question), worth)));
            nodes.put(node, kept);
        });
        return new RecordedState(taken, nodes);
    }

    @Override
    public List<Reading> ask(String node, List<Question> questions) {
        SequencedMap<String, Reading> known = nodes.get(node);
        if (known == null) {
            return questions.stream().<Reading>map(q -> unavailable("does not hold the node " + node)).toList();
        }
        return questions.stream()
                .map(question -> Optional.ofNullable(known.get(key(question)))
                        .orElseGet(() -> unavailable("does not hold the answer to " + asked(question))))
                .toList();
    }

    @Override
    public Optional<String> unreachable(String node) {
        return nodes.containsKey(node) ? Optional.empty() : Optional.of("the recorded state does not hold the node " + node);
    }

    /** How a question is found again: a file by its path, a command by its words. */
    static String key(Question question) {
        return switch (question) {
            case Question.Run(Command command, Duration limit) -> command.stages().stream()
                    .map(words -> words.stream().map(Command::quote).collect(Collectors.joining(" ")))
                    .collect(Collectors.joining(" | ", "$ ", ""));
            case Question.FileState(String path) -> path;
        };
    }

    private static Reading unavailable(String why) {
        return new Reading.Unavailable("the recorded state " + why);
    }

    private static String asked(Question question) {
        return switch (question) {
            case Question.Run(Command command, Duration limit) -> "`" + command.shown() + "`";
            case Question.FileState(String path) -> "what " + path + " is";
        };
    }

    /** What stands for a file that only its owner may read: nobody could ask for it. */
    static Reading.Unavailable ownersOnly(String path) {
        return new Reading.Unavailable(
                path + " is for its owner only, and what it says is never recorded: plan against the node itself");
    }

    private static Optional<Reading> worthKeeping(String key, Reading reading) {
        return switch (reading) {
            case Reading.File file when file.kind().equals("file") && (file.mode() & OTHERS_MAY_READ) == 0 ->
                Optional.of(ownersOnly(key));
            case Reading.File file -> Optional.of(file);
            case Reading.Output output -> Optional.of(output);
            case Reading.NoFile none -> Optional.of(none);
            case Reading.NotInstalled none -> Optional.of(none);
            case Reading.TimedOut late -> Optional.of(late);
            case Reading.Unavailable nobody -> Optional.empty();
        };
    }
}
