package org.offx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offx.text.Source;

/** Which files of the user's leave their trees for the next command. */
final class FileSourcesTest {

    private static final String TEXT = "let answer = 42\n";

    @TempDir
    Path top;

    private FileSources sources;

    @BeforeEach
    void files() throws IOException {
        sources = new FileSources(top, new TreeCache(Files.createDirectory(top.resolve("trees"))));
        Files.writeString(top.resolve("a.offx"), TEXT);
        Files.writeString(top.resolve("b.offx"), TEXT);
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> all = Files.list(top.resolve("trees"))) {
            return all.map(entry -> entry.getFileName().toString().replaceFirst("-.*", "")).sorted().toList();
        }
    }

    @Test
    void aPlaybookAndWhatItUsesAreKept() throws Exception {
        Source named = sources.named("a.offx");
        assertThat(sources.relative(named, "b.offx").orElseThrow().tree()).isPresent();
        assertThat(kept()).containsExactly("a.offx", "b.offx");
    }

    @Test
    void aTemplateIsNeitherParsedNorKept() throws Exception {
        Source named = sources.named("a.offx");
        Source template = sources.template(named, "b.offx").orElseThrow();
        assertThat(template.text()).isEqualTo(TEXT);
        assertThat(template.tree()).isEmpty();
        assertThat(kept()).containsExactly("a.offx");
        assertThat(sources.texts()).as("a plan carries it all the same").containsKeys("a.offx", "b.offx");
    }

    /** What comes through a pipe was perhaps decrypted a moment ago, and was to leave nothing behind. */
    @Test
    void whatComesThroughAPipeIsReadAndNotKept() throws Exception {
        Process writer = new ProcessBuilder("sh", "-c", "mkfifo pipe && printf 'let a = 1\\n' > pipe").directory(top.toFile()).start();
        while (Files.notExists(top.resolve("pipe")) && writer.isAlive()) {
            Thread.onSpinWait();
        }
        assertThat(sources.named("pipe").text()).isEqualTo("let a = 1\n");
        assertThat(writer.waitFor()).isZero();
        assertThat(kept()).isEmpty();
    }

    /** A shell gives a command the text of {@code <<EOF} in a file that has no name any more. */
    @Test
    void whatAnotherProcessHasOpenIsReadAndNotKept() throws Exception {
        Process holder = new ProcessBuilder("sh", "-c", "exec 3< a.offx; rm a.offx; echo; exec cat").directory(top.toFile()).start();
        try {
            holder.getInputStream().read();
            assertThat(sources.named("/proc/" + holder.pid() + "/fd/3").text()).isEqualTo(TEXT);
            assertThat(kept()).isEmpty();
        } finally {
            holder.getOutputStream().close();
            assertThat(holder.waitFor()).isZero();
        }
    }
}
