package org.offx.remote;

import java.util.List;

/**
 * One node, one user, one POSIX shell that stays open. A batch is one write and one read, whatever it holds. Batches
 * are carried out one after the other: a session may be shared by threads, but does not hurry for it.
 */
public interface Session extends AutoCloseable {

    /** The node's name. */
    String node();

    /** The number of the user whom the node's shell belongs to. */
    int uid();

    /**
     * Carries out a batch.
     *
     * @return one answer for each request, in order
     * @throws ConnectionLost with all that is known of each request; the session is unusable from then on
     */
    List<Answer> exchange(List<Request> batch, Mode mode) throws ConnectionLost;

    /** How many batches were sent. */
    int roundTrips();

    /** Ends the shell on the node, which removes what it kept there. What was abandoned there stays. */
    @Override
    void close();
}
