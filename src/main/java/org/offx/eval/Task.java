package org.offx.eval;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.offx.check.Definition.ResourceDef;
import org.offx.text.Span;
import org.offx.value.Value;

/**
 * One use of a resource in a catalog: a desired state, fully evaluated.
 *
 * @param node the node it is observed from and, unless its steps say otherwise, changed on
 * @param desired the attributes that are managed or options, by name; what was left out is not in it
 * @param only attributes (maps) whose entries that are not declared go
 * @param conditional it stands under a condition that only a node can decide (only in {@code offx check})
 * @param guard the guard around it, shared by the tasks of one block
 */
public record Task(
        ResourceDef resource,
        List<Value> key,
        String node,
        Mode mode,
        SequencedMap<String, Value> desired,
        Set<String> only,
        List<Value.Reference> needs,
        List<ActionCall> onChange,
        List<String> tags,
        Optional<Duration> timeout,
        Optional<Moved> moved,
        Optional<Guard> guard,
        boolean conditional,
        Span span) {

    /** What is wanted of the thing as a whole. */
    public enum Mode {
        PRESENT,
        ABSENT,
        /** Observed and reported, never changed. */
        WATCH
    }

    /**
     * {@code moved from}: what has another key is to be renamed.
     *
     * @param ifThere nothing under the old key is no mistake
     */
    public record Moved(List<Value> from, boolean ifThere) {}

    /** @param confirm asks whether what must hold holds; empty: the tasks read back as desired */
    public record Guard(Span span, Duration within, Optional<Confirmation> confirm) {

        /** How long the confirmation is waited for unless the playbook says otherwise: spanning trees and LACP take their time. */
        public static final Duration PATIENCE = Duration.ofSeconds(120);
    }

    /** A probing condition, closed over the values around it; facts in it are read anew. */
    public interface Confirmation {

        /** Why it does not hold, with the values in it, or why nobody can know; empty where it holds. */
        Optional<String> objection(Probes probes);

        /** The condition as written. */
        String shown();
    }

    /** {@code zfs.dataset "rpool/backups"}: how plans, locks and reports call it. */
    public String name() {
        return Catalog.taskName(resource.name(), key);
    }

    /** The same task in need of others, as are the actions that it asks for. */
    Task needing(List<Value.Reference> others, List<ActionCall> actions) {
        return new Task(
                resource, key, node, mode, desired, only, others, actions, tags, timeout, moved, guard, conditional, span);
    }

    /** The same task under the name that it is {@code moved from}; empty where it is not moved. */
    public Optional<Task> former() {
        return moved.map(from -> new Task(
                resource, from.from(), node, mode, desired, only, needs, onChange, tags, timeout, Optional.empty(), guard, conditional,
                span));
    }

    /** How other tasks refer to it. */
    public Value.Reference reference() {
        return new Value.Reference(resource.name(), key);
    }
}
