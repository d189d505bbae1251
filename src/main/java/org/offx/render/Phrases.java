package org.offx.render;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.offx.plan.Plan.PlayPlan;
import org.offx.plan.Tally;
import org.offx.plan.Verdict.Kind;

/** Numbers, times and lists in the words of a sentence. */
final class Phrases {

    /** What is said of a task that is watched, and is not as declared. */
    static final String WATCHED = "watched: differs, and is left alone";

    private static final int NAMED_NODES = 6;

    private Phrases() {}

    /** {@code 1 node}, {@code 3 nodes}. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 1 to create, 2 to update, 14 ok}; empty where nothing is counted. */
    static String counts(Tally tally) {
        return String.join(", ", List.of(Kind.values()).stream()
                .filter(kind -> tally.count(kind) > 0)
                .map(kind -> counted(kind, tally.count(kind)))
                .toList());
    }

    /** The heading of a column of counts. */
    static String column(Kind kind) {
        return kind == Kind.FAILED ? "not readable" : kind.word();
    }

    private static String counted(Kind kind, int number) {
        return switch (kind) {
            case CREATE -> number + " to create";
            case UPDATE -> number + " to update";
            case REPLACE -> number + " to replace";
            case RENAME -> number + " to rename";
            case DELETE -> number + " to delete";
            case ACT -> count(number, "action");
            case DEFERRED -> number + " deferred";
            case BLOCKED -> number + " blocked";
            case FAILED -> number + " not readable";
            case UNKNOWN -> number + " unknown";
            case UNREACHABLE -> number + " unreachable";
            case PENDING -> number + " pending";
            case DRIFTED -> number + " drifted";
            case OK -> number + " ok";
        };
    }

    /** {@code 120 s} as {@code 2 min}; what is not whole minutes, hours or days in the next smaller unit. */
    static String time(Duration time) {
        long millis = time.toMillis();
        long seconds = millis / 1000;
        if (seconds < 10 && millis % 1000 != 0) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        if (seconds < 120 || seconds % 60 != 0 && seconds < 600) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 120 || minutes % 60 != 0 && minutes < 600) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        return hours < 72 || hours % 24 != 0 ? hours + " h" : hours / 24 + " days";
    }

    /** In which batches a play goes, to be read after its title: {@code , one node at a time}; empty where all go at once. */
    static String rollout(PlayPlan play) {
        List<Integer> sizes = play.serial();
        if (sizes.isEmpty() || sizes.getFirst() >= play.nodes().size()) {
            return "";
        }
        String last = sizes.getLast() == 1 ? "one node at a time" : sizes.getLast() + " nodes at a time";
        String first = sizes.subList(0, sizes.size() - 1).stream()
                .map(size -> count(size, "node") + " first, then ")
                .collect(Collectors.joining());
        return ", " + first + last;
    }

    /** Names, of many the first ones and how many there are. */
    static String nodes(List<String> names, String between) {
        return names.size() <= NAMED_NODES + 1
                ? String.join(between, names)
                : String.join(between, names.subList(0, NAMED_NODES)) + " and " + (names.size() - NAMED_NODES) + " more";
    }

    /** {@code 1,234}: with commas whatever the language of the machine. */
    static String number(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
