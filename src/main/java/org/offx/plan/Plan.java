package org.offx.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * All that apply would do, as data. Renderers read only this; so does {@code apply plan.json}, which evaluates the
 * embedded sources again, observes again, and stops a node whose state is neither as observed here nor as planned.
 *
 * <p>No secret is in it. Values are canonical text ({@link org.offx.value.Shown#literal}), except that a secret is
 * {@code (secret:CODE)}: see {@link Seal}.
 *
 * @param title what the command was given: {@code playbooks/cluster.offx}
 * @param sources the text of every file of the playbook, by name; never secrets
 * @param nodes every node that some play names, in the order of the inventory
 * @param warnings broken {@code should} rules and other warnings, as drawn text
 * @param seal the name of the key that its secrets are sealed with, see {@link Seal#key}; empty where it has none
 */
public record Plan(
        String title,
        Request request,
        SequencedMap<String, String> sources,
        List<NodeState> nodes,
        List<PlayPlan> plays,
        List<String> warnings,
        Optional<String> seal) {

    public Plan {
        sources = ordered(sources);
        nodes = List.copyOf(nodes);
        plays = List.copyOf(plays);
        warnings = List.copyOf(warnings);
    }

    /** The same plan with other warnings. */
    public Plan with(List<String> others) {
        return new Plan(title, request, sources, nodes, plays, others, seal);
    }

    /**
     * What the plan was asked for, so that applying it selects and evaluates the same.
     *
     * @param entries the files that were named on the command line; the others are what these use
     * @param limit nodes that it is limited to; empty: all
     * @param tags tags that it is limited to; empty: all
     * @param consents what was consented to, by name, when the plan was made
     */
    public record Request(List<String> entries, List<String> limit, List<String> tags, List<String> consents) {
        public Request {
            entries = List.copyOf(entries);
            limit = List.copyOf(limit);
            tags = List.copyOf(tags);
            consents = List.copyOf(consents);
        }
    }

    /**
     * How a node was read.
     *
     * @param address where it is, as the inventory says
     * @param why empty where it was read; else the reason, in one sentence
     * @param recorded of a recorded state, when its answers were given; empty where the node answered for this plan
     */
    public record NodeState(String name, String address, Optional<String> why, Optional<Instant> recorded) {}

    /**
     * A play.
     *
     * @param serial sizes of its batches, in nodes; the last one repeats; empty: all nodes at once
     */
    public record PlayPlan(String title, List<Integer> serial, List<NodePlan> nodes) {
        public PlayPlan {
            serial = List.copyOf(serial);
            nodes = List.copyOf(nodes);
        }
    }

    /** A node's tasks in the order in which they run. A node that was not reached may have none: its facts are not known. */
    public record NodePlan(String node, List<TaskPlan> tasks) {
        public NodePlan {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * One task's part, or that of an action.
     *
     * @param name {@code zfs.dataset "rpool/backups"}
     * @param place where it was written, {@code playbooks/cluster.offx:31:5}
     * @param steps exactly what would be run, in order; those of a deferred task are an estimate
     * @param consents what somebody must consent to by name before apply does it; destructive ones carry the task's name
     * @param guard empty where the change is not guarded
     * @param surplus there, not declared, left alone
     * @param seen what the node held, as far as the difference and the steps relied on it
     */
    public record TaskPlan(
            String name,
            String place,
            Verdict verdict,
            List<AttributeChange> changes,
            List<PlannedStep> steps,
            List<Remark> remarks,
            List<String> consents,
            boolean destructive,
            Optional<GuardNote> guard,
            List<String> surplus,
            Seen seen) {

        public TaskPlan {
            changes = List.copyOf(changes);
            steps = List.copyOf(steps);
            remarks = List.copyOf(remarks);
            consents = List.copyOf(consents);
            surplus = List.copyOf(surplus);
        }

        /** A task of which there is nothing more to say than its verdict. */
        public static TaskPlan of(String name, String place, Verdict verdict, Seen seen) {
            return new TaskPlan(
                    name, place, verdict, List.of(), List.of(), List.of(), List.of(), false, Optional.empty(), List.of(), seen);
        }
    }

    /** @param before empty where there was nothing; after likewise */
    public record AttributeChange(String path, Optional<String> before, Optional<String> after, Optional<String> remark) {}

    /** What a review says: a note, or a titled list ({@code destroys: …}). */
    public record Remark(String title, List<String> lines) {
        public Remark {
            lines = List.copyOf(lines);
        }
    }

    /**
     * The node undoes the change by itself unless it is confirmed in time.
     *
     * @param until what confirms it, to be read after "unless": {@code it answers again}, {@code vrack.full_mesh(cluster, mtu)}
     * @param undo what is run to undo it, once the files that were edited are as they were
     * @param together all nodes of the batch undo it, unless it is confirmed on each
     * @param lost whether a restart of the node would end the guard, and keep the change
     */
    public record GuardNote(Duration within, String until, List<PlannedStep> undo, boolean together, boolean lost) {
        public GuardNote {
            undo = List.copyOf(undo);
        }
    }

    /** What a node held of one task's thing when the plan was made. */
    public sealed interface Seen {

        /** Nobody could look, or there is nothing to look at, as for an action. */
        record NotRead() implements Seen {}

        record Absent() implements Seen {}

        /** @param values by attribute, in canonical text */
        record There(SequencedMap<String, String> values) implements Seen {
            public There {
                values = ordered(values);
            }
        }
    }

    private static SequencedMap<String, String> ordered(SequencedMap<String, String> map) {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
    }
}
