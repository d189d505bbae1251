package org.offx.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.offx.remote.Shells.done;
import static org.offx.remote.Shells.exec;
import static org.offx.remote.Shells.failed;
import static org.offx.remote.Shells.reached;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offx.Await;
import org.offx.remote.ssh.SshConnector;

/** Connecting, being let in, and becoming root, against a real OpenSSH server. */
@Timeout(60)
class SshTest {

    @TempDir
    static Path directory;

    static OpenSsh server;

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectory(directory.resolve("ca"));
        server = OpenSsh.start(directory, "TrustedUserCAKeys " + directory.resolve("ca/key.pub"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static final Credentials WITH_PASSWORD = new Credentials() {
        @Override
        public Optional<String> sudoPassword(String node, String user) {
            return Optional.of(OpenSsh.PASSWORD);
        }
    };

    private static Failure become(String user, Become become, Credentials credentials) throws Exception {
        try (SshConnector connector = server.connector(credentials);
                Link link = reached(connector.connect(server.as(user)))) {
            return failed(link.open(become));
        }
    }

    private static String whoami(String user, Become become, Credentials credentials) throws Exception {
        try (SshConnector connector = server.connector(credentials);
                Link link = reached(connector.connect(server.as(user)));
                Session session = reached(link.open(become))) {
            return done(session, exec("id", "-un")).stdout().text().strip();
        }
    }

    @Test
    void the_login_becomes_whom_it_may() throws Exception {
        assertThat(whoami("root", new Become.Root(), Credentials.NONE)).isEqualTo("root");
        assertThat(whoami(OpenSsh.ADMIN, new Become.Root(), Credentials.NONE)).isEqualTo("root");
        assertThat(whoami(OpenSsh.ADMIN, new Become.Login(), Credentials.NONE)).isEqualTo(OpenSsh.ADMIN);
        assertThat(whoami(OpenSsh.ADMIN, new Become.User(OpenSsh.PLAIN), Credentials.NONE)).isEqualTo(OpenSsh.PLAIN);
        assertThat(whoami(OpenSsh.CAREFUL, new Become.Root(), WITH_PASSWORD)).isEqualTo("root");
        assertThat(whoami(OpenSsh.ADMIN, new Become.Root(), WITH_PASSWORD)).isEqualTo("root");
    }

    @Test
    void what_sudo_refuses_is_told_apart() throws Exception {
        assertThat(become(OpenSsh.CAREFUL, new Become.Root(), Credentials.NONE))
                .isEqualTo(new Failure.SudoNeedsPassword("node1", OpenSsh.CAREFUL));
        assertThat(become(OpenSsh.PLAIN, new Become.Root(), WITH_PASSWORD))
                .isInstanceOf(Failure.SudoDenied.class)
                .extracting(Failure::sentence)
                .asString()
                .contains("not in the sudoers file")
                .doesNotContain(OpenSsh.PASSWORD);
        assertThat(become(OpenSsh.TTY, new Become.Root(), Credentials.NONE))
                .isEqualTo(new Failure.SudoNeedsTty("node1"));
        Credentials wrong = new Credentials() {
            @Override
            public Optional<String> sudoPassword(String node, String user) {
                return Optional.of("wrong");
            }
        };
        assertThat(become(OpenSsh.CAREFUL, new Become.Root(), wrong))
                .isEqualTo(new Failure.SudoWrongPassword("node1", OpenSsh.CAREFUL));
    }

    @Test
    void a_login_without_a_shell_is_named() throws Exception {
        assertThat(become(OpenSsh.NOLOGIN, new Become.Login(), Credentials.NONE))
                .isEqualTo(new Failure.NotAPosixShell(
                        "node1", OpenSsh.NOLOGIN, "This account is currently not available."));
    }

    @Test
    void noise_of_the_login_shell_is_passed_over() throws Exception {
        Path profile = directory.resolve("home").resolve(OpenSsh.ADMIN).resolve(".bashrc");
        Files.writeString(profile, "echo Welcome; echo to the machine >&2; printf 'no newline'");
        try {
            assertThat(whoami(OpenSsh.ADMIN, new Become.Root(), Credentials.NONE)).isEqualTo("root");
        } finally {
            Files.delete(profile);
        }
    }

    @Test
    void two_users_share_a_connection_and_nothing_stays_behind() throws Exception {
        Path run = server.root().resolve("run/offx");
        try (SshConnector connector = server.connector(Credentials.NONE);
                Link link = reached(connector.connect(server.as(OpenSsh.ADMIN)));
                Session root = reached(link.open(new Become.Root()));
                Session login = reached(link.open(new Become.Login()))) {
            assertThat(root.uid()).isZero();
            assertThat(done(root, exec("id", "-un")).stdout().text()).isEqualTo("root\n");
            assertThat(done(login, exec("id", "-un")).stdout().text()).isEqualTo(OpenSsh.ADMIN + "\n");
            assertThat(run.toFile().list()).isNotEmpty();
            login.close();
            assertThat(done(root, exec("echo", "still")).stdout().text()).isEqualTo("still\n");
        }
        Await.until("the sessions' directories are gone", Duration.ofSeconds(20), () -> run.toFile().list().length == 0);
    }

    @Test
    void an_unknown_host_key_is_refused_with_the_line_to_run() throws Exception {
        Files.writeString(server.knownHosts(), "");
        try (SshConnector connector = server.connector(Credentials.NONE)) {
            Failure failure = failed(connector.connect(server.as("root")));
            assertThat(failure).isInstanceOf(Failure.HostKeyUnknown.class);
            assertThat(failure.sentence())
                    .contains("SHA256:", "ssh-keyscan -t ed25519 -p " + server.port() + " 127.0.0.1 >> " + server.knownHosts());
            OpenSsh.run("sh", "-c", ((Failure.HostKeyUnknown) failure).line() + " 2>/dev/null");
            reached(connector.connect(server.as("root"))).close();
        } finally {
            server.know("ed25519", "ecdsa", "rsa");
        }
    }

    @Test
    void a_changed_host_key_is_refused_with_file_and_line() throws Exception {
        OpenSsh.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", directory.resolve("other").toString());
        String[] other = Files.readString(directory.resolve("other.pub")).split(" ");
        Files.writeString(
                server.knownHosts(), "# a comment\n[127.0.0.1]:" + server.port() + " " + other[0] + " " + other[1] + "\n");
        try (SshConnector connector = server.connector(Credentials.NONE)) {
            Failure failure = failed(connector.connect(server.as("root")));
            assertThat(failure).isInstanceOf(Failure.HostKeyChanged.class);
            Failure.HostKeyChanged changed = (Failure.HostKeyChanged) failure;
            assertThat(changed.place()).isEqualTo(server.knownHosts() + ":2");
            assertThat(changed.known()).startsWith("SHA256:").isNotEqualTo(changed.offered());
            OpenSsh.run("sh", "-c", changed.line());
            assertThat(failed(connector.connect(server.as("root")))).isInstanceOf(Failure.HostKeyUnknown.class);
        } finally {
            server.know("ed25519", "ecdsa", "rsa");
        }
    }

    @Test
    void a_revoked_host_key_is_refused() throws Exception {
        Files.writeString(server.knownHosts(), Files.readString(server.knownHosts())
                + "@revoked * " + Files.readString(directory.resolve("host_ed25519.pub")));
        try (SshConnector connector = server.connector(Credentials.NONE)) {
            assertThat(failed(connector.connect(server.as("root")))).isInstanceOf(Failure.HostKeyRevoked.class);
        } finally {
            server.know("ed25519", "ecdsa", "rsa");
        }
    }

    @Test
    void hashed_host_keys_of_every_kind_are_found() throws Exception {
        try {
            for (String type : List.of("ed25519", "ecdsa", "rsa")) {
                server.know(type);
                OpenSsh.run("ssh-keygen", "-q", "-H", "-f", server.knownHosts().toString());
                assertThat(Files.readString(server.knownHosts())).startsWith("|1|");
                try (SshConnector connector = server.connector(Credentials.NONE)) {
                    reached(connector.connect(server.as("root"))).close();
                }
            }
        } finally {
            server.know("ed25519", "ecdsa", "rsa");
        }
    }

    @Test
    void accept_new_writes_the_key_once_and_believes_no_other() throws Exception {
        Path fresh = directory.resolve("fresh_hosts");
        String[] lines = {"StrictHostKeyChecking accept-new", "UserKnownHostsFile " + fresh};
        try (SshConnector connector = server.connector(Credentials.NONE, lines)) {
            reached(connector.connect(server.as("root"))).close();
            reached(connector.connect(server.as("root"))).close();
        }
        assertThat(Files.readString(fresh)).startsWith("[127.0.0.1]:" + server.port() + " ssh-ed25519 ").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa -b 256", "ecdsa -b 384", "ecdsa -b 521", "rsa -b 3072", "rsa -b 2048 -m PEM"})
    void keys_of_every_kind_let_in_plain_encrypted_and_from_the_agent(String type) throws Exception {
        Path key = Files.createTempDirectory(directory, "key").resolve("id");
        OpenSsh.run("sh", "-c", "ssh-keygen -q -N '' -f " + key + " -t " + type);
        Path keys = directory.resolve("key.pub");
        String before = Files.readString(keys);
        Files.writeString(keys, before + Files.readString(Path.of(key + ".pub")));
        Path socket = directory.resolve("agent" + type.hashCode());
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
        try {
            assertThat(lets("IdentityFile " + key, "IdentitiesOnly yes")).isEmpty();
            Await.until("the agent is there", Duration.ofSeconds(20), () -> Files.exists(socket));
            OpenSsh.run("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", key.toString());
            OpenSsh.run("ssh-keygen", "-q", "-p", "-P", "", "-N", "a secret", "-f", key.toString());
            assertThat(lets("IdentityFile " + key)).isEmpty();
            Files.delete(key);
            try (SshConnector connector = new SshConnector(
                    server.surroundings(Map.of("SSH_AUTH_SOCK", socket.toString()), "IdentityFile " + key + ".pub", "IdentitiesOnly yes"),
                    Credentials.NONE, List.of(), 8, SshConnector.Retry.USUAL)) {
                reached(connector.connect(server.as("root"))).close();
            }
        } finally {
            agent.destroy();
            Files.writeString(keys, before);
        }
    }

    @Test
    void a_user_certificate_lets_in_from_a_file_and_from_the_agent() throws Exception {
        Path ca = directory.resolve("ca/key");
        Path key = directory.resolve("ca/user");
        OpenSsh.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", ca.toString());
        OpenSsh.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        assertThat(lets("IdentityFile " + key)).isPresent();
        OpenSsh.run("ssh-keygen", "-q", "-s", ca.toString(), "-I", "test", "-n", "root", key + ".pub");
        assertThat(lets("IdentityFile " + key)).isEmpty();
        Path socket = directory.resolve("ca/agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
        try {
            Await.until("the agent is there", Duration.ofSeconds(20), () -> Files.exists(socket));
            OpenSsh.run("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", key.toString());
            assertThat(lets("IdentityAgent " + socket, "IdentityFile none")).isEmpty();
        } finally {
            agent.destroy();
        }
    }

    /** With the passphrase "a secret" for all; says why not. */
    private static Optional<String> lets(String... lines) throws Exception {
        Credentials passphrase = new Credentials() {
            @Override
            public Optional<String> passphrase(String keyFile) {
                return Optional.of("a secret");
            }
        };
        Path config = Files.createTempFile(directory, "only", "");
        Files.writeString(config, String.join("\n", lines) + "\nUserKnownHostsFile " + server.knownHosts() + "\n");
        try (SshConnector connector = new SshConnector(
                new org.offx.remote.ssh.Surroundings("nobody", directory, Map.of(), Optional.of(config)),
                passphrase, List.of(), 8, SshConnector.Retry.USUAL)) {
            return switch (connector.connect(server.as("root"))) {
                case Attempt.Reached<Link>(Link link) -> {
                    link.close();
                    yield Optional.empty();
                }
                case Attempt.Failed<Link>(Failure failure) -> Optional.of(failure.sentence());
            };
        }
    }

    @Test
    void a_refused_login_says_what_was_tried() throws Exception {
        Path encrypted = directory.resolve("encrypted");
        OpenSsh.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "unknown", "-f", encrypted.toString());
        Path stranger = directory.resolve("stranger");
        OpenSsh.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", stranger.toString());
        Files.writeString(directory.resolve("noise"), "-----BEGIN nothing");
        assertThat(lets("IdentityFile " + encrypted, "IdentityFile " + stranger, "IdentityFile /nowhere",
                        "IdentityFile " + directory.resolve("noise")).orElseThrow())
                .contains("does not let root in (it takes: publickey)", stranger + ": refused", "/nowhere: there is no such file",
                        "noise: cannot be read");
    }

    @Test
    void hosts_that_do_not_answer_are_told_apart() throws Exception {
        try (ServerSocket silent = new ServerSocket(0);
                SshConnector connector = server.connector(Credentials.NONE, "ConnectTimeout 1")) {
            assertThat(failed(connector.connect(to("127.0.0.1", silent.getLocalPort()))))
                    .isEqualTo(new Failure.ConnectTimedOut(
                            "node1", "127.0.0.1 port " + silent.getLocalPort(), Duration.ofSeconds(1)));
            int port = silent.getLocalPort();
            silent.close();
            assertThat(failed(connector.connect(to("127.0.0.1", port))))
                    .isEqualTo(new Failure.ConnectionRefused("node1", "127.0.0.1 port " + port));
            assertThat(failed(connector.connect(to("no-such-host.invalid", 22))))
                    .isEqualTo(new Failure.CannotResolve("node1", "no-such-host.invalid"));
        }
    }

    private static Destination to(String host, int port) {
        return new Destination("node1", host, Optional.of("root"), Optional.of(port));
    }

    @Test
    void jumps_and_proxy_commands_lead_to_the_node() throws Exception {
        String[] lines = {
            "Host inner", "  HostName 127.0.0.1", "  Port " + server.port(), "  ProxyJump one,root@127.0.0.1:" + server.port(),
            "Host one", "  HostName 127.0.0.1", "  User " + OpenSsh.ADMIN, "  Port " + server.port(),
            "Host piped", "  HostName 127.0.0.1", "  Port " + server.port(), "  ProxyCommand nc %h %p",
            "Host loop", "  ProxyJump loop", "Match all"
        };
        try (SshConnector connector = server.connector(Credentials.NONE, lines)) {
            try (Link link = reached(connector.connect(new Destination("deep", "inner", Optional.of("root"), Optional.empty())));
                    Session session = reached(link.open(new Become.Root()))) {
                assertThat(done(session, exec("id", "-un")).stdout().text()).isEqualTo("root\n");
            }
            if (Files.isExecutable(Path.of("/usr/bin/nc")) || Files.isExecutable(Path.of("/bin/nc"))) {
                reached(connector.connect(new Destination("piped", "piped", Optional.of("root"), Optional.empty()))).close();
            }
            assertThat(failed(connector.connect(new Destination("loop", "loop"))).sentence()).contains("jumps");
        }
    }

    @Test
    void many_nodes_start_at_once_although_the_server_admits_few(@TempDir Path other) throws Exception {
        try (OpenSsh busy = OpenSsh.start(other, "MaxStartups 2:50:6");
                ExecutorService threads = Executors.newFixedThreadPool(16);
                SshConnector connector = new SshConnector(busy.surroundings(), Credentials.NONE, List.of(), 16,
                        new SshConnector.Retry(10, Duration.ofMillis(200)))) {
            List<Future<Attempt<Link>>> attempts = IntStream.range(0, 16)
                    .mapToObj(_ -> threads.submit(() -> connector.connect(busy.as("root"))))
                    .toList();
            for (Future<Attempt<Link>> attempt : attempts) {
                reached(attempt.get()).close();
            }
        }
    }
}
