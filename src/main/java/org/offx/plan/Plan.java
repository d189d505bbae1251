package org.offx.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.offx.eval.Step;

/**
 * All that apply would do, as data. Renderers read only this; so does {@code apply plan.json}, which evaluates the
 * embedded sources again, observes again, and stops a node whose state is neither as observed here nor as planned.
 *
 * @param title what the command was given: {@code playbooks/cluster.offx}
 * @param sources the text of every file of the playbook, by name; never secrets
 * @param nodes every node that some play names, in the order of the inventory
 * @param warnings broken {@code should} rules and other warnings, as drawn text
 */
public record Plan(
        String title,
        SequencedMap<String, String> sources,
        List<NodeState> nodes,
        List<PlayPlan> plays,
        List<String> warnings) {

    /** The version of the JSON form. Readers refuse a larger major one. */
    public static final String FORMAT = "1.0";

    /**
     * How a node was read.
     *
     * @param why empty where it was read; else the reason, in one sentence
     * @param age how old the answers are, of a recorded state
     */
    public record NodeState(String name, String address, Optional<String> why, Optional<Duration> age) {}

    public record PlayPlan(String title, List<NodePlan> nodes) {}

    public record NodePlan(String node, List<TaskPlan> tasks) {}

    /**
     * One task's part.
     *
     * @param name {@code zfs.dataset "rpool/backups"}
     * @param place where it was written, {@code playbooks/cluster.offx:31:5}
     * @param steps exactly what would be run, in order; those of a deferred task are an estimate
     * @param consents what somebody must consent to by name before apply does it; destructive ones carry the task's name
     * @param guard empty where the change is not guarded
     * @param surplus there, not declared, left alone
     * @param observed the values that the diff and the steps relied on, by attribute, in canonical text
     */
    public record TaskPlan(
            String name,
            String place,
            Verdict verdict,
            List<AttributeChange> changes,
            List<Step> steps,
            List<Remark> remarks,
            List<String> consents,
            boolean destructive,
            Optional<GuardNote> guard,
            List<String> surplus,
            SequencedMap<String, String> observed) {}

    /** @param before empty where there was nothing; after likewise */
    public record AttributeChange(String path, Optional<String> before, Optional<String> after, Optional<String> remark) {}

    /** What a review says: a note, or a titled list ({@code destroys: …}). */
    public record Remark(String title, List<String> lines) {}

    public record GuardNote(Duration within, String until) {}
}
