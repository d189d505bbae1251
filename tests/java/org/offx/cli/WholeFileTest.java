package org.offx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
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
    void aLinkToNothingStaysALinkAndItsFileIsMade() throws IOException {
        Path link = Files.createSymbolicLink(top.resolve("link"), Path.of("later"));
        WholeFile.write(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(top.resolve("later")).hasContent("new");
        Files.createSymbolicLink(top.resolve("round"), Path.of("round"));
        assertThatThrownBy(() -> WholeFile.write(top.resolve("round"), "new")).isInstanceOf(FileSystemLoopException.class);
    }

    @Test
    void itsGroupStays() throws IOException {
        try {
            Files.setAttribute(file, "unix:gid", 54321);
        } catch (IOException notRoot) {
            abort("only root gives a file to any group");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        WholeFile.write(file, "new");
        assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(54321);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-rw----");
        assertThat(file).hasContent("new");
    }

    /** Who may write into the folder could have laid it there. */
    @Test
    void aLinkUnderTheNameOfTheNewTextLeadsNowhere() throws IOException {
        Path other = Files.writeString(top.resolve("other"), "somebody else's");
        Files.createSymbolicLink(top.resolve(".a.offx." + ProcessHandle.current().pid()), other);
        WholeFile.write(file, "new");
        assertThat(other).hasContent("somebody else's");
        assertThat(file).hasContent("new");
    }

    /** {@code -o /dev/stdout} in a pipeline, {@code -o >(gzip >plan.gz)}. */
    @Test
    void aPipeOfTheShellIsWrittenTo() throws Exception {
        Process reader = new ProcessBuilder("cat").start();
        WholeFile.write(Path.of("/proc/" + reader.pid() + "/fd/0"), "new");
        reader.getOutputStream().close();
        assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("new");
        assertThat(reader.waitFor()).isZero();
    }

    /** {@code -o /dev/stdout >> all.log}: what the shell has opened is what is written to. */
    @Test
    void aFileThatTheShellHasOpenedIsNotReplaced() throws Exception {
        Object before = Files.getAttribute(file, "unix:ino");
        Process holder = new ProcessBuilder("cat").redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile())).start();
        Path link = Files.createSymbolicLink(top.resolve("link"), Path.of("/proc/" + holder.pid() + "/fd/1"));
        WholeFile.write(link, "new");
        holder.getOutputStream().close();
        assertThat(holder.waitFor()).isZero();
        assertThat(file).hasContent("oldnew");
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
        assertThat(link).isSymbolicLink();
    }

    @Test
    void aFileThatWasNotThereIsMade() throws IOException {
        WholeFile.write(top.resolve("b"), "new");
        assertThat(top.resolve("b")).hasContent("new");
        assertThat(Files.getPosixFilePermissions(top.resolve("b")))
                .as("as any new file")
                .isEqualTo(Files.getPosixFilePermissions(Files.createFile(top.resolve("c"))));
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
