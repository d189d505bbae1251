package org.offx.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Accounts, sudo rules and the SSH server of a real Debian with systemd. */
@Tag("lab")
@ExtendWith(LabReport.class)
final class AccessVmIT {

    private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJvq0mUTdFWNIbqBHCGxT1Yh3mWFZnXoUO4eHq4yyTGn";

    private Machines machines;

    @BeforeEach
    void cleanNode(@TempDir Path files) throws IOException {
        machines = Machines.clean(1, files);
    }

    private static String play(String tasks) {
        return "use access\n\nplay \"people\" on node1 {\n" + tasks.indent(4) + "}\n";
    }

    @Test
    void anAccountWithKeysAndTheRightToBecomeRoot() throws IOException {
        String user = "node1: access.user \"ada\" update: ";
        String sudo = "node1: access.sudo \"admins\" update: ";
        Life.of(machines, play("""
                        access.user "ada" {
                            uid     = 2001
                            shell   = "/bin/bash"
                            comment = "Ada Lovelace"
                            groups  = ["sudo", "adm"]
                            keys    = ["%s ada@desk"]
                        }
                        access.sudo "admins" { members = ["ada"], password = never }
                        """.formatted(KEY)))
                .drift("usermod -s /bin/sh -c Nobody ada", user + "shell, comment")
                .drift("gpasswd -d ada adm && gpasswd -a ada video", user + "groups")
                .drift("echo 'ssh-ed25519 %s mallory' >>~ada/.ssh/authorized_keys".formatted("A".repeat(68)), user + "keys")
                .drift(": >~ada/.ssh/authorized_keys", user + "keys")
                .drift("echo 'mallory ALL=(ALL:ALL) NOPASSWD: ALL' >>/etc/sudoers.d/admins", sudo + "members")
                .drift("sed -i 's/NOPASSWD: //' /etc/sudoers.d/admins", sudo + "password")
                .drift("rm /etc/sudoers.d/admins", "node1: access.sudo \"admins\" create")
                .gone(play("absent access.sudo \"admins\"\nabsent access.user \"ada\""), "access.sudo \"admins\"", "access.user \"ada\"");
        assertThat(machines.attempt("node1", "getent passwd ada").status()).isEqualTo(2);
    }

    @Test
    void aGroupAndWhoIsInIt() throws IOException {
        String group = "node1: access.group \"sftponly\" ";
        Life life = Life.of(machines, play("""
                access.group "sftponly" { gid = 3001 }
                access.user "ada" { uid = 2001, groups = ["sftponly"] }
                """));
        assertThat(machines.root("node1", "getent group sftponly; id -nG ada")).isEqualTo("sftponly:x:3001:ada\nada sftponly");
        life = life.drift("gpasswd -d ada sftponly && groupdel sftponly", group + "create", "node1: access.user \"ada\" update: groups");
        machines.root("node1", "groupmod -g 3002 sftponly");
        assertThat(life.differing()).containsExactly(group + "blocked");
        life.gone(play("absent access.group \"sftponly\""), "access.group \"sftponly\"");
    }

    @Test
    void theAccountCanLogInAndBecomeRoot() throws IOException {
        Life.of(machines, play("""
                access.user "ada" { keys = ["%s"] }
                access.sudo "admins" { members = ["ada"], password = never }
                """.formatted(KEY)));
        assertThat(machines.root("node1", "su - ada -c 'sudo -n id -u'")).isEqualTo("0");
        assertThat(machines.root("node1", "stat -c '%a %U' ~ada/.ssh ~ada/.ssh/authorized_keys")).isEqualTo("700 ada\n600 ada");
    }

    @Test
    void theSshServer() throws IOException {
        String sshd = "node1: access.sshd update: ";
        Life.of(machines, play("""
                        access.sshd {
                            permit_root_login       = no
                            password_authentication = no
                            match "the lab" { address = [10.99.0.0/24], permit_root_login = key_only }
                        }
                        """))
                .drift("sed -i 's/^PermitRootLogin no/PermitRootLogin yes/' /etc/ssh/sshd_config.d/00-offx.conf", sshd + "permit_root_login")
                .drift("rm /etc/ssh/sshd_config.d/00-offx.conf", sshd + "permit_root_login, matches[\"the lab\"]");
        assertThat(machines.root("node1", "sshd -T -C user=root,host=x,addr=10.99.0.9 | grep permitroot")).isEqualTo("permitrootlogin without-password");
        assertThat(machines.root("node1", "sshd -T -C user=root,host=x,addr=192.0.2.1 | grep permitroot")).isEqualTo("permitrootlogin no");
    }
}
