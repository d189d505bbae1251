package org.offx.remote;

/** How the requests of one batch depend on each other. */
public enum Mode {
    /** Each is run whatever becomes of the others, a slow one beside them: probes. */
    ALL,
    /** In order, and none after the first that fails: steps. */
    UNTIL_FAILURE
}
