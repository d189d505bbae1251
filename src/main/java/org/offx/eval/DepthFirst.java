package org.offx.eval;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** A graph gone through depth first, each place once. The path is kept here: it may be longer than a thread's stack. */
public final class DepthFirst<T> {

    private static final int LEFT = -1;

    private record Step<T>(T at, Iterator<T> next) {}

    private final Map<T, Integer> positions;
    private final Function<T, Iterator<T>> next;
    private final Consumer<List<T>> circle;
    private final Consumer<T> left;

    /**
     * @param visited an empty map; its kind decides what is the same place
     * @param next where a place leads to
     * @param circle is given each circle that is met, from the place where it closes
     * @param left is given each place after all that it leads to, those of a circle aside
     */
    public DepthFirst(
            Map<T, Integer> visited, Function<T, Iterator<T>> next, Consumer<List<T>> circle, Consumer<T> left) {
        this.positions = visited;
        this.next = next;
        this.circle = circle;
        this.left = left;
    }

    /** Goes on from a place; from one that was visited before, no further. */
    public void from(T start) {
        List<Step<T>> path = new ArrayList<>();
        enter(start, path);
        while (!path.isEmpty()) {
            Step<T> step = path.getLast();
            if (step.next().hasNext()) {
                enter(step.next().next(), path);
            } else {
                path.removeLast();
                positions.put(step.at(), LEFT);
                left.accept(step.at());
            }
        }
    }

    private void enter(T place, List<Step<T>> path) {
        Integer position = positions.putIfAbsent(place, path.size());
        if (position == null) {
            path.add(new Step<>(place, next.apply(place)));
        } else if (position != LEFT) {
            circle.accept(path.subList(position, path.size()).stream().map(Step::at).toList());
        }
    }
}
