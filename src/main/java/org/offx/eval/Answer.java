package org.offx.eval;

/** A value that had to be read from a node, or why it could not be. */
public sealed interface Answer<T> {

    record Known<T>(T value) implements Answer<T> {}

    record Unknown<T>(Undecided why) implements Answer<T> {}
}
