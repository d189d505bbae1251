package org.offx.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.offx.observe.SideBySide;

/**
 * Changes of several nodes of which each makes sense only with the others, such as the MTU of a network: the undo is armed
 * on all nodes before the first changes, and all keep the change, or all take it back.
 */
final class GuardedTogether {

    private final Context context;
    private final SideBySide sideBySide;
    private final Map<String, GuardedChange> changes;

    GuardedTogether(Context context, SideBySide sideBySide, Collection<GuardedChange> changes) {
        this.context = context;
        this.sideBySide = sideBySide;
        this.changes = changes.stream().collect(Collectors.toMap(GuardedChange::node, change -> change));
    }

    void run() {
        Duration within = changes.values().stream().map(GuardedChange::within).max(Comparator.naturalOrder()).orElseThrow();
        Instant end = context.clock().instant().plus(within);
        Map<String, Boolean> armed = new ConcurrentHashMap<>();
        each(change -> armed.put(change.node(), change.arm()));
        if (armed.containsValue(false)) {
            standDown(armed, "the undo could not be armed on " + names(armed));
            return;
        }
        if (context.cancellation().requested()) {
            standDown(armed, "interrupted");
            return;
        }
        Map<String, Boolean> changed = new ConcurrentHashMap<>();
        each(change -> changed.put(change.node(), change.change()));
        Optional<String> against = changed.containsValue(false)
                ? Optional.of("a step failed on " + names(changed))
                : objection(end);
        if (against.isPresent()) {
            each(change -> change.takeBack(end, against.get()));
        } else {
            each(change -> change.disarm().ifPresent(why -> change.undone(end, why)));
        }
    }

    /** Nothing is changed anywhere. */
    private void standDown(Map<String, Boolean> armed, String why) {
        each(change -> {
            if (armed.get(change.node())) {
                change.disarm();
                change.refused(why);
            }
        });
    }

    private static String names(Map<String, Boolean> done) {
        return done.keySet().stream().filter(node -> !done.get(node)).sorted().collect(Collectors.joining(", "));
    }

    /** Asked again on all nodes until nothing speaks against it on any, or the time is over. */
    private Optional<String> objection(Instant end) {
        Optional<String> first = Optional.of("no new connection was made");
        while (context.clock().instant().isBefore(end)) {
            if (context.cancellation().requested()) {
                return Optional.of("interrupted");
            }
            Map<String, String> against = new ConcurrentHashMap<>();
            each(change -> change.against().ifPresent(why -> against.put(change.node(), why)));
            first = against.entrySet().stream()
                    .min(Map.Entry.comparingByKey())
                    .map(objection -> objection.getKey() + ": " + objection.getValue());
            if (first.isEmpty()) {
                return first;
            }
            if (changes.values().stream().anyMatch(GuardedChange::takenBack)) {
                return first;
            }
            String why = first.get();
            changes.values().forEach(change -> change.countdown(end, why));
            context.pause().forTime(GuardedChange.AGAIN);
        }
        return first;
    }

    private void each(Consumer<GuardedChange> work) {
        sideBySide.each(List.copyOf(changes.keySet()), node -> work.accept(changes.get(node)));
    }
}
