package org.offx.eval;

import java.time.Duration;

/** What a node answered to a probe. */
public sealed interface Reading {

    /** The program ran. The status is that of the first failing part of a pipeline, or 0. */
    record Output(String out, String err, int status) implements Reading {}

    record File(String text, boolean binary, String kind, int mode, String owner, String group, long size, String target)
            implements Reading {}

    record NoFile() implements Reading {}

    /** The program is not installed on the node. */
    record NotInstalled(String program) implements Reading {}

    /** No answer in time: nobody knows, which is not the same as absent. */
    record TimedOut(Duration after) implements Reading {}

    /** Nobody could be asked: the node was not reached, or the recorded state does not hold the answer. */
    record Unavailable(String why) implements Reading {}
}
