package org.offx.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lab that an ordinary user raises. Needs to be root to become one; is run by the one who asks otherwise. */
class OrdinaryUserIT {

    private static final String NOBODY = "65534";

    @TempDir
    private Path directory;

    private Path home;
    private Path classes;

    /** Another user cannot read the class path of this one: it gets a copy of what it needs. */
    @BeforeEach
    void prepare() throws Exception {
        Trial.needsNamespaces();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = Files.createDirectory(directory.resolve("home"));
        classes = Files.createDirectory(directory.resolve("classes"));
        int number = 0;
        var entries = new ArrayList<>(Resources.origins(LabStarter.class));
        entries.addAll(Resources.sshServerPath());
        entries.addAll(Resources.origins(Class.forName("org.slf4j.nop.NOPServiceProvider")));
        for (var entry : entries) {
            copy(entry, Files.createDirectory(classes.resolve("" + number++)).resolve(entry.getFileName()));
        }
        if (Prerequisites.userId() == 0) {
            Trial.run(List.of("chown", NOBODY + ":" + NOBODY, home.toString()));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var entries = Files.walk(from)) {
            for (var entry : (Iterable<Path>) entries::iterator) {
                Files.copy(entry, to.resolve(from.relativize(entry).toString()));
            }
        }
    }

    private List<String> tryOut(List<String> asUser) throws IOException, InterruptedException {
        var path = new ArrayList<String>();
        try (var entries = Files.walk(classes, 2)) {
            entries.filter(entry -> classes.relativize(entry).getNameCount() == 2).map(Path::toString).forEach(path::add);
        }
        var words = new ArrayList<>(asUser);
        words.addAll(List.of("env", "HOME=" + home, Path.of(System.getProperty("java.home"), "bin/java").toString()));
        words.addAll(List.of("-cp", String.join(":", path), LabStarter.class.getName()));
        words.addAll(List.of(home.resolve("lab").toString(), "2", "BEST", "try"));
        var result = Trial.run(words);
        assertThat(result.err()).isEmpty();
        return result.out().lines().toList();
    }

    @Test
    void withOneIdEverythingButOtherOwnersWorks() throws Exception {
        var said = tryOut(asNobody());
        assertThat(said).contains(
                "up 2", "root 0 ovh1 written ", "ssh ops 0 pinged ", "frames 1", "left []");
        assertThat(said.getFirst()).contains("single id");
    }

    private List<String> asNobody() {
        if (Prerequisites.userId() != 0) {
            return List.of();
        }
        return List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    }

    @Test
    void withARangeOfIdsOpenSshAndOtherOwnersWorkToo() throws Exception {
        if (Prerequisites.userId() != 0) {
            Trial.skip("only root can lend an ordinary user a range of ids for the time of a test");
        }
        Trial.needs("newuidmap", "uidmap");
        Trial.needs("sshd", "openssh-server");
        var range = Files.writeString(directory.resolve("range"), "nobody:300000:65536\n");
        var lend = "mount --bind %1$s /etc/subuid && mount --bind %1$s /etc/subgid && exec \"$@\"".formatted(range);
        var words = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", lend, "lend"));
        words.addAll(asNobody());
        var said = tryOut(words);
        assertThat(said).contains("up 2", "root 0 ovh1 written ", "ssh ops 0 pinged ", "account alice", "frames 1", "left []");
        assertThat(said.getFirst()).doesNotContain("single id");
    }
}
