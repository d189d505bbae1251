package org.offx.remote;

/** A node that was reached: sessions of several users may be opened over one link. */
public interface Link extends AutoCloseable {

    /** The node's name. */
    String node();

    Attempt<Session> open(Become become);

    /** Ends its sessions with it. */
    @Override
    void close();
}
