package org.offx.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.offx.remote.Shells.one;
import static org.offx.remote.Shells.reached;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.offx.remote.Request.Expected;
import org.offx.remote.Request.Validation;
import org.offx.remote.Request.WriteFile;
import org.offx.remote.local.LocalLink;
import org.offx.value.Command;

/**
 * Root writes into a directory that belongs to somebody else, who puts links in the way at the worst moments: what lies
 * elsewhere stays as it is. The owner acts by way of a program that the write starts.
 */
@Timeout(60)
@ParameterizedClass
@MethodSource("org.offx.remote.Shells#all")
class SharedDirectoryTest {

    @Parameter
    List<String> shell;

    @TempDir
    Path root;

    Path home;
    Path elsewhere;
    Path programs;
    Session session;

    @BeforeEach
    void open() throws IOException {
        home = Files.createDirectory(root.resolve("home"));
        elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        programs = Files.createDirectory(root.resolve("programs"));
        Files.writeString(elsewhere.resolve("shadow"), "of root");
        Files.setPosixFilePermissions(elsewhere.resolve("shadow"), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(home.resolve("keys"), "old");
        session = reached(new LocalLink("here", System.getProperty("user.name"), shell, List.of(programs.toString()), Credentials.NONE)
                .open(new Become.Login()));
    }

    @AfterEach
    void nothingElsewhereHasChanged() throws IOException {
        session.close();
        assertThat(elsewhere.toFile().list()).containsExactly("shadow");
        assertThat(elsewhere.resolve("shadow")).hasContent("of root");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(elsewhere.resolve("shadow")))).isEqualTo("rw-------");
    }

    private Answer write(String acts) throws ConnectionLost {
        return one(session, new WriteFile(home.resolve("keys").toString(), Bytes.utf8("new"), new Expected.Anything(),
                Optional.of(0644), Optional.of(System.getProperty("user.name")),
                Optional.of(new Validation(Command.of("sh", "-c", "cd '" + home + "' && { " + acts + "; } # {}"), "{}")), Shells.LIMIT));
    }

    @Test
    void the_new_file_becomes_a_link() throws Exception {
        Path chown = programs.resolve("chown");
        Files.writeString(chown, "#!/bin/sh\ncd '%s' && for f in .offx-*; do rm \"$f\"; ln -s '%s' \"$f\"; done\nexec /bin/chown \"$@\"\n"
                .formatted(home, elsewhere.resolve("shadow")));
        Files.setPosixFilePermissions(chown, PosixFilePermissions.fromString("rwxr-xr-x"));
        write(":");
        assertThat(home.toFile().list()).containsExactly("keys");
    }

    @Test
    void the_old_file_becomes_a_link_to_a_directory() throws Exception {
        Answer answer = write("rm keys; ln -s '" + elsewhere + "' keys");
        // The mv of busybox refuses what coreutils replaces.
        if (answer instanceof Answer.Written) {
            assertThat(home.resolve("keys")).isRegularFile().hasContent("new");
        } else {
            assertThat(answer).isInstanceOfSatisfying(
                    Answer.WriteFailed.class, failed -> assertThat(failed.cause()).isEqualTo(Answer.Cause.CANNOT_REPLACE));
        }
    }

    @Test
    void the_old_file_becomes_a_directory() throws Exception {
        assertThat(write("rm keys; mkdir keys")).isInstanceOfSatisfying(
                Answer.WriteFailed.class, failed -> assertThat(failed.cause()).isEqualTo(Answer.Cause.CANNOT_REPLACE));
        assertThat(home.resolve("keys").toFile().list()).isEmpty();
    }

    @Test
    void the_directory_becomes_a_link() throws Exception {
        write("mv ../home ../moved; ln -s '" + elsewhere + "' ../home");
        assertThat(root.resolve("moved/keys")).hasContent("new");
    }
}
