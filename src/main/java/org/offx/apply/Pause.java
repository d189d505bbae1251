package org.offx.apply;

import java.time.Duration;

/** Waits for a while before something is tried again. */
@FunctionalInterface
public interface Pause {

    void forTime(Duration time);
}
