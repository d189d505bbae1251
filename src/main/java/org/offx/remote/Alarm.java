package org.offx.remote;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Does something when it is not closed in time: what ends a wait that has no limit of its own. */
public final class Alarm implements AutoCloseable {

    /** A thread of its own for each that rings: what one ends may take its time, and others wait for theirs. */
    private static final Executor THREADS = work -> Thread.ofPlatform().daemon().name("alarm").start(work);

    private final CompletableFuture<Void> due;
    private volatile boolean rang;

    public Alarm(Duration limit, Runnable action) {
        due = CompletableFuture.runAsync(
                () -> {
                    rang = true;
                    action.run();
                },
                CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS, THREADS));
    }

    public boolean rang() {
        return rang;
    }

    @Override
    public void close() {
        due.cancel(false);
    }
}
