package org.offx.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.offx.Await;
import org.offx.plan.ExitStatus;

/** Datasets of node1 that node2 pulls as somebody who may do no more than that, over the private network. */
@Tag("lab")
@ExtendWith(LabReport.class)
final class ZfsReplicaVmIT {

    private static final String UPDATE = "node2: zfs.replica \"tank/copy\" update: snapshot";
    private static final String BLOCKED = "node2: zfs.replica \"tank/copy\" blocked";

    private Machines machines;
    private String key;

    @BeforeEach
    void twoPools(@TempDir Path files) throws IOException {
        machines = Machines.clean(2, files);
        machines.addresses();
        machines.root("node1", "zpool create -f tank vdb && zfs create tank/live && dd if=/dev/urandom of=/tank/live/f bs=1M count=24 status=none && zfs snapshot tank/live@one");
        key = machines.root("node2", """
                zpool create -f tank vdb
                mkdir -p -m 700 /root/.ssh && ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
                ssh-keyscan -t ed25519 10.99.0.1 >/root/.ssh/known_hosts 2>/dev/null
                cat /root/.ssh/id_ed25519.pub
                """);
    }

    private String copyOf(String snapshot) {
        return """
                use access, zfs

                play "originals" on node1 {
                    access.user "puller" { uid = 2001, keys = ["%s"] }
                    zfs.delegation("tank/live", "user puller") { permissions = ["hold", "send"] }
                }
                play "copies" on node2 {
                    zfs.replica "tank/copy" { from = "puller@10.99.0.1", source = "tank/live", snapshot = "%s" }
                }
                """.formatted(key, snapshot);
    }

    /** The sum of the file, of a snapshot: a copy is not mounted. */
    private String sum(String node, String snapshot) throws IOException {
        return machines.root(node, "mkdir -p /mnt/look && mount -t zfs %s /mnt/look && sha256sum </mnt/look/f; umount /mnt/look".formatted(snapshot));
    }

    @Test
    void aTransferThatIsInterruptedGoesOnWhereItStopped() throws Exception {
        machines.root("node1", """
                mv /usr/sbin/zfs /usr/sbin/zfs.real
                printf '#!/bin/sh\\ncase $1-$2 in send-tank*) zfs.real "$@" | { dd bs=1M count=8 iflag=fullblock status=none; sleep 600; } ;; *) exec zfs.real "$@" ;; esac\\n' >/usr/sbin/zfs
                chmod 755 /usr/sbin/zfs
                """);
        String playbook = machines.playbook("copy.offx", copyOf("one"));
        var apply = CompletableFuture.supplyAsync(() -> machines.offx("apply", "--yes", playbook));
        Await.until("a part of the stream has arrived", Duration.ofSeconds(Machines.seconds(240)), () ->
                machines.attempt("node1", "pgrep -u puller -x sleep && ! pgrep -u puller -x dd").status() == 0);
        machines.root("node1", "mv /usr/sbin/zfs.real /usr/sbin/zfs && pkill -u puller");
        var failed = apply.get(Machines.seconds(600), TimeUnit.SECONDS).endedWith(ExitStatus.FAILED);
        assertThat(failed.out()).contains("zfs.replica \"tank/copy\"");

        assertThat(machines.differing(playbook)).containsExactly(UPDATE);
        assertThat(machines.offx("plan", playbook).out()).contains(" zfs send -t 1-").doesNotContain("tank/live@one |");
        machines.offx("apply", "--yes", playbook).endedWith(ExitStatus.DONE);
        assertThat(machines.differing(playbook)).isEmpty();
        assertThat(sum("node2", "tank/copy@one")).isEqualTo(sum("node1", "tank/live@one"));
        assertThat(machines.root("node2", "zfs get -H -o value receive_resume_token,mounted tank/copy")).isEqualTo("-\nno");
    }

    @Test
    void aCopyFollowsItsOriginalAndIsNotRolledBack() throws IOException {
        Life life = Life.of(machines, copyOf("one"));
        machines.root("node1", "for s in two three; do echo $s >>/tank/live/f; zfs snapshot tank/live@$s; done");
        life = life.becomes(copyOf("three"), UPDATE);
        assertThat(machines.root("node2", "zfs list -H -o name -t snapshot -s createtxg"))
                .isEqualTo("tank/copy@one\ntank/copy@two\ntank/copy@three");
        assertThat(sum("node2", "tank/copy@three")).isEqualTo(sum("node1", "tank/live@three"));
        machines.root("node1", "zfs destroy tank/live@three");
        assertThat(life.differing()).as("a snapshot that only the copy has still").isEmpty();

        machines.root("node1", "zfs snapshot tank/live@four");
        String four = machines.playbook("four.offx", copyOf("four"));
        assertThat(machines.differing(four)).containsExactly(BLOCKED);
        assertThat(machines.offx("plan", four).out()).contains("it has newer snapshots than @two");
        machines.root("node2", "zfs rollback -r tank/copy@two && zfs mount tank/copy && echo mine >/tank/copy/g && zpool sync tank");
        assertThat(machines.differing(four)).containsExactly(BLOCKED);
        assertThat(machines.offx("plan", four).out()).contains("were written here since @two");
        assertThat(machines.offx("plan", machines.playbook("none.offx", copyOf("five"))).out())
                .contains("there is no snapshot tank/live@five on puller@10.99.0.1");
    }
}
