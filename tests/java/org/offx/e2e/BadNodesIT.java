package org.offx.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.offx.lab.LabException;
import org.offx.plan.ExitStatus;
import org.offx.remote.OpenSsh;

/** Nodes that cannot be worked on as they are: what is said of each, and that the others are gone on with. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadNodesIT {

    private static final String OTHER_KEY =
            "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBFL6C1lgjwucwyRW"
            + "/jwtR9KphrPTtW+PywiEkIJ9EvEym/7LL5s2xgm4Q7DJyqBHqSdLJQ/xeVdKbMtPv8wT3SY=";

    private Desk desk;

    @BeforeAll
    void raise(@TempDir Path directory) throws Exception {
        desk = Desk.with(directory, options -> options.withNodes(1));
    }

    @AfterAll
    void takeDown() throws LabException {
        if (desk != null) {
            desk.close();
        }
    }

    private String playbook(String name, String nodes, String tasks) throws IOException {
        return desk.write(name + ".offx", nodes + "\ngroup all = [ovh1]\nplay \"All\" on all {\n" + tasks + "\n}\n");
    }

    private String onTheLab(String name, String tasks) throws IOException {
        return playbook(name, "use vrack\nnode ovh1 { address = \"ovh1\", user = \"ops\" }", tasks);
    }

    /** A plan of one harmless task for a node at this place, under this configuration. */
    private Ran plan(String node, String... configuration) throws IOException {
        String config = desk.write("config", String.join("\n", configuration) + "\n");
        String playbook = playbook("one", node, "file \"/etc/motd\" { mode = 0644 }");
        return Ran.offx(List.of("plan", "-F", config, "--exit-code", playbook), desk.file("state"));
    }

    private static void says(Ran ran, String... sentences) {
        ran.endedWith(ExitStatus.UNCERTAIN);
        assertThat(ran.out().replaceAll("(?<=\\S) +", " ")).contains(sentences);
    }

    private Ran reach(String knownHosts) throws IOException {
        String known = desk.write("known", knownHosts);
        return plan(
                "node ovh1 { address = \"127.0.0.1\", user = \"ops\", port = " + desk.lab().node("ovh1").port() + " }",
                "Host *",
                "IdentityFile " + desk.lab().identity(),
                "IdentitiesOnly yes",
                "HostKeyAlias ovh1",
                "UserKnownHostsFile " + known,
                "GlobalKnownHostsFile none");
    }

    @Test
    void aPortWhereNobodyListens() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        says(
                plan("node ovh1 { address = \"127.0.0.1\", user = \"ops\", port = " + port + " }", "UserKnownHostsFile none"),
                "unreachable: 127.0.0.1 port " + port + " refuses connections: no SSH server listens there");
    }

    @Test
    void aHostKeyThatNobodyKnows() throws Exception {
        says(reach(""), "unreachable: the host key of ", " is not known: ", "\n      | looked for in ", "accept it with: ssh -F " + desk.file("config") + " -p ");
    }

    @Test
    void aHostKeyThatHasChanged() throws Exception {
        says(reach("ovh1 " + OTHER_KEY + "\n"), "unreachable: the host key of ", " has CHANGED: somebody may be listening in", "/known:1)",
                "remove the old key with: ssh-keygen -f " + desk.file("known") + " -R 'ovh1'");
    }

    @Test
    void aNodeThatSpeaksAnotherProtocol() throws Exception {
        try (ServerSocket web = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(web));
            says(
                    plan("node ovh1 { address = \"127.0.0.1\", user = \"ops\", port = " + web.getLocalPort() + " }",
                            "UserKnownHostsFile none"),
                    "unreachable: no SSH connection to 127.0.0.1 port " + web.getLocalPort() + ": ");
        }
    }

    private static void answer(ServerSocket web) {
        try {
            while (true) {
                try (Socket socket = web.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n<html>\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Test
    void aUserWhomSudoAsksForAPassword(@TempDir Path directory) throws Exception {
        try (OpenSsh server = OpenSsh.start(directory)) {
            for (String user : List.of(OpenSsh.CAREFUL, OpenSsh.PLAIN)) {
                says(
                        plan("node ovh1 { address = \"127.0.0.1\", user = \"" + user + "\", port = " + server.port() + " }",
                                "IdentityFile " + server.key(),
                                "IdentitiesOnly yes",
                                "UserKnownHostsFile " + server.knownHosts()),
                        "unreachable: sudo asks " + user + " for a password, or does not know " + user + " at all",
                        "| allow it without one, by a line in /etc/sudoers.d on the node: " + user + " ALL=(ALL:ALL) NOPASSWD: ALL");
            }
        }
    }

    @Test
    void aProgramThatIsNotThereAndOneThatAnswersNonsenseAreNamedAndTheRestHasItsVerdict() throws Exception {
        String playbook = onTheLab("programs", """
                command "absent" { check = `no-such-program --check`, run = `true` }
                vrack.interface "enp5s0f1" { mtu = 1500 }
                directory "/srv" {}
                """);
        desk.root("ovh1", "printf '#!/bin/sh\\necho \"<html>not json\"\\n' >/srv/ip && chmod +x /srv/ip"
                + " && /bin/mount --bind /srv/ip \"$(readlink -f \"$(command -v ip)\")\"");
        try {
            var plan = desk.offx("plan", "--exit-code", playbook);
            says(plan, "not readable: `no-such-program` is not installed on ovh1", "not readable: what `ip -d -j link show` printed is no JSON: line 1: `<html>not json`",
                    "Plan: 2 not readable, 1 ok.");
        } finally {
            desk.root("ovh1", "/bin/umount \"$(readlink -f \"$(command -v ip)\")\"");
        }
    }

    @Test
    void aDiskThatIsFullLeavesTheFileAsItWasAndWhatComesLaterAlone() throws Exception {
        desk.root("ovh1", "mkdir -p /srv/tiny && /bin/mount -t tmpfs -o size=16k tmpfs /srv/tiny");
        desk.root("ovh1", "echo old >/srv/tiny/kept && head -c 8192 /dev/zero >/srv/tiny/ballast");
        String playbook = onTheLab("full", "file \"/srv/tiny/kept\" { content = \"" + "0123456789abcdef".repeat(1024) + "\" }\n"
                + "file \"/srv/after\" { content = \"later\\n\", needs [file(\"/srv/tiny/kept\")] }");

        var apply = desk.offx("apply", "--yes", "--diff", "none", playbook).endedWith(ExitStatus.FAILED);

        assertThat(apply.out()).contains("failed: the disk is full: no room in /srv/tiny, and nothing was written");
        assertThat(desk.root("ovh1", "cat /srv/tiny/kept; ls -A /srv/tiny")).isEqualTo("old\nballast\nkept");
        desk.root("ovh1", "rm /srv/tiny/ballast && /bin/mount -o remount,size=1m /srv/tiny");
        desk.offx("apply", "--yes", "--diff", "none", playbook).endedWith(ExitStatus.DONE);
        desk.offx("plan", "--exit-code", playbook).endedWith(ExitStatus.DONE);
    }

    @Test
    void whatComesAfterAStepThatFailedIsNotReached() throws Exception {
        String playbook = onTheLab("fails", """
                command "first" { check = `test -e /srv/first`, run = `touch /srv/first` }
                command "second" { check = `false`, run = `sh -c "echo no such host >&2; exit 255"` }
                command "third" { check = `test -e /srv/third`, run = `touch /srv/third` }
                """);

        var apply = desk.offx("apply", "--yes", "--diff", "none", playbook).endedWith(ExitStatus.FAILED);

        assertThat(apply.out().replaceAll(" +", " ")).contains(
                "+ command \"first\" created",
                "! command \"second\" failed: it ended with status 255",
                "| no such host",
                "· command \"third\" not reached: ");
        assertThat(desk.root("ovh1", "test ! -e /srv/third && echo untouched")).isEqualTo("untouched");
    }
}
