package org.offx.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.offx.Await;
import org.offx.e2e.Ran;
import org.offx.plan.ExitStatus;

/**
 * Changes that cut the branch that one sits on. Node 2 is reached over the private network only, through node 1; what it
 * looks like meanwhile is seen on its console.
 */
@Tag("lab")
@ExtendWith(LabReport.class)
final class CutOffVmIT {

    private static final String INTERFACES = "/etc/network/interfaces";

    private static final String ANOTHER = "vrack.bridge \"vmbr0\" { address = 10.99.0.22/24 }";

    private static final String HAS_MOVED = "ip -4 addr show vmbr0 | grep 'inet 10.99.0.22/' && ! ip -4 addr show vmbr0 | grep 'inet 10.99.0.2/'";

    private Machines machines;

    /** The private network as a bridge on both nodes, live and kept. */
    @BeforeEach
    void cleanNodes(@TempDir Path files) throws IOException {
        machines = Machines.clean(2, files);
        for (int k = 1; k <= 2; k++) {
            machines.root("node" + k, """
                    cat >>/etc/network/interfaces <<'END'

                    iface eth1 inet manual

                    auto vmbr0
                    iface vmbr0 inet static
                    	address 10.99.0.%1$d/24
                    	bridge-ports eth1
                    END
                    ifup eth1 vmbr0
                    """.formatted(k));
        }
        machines.root("node1", "ping -n -q -c 1 -W 20 10.99.0.2");
    }

    private String playbook(String address, String tasks) throws IOException {
        return playbook(address, 40, tasks);
    }

    private String playbook(String address, int seconds, String tasks) throws IOException {
        return machines.write("cut.offx", """
                use vrack, access
                node node2 { address = "%s" }
                play "A branch to sit on" on node2 {
                    guarded %ds { %s }
                }
                """.formatted(address, Machines.seconds(seconds), tasks));
    }

    private String console(String commands) throws IOException {
        return machines.root("node2", commands);
    }

    /** The node is as it was before, in its files and now; the report says that it has taken the change back. */
    private void isTakenBack(String playbook, String look) throws IOException {
        String before = console(look + "; cat " + INTERFACES);
        Ran apply = machines.offx("apply", "--yes", playbook).endedWith(ExitStatus.ROLLED_BACK);
        assertThat(apply.out()).contains("rolled back: ");
        assertThat(console(look + "; cat " + INTERFACES)).isEqualTo(before);
        machines.offx("plan", "--exit-code", playbook).endedWith(ExitStatus.CHANGES);
        nothingIsArmed();
    }

    private void nothingIsArmed() throws IOException {
        assertThat(console("systemctl list-units --all --no-legend 'offx*'; find /etc/systemd /var/lib/offx -name '*guard*' 2>/dev/null || :")).isEmpty();
    }

    @Test
    void anotherAddress() throws IOException {
        isTakenBack(
                playbook("node2-via-node1", ANOTHER),
                "ip -o -4 addr show vmbr0 | grep -o '10[0-9./]*/24'");
    }

    @Test
    void aBridgeWithoutItsPort() throws IOException {
        isTakenBack(
                playbook("node2-via-node1", "vrack.bridge \"vmbr0\" { ports = [] }"),
                "bridge link show dev eth1 | grep -o 'master [a-z0-9]*'");
    }

    /** Both ends take full frames, and the network between them does not: who connects anew is never answered in full. */
    @Test
    void anMtuThatTheNetworkDoesNotCarry() throws IOException {
        machines.narrow();
        machines.root("node1", "ip link set eth1 mtu 9600 && ip link set vmbr0 mtu 9600");
        isTakenBack(
                playbook("node2-via-node1", "vrack.interface \"eth1\" { mtu = 9600 }\nvrack.bridge \"vmbr0\" { mtu = 9600 }"),
                "cat /sys/class/net/eth1/mtu /sys/class/net/vmbr0/mtu");
    }

    /** Who logs in as root, and forbids it. */
    @Test
    void anSshServerThatLetsNobodyIn() throws IOException {
        console("install -d -m 0700 /root/.ssh && install -m 0600 ~ops/.ssh/authorized_keys /root/.ssh/");
        machines.config("Host node2-as-root\n    HostName 10.99.0.2\n    HostKeyAlias node2\n    User root\n    ProxyJump node1\n");
        isTakenBack(
                playbook("node2-as-root", "access.sshd { permit_root_login = no }"),
                "sshd -T | grep permitrootlogin; ls /etc/ssh/sshd_config.d");
    }

    /** The timer lives on the node; the process that armed it is not needed. */
    @Test
    void theProcessThatWasToConfirmIsKilled() throws Exception {
        String playbook = playbook("node2-via-node1", ANOTHER);
        Process offx = machines.started(List.of("apply", "--yes", playbook));
        try {
            Await.until("the address is another", Duration.ofSeconds(Machines.seconds(300)), () ->
                    machines.attempt("node2", HAS_MOVED).status() == 0);
        } finally {
            offx.destroyForcibly();
        }
        assertThat(offx.waitFor(1, TimeUnit.MINUTES)).isTrue();
        Await.until("the address is back", Duration.ofSeconds(Machines.seconds(300)), () ->
                machines.attempt("node2", "ip -4 addr show vmbr0 | grep 'inet 10.99.0.2/' && ! grep 10.99.0.22 " + INTERFACES).status() == 0);
        Await.until("nothing is armed", Duration.ofSeconds(Machines.seconds(60)), () ->
                machines.attempt("node2", "find /etc/systemd /var/lib/offx -name '*guard*' 2>/dev/null | grep .").status() == 1);
        // The node does not know that offx is gone: its end of the connection lives on, and holds the lock.
        String wait = "--wait=" + Machines.seconds(120);
        machines.offx("apply", "--yes", wait, playbook("node2-via-node1", "vrack.bridge \"vmbr0\" { address = 10.99.0.2/24 }"))
                .endedWith(ExitStatus.DONE);
    }

    /** Who has cut a node off reaches for the power button. */
    @Test
    void theNodeIsRestartedInBetween() throws Exception {
        console("systemctl -q enable networking");
        String playbook = playbook("node2-via-node1", 900, ANOTHER);
        Process offx = machines.started(List.of("apply", "--yes", playbook));
        Await.until("the address is another", Duration.ofSeconds(Machines.seconds(300)), () ->
                machines.attempt("node2", HAS_MOVED).status() == 0);
        machines.attempt("node2", "systemctl --no-block reboot");
        assertThat(offx.waitFor(Machines.seconds(600), TimeUnit.SECONDS)).as("offx ends").isTrue();
        assertThat(offx.exitValue()).isEqualTo(ExitStatus.ROLLED_BACK.code());
        assertThat(console("ip -o -4 addr show vmbr0; cat " + INTERFACES)).contains("10.99.0.2/24").doesNotContain("10.99.0.22");
        nothingIsArmed();
    }
}
