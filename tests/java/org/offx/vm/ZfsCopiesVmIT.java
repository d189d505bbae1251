package org.offx.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What stands on a snapshot or goes by another name, of a real ZFS: clones, holds, renames. */
@Tag("lab")
@ExtendWith(LabReport.class)
final class ZfsCopiesVmIT {

    private Machines machines;

    @BeforeEach
    void cleanNode(@TempDir Path files) throws IOException {
        machines = Machines.clean(1, files);
        machines.root("node1", "zpool create -f -o ashift=12 tank vdb");
    }

    private static String play(String tasks) {
        return "use zfs\n\nplay \"storage\" on node1 {\n" + tasks.indent(4) + "}\n";
    }

    @Test
    void aCloneStandsOnItsSnapshotAndNotOnAnother() throws IOException {
        machines.root("node1", "zfs create -o recordsize=16K tank/live && echo one >/tank/live/f && zfs snapshot tank/live@one");
        String clone = """
                zfs.snapshot "tank/live@two"
                zfs.dataset "tank/staging" { origin = "tank/live@%s", quota = 1GiB, atime = off }
                """;
        Life life = Life.of(machines, play(clone.formatted("one")))
                .drift("zfs set quota=2G tank/staging", "node1: zfs.dataset \"tank/staging\" update: quota")
                .drift("zfs destroy tank/staging", "node1: zfs.dataset \"tank/staging\" create");
        assertThat(machines.root("node1", "cat /tank/staging/f; zfs get -H -o value origin,recordsize tank/staging"))
                .isEqualTo("one\ntank/live@one\n128K");
        String other = machines.playbook("other.offx", play(clone.formatted("two")));
        assertThat(machines.differing(other)).containsExactly("node1: zfs.dataset \"tank/staging\" blocked");
        assertThat(machines.offx("plan", other).out()).contains("destroy it and clone again");
        String none = machines.playbook("none.offx", play("zfs.dataset \"tank/b\" { origin = \"tank/live@none\" }"));
        assertThat(machines.offx("plan", none).out()).contains("there is no snapshot tank/live@none to clone");

        machines.root("node1", "zfs promote tank/staging");
        assertThat(life.differing()).as("it is no clone any more").containsExactly("node1: zfs.dataset \"tank/staging\" blocked");
    }

    @Test
    void aHeldSnapshotStaysUntilWhoHoldsItLetsGo() throws IOException {
        machines.root("node1", "zfs create tank/a && zfs snapshot tank/a@x && zfs hold keep tank/a@x && zfs hold also tank/a@x");
        String absent = play("absent zfs.snapshot \"tank/a@x\"");
        String playbook = machines.playbook("absent.offx", absent);
        assertThat(machines.offx("plan", playbook).out()).contains("it is held: `zfs holds tank/a@x` says by whom");
        machines.offx("apply", "--yes", "--consent", "zfs.snapshot \"tank/a@x\"", playbook);
        assertThat(machines.root("node1", "zfs list -H -o name -t snapshot; zfs release keep tank/a@x; zfs release also tank/a@x")).isEqualTo("tank/a@x");
        assertThat(machines.differing(playbook)).containsExactly("node1: zfs.snapshot \"tank/a@x\" delete");
    }

    @Test
    void whatIsBelowIsRenamedAlong() throws IOException {
        machines.root("node1", """
                zfs create -o mountpoint=/srv/data tank/old && zfs create tank/old/in && zfs create tank/old/in/deep
                echo kept >/srv/data/in/deep/f && zfs snapshot -r tank/old@x
                """);
        Life life = Life.of(machines, play("""
                zfs.dataset "tank/new" { moved from "tank/old" }
                zfs.dataset "tank/new/in" { quota = 1GiB, moved from "tank/old/in" if_there }
                zfs.dataset "tank/new/in/deep" { atime = off, moved from "tank/old/in/deep" if_there }
                """));
        assertThat(machines.root("node1", "cat /srv/data/in/deep/f; zfs list -H -o name -t snapshot -r tank"))
                .isEqualTo("kept\ntank/new@x\ntank/new/in@x\ntank/new/in/deep@x");
        assertThat(machines.root("node1", "zfs get -Hp -o value quota tank/new/in; zfs get -H -o value atime tank/new/in/deep"))
                .isEqualTo("1073741824\noff");
        assertThat(life.differing()).isEmpty();
    }

    @Test
    void dataThatIsInUseIsNotTakenAwayByARename() throws IOException {
        machines.root("node1", "zfs create tank/old && (cd /tank/old && exec setsid sleep 300 >/dev/null 2>&1 </dev/null &)");
        String playbook = machines.playbook("rename.offx", play("zfs.dataset \"tank/new\" { moved from \"tank/old\" }"));
        var apply = machines.offx("apply", "--yes", playbook);
        assertThat(apply.out()).contains("busy");
        assertThat(machines.root("node1", "zfs list -H -o name")).isEqualTo("tank\ntank/old");
    }
}
