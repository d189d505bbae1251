package org.offx.observe;

import java.util.List;
import org.offx.eval.Reading;

/** Asks one node many questions in one round trip. */
public interface NodeReader {

    /** Answers in the order of the questions; a node that cannot be reached answers {@link Reading.Unavailable} to each. */
    List<Reading> ask(String node, List<Question> questions);
}
