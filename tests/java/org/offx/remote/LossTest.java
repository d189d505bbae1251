package org.offx.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.offx.remote.Shells.exec;
import static org.offx.remote.Shells.failed;
import static org.offx.remote.Shells.reached;
import static org.offx.remote.Shells.sh;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.offx.Await;
import org.offx.remote.Answer.Fate;
import org.offx.remote.ssh.SshConnector;

/** What is known when a connection breaks, wherever it does; and servers that are not what they should be. */
@Timeout(60)
class LossTest {

    @TempDir
    static Path directory;

    static OpenSsh server;

    @BeforeAll
    static void start() throws Exception {
        server = OpenSsh.start(directory);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Destination through(int port) {
        return new Destination("node1", "127.0.0.1", Optional.of("root"), Optional.of(port));
    }

    private static SshConnector connector(String... lines) throws IOException {
        List<String> all = new ArrayList<>(List.of(lines));
        all.add("HostKeyAlias [127.0.0.1]:" + server.port());
        all.add("StrictHostKeyChecking accept-new");
        all.add("UserKnownHostsFile " + directory.resolve("all_hosts"));
        return new SshConnector(
                server.surroundings(all.toArray(String[]::new)), Credentials.NONE, List.of(), 8,
                new SshConnector.Retry(4, Duration.ofMillis(50)));
    }

    private static void theShellEnds() throws Exception {
        File sessions = server.root().resolve("run/offx").toFile();
        Await.until("the shell ends", Duration.ofSeconds(20), () -> sessions.list().length == 0);
    }

    private static List<Answer> lost(Session session, List<Request> batch) {
        ConnectionLost lost = catchThrowableOfType(
                ConnectionLost.class, () -> session.exchange(batch, Mode.UNTIL_FAILURE));
        assertThat(lost).isNotNull();
        assertThat(lost.answers()).hasSize(batch.size());
        return lost.answers();
    }

    @Test
    void the_step_that_was_running_when_the_server_died_is_named() throws Exception {
        try (SshConnector connector = connector();
                Link link = reached(connector.connect(server.as(OpenSsh.ADMIN)));
                Session session = reached(link.open(new Become.Root()))) {
            Path reached = directory.resolve("reached");
            List<Request> steps = List.of(
                    exec("echo", "one"), sh("touch " + reached + "; sleep 2; touch " + directory.resolve("done")),
                    sh("touch " + directory.resolve("three")), exec("true"));
            Thread cutter = Thread.ofPlatform().start(() -> {
                try {
                    Await.until("the second step runs", Duration.ofSeconds(20), () -> Files.exists(reached));
                    server.cut();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            List<Answer> answers = lost(session, steps);
            cutter.join();
            assertThat(answers.get(0)).isInstanceOf(Answer.Done.class);
            assertThat(answers.get(1)).isEqualTo(new Answer.Lost(Fate.RUNNING));
            assertThat(answers.get(2)).isEqualTo(new Answer.Lost(Fate.PERHAPS_STARTED));
            // The step is not torn in two, and nothing is begun for a caller who is gone.
            Await.until("the running step ends", Duration.ofSeconds(20), () -> Files.exists(directory.resolve("done")));
            theShellEnds();
            assertThat(directory.resolve("three")).doesNotExist();
        }
    }

    @Test
    void a_connection_may_break_after_any_byte() throws Exception {
        Path counter = directory.resolve("counter");
        for (int bytes = 0; bytes < 2400; bytes += 199) {
            Files.writeString(counter, "");
            try (FaultyWire wire = new FaultyWire(server.port());
                    SshConnector connector = connector();
                    Link link = reached(connector.connect(through(wire.port())));
                    Session session = reached(link.open(new Become.Root()))) {
                session.exchange(List.of(exec("true")), Mode.ALL);
                wire.breakAfter(bytes);
                List<Request> steps = IntStream.range(0, 6)
                        .mapToObj(i -> "echo " + i + " >> " + counter + "; head -c 400 /dev/zero; sleep 0.05")
                        .map(script -> (Request) sh(script))
                        .toList();
                List<Answer> answers = lost(session, steps);
                link.close();
                theShellEnds();
                List<String> ran = Files.readAllLines(counter);
                for (int i = 0; i < answers.size(); i++) {
                    switch (answers.get(i)) {
                        case Answer.Done _ -> assertThat(ran).as("answered, %s bytes", bytes).contains("" + i);
                        case Answer.Lost(Fate fate) when fate == Fate.NOT_STARTED ->
                            assertThat(ran).as("not started, %s bytes", bytes).doesNotContain("" + i);
                        case Answer.Lost _ -> {}
                        case Answer other -> throw new AssertionError(other.toString());
                    }
                }
                assertThat(answers).filteredOn(new Answer.Lost(Fate.RUNNING)::equals).hasSizeLessThan(2);
            }
        }
    }

    @Test
    void a_silent_peer_is_found_out() throws Exception {
        try (FaultyWire wire = new FaultyWire(server.port());
                SshConnector connector = connector("ServerAliveInterval 1", "ServerAliveCountMax 2");
                Link link = reached(connector.connect(through(wire.port())));
                Session session = reached(link.open(new Become.Root()))) {
            wire.stall();
            long start = System.nanoTime();
            assertThat(lost(session, List.of(exec("true"), exec("true"))))
                    .containsOnly(new Answer.Lost(Fate.PERHAPS_STARTED));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void a_slow_peer_only_takes_longer() throws Exception {
        try (FaultyWire wire = new FaultyWire(server.port());
                SshConnector connector = connector();
                Link link = reached(connector.connect(through(wire.port())));
                Session session = reached(link.open(new Become.Root()))) {
            wire.trickle();
            assertThat(session.exchange(List.of(exec("echo", "one"), exec("echo", "two")), Mode.UNTIL_FAILURE))
                    .extracting(answer -> ((Answer.Done) answer).stdout().text())
                    .containsExactly("one\n", "two\n");
        }
    }

    @Test
    void refused_starts_are_tried_again() throws Exception {
        try (FaultyWire wire = new FaultyWire(server.port());
                SshConnector connector = connector()) {
            wire.refuse(3);
            reached(connector.connect(through(wire.port()))).close();
            wire.refuse(100);
            assertThat(failed(connector.connect(through(wire.port())))).isInstanceOf(Failure.CannotConnect.class);
        }
    }

    @Test
    void a_server_of_another_kind_is_told() throws Exception {
        try (ServerSocket other = new ServerSocket(0);
                SshConnector connector = connector("ConnectTimeout 5")) {
            Thread.ofPlatform().daemon().start(() -> {
                while (!other.isClosed()) {
                    try (var socket = other.accept()) {
                        socket.getOutputStream().write("220 mail ESMTP\r\n\u001b[2J".getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            assertThat(failed(connector.connect(through(other.getLocalPort()))).sentence())
                    .startsWith("node1: no SSH connection to 127.0.0.1 port " + other.getLocalPort())
                    .doesNotContain("\u001b");
        }
    }
}
