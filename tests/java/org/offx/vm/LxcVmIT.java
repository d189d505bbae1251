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

/** Plain LXC containers, run by the real kernel. */
@Tag("lab")
@ExtendWith(LabReport.class)
final class LxcVmIT {

    private Machines machines;

    @BeforeEach
    void cleanNode(@TempDir Path files) throws IOException {
        machines = Machines.clean(1, files);
    }

    private static String play(String tasks) {
        return "use lxc\n\nplay \"containers\" on node1 {\n" + tasks.indent(4) + "}\n";
    }

    /** A Debian with a NIC for full frames on a bridge of its node. */
    static String debian(String bridge, String address) {
        return """
                lxc.container "deb" {
                    template = "lab"
                    running  = true
                    config   = {
                        "lxc.net.0.type" = "veth", "lxc.net.0.link" = "%s", "lxc.net.0.flags" = "up",
                        "lxc.net.0.mtu" = "9600", "lxc.net.0.ipv4.address" = "%s",
                    }
                }
                """.formatted(bridge, address);
    }

    @Test
    void aContainerThatRunsOnTheFileSystemOfTheNode() throws IOException {
        String container = "node1: lxc.container \"box\" ";
        Life.of(machines, play("""
                        lxc.container "box" {
                            template = "busybox"
                            running  = true
                            config   = { "lxc.net.0.type" = "empty", "lxc.start.auto" = "1" }
                        }
                        """))
                .drift("lxc-stop -k -n box", container + "update: running")
                .drift("sed -i '/start.auto/d' /var/lib/lxc/box/config", container + "update: config[\"lxc.start.auto\"]")
                .drift("echo 'lxc.start.auto = 0' >>/var/lib/lxc/box/config", container + "update: config[\"lxc.start.auto\"]")
                .drift("lxc-stop -k -n box && lxc-destroy -n box", container + "create")
                .gone(play("absent lxc.container \"box\""), "lxc.container \"box\"");
        assertThat(machines.root("node1", "lxc-ls -1")).isEmpty();
    }

    @Test
    void aContainerThatDoesNotStartSaysWhy() throws IOException {
        machines.root("node1", "lxc-create -n box -t busybox >/dev/null && sed -i 's/net.0.link.*/net.0.link = nobridge/' /var/lib/lxc/box/config");
        var apply = machines.offx("apply", "--yes", machines.playbook("start.offx", play("lxc.container \"box\" { template = \"busybox\", running = true }")));
        apply.endedWith(ExitStatus.FAILED);
        assertThat(apply.out()).contains("to bridge \"nobridge\", bridge interface doesn't exist");
        assertThat(machines.root("node1", "lxc-info -n box -s -H")).isEqualTo("STOPPED");
    }

    @Test
    void aContainerOnADatasetOfItsOwn() throws IOException {
        machines.root("node1", "zpool create -f tank vdb && zfs create -o mountpoint=/var/lib/lxc tank/lxc"
                + " && echo 'lxc.bdev.zfs.root = tank/lxc' >/etc/lxc/lxc.conf");
        Life.of(machines, play("lxc.container \"box\" { template = \"busybox\", backing = \"zfs\", running = false, config = { \"lxc.net.0.type\" = \"empty\" } }"))
                .drift("lxc-start -n box && lxc-wait -n box -s RUNNING -t 60", "node1: lxc.container \"box\" update: running")
                .gone(play("absent lxc.container \"box\""), "lxc.container \"box\"");
        assertThat(machines.root("node1", "zfs list -H -o name")).isEqualTo("tank\ntank/lxc");
    }

    @Test
    void aContainerWithADebianAndAFullFrame() throws IOException {
        machines.root("node1", "ip link add vmbr1 type bridge && ip link set vmbr1 mtu 9600 up && ip addr add 10.98.0.1/24 dev vmbr1");
        Life.of(machines, play(debian("vmbr1", "10.98.0.10/24")));
        machines.root("node1", "ping -n -q -c 2 -W 20 -M do -s 9572 10.98.0.10");
        assertThat(machines.root("node1", "lxc-attach -n deb -- cat /etc/hostname")).isEqualTo("deb");
    }
}
