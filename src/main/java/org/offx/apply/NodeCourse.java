package org.offx.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.offx.plan.Report.NodeEnd;
import org.offx.value.Value;

/** One node over all plays of an apply. Used by one thread at a time. */
final class NodeCourse {

    private final String node;
    private final Instant start;
    private final Set<String> owed;
    private final Map<Value.Reference, Value.Reference> left = new HashMap<>();
    private Optional<String> stopped = Optional.empty();
    private boolean unreachable;
    private Instant end;

    /** @param owed actions that are owed to the node already, by name */
    NodeCourse(String node, Instant start, Set<String> owed) {
        this.node = node;
        this.start = start;
        this.end = start;
        this.owed = new LinkedHashSet<>(owed);
    }

    String node() {
        return node;
    }

    Set<String> owed() {
        return owed;
    }

    /** What was left alone on purpose, as {@link Agenda#left} has it; what needs it is left alone too. */
    Map<Value.Reference, Value.Reference> left() {
        return left;
    }

    /** Why nothing more is done on the node; empty while it goes on. */
    Optional<String> stopped() {
        return stopped;
    }

    /** The first reason counts. */
    void stop(String why) {
        stopped = stopped.or(() -> Optional.of(why));
    }

    void unreachable(String why) {
        unreachable |= stopped.isEmpty();
        stop(why);
    }

    void active(Instant now) {
        end = now;
    }

    NodeEnd end() {
        return new NodeEnd(node, stopped, unreachable, Duration.between(start, end));
    }
}
