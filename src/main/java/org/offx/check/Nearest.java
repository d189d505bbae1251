package org.offx.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Names that somebody may have meant. Loaded only when an error is explained. */
public final class Nearest {

    private static final int SHOWN = 12;
    private static final int SHORTEST_STEM = 4;

    private Nearest() {}

    /**
     * The candidate that is most like what was written, if it is at all: a third of the letters may differ, or something
     * was added to it or left out at its end.
     */
    public static Optional<String> of(String written, Collection<String> candidates) {
        String wanted = written.toLowerCase(Locale.ROOT);
        int limit = Math.min(3, (written.length() + 1) / 3);
        LevenshteinDistance distance = new LevenshteinDistance(limit);
        String best = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            String known = candidate.toLowerCase(Locale.ROOT);
            int apart = joined(wanted).equals(joined(known)) ? 0 : swapped(wanted, known) ? 1 : distance.apply(wanted, known);
            if (apart >= 0 && apart < least) {
                best = candidate;
                least = apart;
            }
        }
        return best.isEmpty() ? longer(wanted, candidates) : Optional.of(best);
    }

    private static Optional<String> longer(String written, Collection<String> candidates) {
        return candidates.stream()
                .filter(c -> Math.min(c.length(), written.length()) >= SHORTEST_STEM)
                .filter(c -> written.startsWith(c) || c.startsWith(written))
                .max(Comparator.comparingInt(String::length).thenComparing(Comparator.reverseOrder()));
    }

    /** {@code did you mean `quota`?}, or what there is, or nothing where there is nothing to say. */
    static Optional<String> hint(String written, Collection<String> candidates) {
        Optional<String> near = of(written, candidates);
        if (near.isPresent()) {
            return Optional.of("did you mean `" + near.get() + "`?");
        }
        return candidates.isEmpty() ? Optional.empty() : Optional.of("there is " + listed(candidates));
    }

    /** Whether {@link #listed} shows all of them. */
    static boolean isShort(Collection<String> names) {
        return names.stream().distinct().count() <= SHOWN;
    }

    /** {@code `a`, `b` and `c`}, cut where it gets long. */
    public static String listed(Collection<String> names) {
        List<String> sorted = names.stream().distinct().sorted(Comparator.naturalOrder()).toList();
        if (sorted.size() > SHOWN) {
            return String.join(", ", quoted(sorted.subList(0, SHOWN))) + " and " + (sorted.size() - SHOWN) + " more";
        }
        List<String> all = quoted(sorted);
        return all.size() < 2
                ? String.join("", all)
                : String.join(", ", all.subList(0, all.size() - 1)) + " and " + all.getLast();
    }

    private static List<String> quoted(List<String> names) {
        return names.stream().map(n -> "`" + n + "`").toList();
    }

    /** {@code zstd-3}, {@code zstd3} and {@code zstd_3} are one name to whoever types it. */
    private static String joined(String name) {
        return name.replace("_", "").replace("-", "");
    }

    /** Two neighbouring letters in the wrong order: the commonest slip of fingers. */
    private static boolean swapped(String a, String b) {
        if (a.length() != b.length()) {
            return false;
        }
        int i = 0;
        while (i < a.length() && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i + 1 < a.length()
                && a.charAt(i) == b.charAt(i + 1)
                && a.charAt(i + 1) == b.charAt(i)
                && a.substring(i + 2).equals(b.substring(i + 2));
    }
}
