package org.offx.remote;

/** A way to reach nodes. */
public interface Connector extends AutoCloseable {

    /** A new connection each time; to be called by many threads at once. */
    Attempt<Link> connect(Destination destination);

    /** Ends what it keeps open for itself; the links it gave out are their owners' to close, before this. */
    @Override
    void close();
}
