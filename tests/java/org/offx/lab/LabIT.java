package org.offx.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The four nodes of the cluster: what a user of the lab may rely on while it is up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabIT {

    private static final String FULL_FRAME = "ping -n -c 1 -W 2 -M do -s 9572 ";

    private final ConcurrentLinkedQueue<LabEvent> events = new ConcurrentLinkedQueue<>();
    private Lab lab;
    private Remains remains;

    @BeforeAll
    void raise(@TempDir Path directory) throws Exception {
        Trial.needsNamespaces();
        lab = Lab.up(LabOptions.in(directory.resolve("lab")).withEvents(events::add));
        remains = Remains.of(lab);
    }

    @AfterAll
    void takeDown() throws Exception {
        if (lab != null) {
            lab.down();
            assertThat(remains.left()).isEmpty();
        }
    }

    private String root(String node, String commands) throws LabException {
        var result = lab.shell(node, commands);
        assertThat(result.status()).as("%s on %s: %s", commands, node, result.err()).isZero();
        return result.out().strip();
    }

    @Test
    void everyNodeAnswersSshUnderItsNameAndItsAddressAndLetsTheOperatorBecomeRoot() throws Exception {
        for (var node : lab.nodes()) {
            var answer = Trial.ssh(lab, node.name(), "hostname; id -un; sudo -n id -u; command -v sh");
            assertThat(answer.err()).isEmpty();
            assertThat(answer.out().lines()).containsExactly(node.name(), "ops", "0", "/usr/bin/sh");
        }
        var byAddress = new ArrayList<>(lab.sshCommand("ovh3"));
        byAddress.set(byAddress.size() - 1, "10.0.0.3");
        byAddress.add("hostname");
        assertThat(Trial.run(byAddress).out().strip()).isEqualTo("ovh3");
    }

    @Test
    void tellsEachStepOfTheStart() {
        assertThat(events).contains(new LabEvent("ovh1", "enp5s0f1 at 10.0.0.1"), new LabEvent("ovh4", "eno2 at 10.0.0.4"));
        assertThat(events.stream().filter(event -> event.text().startsWith("answers SSH"))).hasSize(4);
    }

    @Test
    void everyNodeHasAHostKeyOfItsOwnWhichIsChecked() throws Exception {
        assertThat(Files.readAllLines(lab.knownHosts()).stream().map(line -> line.split(" ")[2]).distinct()).hasSize(4);
        var wrongNode = new ArrayList<>(lab.sshCommand("ovh1"));
        wrongNode.addAll(1, List.of("-oHostKeyAlias=ovh2"));
        wrongNode.add("true");
        var refused = Trial.run(wrongNode);
        assertThat(refused.status()).isEqualTo(255);
        assertThat(refused.err()).contains("Host key verification failed");
    }

    @Test
    void aNodeHasItsOwnFilesProcessesAndNetwork() throws Exception {
        root("ovh1", "echo one >/etc/only-here; echo one >/root/only-here; echo one >/var/lib/only-here");
        assertThat(root("ovh2", "ls /etc/only-here /root/only-here /var/lib/only-here 2>/dev/null | wc -l")).isEqualTo("0");
        assertThat(Path.of("/etc/only-here")).doesNotExist();
        assertThat(root("ovh1", "ps -e -o args= | grep -c '[j]ava' || true")).isEqualTo("0");
        assertThat(root("ovh1", "ls /sys/class/net | sort | xargs")).isEqualTo("enp5s0f1 lo vmbr0");
        assertThat(root("ovh3", "ip -br link | cut -d' ' -f1 | cut -d@ -f1 | sort | xargs")).isEqualTo("eno2 lo vmbr0");
        assertThat(Trial.run(List.of("ip", "link", "show", "vrack")).status()).isNotZero();
        assertThat(lab.shell("ovh1", "touch /usr/x").err()).contains("Read-only file system");
    }

    @Test
    void allNodesShareEtcPve() throws Exception {
        root("ovh1", "echo 'zfspool: shared' >/etc/pve/storage.cfg");
        assertThat(root("ovh4", "cat /etc/pve/storage.cfg")).isEqualTo("zfspool: shared");
    }

    @Test
    void whatConcernsTheWholeMachineIsOutOfANodesReach() throws Exception {
        for (var route : List.of(
                root("ovh1", "grep CapBnd /proc/self/status"),
                Trial.ssh(lab, "ovh1", "sudo -n grep CapBnd /proc/self/status").out())) {
            long capabilities = Long.parseUnsignedLong(route.strip().split("\\s+")[1], 16);
            if (Prerequisites.userId() == 0) {
                // CAP_SYS_MODULE, CAP_SYS_RAWIO, CAP_SYS_BOOT, CAP_SYS_TIME, CAP_SYSLOG (linux/capability.h)
                for (int forbidden : new int[] {16, 17, 22, 25, 34}) {
                    assertThat(capabilities & (1L << forbidden)).as("capability %d", forbidden).isZero();
                }
            }
        }
        assertThat(lab.shell("ovh1", "cat /proc/sys/vm/swappiness >/tmp/same; cat /tmp/same >/proc/sys/vm/swappiness").status())
                .isNotZero();
        assertThat(root("ovh1", "sysctl -n -w net.ipv4.ip_forward=1")).isEqualTo("1");
        assertThat(root("ovh2", "sysctl -n net.ipv4.ip_forward")).isEqualTo("0");
    }

    @Test
    void theProgramsOfAnAdministratorWorkForReal() throws Exception {
        assertThat(root("ovh2", "useradd -m -s /bin/sh alice && getent passwd alice && ls -d /home/alice")).contains("/home/alice");
        assertThat(root("ovh2", "dpkg-query -W -f '${db:Status-Abbrev}' bash")).isEqualTo("ii");
        assertThat(root("ovh2", "ip link add br9 type bridge && ip link add a9 type veth peer name b9 && ip link del br9; ip link del a9; echo ok"))
                .isEqualTo("ok");
        assertThat(root("ovh2", "printf 'alice ALL=(ALL) ALL\\n' >/etc/sudoers.d/alice && chmod 440 /etc/sudoers.d/alice && ls /etc/sudoers.d"))
                .contains("alice");
        Trial.needs("visudo", "sudo");
        assertThat(root("ovh2", "visudo -cf /etc/sudoers.d/alice")).contains("parsed OK");
        assertThat(lab.shell("ovh2", "echo 'alice ALL=(' >/tmp/bad; visudo -cf /tmp/bad").status()).isEqualTo(1);
    }

    @Test
    void anAccountWithAKeyCanLogIn() throws Exception {
        root("ovh4", "useradd -m -s /bin/sh carol && mkdir ~carol/.ssh && cp ~ops/.ssh/authorized_keys ~carol/.ssh/"
                + " && chown -R carol: ~carol/.ssh && chmod 700 ~carol/.ssh && chmod 600 ~carol/.ssh/authorized_keys");
        var words = new ArrayList<>(lab.sshCommand("ovh4"));
        words.addAll(1, List.of("-l", "carol"));
        words.add("id -un; sudo -n true");
        var answer = Trial.run(words);
        assertThat(answer.out().strip()).isEqualTo("carol");
        assertThat(answer.err()).contains("password is required");
        assertThat(answer.status()).isEqualTo(1);
    }

    @Test
    void theStateAtTheStartIsWrittenDownWhereDebianWritesIt() throws Exception {
        assertThat(root("ovh3", "cat /etc/network/interfaces"))
                .contains("iface eno2 inet manual\n\tmtu 1500", "iface vmbr0 inet static\n\taddress 10.0.0.3/8\n\tbridge-ports eno2");
        assertThat(root("ovh3", "cat /sys/class/net/eno2/mtu /sys/class/net/vmbr0/mtu | xargs")).isEqualTo("1500 1500");
        assertThat(root("ovh3", "ls /sys/class/net/vmbr0/brif")).isEqualTo("eno2");
    }

    @Test
    void aFullFramePassesOnlyWhenEveryMtuOnItsWayIsRaised() throws Exception {
        Trial.needs("ping", "iputils-ping");
        try {
            assertThat(lab.shell("ovh1", FULL_FRAME + "10.0.0.3").out() + lab.shell("ovh1", FULL_FRAME + "10.0.0.3").err())
                    .contains("message too long");
            raiseMtu("ovh1", 9600);
            var blackHole = lab.shell("ovh1", FULL_FRAME + "10.0.0.3");
            assertThat(blackHole.status()).as("the peer is still at 1500").isEqualTo(1);
            assertThat(blackHole.out()).contains("100% packet loss");
            raiseMtu("ovh3", 9600);
            assertThat(root("ovh1", FULL_FRAME + "10.0.0.3")).contains("9580 bytes from 10.0.0.3");
            assertThat(Trial.ssh(lab, "ovh3", FULL_FRAME + "10.0.0.1").out())
                    .as("the operator may ping without privileges")
                    .contains("9580 bytes from 10.0.0.1");
        } finally {
            raiseMtu("ovh1", 1500);
            raiseMtu("ovh3", 1500);
        }
    }

    private void raiseMtu(String node, int mtu) throws LabException {
        var nic = lab.node(node).spec().nic();
        root(node, "ip link set " + nic + " mtu " + mtu + " && ip link set vmbr0 mtu " + mtu);
    }

    @Test
    void aNodeWithoutItsNicIsCutOffFromSshButNotFromTheShellOfTheLab() throws Exception {
        root("ovh2", "ip link set enp5s0f1 down");
        assertThat(Trial.ssh(lab, "ovh2", "true").status()).isEqualTo(255);
        assertThat(((LabStatus.Up) lab.status()).nodes())
                .filteredOn(node -> !node.answers())
                .singleElement()
                .satisfies(node -> assertThat(node.node().name()).isEqualTo("ovh2"));
        root("ovh2", "ip link set enp5s0f1 up");
        Trial.await("SSH on ovh2 after its NIC is up again", () -> Trial.ssh(lab, "ovh2", "true").status() == 0);
    }

    @Test
    void aProcessInASessionOfItsOwnSurvivesTheSshSession() throws Exception {
        Trial.ssh(lab, "ovh1", "setsid sh -c 'sleep 0.5; echo alive >/tmp/survivor' >/dev/null 2>&1 </dev/null &");
        Trial.await("the survivor's file", () -> lab.shell("ovh1", "cat /tmp/survivor").out().equals("alive\n"));
        Trial.await("the survivor to be reaped", () -> lab.shell("ovh1", "ps -e -o stat= | grep Z").out().isEmpty());
    }

    @Test
    void sshdComesBackWhenItIsKilled() throws Exception {
        root("ovh4", "pkill -f '[s]shd.*listener|[N]odeSshServer'");
        Trial.await("SSH on ovh4 after a restart of its server", () -> Trial.ssh(lab, "ovh4", "true").status() == 0);
    }

    @Test
    void aSecondLabInTheSameDirectoryIsRefusedAndAnotherOneBesideItIsNot(@TempDir Path other) throws Exception {
        assertThatThrownBy(() -> Lab.up(LabOptions.in(lab.directory())))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("is up already");
        assertThat(lab.shell("ovh1", "true").status()).isZero();
        var beside = Lab.up(LabOptions.in(other.resolve("beside")).withNodes(1));
        var itsRemains = Remains.of(beside);
        assertThat(Trial.ssh(beside, "ovh1", "cat /etc/machine-id").out()).isNotEqualTo(root("ovh1", "cat /etc/machine-id"));
        beside.down();
        assertThat(itsRemains.left()).isEmpty();
    }

    @Test
    void anotherProcessFindsTheLabByItsDirectory() throws Exception {
        assertThat(Lab.open(lab.directory()).nodes()).isEqualTo(lab.nodes());
        assertThat(lab.status()).isInstanceOf(LabStatus.Up.class);
        assertThat(lab.nodes()).extracting(LabNode::name).containsExactly("ovh1", "ovh2", "ovh3", "ovh4");
        assertThatThrownBy(() -> lab.node("ovh9")).hasMessageContaining("but ovh1, ovh2, ovh3, ovh4");
    }

    @Test
    void commandsThatFailOrTakeTooLongSaySo() throws Exception {
        assertThat(lab.shell("ovh1", "echo out; echo err >&2; exit 7")).isEqualTo(new ShellResult(7, "out\n", "err\n"));
        assertThatThrownBy(() -> lab.shell("ovh1", "sleep 30", Duration.ofMillis(300)))
                .hasMessageContaining("took longer than").hasMessageContaining("sleep 30");
    }

    @Test
    void aTerminalIsOneForTheNode() throws IOException, InterruptedException {
        var words = new ArrayList<>(lab.sshCommand("ovh1"));
        words.add(1, "-tt");
        words.add("test -t 0 && echo terminal");
        assertThat(Trial.run(words).out()).contains("terminal");
    }
}
