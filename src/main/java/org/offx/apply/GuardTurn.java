package org.offx.apply;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Guarded changes of a play are made on one node at a time. When one has not come out well, no further one is started: what
 * has cut off one node would cut off the next.
 */
final class GuardTurn {

    private final ReentrantLock turn = new ReentrantLock();
    private final Cancellation cancellation;
    private Optional<String> spoiled = Optional.empty();

    GuardTurn(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    Transcript take(String node, GuardedChange change) {
        turn.lock();
        try {
            if (cancellation.requested()) {
                return change.refused("interrupted");
            }
            if (spoiled.isPresent()) {
                return change.refused("a guarded change of this play has not come out well on " + spoiled.get());
            }
            Transcript transcript = change.run();
            if (!change.confirmed()) {
                spoiled = Optional.of(node);
            }
            return transcript;
        } finally {
            turn.unlock();
        }
    }
}
