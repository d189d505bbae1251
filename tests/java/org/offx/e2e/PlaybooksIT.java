package org.offx.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.offx.lab.LabException;
import org.offx.plan.ExitStatus;

/**
 * The playbooks that people learn from, on nodes of a lab: applied once, and again; then somebody else works on the
 * nodes. ClusterIT does the same with the playbook of the cluster.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlaybooksIT {

    private Desk desk;
    private String config;
    private String first;

    @BeforeAll
    void takeTheNamesOfTheExamples(@TempDir Path directory) throws Exception {
        desk = Desk.with(directory, options -> options.withNodes(3));
        config = desk.write("ssh_config", Files.readString(desk.lab().sshConfig())
                .replace("Host ovh1 ", "Host ovh1 web.example.org ")
                .replace("Host ovh2 ", "Host ovh2 db.example.org "));
        String onThisMachine = Files.readString(Ran.project().resolve("playbooks/learn/first.offx"));
        first = desk.write("first.offx", onThisMachine.replace("\"localhost\"", "\"ovh3\""));
    }

    @AfterAll
    void takeDown() throws LabException {
        if (desk != null) {
            desk.close();
        }
    }

    private Ran offx(String command, String... words) {
        var all = new ArrayList<>(List.of(command, "-F", config));
        all.addAll(List.of(words));
        return desk.bare(all);
    }

    /** Applies it twice: the second time there is one line a node, and nothing is done. */
    private void becomesAsDeclared(String playbook, String... lines) {
        offx("apply", "--yes", playbook).endedWith(ExitStatus.DONE);
        isAsDeclared(playbook, lines);
    }

    private void isAsDeclared(String playbook, String... lines) {
        var again = offx("apply", "--yes", playbook).endedWith(ExitStatus.DONE);
        assertThat(again.lines()).containsSubsequence(lines).noneMatch(line -> line.matches("[~+-] .*|» .*"));
        offx("plan", "--exit-code", playbook).endedWith(ExitStatus.DONE);
    }

    /** What a plan of it finds otherwise than declared. */
    private List<String> differing(String playbook) throws Exception {
        String plan = desk.file("plan.json").toString();
        offx("plan", "-o", plan, playbook).endedWith(ExitStatus.DONE);
        return Desk.differing(Path.of(plan));
    }

    @Test
    void theFirstPlaybook() throws Exception {
        becomesAsDeclared(first, "mine  2 ok, nothing to change");

        desk.root("ovh3", "echo 'and by somebody else' >> /etc/motd && apt-get -y -q remove nano");
        assertThat(differing(first)).containsExactly("mine: file \"/etc/motd\" update", "mine: package \"nano\" create");

        becomesAsDeclared(first, "mine  2 ok, nothing to change");
        assertThat(desk.root("ovh3", "cat /etc/motd")).isEqualTo("This machine is kept by offx.");
    }

    @Test
    void aWebServer() throws Exception {
        String web = "playbooks/learn/web.offx";
        becomesAsDeclared(web, "web  6 ok, nothing to change");

        desk.root("ovh1", "sed -i 's/listen 80/listen 8080/' /etc/nginx/conf.d/site.conf");
        desk.root("ovh1", "systemctl disable --now nginx && chmod 0700 /srv/www && rm /srv/www/index.html");
        desk.root("ovh1", "sysctl -q -w net.core.somaxconn=128");
        desk.root("ovh1", "echo 'not ours' >/srv/www/other.html; echo 'vm.swappiness = 10' >>/etc/sysctl.d/90-offx.conf");
        assertThat(differing(web)).containsExactly(
                "web: directory \"/srv/www\" update",
                "web: file \"/srv/www/index.html\" create",
                "web: file \"/etc/nginx/conf.d/site.conf\" update",
                "web: service \"nginx\" update",
                "web: sysctl \"net.core.somaxconn\" update",
                "web: reload(\"nginx\") action");

        becomesAsDeclared(web, "web  6 ok, nothing to change");
        assertThat(desk.root("ovh1", "cat /srv/www/other.html; grep swappiness /etc/sysctl.d/90-offx.conf; systemctl is-active nginx"))
                .as("what nobody declared stays")
                .isEqualTo("not ours\nvm.swappiness = 10\nactive");
    }

    @Test
    void administrators() throws Exception {
        String people = "playbooks/learn/people.offx";
        becomesAsDeclared(people, "web  2 ok, nothing to change", "db   3 ok, nothing to change");

        desk.root("ovh1", "usermod -a -G users ada && usermod -c 'Ada Lovelace' ada");
        desk.root("ovh2", "echo 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDbackdoorbackdoorbackdoorbackdoorbackdoor x' >>~ada/.ssh/authorized_keys");
        desk.root("ovh2", "userdel grace && sed -i '/grace/d' /etc/sudoers.d/admins");
        desk.root("ovh2", "echo 'backup ALL=(root) NOPASSWD: /usr/bin/rsync' >/etc/sudoers.d/backup");
        assertThat(differing(people)).containsExactly(
                "web: access.user \"ada\" update",
                "db: access.user \"ada\" update",
                "db: access.user \"grace\" create",
                "db: access.sudo \"admins\" update");

        becomesAsDeclared(people, "web  2 ok, nothing to change", "db   3 ok, nothing to change");
        assertThat(desk.root("ovh1", "id -nG ada; getent passwd ada | cut -d: -f5"))
                .as("groups are exactly those declared; the name is not declared")
                .isEqualTo("ada sudo\nAda Lovelace");
        assertThat(desk.root("ovh2", "cat ~ada/.ssh/authorized_keys")).doesNotContain("backdoor");
        assertThat(desk.root("ovh2", "cat /etc/sudoers.d/backup")).contains("rsync");
    }

    @Test
    void aFileForOthersToUseHasNothingToDo() {
        var apply = offx("apply", "--yes", "playbooks/containers.offx").endedWith(ExitStatus.DONE);
        assertThat(apply.lines()).last().isEqualTo("Apply: no task on any node.");
    }

    @Test
    void thisMachineWithoutSsh(@TempDir Path root) throws Exception {
        String here = desk.write("here.offx", """
                node here { address = "localhost", become = none }
                play "A place of one's own" on here {
                    directory "%1$s/etc" { mode = 0750 }
                    file "%1$s/etc/motd" { content = "hello\\n", mode = 0640 }
                    line "a line" { file = "%1$s/etc/hosts", text = "10.0.0.1 ovh1", match = '\\sovh1$' }
                    block "a block" { file = "%1$s/etc/hosts", content = "10.0.0.2 ovh2\\n" }
                    link "%1$s/etc/issue" { target = "motd" }
                }
                """.formatted(root));
        becomesAsDeclared(here, "here  5 ok, nothing to change");

        Files.writeString(root.resolve("etc/hosts"), """
                # somebody's own
                10.9.9.9 ovh1
                # offx: begin a block
                10.9.9.9 ovh2
                # offx: end a block
                """);
        Files.delete(root.resolve("etc/motd"));
        assertThat(differing(here)).containsExactly(
                "here: file \"%s/etc/motd\" create".formatted(root),
                "here: line \"a line\" update",
                "here: block \"a block\" update");

        becomesAsDeclared(here, "here  5 ok, nothing to change");
        assertThat(root.resolve("etc/hosts")).hasContent("""
                # somebody's own
                10.0.0.1 ovh1
                # offx: begin a block
                10.0.0.2 ovh2
                # offx: end a block
                """);
    }
}
