package org.offx.cli;

import org.offx.plan.ExitStatus;

/** One command of {@code offx}: what it takes, and what it does with it. */
interface Command {

    /** Its options and arguments; asked only when the command is called or explained. */
    Usage usage();

    /** @throws Wrong where what was given cannot be worked with */
    ExitStatus run(Given given, Io io) throws Wrong;

    /** The command line, or a file that it names, is wrong: a sentence for the person who wrote it. */
    final class Wrong extends Exception {
        private static final long serialVersionUID = 1;

        Wrong(String message) {
            super(message);
        }
    }
}
