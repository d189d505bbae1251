package org.offx.eval;

import java.time.Duration;
import org.offx.value.Command;

/**
 * How evaluation reads nodes. Calls block, each on the virtual thread of its observer; an implementation collects what
 * all observers of a node ask and sends it in one round trip. Only reading is possible here.
 */
public interface Probes {

    Reading run(String node, Command command, Duration limit);

    /** The state of one file; a symbolic link is not followed. Answered with {@link Reading.File} or {@link Reading.NoFile}. */
    Reading file(String node, String path);

    /**
     * Runs an independent part of an observer side by side with it, so that their probes travel together. The caller
     * blocks in {@link Branch#get} at the latest where it needs the result.
     */
    <T> Branch<T> fork(java.util.function.Supplier<T> part);

    /** A forked part. */
    interface Branch<T> {
        /** Its result, or its failure thrown as it was thrown there. */
        T get();
    }
}
