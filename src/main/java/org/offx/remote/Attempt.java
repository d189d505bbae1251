package org.offx.remote;

/** What came of trying to reach something: the thing, or why not. */
public sealed interface Attempt<T> {

    record Reached<T>(T value) implements Attempt<T> {}

    record Failed<T>(Failure failure) implements Attempt<T> {}
}
