package org.offx;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How a test waits for what it cannot be told about: by asking again, with a limit. The only pause in the tests. */
public final class Await {

    private static final Duration PAUSE = Duration.ofMillis(20);

    /** What is waited for; true once it is so. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    private Await() {}

    /** Returns as soon as the condition holds; fails with {@code what} if that is not within the limit. */
    public static void until(String what, Duration limit, Condition condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("while waiting for: " + what);
            }
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
