package org.offx.plan;

import java.util.Optional;

/** What a plan says of one task. A plan never guesses silently: where it cannot know, it says so and why. */
public sealed interface Verdict {

    /** As desired already. */
    record Ok() implements Verdict {}

    record Create() implements Verdict {}

    record Update() implements Verdict {}

    /** Destroyed and made anew; only where the resource writes a {@code replace}. */
    record Replace() implements Verdict {}

    record Rename(String from) implements Verdict {}

    record Delete() implements Verdict {}

    /** An action, and what it is done because of ({@code nfs.export "/srv" changes}). */
    record Act(String because) implements Verdict {}

    /** A review refused, or a fixed attribute differs: nothing is done, and the reason has the numbers. */
    record Blocked(String reason) implements Verdict {}

    /** Set, effective after a restart that the playbook does not allow. */
    record Pending(String reason) implements Verdict {}

    /** Watched and different from what is declared: reported, never changed. */
    record Drifted() implements Verdict {}

    /** Cannot be read before an earlier change; the estimate is what would be done if nothing were there. */
    record Deferred(String until, Optional<Verdict> estimate) implements Verdict {}

    /** A probe got no answer in time, or the recorded state does not hold it. */
    record Unknown(String reason) implements Verdict {}

    record Unreachable(String reason) implements Verdict {}

    /** The node's answer was an error. */
    record Failed(String reason) implements Verdict {}

    /** Would apply do something for this task? */
    default boolean changes() {
        return switch (this) {
            case Create c -> true;
            case Update u -> true;
            case Replace r -> true;
            case Rename r -> true;
            case Delete d -> true;
            case Act a -> true;
            case Deferred d -> true;
            case Ok o -> false;
            case Blocked b -> false;
            case Pending p -> false;
            case Drifted d -> false;
            case Unknown u -> false;
            case Unreachable u -> false;
            case Failed f -> false;
        };
    }

    /** Is it something that could not be predicted or read ({@code plan --exit-code}: 3)? */
    default boolean uncertain() {
        return switch (this) {
            case Deferred d -> true;
            case Unknown u -> true;
            case Unreachable u -> true;
            case Failed f -> true;
            case Blocked b -> true;
            case Ok o -> false;
            case Create c -> false;
            case Update u -> false;
            case Replace r -> false;
            case Rename r -> false;
            case Delete d -> false;
            case Act a -> false;
            case Pending p -> false;
            case Drifted d -> false;
        };
    }
}
