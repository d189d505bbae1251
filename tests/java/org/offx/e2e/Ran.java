package org.offx.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.offx.cli.Io;
import org.offx.cli.Offx;
import org.offx.plan.ExitStatus;

/** What an {@code offx} command printed, and how it ended. */
public record Ran(ExitStatus status, String out, String err) {

    /**
     * Runs {@code offx} in this process, with no terminal and the project as the current directory.
     *
     * @param state where the reports of runs and the key of plans are kept
     */
    public static Ran offx(List<String> words, Path state) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var io = new Io(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader("")),
                false,
                200,
                false,
                project(),
                Map.of("XDG_STATE_HOME", state.toString()),
                InstantSource.system());
        var status = Offx.run(words, io);
        return new Ran(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The directory that holds the playbooks of offx. */
    public static Path project() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    }

    public Ran endedWith(ExitStatus expected) {
        assertThat(status).as("%s%n%s", out, err).isEqualTo(expected);
        return this;
    }

    public List<String> lines() {
        return out.lines().map(String::strip).toList();
    }
}
