package org.offx.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.offx.plan.ExitStatus;

/** Pools, datasets, volumes and snapshots of a real ZFS. */
@Tag("lab")
@ExtendWith(LabReport.class)
final class ZfsVmIT {

    private static final String POOL = "zpool create -f -o ashift=12 tank mirror vdb vdc";

    private Machines machines;

    @BeforeEach
    void cleanNode(@TempDir Path files) throws IOException {
        machines = Machines.clean(1, files);
    }

    private static String play(String tasks) {
        return "use zfs\n\nplay \"storage\" on node1 {\n" + tasks.indent(4) + "}\n";
    }

    @Test
    void aPoolOfTwoMirrorsWithACache() throws IOException {
        Life.of(machines, play("""
                        zfs.pool "tank" {
                            vdevs      = [zfs.mirror(["vdb", "vdc"])]
                            log        = ["vdd"]
                            cache      = ["vde"]
                            ashift     = 12
                            properties = { "autotrim" = "on", "comment" = "of the lab" }
                        }
                        """), "create the pool tank")
                .drift("zpool set autotrim=off tank", "node1: zfs.pool \"tank\" update: properties[\"autotrim\"]");
        assertThat(machines.root("node1", "zpool get -H -o value ashift,autotrim tank")).isEqualTo("12\non");
    }

    @Test
    void aPoolIsNotMadeWithoutConsentAndItsLayoutIsNeverRebuilt() throws IOException {
        String playbook = machines.playbook("pool.offx", play("zfs.pool \"tank\" { vdevs = [zfs.raidz2([\"vdb\", \"vdc\", \"vdd\", \"vde\"])] }"));
        machines.offx("apply", "--yes", playbook);
        assertThat(machines.root("node1", "zpool list -H -o name")).isEmpty();
        machines.offx("apply", "--yes", "--consent", "create the pool tank", playbook).endedWith(ExitStatus.DONE);
        assertThat(machines.differing(playbook)).isEmpty();

        String other = machines.playbook("other.offx", play("zfs.pool \"tank\" { vdevs = [zfs.raidz1([\"vdb\", \"vdc\", \"vdd\", \"vde\"])] }"));
        assertThat(machines.differing(other)).containsExactly("node1: zfs.pool \"tank\" blocked");
    }

    @Test
    void aPoolWithADiskThatIsReplacedOrMissingKeepsItsLayout() throws IOException {
        machines.root("node1", POOL);
        String playbook = machines.playbook("pool.offx", play("zfs.pool \"tank\" { vdevs = [zfs.mirror([\"vdb\", \"vdc\"])] }"));
        assertThat(machines.differing(playbook)).isEmpty();
        machines.root("node1", "zpool offline tank vdc");
        assertThat(machines.differing(playbook)).isEmpty();
        machines.root("node1", "zpool replace -w tank vdc vdd");
        assertThat(machines.differing(playbook)).containsExactly("node1: zfs.pool \"tank\" blocked");
    }

    @Test
    void aDatasetWithEverythingThatCanBeDeclaredOfIt() throws IOException {
        machines.root("node1", POOL);
        String play = play("""
                zfs.dataset "tank/a" {
                    quota          = 1GiB
                    refquota       = 512MiB
                    reservation    = 64MiB
                    refreservation = 32MiB
                    compression    = pinned(zstd_3)
                    recordsize     = 16KiB
                    atime          = off
                    xattr          = sa
                    acltype        = "posix"
                    sync           = disabled
                    mountpoint     = "/srv/a"
                    canmount       = noauto
                    properties     = { "org.offx:owner" = "lab" }
                }
                zfs.dataset "tank/a/b" { compression = inherit, read_only = on }
                """);
        Life.of(machines, play)
                .drift("zfs set quota=2G tank/a", "node1: zfs.dataset \"tank/a\" update: quota")
                .drift("zfs set refquota=none tank/a; zfs set reservation=none tank/a; zfs set refreservation=1M tank/a",
                        "node1: zfs.dataset \"tank/a\" update: refquota, reservation, refreservation")
                .drift("zfs inherit compression tank/a", "node1: zfs.dataset \"tank/a\" update: compression")
                .drift("zfs set compression=lz4 tank/a/b", "node1: zfs.dataset \"tank/a/b\" update: compression")
                .drift("zfs set recordsize=128K xattr=on acltype=off sync=standard atime=on tank/a",
                        "node1: zfs.dataset \"tank/a\" update: recordsize, atime, xattr, acltype, sync")
                .drift("zfs inherit org.offx:owner tank/a; zfs set mountpoint=none tank/a; zfs set canmount=on tank/a",
                        "node1: zfs.dataset \"tank/a\" update: mountpoint, canmount, properties[\"org.offx:owner\"]")
                .drift("zfs destroy tank/a/b", "node1: zfs.dataset \"tank/a/b\" create")
                .gone(play("absent zfs.dataset \"tank/a\"\nabsent zfs.dataset \"tank/a/b\""),
                        "zfs.dataset \"tank/a\"", "zfs.dataset \"tank/a/b\"");
        assertThat(machines.root("node1", "zfs list -H -o name")).isEqualTo("tank");
    }

    @Test
    void aQuotaIsNotLoweredBelowWhatIsUsed() throws IOException {
        machines.root("node1", POOL + " && zfs create -o quota=1G tank/a && dd if=/dev/urandom of=/tank/a/f bs=1M count=20 status=none && sync");
        machines.root("node1", "zpool sync tank");
        String playbook = machines.playbook("quota.offx", play("zfs.dataset \"tank/a\" { quota = 10MiB }"));
        assertThat(machines.differing(playbook)).containsExactly("node1: zfs.dataset \"tank/a\" blocked");
        machines.offx("apply", "--yes", playbook);
        assertThat(machines.zfs("quota", "tank/a")).isEqualTo("1073741824");
    }

    @Test
    void anEncryptedDatasetKeepsItsCipher() throws IOException {
        machines.root("node1", POOL + " && echo 'correct horse battery' | zfs create -o encryption=aes-256-gcm -o keyformat=passphrase tank/safe");
        String dataset = "zfs.dataset \"tank/safe\" { encryption = %s }";
        assertThat(machines.differing(machines.playbook("same.offx", play(dataset.formatted("aes_256_gcm"))))).isEmpty();
        assertThat(machines.differing(machines.playbook("other.offx", play(dataset.formatted("aes_128_gcm")))))
                .containsExactly("node1: zfs.dataset \"tank/safe\" blocked");
    }

    @Test
    void aVolumeGrowsAndDoesNotShrink() throws IOException {
        machines.root("node1", POOL);
        String volume = "zfs.volume \"tank/v\" { size = %s, volblocksize = 16KiB, compression = pinned(lz4), sparse = true }";
        Life life = Life.of(machines, play(volume.formatted("64MiB")))
                .drift("zfs inherit compression tank/v", "node1: zfs.volume \"tank/v\" update: compression")
                .becomes(play(volume.formatted("96MiB")), "node1: zfs.volume \"tank/v\" update: size");
        assertThat(machines.zfs("volsize", "tank/v")).isEqualTo("100663296");
        String smaller = machines.playbook("smaller.offx", play(volume.formatted("32MiB")));
        assertThat(machines.differing(smaller)).containsExactly("node1: zfs.volume \"tank/v\" blocked");
        life.gone(play("absent zfs.volume \"tank/v\" { size = 96MiB }"), "zfs.volume \"tank/v\"");
    }

    @Test
    void aSnapshotIsTakenOnceAndNotDestroyedWhileSomebodyNeedsIt() throws IOException {
        machines.root("node1", POOL + " && zfs create tank/a && zfs create tank/a/b");
        Life life = Life.of(machines, play("zfs.snapshot \"tank/a@before\" { recursive = true }"));
        assertThat(machines.root("node1", "zfs list -H -t snapshot -o name")).isEqualTo("tank/a@before\ntank/a/b@before");
        machines.root("node1", "zfs hold keep tank/a@before");
        String absent = play("absent zfs.snapshot \"tank/a@before\"");
        String playbook = machines.playbook("absent.offx", absent);
        assertThat(machines.differing(playbook)).containsExactly("node1: zfs.snapshot \"tank/a@before\" blocked");
        machines.root("node1", "zfs release keep tank/a@before && zfs clone tank/a@before tank/c");
        assertThat(machines.differing(playbook)).containsExactly("node1: zfs.snapshot \"tank/a@before\" blocked");
        machines.root("node1", "zfs destroy tank/c");
        life.gone(absent, "zfs.snapshot \"tank/a@before\"");
    }

    @Test
    void aDatasetThatWasNamedOtherwiseIsRenamedWithItsData() throws IOException {
        machines.root("node1", POOL + " && zfs create tank/old && echo kept > /tank/old/f");
        Life.of(machines, play("zfs.dataset \"tank/deep/new\" { moved from \"tank/old\" }"));
        assertThat(machines.root("node1", "cat /tank/deep/new/f")).isEqualTo("kept");
    }
}
