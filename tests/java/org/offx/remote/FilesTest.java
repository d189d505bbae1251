package org.offx.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.offx.remote.Shells.one;
import static org.offx.remote.Shells.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.offx.Await;
import org.offx.remote.Answer.Cause;
import org.offx.remote.Request.Expected;
import org.offx.remote.Request.ReadFile;
import org.offx.remote.Request.Validation;
import org.offx.remote.Request.WriteFile;
import org.offx.value.Command;

/** A file is the old one or the new one, and nothing else is left. */
@Timeout(60)
@ParameterizedClass
@MethodSource("org.offx.remote.Shells#all")
class FilesTest {

    @Parameter
    List<String> shell;

    @TempDir
    Path directory;

    Session session;

    @BeforeEach
    void open() {
        session = session(shell);
    }

    @AfterEach
    void close() {
        session.close();
    }

    private Answer read(Path path) throws ConnectionLost {
        return one(session, new ReadFile(path.toString(), Shells.LIMIT, 1000));
    }

    private FileState found(Path path) throws ConnectionLost {
        Answer answer = read(path);
        assertThat(answer).isInstanceOf(Answer.Found.class);
        return ((Answer.Found) answer).state();
    }

    private Answer write(Path path, String content, Expected expected) throws ConnectionLost {
        return one(session, new WriteFile(path.toString(), Bytes.utf8(content), expected, Shells.LIMIT));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Expected content(String text) throws Exception {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes());
        return new Expected.Content(HexFormat.of().formatHex(sum));
    }

    @Test
    void a_file_is_read_with_all_that_belongs_to_it() throws Exception {
        Path file = directory.resolve("it's a \"file\"\nof $HOME");
        Files.writeString(file, "a\0b");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(read(file))
                .isEqualTo(new Answer.Found(new FileState(
                        FileState.Kind.FILE, Optional.empty(), 0640, "root", 0, "root", 0, 3,
                        Optional.of(Bytes.utf8("a\0b")))));
    }

    @Test
    void what_is_not_a_file_is_told() throws Exception {
        assertThat(found(directory).kind()).isEqualTo(FileState.Kind.DIRECTORY);
        assertThat(found(Path.of("/dev/null")).kind()).isEqualTo(FileState.Kind.CHARACTER_DEVICE);
        Path fifo = directory.resolve("fifo");
        OpenSsh.run("mkfifo", fifo.toString());
        assertThat(found(fifo).kind()).isEqualTo(FileState.Kind.FIFO);
        assertThat(read(directory.resolve("none"))).isEqualTo(new Answer.Absent(Optional.empty()));
        assertThat(read(Path.of("/etc/passwd/none"))).isInstanceOf(Answer.Unreadable.class);
    }

    @Test
    void a_link_is_followed_and_its_text_told() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("file"));
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), Path.of("no\nwhere"));
        assertThat(found(link)).isEqualTo(with(found(file), "file"));
        assertThat(read(dangling)).isEqualTo(new Answer.Absent(Optional.of("no\nwhere")));
    }

    private static FileState with(FileState state, String link) {
        return new FileState(state.kind(), Optional.of(link), state.mode(), state.user(), state.uid(), state.group(),
                state.gid(), state.size(), state.content());
    }

    @Test
    void a_file_that_is_too_long_comes_without_its_content() throws Exception {
        Path file = directory.resolve("long");
        Files.writeString(file, "x".repeat(1000));
        assertThat(found(file).content()).isPresent();
        Files.writeString(file, "x".repeat(1001));
        assertThat(found(file).content()).isEmpty();
        assertThat(found(file).size()).isEqualTo(1001);
        Files.writeString(file, "");
        assertThat(found(file).content()).contains(Bytes.EMPTY);
    }

    @Test
    void a_new_file_has_the_content_and_the_mode_and_the_owner() throws Exception {
        byte[] bytes = new byte[100_000];
        new Random(2).nextBytes(bytes);
        Path file = directory.resolve("new 'file'");
        WriteFile write = new WriteFile(
                file.toString(), Bytes.of(bytes), new Expected.Nothing(), Optional.of(0600), Optional.of("daemon:bin"),
                Optional.empty(), Shells.LIMIT);
        assertThat(one(session, write)).isEqualTo(new Answer.Written(file.toString()));
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        FileState state = found(file);
        assertThat(List.of(state.user(), state.group(), Integer.toOctalString(state.mode())))
                .containsExactly("daemon", "bin", "600");
        assertThat(names()).containsExactly("new 'file'");
        assertThat(write(directory.resolve("plain"), "", new Expected.Anything())).isInstanceOf(Answer.Written.class);
        assertThat(found(directory.resolve("plain")).mode()).isEqualTo(0644);
    }

    @Test
    void a_file_keeps_what_it_has() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "old");
        OpenSsh.run("chown", "daemon:bin", file.toString());
        OpenSsh.run("chmod", "4750", file.toString());
        boolean acl = Files.isExecutable(Path.of("/usr/bin/setfacl"));
        if (acl) {
            OpenSsh.run("setfacl", "-m", "u:games:rw", file.toString());
        }
        FileState before = found(file);
        assertThat(write(file, "new", content("old"))).isInstanceOf(Answer.Written.class);
        FileState after = found(file);
        assertThat(after.content()).contains(Bytes.utf8("new"));
        assertThat(after.mode()).isEqualTo(before.mode());
        assertThat(after.user() + ":" + after.group()).isEqualTo("daemon:bin");
        if (acl && shell.getFirst().startsWith("/")) {
            OpenSsh.run("sh", "-c", "getfacl -cp '" + file + "' | grep -q user:games:rw");
        }
    }

    @Test
    void a_link_is_written_through() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("file"));
        assertThat(write(link, "new", content("old")))
                .isEqualTo(new Answer.Written(file.toRealPath().toString()));
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.readString(file)).isEqualTo("new");
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), Path.of("made"));
        assertThat(write(dangling, "x", new Expected.Nothing())).isInstanceOf(Answer.Written.class);
        assertThat(Files.readString(directory.resolve("made"))).isEqualTo("x");
    }

    @Test
    void what_was_not_expected_is_left_alone() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "theirs");
        assertThat(write(file, "ours", content("what was planned on"))).isEqualTo(
                new Answer.Conflict(Optional.of(((Expected.Content) content("theirs")).sha256())));
        assertThat(write(file, "ours", new Expected.Nothing())).isInstanceOf(Answer.Conflict.class);
        assertThat(write(directory.resolve("gone"), "ours", content("x"))).isEqualTo(new Answer.Conflict(Optional.empty()));
        assertThat(Files.readString(file)).isEqualTo("theirs");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void a_validation_decides() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "old");
        Validation validation = new Validation(Command.of("grep", "-q", "good", "{}"), "{}");
        for (String text : List.of("bad", "a good one")) {
            Answer answer = one(session, new WriteFile(
                    file.toString(), Bytes.utf8(text), new Expected.Anything(), Optional.empty(), Optional.empty(),
                    Optional.of(validation), Shells.LIMIT));
            if (text.equals("bad")) {
                assertThat(answer).isEqualTo(new Answer.Rejected(1, Output.NONE, Output.NONE));
                assertThat(Files.readString(file)).isEqualTo("old");
            } else {
                assertThat(answer).isInstanceOf(Answer.Written.class);
                assertThat(Files.readString(file)).isEqualTo(text);
            }
            assertThat(names()).containsExactly("file");
        }
    }

    @Test
    void what_cannot_be_written_says_why() throws Exception {
        assertThat(write(directory.resolve("no/file"), "x", new Expected.Anything()))
                .isEqualTo(new Answer.WriteFailed(Cause.NO_DIRECTORY, ""));
        assertThat(write(directory, "x", new Expected.Anything()))
                .isEqualTo(new Answer.WriteFailed(Cause.NOT_A_FILE, ""));
        assertThat(write(Path.of("/proc/offx"), "x", new Expected.Nothing()))
                .isInstanceOfSatisfying(
                        Answer.WriteFailed.class, failed -> assertThat(failed.cause()).isEqualTo(Cause.CANNOT_CREATE));
        WriteFile stranger = new WriteFile(
                directory.resolve("file").toString(), Bytes.EMPTY, new Expected.Anything(), Optional.empty(),
                Optional.of("no-such-user"), Optional.empty(), Shells.LIMIT);
        assertThat(one(session, stranger))
                .isInstanceOfSatisfying(
                        Answer.WriteFailed.class, failed -> {
                            assertThat(failed.cause()).isEqualTo(Cause.ATTRIBUTES);
                            assertThat(failed.message()).contains("no-such-user");
                        });
        assertThat(names()).isEmpty();
    }

    @Test
    void a_full_disk_leaves_the_old_file_and_nothing_else() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        try {
            OpenSsh.run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
        } catch (IOException e) {
            Assumptions.abort("SKIPPED: no tmpfs can be mounted: " + e.getMessage());
        }
        try {
            Path file = Files.writeString(disk.resolve("file"), "old");
            Answer answer = one(session, new WriteFile(
                    file.toString(), Bytes.of(new byte[200_000]), new Expected.Anything(), Shells.LIMIT));
            assertThat(answer).isInstanceOfSatisfying(
                    Answer.WriteFailed.class, failed -> assertThat(failed.cause()).isEqualTo(Cause.NO_SPACE));
            assertThat(Files.readString(file)).isEqualTo("old");
            assertThat(disk.toFile().list()).containsExactly("file");
            assertThat(write(file, "fits", content("old"))).isInstanceOf(Answer.Written.class);
        } finally {
            OpenSsh.run("umount", disk.toString());
        }
    }

    @Test
    void a_write_that_is_stopped_leaves_nothing() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "old");
        Validation slow = new Validation(Command.of("sh", "-c", "sleep 60 # {}"), "{}");
        WriteFile write = new WriteFile(
                file.toString(), Bytes.utf8("new"), new Expected.Anything(), Optional.empty(), Optional.empty(),
                Optional.of(slow), Duration.ofMillis(400));
        assertThat(one(session, write)).isInstanceOf(Answer.TimedOut.class);
        assertThat(Files.readString(file)).isEqualTo("old");
        Await.until("no temporary file", Duration.ofSeconds(20), () -> names().equals(List.of("file")));
    }
}
