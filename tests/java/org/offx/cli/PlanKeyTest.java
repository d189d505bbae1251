package org.offx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offx.cli.Command.Wrong;

/** The key of a user's saved plans: where it lies, who may read it, and what is said without it. */
class PlanKeyTest {

    @TempDir
    Path home;

    private Io io;
    private Path file;

    @BeforeEach
    void atHome() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        io = new Io(nowhere, nowhere, new BufferedReader(new StringReader("")), false, 80, false, home,
                Map.of("XDG_STATE_HOME", home.resolve("state").toString()), InstantSource.system());
        file = home.resolve("state/offx/plan.key");
    }

    @Test
    void aKeyIsWrittenOnlyWhenItIsToBeKeptAndForItsOwnerAlone() throws Exception {
        PlanKey key = PlanKey.of(io);
        assertThat(file).doesNotExist();
        key.keep();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(file.getParent()).isDirectoryContaining(file::equals).isDirectoryNotContaining(other -> !other.equals(file));
        assertThat(Files.readString(file)).doesNotContain(key.seal().key());
    }

    @Test
    void theKeptKeyIsTheOneOfEveryLaterCommand() throws Exception {
        PlanKey key = PlanKey.of(io);
        key.keep();
        PlanKey later = PlanKey.of(io);
        later.keep();
        assertThat(later.seal().code("x")).isEqualTo(key.seal().code("x"));
        assertThat(PlanKey.named(key.seal().key(), "p.json", io).code("x")).isEqualTo(key.seal().code("x"));
        assertThat(PlanKey.passing().code("x")).isNotEqualTo(key.seal().code("x")).isNotEqualTo(PlanKey.passing().code("x"));
    }

    @Test
    void aPlanThatIsSealedWithAnotherKeyIsRefusedWithWhatCanBeDone() throws Exception {
        assertThatThrownBy(() -> PlanKey.named("0a0b0c0d", "p.json", io)).isInstanceOf(Wrong.class).hasMessage(
                "p.json holds secrets that are sealed with the key 0a0b0c0d, and there is no " + file + ": without that key nobody can"
                        + " tell whether they are still the same. Copy the file from where the plan was made, readable for you alone,"
                        + " or make the plan anew here");
        PlanKey key = PlanKey.of(io);
        key.keep();
        assertThatThrownBy(() -> PlanKey.named("0a0b0c0d", "p.json", io))
                .isInstanceOf(Wrong.class)
                .hasMessageContaining("and " + file + " is another one (" + key.seal().key() + ")");
    }

    @Test
    void aKeyThatOthersCanReadIsNotUsed() throws Exception {
        PlanKey.of(io).keep();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> PlanKey.of(io)).isInstanceOf(Wrong.class).hasMessageEndingWith("chmod 600 " + file);
    }

    @Test
    void aDamagedKeyIsNamed() throws IOException, Wrong {
        PlanKey.of(io).keep();
        Files.writeString(file, "");
        assertThatThrownBy(() -> PlanKey.of(io)).isInstanceOf(Wrong.class).hasMessageContaining(file + " is no key of offx");
    }

    @Test
    void ofTwoThatMakeAKeyAtTheSameTimeOneIsAskedToTryAgain() throws Wrong {
        PlanKey slow = PlanKey.of(io);
        PlanKey.of(io).keep();
        assertThatThrownBy(slow::keep).isInstanceOf(Wrong.class).hasMessageEndingWith("make the plan again");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsSaid() throws Exception {
        PlanKey key = PlanKey.of(io);
        Files.writeString(home.resolve("state"), "a file, and no directory");
        assertThatThrownBy(key::keep).isInstanceOf(Wrong.class).hasMessageContaining("cannot be kept");
    }
}
