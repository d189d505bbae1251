package org.offx.remote;

import java.util.List;

/** A session that leaves everything to another one. Who implements it overrides what is to be different. */
public interface DelegatingSession extends Session {

    /** The session that does the work. */
    Session session();

    @Override
    default String node() {
        return session().node();
    }

    @Override
    default int uid() {
        return session().uid();
    }

    @Override
    default List<Answer> exchange(List<Request> batch, Mode mode) throws ConnectionLost {
        return session().exchange(batch, mode);
    }

    @Override
    default int roundTrips() {
        return session().roundTrips();
    }

    @Override
    default void close() {
        session().close();
    }
}
