package org.offx.apply;

/** Whether somebody wants an apply to end. Asked between exchanges: what runs is left to run. */
@FunctionalInterface
public interface Cancellation {

    boolean requested();
}
