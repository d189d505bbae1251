package org.offx.plan;

import java.util.List;
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

    /**
     * An action.
     *
     * @param because the tasks whose change asks for it, by name; empty where the play itself asks
     */
    record Act(List<String> because) implements Verdict {
        public Act {
            because = List.copyOf(because);
        }
    }

    /** A review refused, or a fixed attribute differs: nothing is done, and the reason has the numbers. */
    record Blocked(String reason) implements Verdict {}

    /** Set, effective after a restart that the playbook does not allow. */
    record Pending(String reason) implements Verdict {}

    /** Watched and different from what is declared: reported, never changed. */
    record Drifted() implements Verdict {}

    /**
     * Cannot be read before an earlier change, on this node or another.
     *
     * @param until that change, to be read after "until": {@code zfs.dataset "rpool/x" on ovh3 exists}
     * @param estimate what would be done if nothing were there, or what goes later than what stands on it; empty where nobody
     *     can tell
     */
    record Deferred(String until, Optional<Verdict> estimate) implements Verdict {

        /** Whether it is there and is to be gone, as soon as what stands on it is. */
        public boolean deletes() {
            return estimate.filter(Delete.class::isInstance).isPresent();
        }
    }

    /** A probe got no answer in time, or the recorded state does not hold it. */
    record Unknown(String reason) implements Verdict {}

    record Unreachable(String reason) implements Verdict {}

    /** The node's answer was an error, or what the playbook computes from it has no value. */
    record Failed(String reason) implements Verdict {}

    /** What kind of verdict: what is counted, and how files and lists call it. */
    enum Kind {
        CREATE("create"),
        UPDATE("update"),
        REPLACE("replace"),
        RENAME("rename"),
        DELETE("delete"),
        ACT("action"),
        DEFERRED("deferred"),
        BLOCKED("blocked"),
        FAILED("failed"),
        UNKNOWN("unknown"),
        UNREACHABLE("unreachable"),
        PENDING("pending"),
        DRIFTED("drifted"),
        OK("ok");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** How files and lists call it. */
        public String word() {
            return word;
        }

        /** Would apply do something for this task? */
        public boolean changes() {
            return switch (this) {
                case CREATE, UPDATE, REPLACE, RENAME, DELETE, ACT, DEFERRED -> true;
                case BLOCKED, FAILED, UNKNOWN, UNREACHABLE, PENDING, DRIFTED, OK -> false;
            };
        }

        /** Is it something that could not be predicted or read ({@code plan --exit-code}: 3)? */
        public boolean uncertain() {
            return switch (this) {
                case DEFERRED, BLOCKED, FAILED, UNKNOWN, UNREACHABLE -> true;
                case CREATE, UPDATE, REPLACE, RENAME, DELETE, ACT, PENDING, DRIFTED, OK -> false;
            };
        }

        /** Is a thing known not to be as declared, although apply would do nothing about it? */
        public boolean differs() {
            return this == PENDING || this == DRIFTED;
        }
    }

    default Kind kind() {
        return switch (this) {
            case Ok ok -> Kind.OK;
            case Create create -> Kind.CREATE;
            case Update update -> Kind.UPDATE;
            case Replace replace -> Kind.REPLACE;
            case Rename rename -> Kind.RENAME;
            case Delete delete -> Kind.DELETE;
            case Act act -> Kind.ACT;
            case Blocked blocked -> Kind.BLOCKED;
            case Pending pending -> Kind.PENDING;
            case Drifted drifted -> Kind.DRIFTED;
            case Deferred deferred -> Kind.DEFERRED;
            case Unknown unknown -> Kind.UNKNOWN;
            case Unreachable unreachable -> Kind.UNREACHABLE;
            case Failed failed -> Kind.FAILED;
        };
    }

    /** Would apply do something for this task? */
    default boolean changes() {
        return kind().changes();
    }

    /** Is it something that could not be predicted or read? */
    default boolean uncertain() {
        return kind().uncertain();
    }
}
