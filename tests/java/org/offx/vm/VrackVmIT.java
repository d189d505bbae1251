package org.offx.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** NICs, bridges and full frames on a network that really loses what is too large. */
@Tag("lab")
@ExtendWith(LabReport.class)
final class VrackVmIT {

    private static final String BRIDGES = """
            use vrack

            play "private network" on [node1, node2] {
                serial = 1
                guarded %ds {
                    vrack.interface "eth1" { mtu = 9600 }
                    vrack.bridge "vmbr0" { ports = ["eth1"], address = cidr(ip("${node.address}"), 24), mtu = 9600 }
                }
            }
            """.formatted(Machines.seconds(120));

    /** Every ordered pair: a ping that may not be cut can have an answer that is. */
    private static final String FRAMES = """
            use vrack

            play "frames" on [node1, node2] {
                for peer in [node1, node2] - node { vrack.path peer.name { to = ip("${peer.address}"), mtu = 9600 } }
            }
            """;

    private Machines machines;

    @BeforeEach
    void cleanNodes(@TempDir Path files) throws IOException {
        machines = Machines.clean(2, files);
    }

    @Test
    void interfacesAndBridgesWithJumboFrames() throws IOException {
        String nic = "node1: vrack.interface \"eth1\" update: mtu";
        String bridge = "node1: vrack.bridge \"vmbr0\" update: ";
        Life life = Life.of(machines, BRIDGES);
        machines.root("node1", "ping -n -q -c 2 -W 5 -M do -s 9572 10.99.0.2");
        assertThat(machines.attempt("node1", "ping -n -q -c 1 -W 2 -M do -s 9573 10.99.0.2").status()).isNotZero();

        life.drift("ip link set eth1 mtu 1500", nic, bridge + "mtu")
                .drift("sed -i '/mtu/d' /etc/network/interfaces", nic, bridge + "mtu")
                // Now only, and after a reboot only.
                .drift("ip link set vmbr0 mtu 1500", bridge + "mtu")
                .drift("sed -i '/^iface eth1/,/mtu/ s/mtu .*/mtu 1500/' /etc/network/interfaces", nic)
                .drift("ip addr replace 10.99.0.77/24 dev vmbr0 && ip addr del 10.99.0.1/24 dev vmbr0", bridge + "address")
                // A bridge that was once given an MTU of its own keeps it whatever its ports have.
                .drift("ip link set eth1 nomaster", bridge + "ports")
                .drift("ip link add dummy0 type dummy && ip link set dummy0 master vmbr0", bridge + "ports");
        machines.root("node1", "ping -n -q -c 2 -W 5 -M do -s 9572 10.99.0.2");
    }

    /** What is kept in the file is what ifupdown2 makes of it, not only what offx reads in it. */
    @Test
    void whatIsKeptIsWhatIfupdown2Restores() throws IOException {
        Life life = Life.of(machines, BRIDGES);
        machines.root("node1", "ip link del vmbr0; ip link set eth1 mtu 1500; ifreload -a");
        assertThat(life.differing()).isEmpty();
        machines.root("node1", "ping -n -q -c 2 -W 5 -M do -s 9572 10.99.0.2");
    }

    /** From NIC to bridge to container and back, between all of them on both nodes. */
    @Test
    void fullFramesBetweenContainersOfBothNodes() throws IOException {
        String containers = "\nplay \"containers\" on [node1, node2] {\n" + LxcVmIT.debian("vmbr0", "${node.address}0/24").indent(4) + "}\n";
        Life.of(machines, BRIDGES.replace("use vrack", "use lxc, vrack") + containers);
        for (int k = 1; k <= 2; k++) {
            for (String other : new String[] {"10.99.0.1", "10.99.0.2", "10.99.0.10", "10.99.0.20"}) {
                machines.root("node" + k, "lxc-attach -n deb -- ping -n -q -c 1 -W 20 -M do -s 9572 " + other);
            }
        }
        assertThat(machines.attempt("node1", "lxc-attach -n deb -- ping -n -q -c 1 -W 2 -M do -s 9573 10.99.0.20").status()).isNotZero();
    }

    /** A bridge that carries full frames over a NIC that does not: the kernel loses them without a word. */
    @Test
    void aPathThatLosesFullFramesIsNamedWithWhatItCarries() throws IOException {
        Life.of(machines, BRIDGES);
        String playbook = machines.playbook("path.offx", FRAMES);
        assertThat(machines.differing(playbook)).isEmpty();
        machines.root("node2", "ip link set eth1 mtu 4000 && ip link set vmbr0 mtu 9600");
        assertThat(machines.differing(playbook)).containsExactly(
                "node1: vrack.path \"node2\" blocked", "node2: vrack.path \"node1\" blocked");
        assertThat(machines.offx("plan", playbook).out())
                .contains("the path to 10.99.0.2 carries 4000 bytes at most")
                .contains("the path to 10.99.0.1 carries 4000 bytes at most");
        machines.root("node2", "ip link set eth1 down");
        assertThat(machines.offx("plan", "--limit", "node1", playbook).out()).contains("nothing reaches 10.99.0.2");
    }
}
