package org.offx.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that lacks something: as this one, seen from a mount namespace in which programs are covered up. */
class BareMachineIT {

    @TempDir
    private Path directory;

    @BeforeEach
    void possible() {
        Trial.needsNamespaces();
        if (Prerequisites.userId() != 0) {
            Trial.skip("only root can cover up programs");
        }
    }

    private List<String> tryOut(Path cover, String... programs) throws Exception {
        var script = new StringBuilder();
        for (var program : programs) {
            Prerequisites.program(program).ifPresent(path -> script.append("mount --bind " + cover + " " + path + " && "));
        }
        var words = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", script + "exec \"$@\"", "bare"));
        words.addAll(Trial.starter());
        words.addAll(List.of(directory.resolve("lab").toString(), "2", "BEST", "try"));
        var result = Trial.run(words);
        assertThat(result.err()).isEmpty();
        return result.out().lines().toList();
    }

    @Test
    void withoutSshdAndSudoStandInsTakeTheirPlaceAndTheLabSaysSo() throws Exception {
        var said = tryOut(Path.of("/dev/null"), "sshd", "sudo", "visudo", "ping");
        assertThat(said).contains(
                "lab: This machine has no sshd: the nodes run Apache MINA SSHD instead. On Debian it is in the package openssh-server.",
                "lab: This machine has no sudo: a simulated sudo stands in for it. On Debian it is in the package sudo.",
                "lab: This machine has no ping: paths between nodes cannot be tested from a node. On Debian it is in the package iputils-ping.",
                "up 2",
                "account alice",
                "left []");
        assertThat(said).as("root by the simulated sudo").anyMatch(line -> line.startsWith("ssh ops 0 "));
    }

    @Test
    void withoutAProgramThatNothingReplacesTheMessageNamesItAndItsPackage() throws Exception {
        assertThat(tryOut(Path.of("/dev/null"), "ip", "nsenter"))
                .containsExactly(
                        "refused A lab cannot be raised here: this machine has no nsenter, ip.",
                        "On Debian: apt-get install util-linux mount iproute2 hostname coreutils");
    }

    @Test
    void whereTheKernelRefusesTheMessageSaysWhatItRefusedAndWhatToDo() throws Exception {
        var refusing = Files.writeString(
                directory.resolve("refusing"), "#!/bin/sh\necho 'unshare failed: Operation not permitted' >&2\nexit 1\n");
        Files.setPosixFilePermissions(refusing, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(tryOut(refusing, "unshare"))
                .containsExactly(
                        "refused A lab cannot be raised here: the kernel refuses root the namespaces it is made of "
                                + "(unshare failed: Operation not permitted).",
                        "In a container, root may do it when the container is privileged (docker run --privileged).");
        assertThat(directory.resolve("lab")).doesNotExist();
    }
}
