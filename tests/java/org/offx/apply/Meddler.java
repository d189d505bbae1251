package org.offx.apply;

import java.util.List;
import org.offx.remote.Answer;
import org.offx.remote.ConnectionLost;
import org.offx.remote.Mode;
import org.offx.remote.Request;
import org.offx.remote.Session;

/** A session during whose first batch that has a certain command somebody else is at work on the node. */
record Meddler(Session session, String program, Runnable deed) implements Session {

    @Override
    public String node() {
        return session.node();
    }

    @Override
    public int uid() {
        return session.uid();
    }

    @Override
    public List<Answer> exchange(List<Request> batch, Mode mode) throws ConnectionLost {
        if (batch.stream().anyMatch(r -> r instanceof Request.Exec exec && exec.command().program().equals(program))) {
            deed.run();
        }
        return session.exchange(batch, mode);
    }

    @Override
    public int roundTrips() {
        return session.roundTrips();
    }

    @Override
    public void close() {
        session.close();
    }
}
