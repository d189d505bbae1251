package org.offx.observe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.offx.remote.Answer;
import org.offx.remote.Attempt;
import org.offx.remote.ConnectionLost;
import org.offx.remote.Failure;
import org.offx.remote.Mode;
import org.offx.remote.Request;
import org.offx.remote.Session;

/**
 * The sessions of one command, one for each node, opened when first needed. A node that was not reached is not tried
 * again until somebody asks for it by {@link #reopen}.
 */
public final class Fleet implements AutoCloseable {

    /** sshj reads on platform threads anyway; virtual ones would only slow the exit. */
    private static final Executor THREADS = work -> Thread.ofPlatform().daemon().name("connects").start(work);

    private final Connector connector;
    private final Map<String, CompletableFuture<Attempt<Session>>> opened = new HashMap<>();
    private final Map<String, Integer> closedRoundTrips = new HashMap<>();

    public Fleet(Connector connector) {
        this.connector = connector;
    }

    /** Starts connecting to all these nodes side by side, without waiting. */
    public void connect(List<String> nodes) {
        nodes.forEach(this::opening);
    }

    /** The node's session, or why there is none. Waits for the connection. */
    public Attempt<Session> session(String node) {
        return opening(node).join();
    }

    /** Why the node was not reached; empty where it was. Waits for the connection. */
    public Optional<Failure> failure(String node) {
        return session(node) instanceof Attempt.Failed<Session>(Failure failure) ? Optional.of(failure) : Optional.empty();
    }

    /** A batch on the node's session; a lost connection is forgotten, so that the next batch opens a new one. */
    public List<Answer> exchange(Session session, List<Request> batch, Mode mode) throws ConnectionLost {
        try {
            return session.exchange(batch, mode);
        } catch (ConnectionLost lost) {
            forget(session);
            throw lost;
        }
    }

    /** Somebody else who shared the session may have opened a new one meanwhile: that stays. */
    private void forget(Session lost) {
        synchronized (this) {
            CompletableFuture<Attempt<Session>> known = opened.get(lost.node());
            boolean ours = known != null
                    && known.isDone()
                    && known.join() instanceof Attempt.Reached<Session>(Session session)
                    && session == lost;
            if (ours) {
                closedRoundTrips.put(lost.node(), roundTrips(lost.node()));
                opened.remove(lost.node());
            }
        }
        lost.close();
    }

    /** Drops the node's session, if there is one, and opens a new connection. */
    public Attempt<Session> reopen(String node) {
        close(node);
        return session(node);
    }

    /** How many batches were sent to the node, over all its sessions. */
    public synchronized int roundTrips(String node) {
        int open = Optional.ofNullable(opened.get(node))
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .map(attempt -> attempt instanceof Attempt.Reached<Session>(Session session) ? session.roundTrips() : 0)
                .orElse(0);
        return open + closedRoundTrips.getOrDefault(node, 0);
    }

    @Override
    public void close() {
        List<String> nodes;
        synchronized (this) {
            nodes = new ArrayList<>(opened.keySet());
        }
        nodes.forEach(this::close);
    }

    private synchronized CompletableFuture<Attempt<Session>> opening(String node) {
        return opened.computeIfAbsent(node, n -> CompletableFuture.supplyAsync(() -> connector.open(n), THREADS));
    }

    private void close(String node) {
        CompletableFuture<Attempt<Session>> gone;
        synchronized (this) {
            closedRoundTrips.put(node, roundTrips(node));
            gone = opened.remove(node);
        }
        if (gone != null && gone.join() instanceof Attempt.Reached<Session>(Session session)) {
            session.close();
        }
    }
}
