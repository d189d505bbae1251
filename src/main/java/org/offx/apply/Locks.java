package org.offx.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.offx.apply.NodeLock.Mode;
import org.offx.apply.NodeLock.Taken;
import org.offx.observe.SideBySide;
import org.offx.remote.Answer;

/**
 * The locks of all nodes of an apply: all or none. The first by name is taken first, so that of several applies for the same
 * nodes one gets them all; the others side by side. None is held while waiting for another, so that nobody waits for ever.
 */
final class Locks {

    private static final Duration AGAIN = Duration.ofSeconds(2);

    /** @param owed by node @param impossible nodes that no lock could be made on, and why */
    record All(Map<String, Set<String>> owed, Map<String, String> impossible, List<Holder> holders) {}

    private final Context context;
    private final SideBySide sideBySide;
    private final Set<String> ours = ConcurrentHashMap.newKeySet();

    Locks(Context context, SideBySide sideBySide) {
        this.context = context;
        this.sideBySide = sideBySide;
    }

    /** @param patience how long to wait for those who hold some */
    All take(List<String> nodes, Duration patience) {
        List<String> sorted = nodes.stream().sorted().toList();
        Instant end = context.clock().instant().plus(patience);
        while (true) {
            All all = attempt(sorted);
            boolean more = !all.holders().isEmpty()
                    && context.clock().instant().isBefore(end)
                    && !context.cancellation().requested();
            if (!all.holders().isEmpty()) {
                release();
            }
            if (!more) {
                return all;
            }
            context.progress().say(new Progress.Event.LockAwaited(all.holders().getFirst()));
            context.pause().forTime(AGAIN);
        }
    }

    private All attempt(List<String> sorted) {
        Map<String, Set<String>> owed = new ConcurrentHashMap<>();
        Map<String, String> impossible = new ConcurrentHashMap<>();
        Map<String, Holder> holders = Collections.synchronizedMap(new TreeMap<>());
        for (List<String> some : List.of(sorted.subList(0, Math.min(1, sorted.size())), sorted.subList(Math.min(1, sorted.size()), sorted.size()))) {
            if (holders.isEmpty()) {
                sideBySide.each(some, node -> {
                    switch (taken(node)) {
                        case Taken.Ours(var names) -> {
                            ours.add(node);
                            owed.put(node, names);
                        }
                        case Taken.Held(Holder holder) -> holders.put(node, holder);
                        case Taken.Impossible(String why) -> impossible.put(node, why);
                    }
                });
            }
        }
        return new All(owed, impossible, new ArrayList<>(holders.values()));
    }

    private Taken taken(String node) {
        Optional<Answer> answer = context.ask(node, context.lock().take(node, Mode.END));
        return answer.map(given -> NodeLock.read(node, given))
                .orElseGet(() -> new Taken.Impossible(
                        context.reader().unreachable(node).orElse(node + ": the connection broke")));
    }

    /** Whoever cannot be reached any more keeps a lock that is stale. */
    void release() {
        sideBySide.each(List.copyOf(ours), node -> {
            context.ask(node, context.lock().release(node));
            ours.remove(node);
        });
    }
}
