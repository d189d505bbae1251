package org.offx.cli;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Questions to the person at the terminal. */
final class Prompt {

    private Prompt() {}

    /** The answer, without blanks around it; empty at the end of the input. */
    static String ask(String question, Io io) {
        io.err().print(question);
        io.err().flush();
        try {
            String answer = io.in().readLine();
            return answer == null ? "" : answer.strip();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Only a clear yes is one. */
    static boolean yes(String question, Io io) {
        String answer = ask(question + " [y/N] ", io);
        return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
    }
}
