package org.offx.observe;

import java.util.List;
import java.util.Optional;
import org.offx.eval.Reading;

/** Asks one node many questions in one round trip. */
@FunctionalInterface
public interface NodeReader {

    /** Answers in the order of the questions; a node that cannot be reached answers {@link Reading.Unavailable} to each. */
    List<Reading> ask(String node, List<Question> questions);

    /** Why the node cannot be asked at all; empty where it can. May wait for its connection. */
    default Optional<String> unreachable(String node) {
        return Optional.empty();
    }
}
