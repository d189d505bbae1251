package org.offx.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who works on a node.
 *
 * @param from the machine that the apply runs on
 * @param since by the node's clock
 * @param shell the number of its process on the node; empty where nobody knows it
 */
public record Holder(String node, String who, String from, Instant since, Optional<String> shell) {

    /** So long an apply rarely takes: perhaps the machine that it ran on is gone, and the node has not heard of it. */
    private static final Duration LONG = Duration.ofMinutes(15);

    /** One sentence for a person. */
    public String sentence(Instant now) {
        Duration held = Duration.between(since, now);
        long minutes = Math.max(0, held.toMinutes());
        String time = minutes == 0 ? Math.max(0, held.toSeconds()) + " s" : minutes < 120 ? minutes + " min" : held.toHours() + " h";
        return node + ": " + who + " on " + from + " has been applying there for " + time + "; --wait waits until that is done"
                + shell.filter(number -> held.compareTo(LONG) > 0)
                        .map(number -> ", and if nobody is any more, `kill " + number + "` there ends it")
                        .orElse("");
    }

    /** From what lock.sh says: {@code RUN:PID:START:SINCE:WHO:FROM}. */
    static Holder read(String node, String link) {
        String[] parts = link.strip().split(":", 6);
        return parts.length == 6 && parts[3].matches("[0-9]{1,12}")
                ? new Holder(node, parts[4], parts[5], Instant.ofEpochSecond(Long.parseLong(parts[3])), Optional.of(parts[1]))
                : new Holder(node, "somebody", "another machine", Instant.EPOCH, Optional.empty());
    }
}
