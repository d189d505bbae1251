package org.offx.remote;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What became of one {@link Request}. */
public sealed interface Answer {

    /**
     * It ran to its end.
     *
     * @param statuses of every part of the pipeline, in order; 128 + n where signal n ended it
     */
    record Done(List<Integer> statuses, Output stdout, Output stderr) implements Answer {
        public Done {
            statuses = List.copyOf(statuses);
        }

        /** The status of the last part: what a shell would tell. */
        public int status() {
            return statuses.getLast();
        }
    }

    /**
     * It was stopped at its limit.
     *
     * @param abandoned it did not even die of SIGKILL (a faulted disk, a dead NFS server) and is still there
     * @param stdout what it had written until then
     */
    record TimedOut(Duration limit, boolean abandoned, Output stdout, Output stderr) implements Answer {}

    /** A step behind one that failed: it was not started. */
    record NotRun() implements Answer {}

    /** The node has no such program; the command did not run, or not all parts of it did. */
    record CommandNotFound(String program) implements Answer {}

    /** The session's own directory on the node is full or gone, so that nothing could be started. */
    record NotStarted() implements Answer {}

    /** The connection broke before an answer came. */
    record Lost(Fate fate) implements Answer {}

    /** What is known of a request whose answer was lost with the connection. */
    enum Fate {
        /** It was running: whether it has done its work is unknown. */
        RUNNING,
        /** It comes behind the last that was heard of, and the node may have gone on unheard. */
        PERHAPS_STARTED,
        /** It certainly has not been started. */
        NOT_STARTED
    }

    /** {@link Request.ReadFile}: there is nothing at this path, or a link that leads to nothing. */
    record Absent(Optional<String> link) implements Answer {}

    /** {@link Request.ReadFile}: what there is. */
    record Found(FileState state) implements Answer {}

    /** {@link Request.ReadFile}: it could not be looked at; the message is the node's. */
    record Unreadable(String message) implements Answer {}

    /**
     * {@link Request.WriteFile}: it was written.
     *
     * @param path the file that was written, which is another one than was asked for if that is a link
     */
    record Written(String path) implements Answer {}

    /** {@link Request.WriteFile}: what was there is not what was expected; nothing was changed. */
    record Conflict(Optional<String> sha256) implements Answer {}

    /** {@link Request.WriteFile}: the validation refused the new content; the old file is as it was. */
    record Rejected(int status, Output stdout, Output stderr) implements Answer {}

    /** {@link Request.WriteFile}: it could not be written; the old file, if there was one, is as it was. */
    record WriteFailed(Cause cause, String message) implements Answer {}

    /** Why a file could not be written. */
    enum Cause {
        /** The directory it belongs in does not exist. */
        NO_DIRECTORY,
        /** What is there is no regular file. */
        NOT_A_FILE,
        /** What is there cannot be read for comparison. */
        UNREADABLE,
        /** No temporary file can be made in its directory. */
        CANNOT_CREATE,
        /** Owner, mode or other attributes cannot be given to it. */
        ATTRIBUTES,
        /** The content did not fit: no space left, or a quota reached. */
        NO_SPACE,
        /** The new file could not take the old one's place. */
        CANNOT_REPLACE
    }
}
