package org.offx.repl;

/**
 * What a session says to one entry. Both texts end with a line feed, or are empty.
 *
 * @param out the result
 * @param err what was wrong, or is worth a warning
 * @param wrong the entry could not be done
 * @param ends the session is over
 */
public record Reply(String out, String err, boolean wrong, boolean ends) {

    static final Reply SILENT = new Reply("", "", false, false);
    static final Reply END = new Reply("", "", false, true);

    static Reply of(String out) {
        return new Reply(out, "", false, false);
    }

    /** What is wrong, as drawn text. */
    static Reply wrong(String err) {
        return new Reply("", err, true, false);
    }

    /** A sentence, in the form in which every command of offx says what went wrong. */
    static Reply problem(String sentence) {
        return wrong("offx: " + sentence + "\n");
    }

    /** The same, with more to say beside it. */
    Reply warning(String more) {
        return new Reply(out, err + more, wrong, ends);
    }
}
