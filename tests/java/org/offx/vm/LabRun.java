package org.offx.vm;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.offx.e2e.Ran;

/**
 * The cases that ran. Several processes may run parts of the suite side by side, each on a lab of its own, and what failed may run
 * again: what the last one wrote of a case counts, with the state of the project that it ran in.
 */
final class LabRun {

    static final String FAILED = "**failed**";

    private static final String LATE = "late";

    private static final Path FOLDER = Ran.project().resolve("target/lab-report");
    private static final Path REPORT = Ran.project().resolve("target/lab-report.md");

    private record Name(String suite, String sentence) {
        static final Comparator<Name> ORDER = Comparator.comparing(Name::suite).thenComparing(Name::sentence);
    }

    private record Case(String ended, long seconds, String commit) {}

    private final Map<Name, Case> cases = Collections.synchronizedMap(new TreeMap<>(Name.ORDER));

    void ran(String suite, String sentence, String ended, Duration took) throws IOException {
        cases.put(new Name(suite, sentence), new Case(ended.replaceAll("\\s+", " "), took.toSeconds(), Machines.commit()));
    }

    /** A case that was not begun, since the time was over. */
    void late(String suite, String sentence) {
        cases.put(new Name(suite, sentence), new Case(LATE, 0, ""));
    }

    /** What this process ran goes to what others left, and all of it into the report. */
    void write() throws IOException {
        Files.createDirectories(FOLDER);
        try (var lock = FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            Path file = FOLDER.resolve("cases.tsv");
            Map<Name, Case> all = new TreeMap<>(Name.ORDER);
            if (Files.exists(file)) {
                Files.readAllLines(file).stream().map(line -> line.split("\t", -1)).forEach(fields ->
                        all.put(new Name(fields[0], fields[1]), new Case(fields[2], Long.parseLong(fields[3]), fields[4])));
            }
            all.putAll(cases);
            List<String> lines = new ArrayList<>();
            all.forEach((name, one) -> lines.add(String.join("\t", name.suite(), name.sentence(), one.ended(), "" + one.seconds(), one.commit())));
            Files.write(file, lines);
            Files.writeString(REPORT, text(all));
        }
    }

    private static String text(Map<Name, Case> all) throws IOException {
        Map<Name, Case> begun = new LinkedHashMap<>(all);
        begun.values().removeIf(one -> one.ended().equals(LATE));
        String commits = begun.values().stream()
                .collect(Collectors.groupingBy(Case::commit, LinkedHashMap::new, Collectors.counting()))
                .entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(commit -> commit.getKey() + " (" + commit.getValue() + ")")
                .collect(Collectors.joining(", "));
        var text = new StringBuilder("""
                # The last full run on real nodes

                Written by `tests/lab/run`. Durations depend on the machine and on what else it did. What failed may have been mended
                and run again: the commits have the number of their cases.

                """);
        text.append("- %s, %s\n".formatted(LocalDate.now(ZoneOffset.UTC), commits));
        text.append("- %d cases, %d failed, %d s\n".formatted(
                begun.size(),
                begun.values().stream().filter(one -> one.ended().equals(FAILED)).count(),
                begun.values().stream().mapToLong(Case::seconds).sum()));
        if (begun.size() < all.size()) {
            text.append("- %d cases not run: the time was over\n".formatted(all.size() - begun.size()));
        }
        text.append("- ").append(String.join(", ", Machines.versions())).append("\n");
        String suite = "";
        for (var one : begun.entrySet()) {
            if (!one.getKey().suite().equals(suite)) {
                suite = one.getKey().suite();
                text.append("\n## %s\n\n| case | | took |\n|---|---|---|\n".formatted(suite));
            }
            text.append("| %s | %s | %d s |\n".formatted(one.getKey().sentence(), one.getValue().ended(), one.getValue().seconds()));
        }
        return text.toString();
    }
}
