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

/** What no single node can prove: all nodes change, and either all keep it or all take it back. */
@Tag("lab")
@ExtendWith(LabReport.class)
final class TogetherVmIT {

    private static final String PLAYBOOK = """
            use vrack

            play "jumbo frames" on [node1, node2] {
                guarded together %ds confirm { vrack.full_mesh([node1, node2], 9600) }
                vrack.interface "eth1" { mtu = %d }
            }
            """;

    private Machines machines;

    @BeforeEach
    void cleanNodes(@TempDir Path files) throws IOException {
        machines = Machines.clean(2, files);
        machines.addresses();
    }

    private String playbook(int mtu) throws IOException {
        return machines.playbook("together.offx", PLAYBOOK.formatted(Machines.seconds(90), mtu));
    }

    private String[] state() throws IOException {
        String look = "cat /sys/class/net/eth1/mtu; cat /etc/network/interfaces; find /etc/systemd /var/lib/offx -name '*guard*' 2>/dev/null || :";
        return new String[] {machines.root("node1", look), machines.root("node2", look)};
    }

    @Test
    void fullFramesBetweenAllPairsConfirmIt() throws IOException {
        machines.offx("apply", "--yes", playbook(9600)).endedWith(ExitStatus.DONE);
        assertThat(machines.differing(playbook(9600))).isEmpty();
        assertThat(state()).allSatisfy(node -> assertThat(node).startsWith("9600").contains("mtu 9600").doesNotContain("guard"));
        machines.root("node1", "ping -n -q -c 1 -W 20 -M do -s 9572 10.99.0.2");
    }

    @Test
    void framesThatDoNotPassLetAllTakeItBack() throws IOException {
        String[] before = state();
        var apply = machines.offx("apply", "--yes", playbook(4000)).endedWith(ExitStatus.ROLLED_BACK);
        assertThat(apply.out()).contains("2 rolled back");
        assertThat(state()).isEqualTo(before);
    }
}
