package org.offx.observe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.offx.eval.Reading;

/** Keeps everything that a reader answered, so that it can be answered again without any node. */
public final class Recorder implements NodeReader {

    private final NodeReader reader;
    private final Map<String, SequencedMap<Question, Reading>> kept = new ConcurrentHashMap<>();

    public Recorder(NodeReader reader) {
        this.reader = reader;
    }

    @Override
    public List<Reading> ask(String node, List<Question> questions) {
        List<Reading> readings = reader.ask(node, questions);
        SequencedMap<Question, Reading> answers = kept.computeIfAbsent(node, n -> new LinkedHashMap<>());
        synchronized (answers) {
            for (int i = 0; i < questions.size(); i++) {
                answers.put(questions.get(i), readings.get(i));
            }
        }
        return readings;
    }

    @Override
    public Optional<String> unreachable(String node) {
        return reader.unreachable(node);
    }

    /** What was answered so far, by node. */
    public Map<String, SequencedMap<Question, Reading>> answers() {
        return kept;
    }
}
