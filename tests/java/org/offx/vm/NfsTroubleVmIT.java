package org.offx.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.offx.Await;
import org.offx.plan.ExitStatus;

/** Mounts whose server lets them down, and mounts that somebody uses, under the real kernel's NFS. */
@Tag("lab")
@ExtendWith(LabReport.class)
final class NfsTroubleVmIT {

    private static final String MOUNT = "nfs.mount \"/mnt/share\" ";

    private Machines machines;

    @BeforeEach
    void anExportThatIsMounted(@TempDir Path files) throws IOException {
        machines = Machines.clean(2, files);
        machines.addresses();
        machines.root("node1", """
                zpool create -f -O mountpoint=/srv tank vdb && zfs create tank/share && echo hello >/srv/share/x
                mkdir -p /srv/other && exportfs -o rw,no_subtree_check 10.99.0.2:/srv/share && exportfs -o rw,no_subtree_check,fsid=7 10.99.0.2:/srv/other
                """);
    }

    private static String play(String task) {
        return "use nfs\n\nplay \"clients\" on node2 {\n    " + task + "\n}\n";
    }

    private static String of(String directory) {
        return play(MOUNT + "{ source = \"10.99.0.1:/srv/%s\", options = [\"rw\", \"nofail\", \"_netdev\", \"vers=4.2\"] }".formatted(directory));
    }

    /** The server keeps what a client has opened: it is stopped before its dataset can go. */
    private void anotherDatasetUnderTheSameName() throws IOException {
        machines.root("node1", """
                systemctl stop nfs-server && zfs destroy tank/share && zfs create tank/share && echo again >/srv/share/x
                systemctl start nfs-server && exportfs -o rw,no_subtree_check 10.99.0.2:/srv/share
                """);
    }

    /** A process on the client that works in the mounted directory, in a session of its own. */
    private void use() throws IOException {
        machines.root("node2", "cd /mnt/share && setsid sleep 600 >/dev/null 2>&1 </dev/null & sleep 1");
    }

    @Test
    void aMountInUseIsNotTakenAway() throws IOException {
        Life life = Life.of(machines, of("share"));
        use();
        for (String other : new String[] {of("other"), play("absent " + MOUNT)}) {
            String playbook = machines.playbook("other.offx", other);
            assertThat(machines.differing(playbook)).containsExactly("node2: " + MOUNT + "blocked");
            assertThat(machines.offx("plan", playbook).out()).containsPattern("in use by \\d+ \\(sleep\\): end that first");
            machines.offx("apply", "--yes", playbook).endedWith(ExitStatus.FAILED);
        }
        assertThat(machines.root("node2", "cat /mnt/share/x")).isEqualTo("hello");
        machines.root("node2", "kill $(pidof sleep)");
        life.becomes(of("other"), "node2: " + MOUNT + "update: source");
    }

    @Test
    void aStaleHandleIsNamedAndMountedAnew() throws IOException {
        Life life = Life.of(machines, of("share"));
        anotherDatasetUnderTheSameName();
        assertThat(machines.attempt("node2", "cat /mnt/share/x").err()).contains("Stale file handle");
        String playbook = machines.playbook("life.offx", of("share"));
        assertThat(machines.offx("plan", playbook).out()).contains("source: \"stale file handle\"", "umount -l /mnt/share");
        life.driftOn("node2", ":", "node2: " + MOUNT + "update: source");
        assertThat(machines.root("node2", "cat /mnt/share/x")).isEqualTo("again");
    }

    @Test
    void aServerThatIsGoneIsSaidWithoutHanging() throws Exception {
        Life life = Life.of(machines, of("share"));
        machines.root("node1", "ip link set eth1 down");
        assertThat(life.differing()).containsExactly("node2: " + MOUNT + "blocked");
        String playbook = machines.playbook("life.offx", of("share"));
        assertThat(machines.offx("plan", playbook).out()).contains("its server does not answer", "source: \"no answer\"");
        machines.root("node1", "ip link set eth1 up && ip addr replace 10.99.0.1/24 dev eth1");
        // The client asks again when it pleases: the longer it had no answer, the later.
        Await.until("the server answers again", Duration.ofSeconds(Machines.seconds(180)), () ->
                machines.attempt("node2", "timeout -s KILL 5 stat -f /mnt/share").status() == 0);
        assertThat(life.differing()).isEmpty();

        machines.root("node1", "ip link set eth1 down");
        String absent = machines.playbook("absent.offx", play("absent " + MOUNT));
        assertThat(machines.offx("plan", absent).out()).contains("timeout 10 umount -l", "is detached: what uses it hangs until its server answers");
        machines.offx("apply", "--yes", absent).endedWith(ExitStatus.DONE);
        assertThat(machines.root("node2", "grep -c /mnt/share /proc/mounts /etc/fstab || :")).isEqualTo("/proc/mounts:0\n/etc/fstab:0");
    }
}
