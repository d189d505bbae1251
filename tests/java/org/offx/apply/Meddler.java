package org.offx.apply;

import java.util.List;
import org.offx.remote.Answer;
import org.offx.remote.ConnectionLost;
import org.offx.remote.DelegatingSession;
import org.offx.remote.Mode;
import org.offx.remote.Request;
import org.offx.remote.Session;

/** A session during whose first batch that has a certain command somebody else is at work on the node. */
record Meddler(Session session, String program, Runnable deed) implements DelegatingSession {

    @Override
    public List<Answer> exchange(List<Request> batch, Mode mode) throws ConnectionLost {
        if (batch.stream().anyMatch(r -> r instanceof Request.Exec exec && exec.command().program().equals(program))) {
            deed.run();
        }
        return session.exchange(batch, mode);
    }
}
