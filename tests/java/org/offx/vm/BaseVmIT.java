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

/** Files, packages, services and kernel settings of a real Debian with systemd. */
@Tag("lab")
@ExtendWith(LabReport.class)
final class BaseVmIT {

    /** A package and a source that has it, made on the node: nodes have no way out. */
    private static final String PACKAGE = """
            set -e
            mkdir -p /srv/apt/tool/DEBIAN
            printf 'Package: lab-tool\\nVersion: 1.2-1\\nArchitecture: all\\nMaintainer: lab <lab@lab.invalid>\\nDescription: a tool\\n' >/srv/apt/tool/DEBIAN/control
            cd /srv/apt
            dpkg-deb -b tool lab-tool.deb >/dev/null
            { dpkg-deb -f lab-tool.deb; echo Filename: ./lab-tool.deb; echo Size: $(stat -c %s lab-tool.deb); echo SHA256: $(sha256sum lab-tool.deb | cut -d ' ' -f 1); echo; } >Packages
            rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*
            echo 'deb [trusted=yes] file:/srv/apt ./' >/etc/apt/sources.list
            apt-get -q update >/dev/null
            """;

    private Machines machines;

    @BeforeEach
    void cleanNode(@TempDir Path files) throws IOException {
        machines = Machines.clean(1, files);
    }

    private static String play(String tasks) {
        return "play \"basics\" on node1 {\n" + tasks.indent(4) + "}\n";
    }

    @Test
    void filesDirectoriesAndLinks() throws IOException {
        Life.of(machines, play("""
                        directory "/srv/d" { mode = 0750, owner = "ops", group = "adm" }
                        file "/srv/d/f" { content = "one\\ntwo\\n", mode = 0640, owner = "ops" }
                        link "/srv/l" { target = "/srv/d/f" }
                        line "answer" { file = "/etc/lab.conf", text = "answer = 42", match = regex("^answer *=") }
                        block "hosts" { file = "/etc/hosts", content = "10.99.0.9 node9\\n" }
                        """))
                .drift("echo three >>/srv/d/f", "node1: file \"/srv/d/f\" update: content")
                .drift("chown root:root /srv/d && chmod 0777 /srv/d", "node1: directory \"/srv/d\" update: owner, group, mode")
                .drift("ln -sfn /nowhere /srv/l", "node1: link \"/srv/l\" update: target")
                .drift("echo 'answer=41' >/etc/lab.conf", "node1: line \"answer\" update: text")
                .drift("sed -i 's/node9/node7/' /etc/hosts", "node1: block \"hosts\" update: content")
                .gone(play("""
                        absent file "/srv/d/f"
                        absent directory "/srv/d"
                        absent link "/srv/l"
                        absent line "answer" { file = "/etc/lab.conf" }
                        absent block "hosts" { file = "/etc/hosts" }
                        """), "file \"/srv/d/f\"", "directory \"/srv/d\"", "link \"/srv/l\"");
        assertThat(machines.root("node1", "ls -A /srv")).isEmpty();
    }

    @Test
    void aCommandThatIsDoneOnce() throws IOException {
        String command = "command \"key\"";
        Life.of(machines, play(command + " { check = `test -e /etc/lab.key`, run = `openssl rand -hex -out /etc/lab.key 16`, undo = `rm /etc/lab.key` }"))
                .drift("rm /etc/lab.key", "node1: " + command + " create")
                .gone(play("absent " + command + " { check = `test -e /etc/lab.key`, run = `false`, undo = `rm /etc/lab.key` }"));
        assertThat(machines.attempt("node1", "test -e /etc/lab.key").status()).isEqualTo(1);
    }

    @Test
    void aPackageFromAnAptSource() throws IOException {
        machines.root("node1", PACKAGE);
        Life.of(machines, play("package \"lab-tool\""))
                .drift("dpkg -r lab-tool", "node1: package \"lab-tool\" create")
                .gone(play("absent package \"lab-tool\""), "package \"lab-tool\"");
        assertThat(machines.attempt("node1", "dpkg -s lab-tool").status()).isEqualTo(1);
    }

    @Test
    void aPackageOnHoldStays() throws IOException {
        machines.root("node1", PACKAGE + "apt-get -q -y install lab-tool >/dev/null && apt-mark hold lab-tool");
        String playbook = machines.playbook("gone.offx", play("absent package \"lab-tool\""));
        assertThat(machines.differing(playbook)).containsExactly("node1: package \"lab-tool\" blocked");
        assertThat(machines.offx("plan", playbook).out()).contains("lab-tool is on hold: `apt-mark unhold lab-tool` by hand");
        assertThat(machines.differing(machines.playbook("there.offx", play("package \"lab-tool\"")))).isEmpty();
    }

    @Test
    void aMaskedServiceIsNotEnabled() throws IOException {
        machines.root("node1", """
                printf '[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n' >/lib/systemd/system/lab-sleep.service
                systemctl -q mask lab-sleep
                """);
        String playbook = machines.playbook("masked.offx", play("service \"lab-sleep\" { enabled = true }"));
        assertThat(machines.differing(playbook)).containsExactly("node1: service \"lab-sleep\" blocked");
        assertThat(machines.offx("plan", playbook).out()).contains("lab-sleep is masked: unmask it by hand");
    }

    /** What cannot be written is said with its reason, and the old file is as it was. */
    @Test
    void aFullDiskAndAnImmutableFile() throws IOException {
        machines.root("node1", """
                mkdir /srv/small && mount -t tmpfs -o size=64k tmpfs /srv/small
                echo old >/srv/small/f
                echo old >/srv/fixed && chattr +i /srv/fixed
                """);
        var full = machines.offx("apply", "--yes", machines.playbook("full.offx", play("file \"/srv/small/f\" { content = \"x\".repeat(200000) }")));
        full.endedWith(ExitStatus.FAILED);
        assertThat(full.out()).contains("the disk is full: no room in /srv/small");
        var fixed = machines.offx("apply", "--yes", machines.playbook("fixed.offx", play("file \"/srv/fixed\" { content = \"new\\n\" }")));
        fixed.endedWith(ExitStatus.FAILED);
        assertThat(fixed.out()).contains("Operation not permitted");
        assertThat(machines.root("node1", "cat /srv/small/f /srv/fixed; ls -A /srv/small; lsattr /srv/fixed | cut -c 5"))
                .isEqualTo("old\nold\nf\ni");
    }

    @Test
    void aServiceOfSystemd() throws IOException {
        machines.root("node1", """
                printf '[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n' >/etc/systemd/system/lab-sleep.service
                systemctl daemon-reload
                """);
        String service = "node1: service \"lab-sleep\" update: ";
        Life.of(machines, play("service \"lab-sleep\" { running = true, enabled = true }"))
                .drift("systemctl stop lab-sleep", service + "running")
                .drift("systemctl disable lab-sleep", service + "enabled")
                .drift("systemctl kill -s KILL lab-sleep; systemctl stop lab-sleep; systemctl disable lab-sleep", service + "running, enabled")
                .becomes(play("service \"lab-sleep\" { running = false, enabled = false }"), service + "running, enabled");
        assertThat(machines.attempt("node1", "systemctl is-active lab-sleep").status()).isEqualTo(3);
    }

    @Test
    void aSettingOfTheKernel() throws IOException {
        String setting = "node1: sysctl \"net.ipv4.ip_forward\" ";
        Life.of(machines, play("sysctl \"net.ipv4.ip_forward\" { value = \"1\" }"))
                .drift("sysctl -q -w net.ipv4.ip_forward=0", setting + "update: value");
        machines.root("node1", "sysctl -q -w net.ipv4.ip_forward=0 && systemctl restart systemd-sysctl");
        assertThat(machines.root("node1", "sysctl -n net.ipv4.ip_forward")).isEqualTo("1");
    }
}
