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

/** Who may do what with a dataset of a real ZFS: keys, shares, delegated permissions. */
@Tag("lab")
@ExtendWith(LabReport.class)
final class ZfsAccessVmIT {

    private static final String PASSPHRASE = "correct horse battery";

    private Machines machines;

    @BeforeEach
    void cleanNode(@TempDir Path files) throws IOException {
        machines = Machines.clean(1, files);
        machines.root("node1", "zpool create -f -o ashift=12 tank vdb");
    }

    private static String play(String tasks) {
        return "use access, zfs\n\nplay \"storage\" on node1 {\n" + tasks.indent(4) + "}\n";
    }

    /** The passphrase is read on the node, so that neither the playbook nor the plan has it. */
    private String safe(String tasks) throws IOException {
        machines.root("node1", "umask 077 && echo '%s' >/root/pool.key".formatted(PASSPHRASE));
        String fact = "fact pool_key: secret<string> = (file_at(\"/root/pool.key\")?.text ?? \"\").trim()";
        return play(tasks).replaceFirst("play ", fact + "\n\nplay ");
    }

    @Test
    void anEncryptedDatasetIsUnlockedWithItsKeyAndNeverMadeAnew() throws IOException {
        String play = safe("""
                zfs.dataset "tank/safe" { encryption = on, key = pool_key }
                zfs.dataset "tank/safe/below" { atime = off }
                """);
        Life life = Life.of(machines, play);
        assertThat(machines.zfs("encryption,keystatus,encryptionroot", "tank/safe/below")).isEqualTo("aes-256-gcm\navailable\ntank/safe");
        machines.root("node1", "echo kept >/tank/safe/below/f");
        life.drift("zfs unmount tank/safe && zfs unload-key tank/safe", "node1: zfs.dataset \"tank/safe\" update: key");
        assertThat(machines.root("node1", "cat /tank/safe/below/f")).isEqualTo("kept");
    }

    @Test
    void aKeyIsNeitherInAPlanNorInACommandNorInAReport() throws IOException {
        String playbook = machines.playbook("safe.offx", safe("zfs.dataset \"tank/safe\" { encryption = aes_256_gcm, key = pool_key }"));
        machines.root("node1", """
                mv /usr/sbin/zfs /usr/sbin/zfs.real
                printf '#!/bin/sh\\necho "zfs $*" >>/root/words\\nexec /usr/sbin/zfs.real "$@"\\n' >/usr/sbin/zfs
                chmod 755 /usr/sbin/zfs
                """);
        var plan = machines.offx("plan", playbook);
        assertThat(plan.out()).contains("key:", "(secret)").doesNotContain(PASSPHRASE);
        var apply = machines.offx("apply", "--yes", playbook).endedWith(ExitStatus.DONE);
        assertThat(apply.out() + apply.err()).doesNotContain(PASSPHRASE);
        assertThat(machines.zfs("keystatus", "tank/safe")).isEqualTo("available");
        assertThat(machines.root("node1", "cat /root/words; journalctl -t offx --no-pager"))
                .contains("zfs create ")
                .doesNotContain(PASSPHRASE);
    }

    @Test
    void aKeyThatDoesNotFitOrIsNotWantedIsSaid() throws IOException {
        machines.root("node1", """
                echo 'another passphrase' | zfs create -o encryption=on -o keyformat=passphrase tank/safe
                zfs create tank/safe/below; zfs create tank/open
                zfs unmount tank/safe && zfs unload-key tank/safe
                """);
        String playbook = machines.playbook("wrong.offx", safe("zfs.dataset \"tank/safe\" { key = pool_key }"));
        assertThat(machines.differing(playbook)).containsExactly("node1: zfs.dataset \"tank/safe\" update: key");
        var apply = machines.offx("apply", "--yes", playbook).endedWith(ExitStatus.FAILED);
        assertThat(apply.out()).contains("Incorrect key provided").doesNotContain(PASSPHRASE);
        assertThat(machines.zfs("keystatus", "tank/safe")).isEqualTo("unavailable");

        var others = machines.offx("plan", machines.playbook("others.offx", safe("""
                zfs.dataset "tank/safe/below" { key = pool_key }
                zfs.dataset "tank/open" { key = pool_key }
                """)));
        assertThat(others.out()).contains("its key is that of tank/safe: load it there", "it is not encrypted");
    }

    @Test
    void aQuotaGoesUpAndDownAndNotBelowWhatIsUsed() throws IOException {
        machines.root("node1", "zfs create -o quota=1G tank/a && dd if=/dev/urandom of=/tank/a/f bs=1M count=20 status=none && zpool sync tank");
        String dataset = "zfs.dataset \"tank/a\" { quota = %s, refquota = %s }";
        String quotas = "node1: zfs.dataset \"tank/a\" update: quota, refquota";
        Life.of(machines, play(dataset.formatted("512MiB", "256MiB")))
                .becomes(play(dataset.formatted("768MiB", "512MiB")), quotas)
                .becomes(play(dataset.formatted("64MiB", "32MiB")), quotas)
                .becomes(play(dataset.formatted("none", "none")), quotas);
        String low = machines.playbook("low.offx", play(dataset.formatted("10MiB", "5MiB")));
        assertThat(machines.differing(low)).containsExactly("node1: zfs.dataset \"tank/a\" blocked");
        assertThat(machines.offx("plan", low).out())
                .containsPattern("a quota of 10MiB is below the 20(\\.\\d+)?MiB in use|a quota of 10MiB is below the \\d+")
                .contains("a refquota of 5MiB is below the");
        machines.offx("apply", "--yes", low);
        assertThat(machines.zfs("quota", "tank/a")).isEqualTo("0");
    }

    @Test
    void aShareOfZfsAndWhatIsBelowIt() throws IOException {
        String share = "rw=@10.99.0.0/24:10.99.1.1,no_root_squash";
        String shared = "node1: zfs.dataset \"tank/shared\" update: sharenfs";
        Life life = Life.of(machines, play("zfs.dataset \"tank/shared\" { sharenfs = pinned(\"%s\") }".formatted(share)))
                .drift("zfs inherit sharenfs tank/shared", shared)
                .drift("zfs set sharenfs=rw=@10.99.0.0/24,no_root_squash tank/shared", shared);
        machines.root("node1", "zfs set sharenfs=no_root_squash,rw=10.99.1.1,rw=@10.99.0.0/24 tank/shared");
        assertThat(life.differing()).as("the same hosts in another order").isEmpty();
        assertThat(machines.root("node1", "exportfs -s")).contains("/tank/shared  10.99.0.0/24(", "/tank/shared  10.99.1.1(");

        var plan = machines.offx("plan", machines.playbook("child.offx", play("zfs.dataset \"tank/shared/child\"")));
        assertThat(plan.out()).contains("is exported at once, as tank/shared is: sharenfs=");
        life.becomes(play("zfs.dataset \"tank/shared/child\" { sharenfs = pinned(\"off\") }"), "node1: zfs.dataset \"tank/shared/child\" create")
                .drift("zfs inherit sharenfs tank/shared/child", "node1: zfs.dataset \"tank/shared/child\" update: sharenfs");
        assertThat(machines.root("node1", "exportfs -s")).doesNotContain("/tank/shared/child");
        life.becomes(play("zfs.dataset \"tank/shared/child\" { sharenfs = inherit }"), "node1: zfs.dataset \"tank/shared/child\" update: sharenfs");
        assertThat(machines.root("node1", "exportfs -s")).contains("/tank/shared/child");
    }

    @Test
    void permissionsForAnOperatorWhoIsNotRoot() throws IOException {
        machines.root("node1", "zfs create tank/off && zfs create tank/off/below && groupadd backup2 && zfs allow -g backup2 send tank/off");
        String puller = "node1: zfs.delegation \"tank/off\", \"user puller\" update: ";
        Life life = Life.of(machines, play("""
                        access.user "puller" { uid = 2001 }
                        zfs.delegation("tank/off", "user puller") { permissions = ["send", "hold"], below_only = ["snapshot"] }
                        zfs.delegation("tank/off", "everyone") { here_only = ["diff"] }
                        """))
                .drift("zfs allow -u puller destroy,mount tank/off", puller + "permissions")
                .drift("zfs unallow -u puller hold tank/off", puller + "permissions")
                .drift("zfs unallow -l -u puller hold tank/off", puller + "permissions, below_only")
                .drift("zfs unallow -u puller tank/off; zfs unallow -e tank/off",
                        "node1: zfs.delegation \"tank/off\", \"user puller\" create",
                        "node1: zfs.delegation \"tank/off\", \"everyone\" create");
        machines.root("node1", "zfs snapshot tank/off/below@x && su puller -s /bin/sh -c 'zfs send tank/off/below@x' | wc -c");
        assertThat(machines.attempt("node1", "su puller -s /bin/sh -c 'zfs destroy tank/off/below@x'").status()).isNotZero();
        assertThat(machines.root("node1", "zfs allow tank/off")).contains("group backup2 send");

        machines.root("node1", "userdel puller");
        var plan = machines.offx("plan", machines.playbook("nobody.offx", play("zfs.delegation(\"tank/off\", \"user puller\") { permissions = [\"send\"] }")));
        assertThat(plan.out()).contains("there is no user puller on this node");
        life.becomes(play("absent zfs.delegation(\"tank/off\", \"everyone\")\nabsent zfs.delegation(\"tank/off\", \"user 2001\")"),
                "node1: zfs.delegation \"tank/off\", \"everyone\" delete",
                "node1: zfs.delegation \"tank/off\", \"user 2001\" delete");
        assertThat(machines.root("node1", "zfs allow tank/off")).doesNotContain("2001", "everyone");
    }
}
