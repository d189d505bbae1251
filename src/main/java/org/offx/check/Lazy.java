package org.offx.check;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of a definition that is checked when somebody first asks for it, and then known: what the standard library does
 * inside of its resources, which most commands never look at. Safe to ask from many threads.
 */
public final class Lazy<T> {

    private final Object lock;
    private @Nullable Supplier<T> make;
    private @Nullable T made;

    /** @param lock what must not be done by two threads at a time */
    Lazy(Object lock, Supplier<T> make) {
        this.lock = lock;
        this.make = make;
    }

    /** What is known already. */
    public static <T> Lazy<T> of(T value) {
        return new Lazy<>(value, () -> value);
    }

    public T get() {
        synchronized (lock) {
            if (make != null) {
                made = make.get();
                make = null;
            }
            return Objects.requireNonNull(made);
        }
    }
}
