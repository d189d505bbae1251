package org.offx.repl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;

/** A session whose entries come from a pipe or a file: no prompts; results to one side, what is wrong to the other. */
public final class ReplPipe {

    private ReplPipe() {}

    /** @return no entry was wrong */
    public static boolean run(ReplSession session, BufferedReader in, PrintStream out, PrintStream err) throws IOException {
        boolean right = true;
        StringBuilder entry = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            entry.append(entry.isEmpty() ? "" : "\n").append(line);
            if (session.incomplete(entry.toString())) {
                continue;
            }
            Reply reply = say(session.submit(entry.toString()), out, err);
            entry.setLength(0);
            right &= !reply.wrong();
            if (reply.ends()) {
                return right;
            }
        }
        return !say(session.submit(entry.toString()), out, err).wrong() && right;
    }

    private static Reply say(Reply reply, PrintStream out, PrintStream err) {
        out.print(reply.out());
        out.flush();
        err.print(reply.err());
        err.flush();
        return reply;
    }
}
