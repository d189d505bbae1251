package org.offx.repl;

import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.offx.apply.Apply;
import org.offx.apply.Holder;
import org.offx.eval.Evaluation;
import org.offx.eval.Reading;
import org.offx.observe.Inventory;
import org.offx.observe.NodeReader;
import org.offx.observe.Preview.Outcome;
import org.offx.observe.Question;
import org.offx.observe.RecordedState;
import org.offx.plan.Seal;

/**
 * Nodes whose answers are written down, and files that are only kept. A node without answers is unreachable.
 *
 * <p>Answers: a line {@code $ command} or {@code /path mode owner}, and below it, four blanks to the right, what there is.
 */
final class PaperNodes implements Outside {

    final Map<String, String> saved = new TreeMap<>();
    private final RecordedState answers;

    PaperNodes(Map<String, String> answersByNode) {
        SequencedMap<String, SequencedMap<String, Reading>> nodes = new LinkedHashMap<>();
        answersByNode.forEach((node, text) -> nodes.put(node, answers(text.lines().toList())));
        answers = new RecordedState(Instant.EPOCH, nodes);
    }

    private static SequencedMap<String, Reading> answers(List<String> lines) {
        SequencedMap<String, Reading> answers = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); ) {
            String question = lines.get(i++);
            List<String> body = new ArrayList<>();
            while (i < lines.size() && lines.get(i).startsWith("    ")) {
                body.add(lines.get(i++).substring(4) + "\n");
            }
            String text = String.join("", body);
            String[] words = question.split(" ");
            if (question.startsWith("$ ")) {
                answers.put(question, new Reading.Output(text, "", 0));
            } else if (words.length == 1) {
                answers.put(question, new Reading.NoFile());
            } else {
                answers.put(words[0], new Reading.File(
                        text, false, "file", Integer.parseInt(words[1], 8), words[2], words[2], text.length(), ""));
            }
        }
        return answers;
    }

    @Override
    public void inventory(Inventory inventory) {}

    @Override
    public Optional<String> connect(String node) {
        return reader().unreachable(node);
    }

    @Override
    public NodeReader reader() {
        return new NodeReader() {
            @Override
            public List<Reading> ask(String node, List<Question> questions) {
                return answers.ask(node, questions);
            }

            @Override
            public Optional<String> unreachable(String node) {
                return answers.unreachable(node).map(why -> node + ": connection refused (" + node + ":22)");
            }
        };
    }

    @Override
    public Seal seal() {
        return Seal.of(new byte[32]);
    }

    /** Somebody else is always faster. */
    @Override
    public Apply.Outcome apply(Evaluation evaluation, Outcome.Made made, Set<String> consents) {
        return new Apply.Outcome.Locked(List.of(new Holder("ovh3", "grace " + consents, "laptop", Instant.EPOCH, Optional.empty())));
    }

    @Override
    public String named(String file, String from) {
        return file;
    }

    @Override
    public void save(String file, String text, boolean replace) throws FileAlreadyExistsException {
        if (saved.containsKey(file) && !replace) {
            throw new FileAlreadyExistsException(file);
        }
        saved.put(file, text);
    }

    @Override
    public void close() {}
}
