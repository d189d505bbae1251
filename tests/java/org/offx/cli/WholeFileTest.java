package org.offx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that a user has is as it was, or as it is to be. */
final class WholeFileTest {

    @TempDir
    Path top;

    private Path file;

    @BeforeEach
    void aFile() throws IOException {
        file = Files.writeString(top.resolve("a.offx"), "old");
    }

    private long entries() throws IOException {
        try (Stream<Path> all = Files.list(top)) {
            return all.count();
        }
    }

    @Test
    void itsModeStaysAndNothingIsLeftBesideIt() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        WholeFile.write(file, "new");
        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r-----");
        assertThat(entries()).isOne();
    }

    @Test
    void whoeverHasItOpenGoesOnReadingTheOldOne() throws IOException {
        try (var reader = Files.newBufferedReader(file)) {
            WholeFile.write(file, "new, and longer");
            assertThat(reader.readLine()).isEqualTo("old");
        }
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path link = Files.createSymbolicLink(top.resolve("link"), file.getFileName());
        WholeFile.write(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    void aFileThatWasNotThereIsMade() throws IOException {
        WholeFile.write(top.resolve("b"), "new");
        assertThat(top.resolve("b")).hasContent("new");
        assertThatThrownBy(() -> WholeFile.write(top.resolve("no/such/folder"), "new")).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsNoFileIsWrittenTo() throws Exception {
        Path pipe = top.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();
        WholeFile.write(pipe, "new");
        assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("new");
        assertThat(reader.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }
}
