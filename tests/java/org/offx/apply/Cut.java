package org.offx.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.offx.remote.Answer;
import org.offx.remote.Answer.Fate;
import org.offx.remote.ConnectionLost;
import org.offx.remote.DelegatingSession;
import org.offx.remote.Mode;
import org.offx.remote.Request;
import org.offx.remote.Session;

/**
 * A session that loses its connection in the first batch of steps, while a certain one of its requests runs.
 *
 * @param left how many batches of steps are still to be cut
 * @param done whether the request that was running has taken effect
 */
record Cut(Session session, int at, boolean done, AtomicInteger left) implements DelegatingSession {

    @Override
    public List<Answer> exchange(List<Request> batch, Mode mode) throws ConnectionLost {
        if (mode == Mode.ALL || batch.size() <= at || batch.size() == 1 || left.getAndDecrement() <= 0) {
            return session.exchange(batch, mode);
        }
        List<Answer> answers = new ArrayList<>(session.exchange(batch.subList(0, done ? at + 1 : at), mode).subList(0, at));
        answers.add(new Answer.Lost(Fate.RUNNING));
        while (answers.size() < batch.size()) {
            answers.add(new Answer.Lost(Fate.NOT_STARTED));
        }
        session.close();
        throw new ConnectionLost("the connection to " + node() + " broke: cut by a test", answers);
    }
}
