package org.offx.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Work on many nodes at once, a bounded number of them at a time. */
public final class SideBySide {

    private final int window;

    public SideBySide(int window) {
        this.window = window;
    }

    /** Does the work for every node, and waits for all. What one throws is thrown when all have ended. */
    public void each(List<String> nodes, Consumer<String> work) {
        Semaphore places = new Semaphore(window);
        List<Future<?>> running = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            nodes.forEach(node -> running.add(threads.submit(() -> {
                places.acquireUninterruptibly();
                try {
                    work.accept(node);
                } finally {
                    places.release();
                }
            })));
        }
        for (Future<?> done : running) {
            try {
                done.get();
            } catch (ExecutionException failed) {
                throw new IllegalStateException(failed.getCause());
            } catch (InterruptedException impossible) {
                throw new IllegalStateException("interrupted although all have ended", impossible);
            }
        }
    }
}
