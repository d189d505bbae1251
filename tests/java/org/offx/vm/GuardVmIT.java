package org.offx.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.offx.Await;
import org.offx.e2e.Ran;
import org.offx.plan.ExitStatus;

/** Guards under a real systemd: its timer, its units, and a real restart. */
@Tag("lab")
@ExtendWith(LabReport.class)
final class GuardVmIT {

    private static final String PLAYBOOK = """
            ## What can cut a node off, for a test.
            resource switch(path: path) {
                text: string
                observe {
                    let there = file_at(path)
                    if there == null then absent else { text = there.text ?? "" }
                }
                update guarded { edit path { old => text ?? old } } undo { run `touch /root/undone` }
            }

            play "a guard" on node1 {
                guarded %ds { switch "/etc/switch" { text = "new\\n" } } confirm { %s }
            }
            """;

    /** Says what services find that start when the system has come up. */
    private static final String WITNESS = """
            cat >/etc/systemd/system/witness.service <<'END'
            [Service]
            Type=oneshot
            ExecStart=/bin/sh -c 'cp /etc/switch /root/found; ls /root >>/root/found'
            [Install]
            WantedBy=basic.target
            END
            systemctl enable -q witness.service
            """;

    private static final String NEVER = "file_at(\"/nowhere\") != null";

    private Machines machines;

    @BeforeEach
    void cleanNode(@TempDir Path files) throws IOException {
        machines = Machines.clean(1, files);
        machines.root("node1", "echo old >/etc/switch");
    }

    private Ran apply(int seconds, String confirm) throws IOException {
        return machines.offx("apply", "--yes", machines.playbook("guard.offx", PLAYBOOK.formatted(seconds, confirm)));
    }

    @Test
    void whatIsConfirmedStaysAndLeavesNothing() throws IOException {
        var plan = machines.offx("plan", machines.playbook("guard.offx", PLAYBOOK.formatted(60, NEVER)));
        assertThat(plan.out()).contains("guarded: undone after 60 s unless").doesNotContain("restart");
        apply(300, "file_at(\"/etc/switch\") != null").endedWith(ExitStatus.DONE);
        assertThat(machines.root("node1", "cat /etc/switch")).isEqualTo("new");
        nothingIsLeft();
    }

    @Test
    void whatIsNotConfirmedIsUndoneByTheTimer() throws IOException {
        var apply = apply(60, NEVER).endedWith(ExitStatus.ROLLED_BACK);
        assertThat(apply.out()).contains("rolled back: ");
        assertThat(machines.root("node1", "cat /etc/switch; ls /root/undone")).isEqualTo("old\n/root/undone");
        nothingIsLeft();
    }

    @Test
    void aRestartBeforeItIsConfirmedBringsTheNodeUpAsItWas() throws Exception {
        machines.root("node1", WITNESS);
        var apply = CompletableFuture.supplyAsync(() -> {
            try {
                return apply(900, NEVER);
            } catch (IOException broken) {
                throw new AssertionError(broken);
            }
        });
        Await.until("the change is made", Duration.ofSeconds(Machines.seconds(120)), () ->
                machines.attempt("node1", "cat /var/lib/offx/guard-*/through && grep new /etc/switch").status() == 0);
        String before = machines.root("node1", "cat /proc/sys/kernel/random/boot_id");
        assertThat(machines.root("node1", "systemctl list-timers --all | grep -c offx-guard; ls /etc/systemd/system | grep -c offx-guard"))
                .isEqualTo("1\n2");
        machines.attempt("node1", "systemctl --no-block reboot");

        var rolledBack = apply.get(Machines.seconds(600), TimeUnit.SECONDS).endedWith(ExitStatus.ROLLED_BACK);
        assertThat(rolledBack.out()).contains("rolled back: the node was restarted before it was confirmed");
        assertThat(machines.root("node1", "cat /proc/sys/kernel/random/boot_id")).isNotEqualTo(before);
        assertThat(machines.root("node1", "cat /etc/switch; ls /root/undone")).isEqualTo("old\n/root/undone");
        assertThat(machines.root("node1", "cat /root/found")).as("what the first services found").startsWith("old").doesNotContain("undone");
        nothingIsLeft();
    }

    private void nothingIsLeft() throws IOException {
        assertThat(machines.root("node1", """
                systemctl list-units --all --no-legend 'offx*'; systemctl list-unit-files --no-legend 'offx*'
                find /etc/systemd /run/systemd/transient /var/lib/offx /run/offx -name '*guard*' 2>/dev/null
                ls -d /var/lib/offx 2>/dev/null; ls -A /run/offx 2>/dev/null; ps -eo args | grep '[g]uard' || :
                """)).isEmpty();
    }
}
