package org.offx.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What real and simulated commands have in common: the transcripts of a folder under {@code tests/contract}, one folder for
 * each system. Real commands are the truth and may rewrite a transcript; the simulated ones have to answer the same, byte for
 * byte. The files {@code real} and {@code simulated} hold what differs between the two: the functions {@code prepare},
 * {@code occupy} and {@code leave}.
 */
public enum Contract {
    /** OpenZFS 2.1.11, nfs-utils 2.6.2 and util-linux 2.38.1, as on the nodes of {@code tests/lab}. */
    DEBIAN_12,
    /** Proxmox VE 8 with its commands. */
    PROXMOX_8;

    private static final String EXTENSION = ".case";

    /** Where a transcript is played. */
    public enum Stage {
        REAL,
        SIMULATED
    }

    /** Runs commands, one after the other. */
    @FunctionalInterface
    public interface Runner {
        List<Transcript.Result> run(String before, List<String> commands) throws IOException, InterruptedException;
    }

    private Path folder() {
        return Path.of("tests", "contract", name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** The names of all cases, sorted; with {@code -Dgolden=part} those that have this part in their path. */
    public List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(EXTENSION) && file.contains(System.getProperty("golden", "")))
                    .map(file -> Path.of(file).getFileName().toString().replace(EXTENSION, ""))
                    .sorted()
                    .toList();
        }
    }

    /** Plays a case, and asserts that all is answered as the case says; with {@code accept} the case says it from now on. */
    public void verify(String name, Stage stage, Runner runner, boolean accept) throws IOException, InterruptedException {
        Path file = folder().resolve(name + EXTENSION);
        Transcript given = Transcript.read(file);
        String before = Files.readString(folder().resolve(stage.name().toLowerCase(Locale.ROOT)));
        List<String> commands = Stream.concat(Stream.of("prepare"), given.commands().stream()).toList();
        List<Transcript.Result> results = runner.run(before, commands);
        assertThat(results.getFirst()).as("what `prepare` says").isEqualTo(Transcript.Result.of("", "", 0));
        given.verify(file, stage.name().toLowerCase(Locale.ROOT) + " commands", results.subList(1, results.size()), accept);
    }
}
