package org.offx.remote;

import java.util.List;

/**
 * The connection to a node broke in the middle of a batch, or its shell no longer answers. It cannot be used again.
 */
public final class ConnectionLost extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<Answer> answers;

    public ConnectionLost(String message, List<Answer> answers) {
        super(message);
        this.answers = List.copyOf(answers);
    }

    /** One for each request of the batch, in order; {@link Answer.Lost} for those whose answer did not arrive. */
    public List<Answer> answers() {
        return answers;
    }
}
