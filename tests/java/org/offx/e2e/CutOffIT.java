package org.offx.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.offx.lab.LabException;
import org.offx.lab.Via;
import org.offx.plan.ExitStatus;

/** A change that cuts its node off is undone by the node, and the report says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutOffIT {

    /** Below 1280 bytes the kernel takes IPv6 from an interface, and this lab is reached by nothing else. */
    private static final String PLAYBOOK = """
            use vrack
            node ovh1 { address = "ovh1", user = "ops" }
            play "A frame too small" on ovh1 {
                guarded 20s { vrack.interface "enp5s0f1" { mtu = 1000 } }
                file "/etc/later" { content = "after the guard\\n" }
            }
            """;

    private Desk desk;

    @BeforeAll
    void raise(@TempDir Path directory) throws Exception {
        desk = Desk.with(directory, options -> options.withNodes(1).withVia(Via.IPV6));
    }

    @AfterAll
    void takeDown() throws LabException {
        if (desk != null) {
            desk.close();
        }
    }

    @Test
    void aNodeThatIsCutOffUndoesTheChangeItselfAndAnswersAgain() throws Exception {
        String interfaces = desk.root("ovh1", "cat /etc/network/interfaces");
        String mtu = desk.root("ovh1", "cat /sys/class/net/enp5s0f1/mtu");
        String playbook = desk.write("frame.offx", PLAYBOOK);

        var apply = desk.offx("apply", "--yes", playbook).endedWith(ExitStatus.ROLLED_BACK);

        assertThat(apply.out()).contains("rolled back: ").doesNotContain("does not read back");
        assertThat(desk.root("ovh1", "cat /sys/class/net/enp5s0f1/mtu")).isEqualTo(mtu);
        assertThat(desk.root("ovh1", "cat /etc/network/interfaces")).isEqualTo(interfaces);
        assertThat(desk.root("ovh1", "test ! -e /etc/later && echo absent")).isEqualTo("absent");
        var plan = desk.offx("plan", "--exit-code", playbook).endedWith(ExitStatus.CHANGES);
        assertThat(plan.lines()).last().isEqualTo("Plan: 1 to create, 1 to update. Nothing was changed.");
    }
}
