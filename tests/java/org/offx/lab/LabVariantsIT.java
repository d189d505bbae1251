package org.offx.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labs that are asked for otherwise than by default. */
class LabVariantsIT {

    @TempDir
    private Path directory;

    @BeforeAll
    static void possible() {
        Trial.needsNamespaces();
    }

    private LabOptions options() {
        return LabOptions.in(directory.resolve("a lab"));
    }

    @Test
    void overIpv6AnMtuBelow1280CutsANodeOffAndItsReturnBringsItBack() throws Exception {
        try (var lab = Lab.up(options().withNodes(1).withVia(Via.IPV6))) {
            assertThat(Trial.ssh(lab, "ovh1", "echo $SSH_CONNECTION").out()).startsWith("fd00:ff::ffff ");
            lab.shell("ovh1", "ip link set vmbr0 mtu 1000");
            assertThat(lab.shell("ovh1", "ip -6 addr show dev vmbr0").out()).doesNotContain("fd00:");
            assertThat(Trial.ssh(lab, "ovh1", "true").status()).isEqualTo(255);
            lab.shell("ovh1", "ip link set vmbr0 mtu 1500");
            Trial.await("SSH over IPv6 after the MTU is back", () -> Trial.ssh(lab, "ovh1", "true").status() == 0);
        }
    }

    @Test
    void aNodeThatCutsItselfOffCanBringItselfBack() throws Exception {
        try (var lab = Lab.up(options().withNodes(1))) {
            lab.shell("ovh1", "setsid sh -c 'ip link set enp5s0f1 down; until [ -e /tmp/long-enough ]; do sleep 0.1; done;"
                    + " ip link set enp5s0f1 up' >/dev/null 2>&1 </dev/null &");
            Trial.await("the node to cut itself off", () -> Trial.ssh(lab, "ovh1", "true").status() == 255);
            lab.shell("ovh1", "touch /tmp/long-enough");
            Trial.await("the node to undo it by itself", () -> Trial.ssh(lab, "ovh1", "true").status() == 0);
        }
    }

    @Test
    void aVrackThatCarriesLessThanTheNodesSendIsABlackHole() throws Exception {
        Trial.needs("ping", "iputils-ping");
        try (var lab = Lab.up(options().withNodes(2).withVrackMtu(9000))) {
            for (var node : lab.nodes()) {
                lab.shell(node.name(), "ip link set " + node.spec().nic() + " mtu 9600; ip link set vmbr0 mtu 9600");
            }
            assertThat(lab.shell("ovh1", "ping -n -c 1 -W 2 -M do -s 8972 10.0.0.2").status()).isZero();
            var full = lab.shell("ovh1", "ping -n -c 1 -W 2 -M do -s 9572 10.0.0.2");
            assertThat(full.status()).isEqualTo(1);
            assertThat(full.out()).contains("100% packet loss");
        }
    }

    @Test
    void minaServesCommandsInputTerminalsAndAccountsLikeOpenSsh() throws Exception {
        try (var lab = Lab.up(options().withNodes(2).withSshServer(SshServer.MINA))) {
            var answer = Trial.ssh(lab, "ovh1", "hostname; id -un; pwd; sudo -n id -u; echo err >&2; exit 7");
            assertThat(answer).isEqualTo(new ShellResult(7, "ovh1\nops\n/home/ops\n0\n", "err\n"));
            var words = new ArrayList<>(lab.sshCommand("ovh2"));
            words.add(1, "-tt");
            words.add("test -t 0 && echo terminal");
            assertThat(Trial.run(words).out()).contains("terminal");
            var many = Trial.ssh(lab, "ovh1", "head -c 5000000 /dev/zero | tr '\\0' x");
            assertThat(many.out()).hasSize(5_000_000);
            Trial.ssh(lab, "ovh2", "setsid sh -c 'sleep 0.3; echo alive >/tmp/survivor' >/dev/null 2>&1 </dev/null &");
            Trial.await("the survivor's file", () -> lab.shell("ovh2", "cat /tmp/survivor").out().equals("alive\n"));
            var stranger = new ArrayList<>(lab.sshCommand("ovh1"));
            stranger.addAll(1, List.of("-l", "backup"));
            assertThat(Trial.run(stranger).err()).contains("Permission denied");
        }
    }

    @Test
    void whereSudoDoesNotWorkASimulatedOneAsksTheSudoersFilesToo() throws Exception {
        try (var lab = Lab.up(options().withNodes(1))) {
            var put = lab.shell("ovh1", "install -m 4755 /usr/bin/setpriv /opt/offx-lab/as-root"
                    + " && install -m 755 /opt/offx-lab/sudo.sh /opt/offx-lab/simulated/sudo");
            assertThat(put).isEqualTo(new ShellResult(0, "", ""));
            assertThat(Trial.ssh(lab, "ovh1", "sudo -n -- id -u").out()).isEqualTo("0\n");
            assertThat(Trial.ssh(lab, "ovh1", "sudo -n -u backup id -un").out()).isEqualTo("backup\n");
            assertThat(Trial.ssh(lab, "ovh1", "echo hello | sudo -n A=1 sh -c 'cat; echo $A $SUDO_USER $HOME'").out())
                    .isEqualTo("hello\n1 ops /root\n");
            assertThat(Trial.ssh(lab, "ovh1", "sudo -n sh -c 'exit 9'").status()).isEqualTo(9);
            assertThat(Trial.ssh(lab, "ovh1", "sudo -Z true").err()).contains("simulated");
            lab.shell("ovh1", "rm /etc/sudoers.d/ops");
            assertThat(Trial.ssh(lab, "ovh1", "sudo -n true"))
                    .isEqualTo(new ShellResult(1, "", "sudo: a password is required\n"));
        }
    }
}
