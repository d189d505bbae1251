package org.offx.remote;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does something when it is not closed in time: what ends a wait that has no limit of its own. */
public final class Alarm implements AutoCloseable {

    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final ScheduledFuture<?> due;
    private volatile boolean rang;

    public Alarm(Duration limit, Runnable action) {
        due = CLOCK.schedule(() -> ring(action), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One that was closed is forgotten at once, with all that its action holds. */
    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock =
                new ScheduledThreadPoolExecutor(1, work -> Thread.ofPlatform().daemon().name("alarms").unstarted(work));
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    /** On a thread of its own: what an alarm ends may take its time, and others wait for theirs. */
    private void ring(Runnable action) {
        rang = true;
        Thread.ofPlatform().daemon().name("alarm").start(action);
    }

    public boolean rang() {
        return rang;
    }

    @Override
    public void close() {
        due.cancel(false);
    }
}
