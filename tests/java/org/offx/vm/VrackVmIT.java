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
                vrack.interface "eth1" { mtu = 9600 }
                vrack.bridge "vmbr0" { ports = ["eth1"], address = cidr(ip("${node.address}"), 24), mtu = 9600 }
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
                .drift("ip addr replace 10.99.0.77/24 dev vmbr0 && ip addr del 10.99.0.1/24 dev vmbr0", bridge + "address")
                // A bridge that was never given another MTU than that of its ports follows the smallest of them.
                .drift("ip link set eth1 nomaster", bridge + "ports, mtu")
                .drift("ip link add dummy0 type dummy && ip link set dummy0 master vmbr0", bridge + "ports, mtu");
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

    @Test
    void aPathThatLosesFullFramesIsNamedWithWhatItCarries() throws IOException {
        Life.of(machines, BRIDGES);
        String playbook = machines.playbook("path.offx", """
                use vrack

                play "frames" on node1 { vrack.path "node2" { to = 10.99.0.2, mtu = 9600 } }
                """);
        assertThat(machines.differing(playbook)).isEmpty();
        machines.root("node2", "ip link set eth1 mtu 4000");
        var plan = machines.offx("plan", playbook);
        assertThat(plan.out()).contains("the path to 10.99.0.2 carries 4000 bytes at most");
        machines.root("node2", "ip link set eth1 down");
        assertThat(machines.offx("plan", playbook).out()).contains("nothing reaches 10.99.0.2");
    }
}
