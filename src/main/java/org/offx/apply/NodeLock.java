package org.offx.apply;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.offx.apply.Entry.Spot;
import org.offx.apply.StepBatch.Sent;
import org.offx.remote.Answer;
import org.offx.remote.Request;

/** One apply's part in the lock of a node, which lock.sh keeps. */
final class NodeLock {

    /** How lock.sh says that somebody else has it. */
    static final int HELD = 75;

    /** What is to become of an earlier session of the same apply that is still at work on the node. */
    enum Mode {
        /** Its connection was lost: it is ended before its next step. */
        END,
        /** It may come to its end. */
        LEAVE
    }

    /** What trying to take a lock gave. */
    sealed interface Taken {

        /** @param owed actions that an interrupted apply owes the node, by name */
        record Ours(Set<String> owed) implements Taken {}

        record Held(Holder holder) implements Taken {}

        /** No lock can be made there. */
        record Impossible(String why) implements Taken {}
    }

    private final NodeScript scripts;
    private final String run;
    private final String who;
    private final String from;

    NodeLock(NodeScript scripts, String run, String who, String from) {
        this.scripts = scripts;
        this.run = run;
        this.who = word(who);
        this.from = word(from);
    }

    Request take(String node, Mode mode) {
        return scripts.lock(node, "offx_take", run, who, from, mode.name().toLowerCase(Locale.ROOT));
    }

    /** Goes in front of steps: they are done only while the lock is ours. */
    Sent keep(String node, Mode mode, List<Sent> steps) {
        Set<Spot> owners = new LinkedHashSet<>();
        steps.forEach(sent -> owners.addAll(sent.owners()));
        return Sent.own(take(node, mode), owners, "keep the lock of " + node);
    }

    Request release(String node) {
        return scripts.lock(node, "offx_release", run);
    }

    /** The name of a guard of this apply. */
    String guard(Spot spot) {
        return run + "-" + spot.item();
    }

    /** Who applies, as the journals of nodes have it. */
    String signature() {
        return who + "@" + from + " run " + run;
    }

    static Taken read(String node, Answer answer) {
        return switch (answer) {
            case Answer.Done done when done.status() == 0 ->
                new Taken.Ours(new LinkedHashSet<>(done.stdout().text().lines().filter(line -> !line.isBlank()).toList()));
            case Answer.Done done when done.status() == HELD -> new Taken.Held(Holder.read(node, done.stdout().text()));
            case Answer.Done done -> new Taken.Impossible(node + ": no lock can be made there: " + done.stderr().text().strip());
            default -> new Taken.Impossible(node + ": no lock could be made there in time");
        };
    }

    /** As one word of the lock's text. */
    private static String word(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9@._-]", "_");
        return plain.isEmpty() ? "somebody" : plain;
    }
}
