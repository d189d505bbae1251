package org.offx.eval;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** A graph gone through depth first, each place once. The path is kept here: it may be longer than a thread's stack. */
final class DepthFirst<T> {

    private record Step<T>(T at, Iterator<T> next) {}

    private final Map<T, Boolean> onPath;
    private final Function<T, Iterator<T>> next;
    private final Consumer<List<T>> cycle;
    private final Consumer<T> left;

    /**
     * @param visited an empty map; its kind decides what is the same place
     * @param next where a place leads to
     * @param cycle is given each circle that is met, from the place where it closes
     * @param left is given each place after all that it leads to
     */
    DepthFirst(
            Map<T, Boolean> visited, Function<T, Iterator<T>> next, Consumer<List<T>> cycle, Consumer<T> left) {
        this.onPath = visited;
        this.next = next;
        this.cycle = cycle;
        this.left = left;
    }

    void from(T start) {
        Deque<Step<T>> path = new ArrayDeque<>();
        enter(start, path);
        while (!path.isEmpty()) {
            Step<T> step = path.getLast();
            if (!step.next().hasNext()) {
                path.removeLast();
                onPath.put(step.at(), false);
                left.accept(step.at());
                continue;
            }
            T further = step.next().next();
            if (onPath.getOrDefault(further, false)) {
                cycle.accept(path.stream().map(Step::at).dropWhile(at -> !at.equals(further)).toList());
            } else {
                enter(further, path);
            }
        }
    }

    private void enter(T at, Deque<Step<T>> path) {
        if (onPath.putIfAbsent(at, true) == null) {
            path.addLast(new Step<>(at, next.apply(at)));
        }
    }
}
