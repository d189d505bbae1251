package org.offx.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.offx.lab.LabException;
import org.offx.plan.ExitStatus;

/** The playbook of the whole cluster on four nodes. Every test finds the cluster as declared, and leaves it so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterIT {

    private static final String PLAYBOOK = "playbooks/cluster.offx";

    private Desk desk;

    @BeforeAll
    void applyForTheFirstTime(@TempDir Path directory) throws Exception {
        desk = Desk.with(directory, options -> options);
        desk.seed();
        desk.offx("apply", "--yes", "--consent", "create the pool rpool", PLAYBOOK).endedWith(ExitStatus.DONE);
    }

    @AfterAll
    void takeDown() throws LabException {
        if (desk != null) {
            desk.close();
        }
    }

    private void isAsDeclared() {
        var plan = desk.offx("plan", "--exit-code", PLAYBOOK).endedWith(ExitStatus.DONE);
        assertThat(plan.lines()).last().isEqualTo("Plan: nothing to do, 60 ok.");
    }

    /** Columns are as wide as the terminal: what stands in them counts here. */
    private static String spaced(String line) {
        return line.replaceAll(" {2,}", " ");
    }

    @Test
    void theSecondApplyChangesNothingAndSaysSoInOneLineANode() {
        isAsDeclared();
        var again = desk.offx("apply", "--yes", PLAYBOOK).endedWith(ExitStatus.DONE);
        assertThat(again.lines())
                .containsSubsequence(
                        "ovh1  27 ok, nothing to change",
                        "ovh2  10 ok, nothing to change",
                        "ovh3  12 ok, nothing to change",
                        "ovh4  11 ok, nothing to change")
                .noneMatch(line -> line.startsWith("~ ") || line.startsWith("+ "));
    }

    @Test
    void whatWasChangedByHandIsShownAndRepairedAndNothingElse() throws Exception {
        desk.root("ovh2", "ip link set dev enp5s0f1 mtu 1500");
        desk.root("ovh3", "zfs set quota=1T rpool/backups");
        desk.root("ovh1", "echo 'mallory ALL=(ALL:ALL) NOPASSWD: ALL' >> /etc/sudoers.d/admins");
        desk.root("ovh3", "exportfs -o rw 10.9.9.9:/rpool/backups");
        desk.root("ovh4", ": > ~charles/.ssh/authorized_keys");
        desk.root("ovh4", "zfs inherit compression rpool/backups");

        var plan = desk.offx("plan", "--exit-code", "-o", desk.file("drift.json").toString(), PLAYBOOK);
        plan.endedWith(ExitStatus.UNCERTAIN);
        assertThat(Desk.differing(desk.file("drift.json"))).containsExactlyInAnyOrder(
                "ovh2: vrack.interface \"enp5s0f1\" update",
                "ovh2: vrack.bridge \"vmbr0\" update",
                "ovh1: vrack.path \"ovh2\" deferred",
                "ovh2: vrack.path \"ovh1\" deferred",
                "ovh2: vrack.path \"ovh3\" deferred",
                "ovh2: vrack.path \"ovh4\" deferred",
                "ovh3: vrack.path \"ovh2\" deferred",
                "ovh4: vrack.path \"ovh2\" deferred",
                "ovh3: zfs.dataset \"rpool/backups\" update",
                "ovh4: zfs.dataset \"rpool/backups\" update",
                "ovh3: nfs.export \"/rpool/backups\" update",
                "ovh1: access.sudo \"admins\" update",
                "ovh4: access.user \"charles\" update");

        var repair = desk.offx("apply", "--yes", "--diff", "none", PLAYBOOK).endedWith(ExitStatus.DONE);
        assertThat(repair.lines().stream().filter(line -> line.endsWith("  updated")).map(ClusterIT::spaced).toList())
                .as("the bridge takes the MTU of its port, and needs nothing more")
                .containsExactly(
                        "~ access.sudo \"admins\" updated",
                        "~ vrack.interface \"enp5s0f1\" updated",
                        "~ zfs.dataset \"rpool/backups\" updated",
                        "~ nfs.export \"/rpool/backups\" updated",
                        "~ zfs.dataset \"rpool/backups\" updated",
                        "~ access.user \"charles\" updated");
        assertThat(repair.lines()).last().isEqualTo("Apply: 6 changed, 54 ok.");
        isAsDeclared();
        assertThat(desk.root("ovh3", "zfs get -Hp -o value quota rpool/backups")).isEqualTo("21990232555520");
        assertThat(desk.root("ovh1", "cat /etc/sudoers.d/admins")).doesNotContain("mallory");
        assertThat(desk.root("ovh3", "exportfs -s")).doesNotContain("10.9.9.9");
        assertThat(desk.root("ovh4", "cat ~charles/.ssh/authorized_keys")).contains("ssh-ed25519");
    }

    @Test
    void whatTheClusterKeepsIsRepairedAsFarAsItIsDeclared() throws Exception {
        desk.root("ovh1", "pvesh set /cluster/backup/nightly --exclude 113 --compress gzip --delete mailto");
        desk.root("ovh1", "pvesh create /cluster/backup --id by-hand --schedule 03:00 --all 1 --storage backups");
        desk.root("ovh1", "ha-manager groupset compute --nodes ovh1:2,ovh2,ovh3 --restricted 0 && ha-manager remove ct:110");
        desk.root("ovh1", "pvesr create-local-job 102-5 ovh4 --schedule '*/10'");
        desk.root("ovh1", "pvesm set backups --content backup,iso");
        desk.root("ovh1", "pct set 101 --memory 4096 --net1 name=eth1,bridge=vmbr0 --delete onboot");
        desk.root("ovh2", "pct set 113 --cores 2 --net0 name=eth0,bridge=vmbr0,ip=10.1.0.99/24,gw=10.0.0.2");
        desk.root("ovh2", "zfs set refquota=35G zfs-hdd/subvol-113-disk-0 && pct rescan --vmid 113");
        desk.root("ovh3", "sed -i /mtu/d /etc/network/interfaces");
        desk.root("ovh3", "rm /etc/ssh/sshd_config.d/00-offx.conf && systemctl reload ssh");
        desk.root("ovh4", "usermod -a -G users charles");
        desk.root("ovh4", "zpool remove rpool nvme0n1 && zfs create rpool/by-hand");

        String saved = desk.file("cluster.json").toString();
        desk.offx("plan", "-o", saved, PLAYBOOK).endedWith(ExitStatus.DONE);
        assertThat(Desk.differing(desk.file("cluster.json"))).containsExactlyInAnyOrder(
                "ovh1: proxmox.backup_job \"nightly\" update",
                "ovh1: proxmox.ha_group \"compute\" update",
                "ovh1: proxmox.ha 110 create",
                "ovh1: proxmox.replication 102 update",
                "ovh1: proxmox.storage \"backups\" update",
                "ovh1: lxc.ct 101 update",
                "ovh1: lxc.ct 113 update",
                "ovh3: vrack.interface \"eno2\" update",
                "ovh3: vrack.bridge \"vmbr0\" update",
                "ovh3: access.sshd update",
                "ovh4: access.user \"charles\" update",
                "ovh4: zfs.pool \"rpool\" blocked");

        var repair = desk.offx("apply", "--yes", "--diff", "none", "--consent", "replication of 102: the replica on ovh4 is destroyed", PLAYBOOK);
        assertThat(repair.endedWith(ExitStatus.FAILED).lines()).last().isEqualTo("Apply: 11 changed, 1 skipped, 48 ok.");
        desk.root("ovh4", "zpool add rpool cache nvme0n1");
        isAsDeclared();

        assertThat(desk.root("ovh1", "pct config 101")).as("nobody declared it").contains("net1: name=eth1");
        assertThat(desk.root("ovh1", "grep nodes /etc/pve/ha/groups.cfg")).as("nor the priority").contains("ovh1:2").doesNotContain("ovh3");
        assertThat(desk.root("ovh1", "grep -c by-hand /etc/pve/jobs.cfg")).isEqualTo("1");
        assertThat(desk.root("ovh4", "zfs list -H -o name rpool/by-hand")).isEqualTo("rpool/by-hand");
        assertThat(desk.root("ovh2", "zfs get -Hp -o value refquota zfs-hdd/subvol-113-disk-0")).isEqualTo("32212254720");
    }

    @Test
    void aRecordedStateGivesTheSamePlanWithoutAnyNode() throws Exception {
        desk.root("ovh3", "zfs set quota=1T rpool/backups");
        String state = desk.file("state.json").toString();
        desk.offx("observe", "-o", state, PLAYBOOK).endedWith(ExitStatus.DONE);
        var live = desk.offx("plan", "-o", desk.file("live.json").toString(), PLAYBOOK).endedWith(ExitStatus.DONE);
        desk.offx("apply", "--yes", PLAYBOOK).endedWith(ExitStatus.DONE);

        var recorded = desk.bare(List.of("plan", "--state", state, "--exit-code", "-o", desk.file("recorded.json").toString(), PLAYBOOK));
        recorded.endedWith(ExitStatus.UNCERTAIN);
        assertThat(live.lines()).last().isEqualTo("Plan: 1 to update, 59 ok. Nothing was changed.");
        assertThat(recorded.lines())
                .as("a record leaves out what only its owner may read: the keys of two accounts on four nodes")
                .contains("quota: 1TiB -> 20TiB")
                .last()
                .isEqualTo("Plan: 1 to update, 8 unknown, 51 ok. Nothing was changed.");
        assertThat(Desk.differing(desk.file("live.json"))).containsExactly("ovh3: zfs.dataset \"rpool/backups\" update");
        assertThat(Desk.differing(desk.file("recorded.json")))
                .filteredOn(task -> !task.contains(": access.user "))
                .isEqualTo(Desk.differing(desk.file("live.json")));
    }

    @Test
    void aSavedPlanIsRefusedByANodeThatHasChangedSince() throws Exception {
        desk.root("ovh3", "zfs set quota=1T rpool/backups");
        desk.root("ovh4", "zfs set quota=1T rpool/backups");
        String plan = desk.file("saved.json").toString();
        desk.offx("plan", "-o", plan, PLAYBOOK).endedWith(ExitStatus.DONE);
        desk.root("ovh3", "zfs set quota=3T rpool/backups");

        var refused = desk.offx("apply", "--yes", plan).endedWith(ExitStatus.FAILED);
        assertThat(refused.out()).contains("it has changed since the plan was made, and is not as planned either: plan again");
        assertThat(desk.root("ovh3", "zfs get -Hp -o value quota rpool/backups")).isEqualTo("3298534883328");
        assertThat(desk.root("ovh4", "zfs get -Hp -o value quota rpool/backups")).isEqualTo("21990232555520");
        desk.offx("apply", "--yes", PLAYBOOK).endedWith(ExitStatus.DONE);
        isAsDeclared();
    }
}
