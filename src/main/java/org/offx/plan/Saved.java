package org.offx.plan;

/** What reading a saved plan or report gave. */
public sealed interface Saved<T> {

    record Read<T>(T value) implements Saved<T> {}

    /** @param reason one sentence for a person, to stand after the name of the file */
    record Refused<T>(String reason) implements Saved<T> {}
}
