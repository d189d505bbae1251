package org.offx.remote.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import javax.net.SocketFactory;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import org.offx.remote.Alarm;
import org.offx.remote.Attempt;
import org.offx.remote.Connector;
import org.offx.remote.Credentials;
import org.offx.remote.Destination;
import org.offx.remote.Failure;
import org.offx.remote.Link;
import org.offx.remote.Opening;
import org.offx.remote.ssh.SshConfig.BadConfig;

/** Connects over SSH as the user's {@code ssh} would. */
public final class SshConnector implements Connector {

    private static final Duration AUTHENTICATION = Duration.ofSeconds(60);
    private static final Duration SHELL = Duration.ofSeconds(60);
    private static final int JUMPS = 8;

    private final SshConfig configuration;
    private final Credentials credentials;
    private final List<String> pathFirst;
    private final Config algorithms = Algorithms.config();
    private final Semaphore starting;
    private final Retry retry;
    private final SecureRandom random = new SecureRandom();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * How often a refused start is tried again: sshd drops connections at random when many are not yet authenticated
     * (MaxStartups).
     *
     * @param first the longest wait before the second attempt; it doubles each time, and the wait is drawn at random
     */
    public record Retry(int attempts, Duration first) {
        public static final Retry USUAL = new Retry(6, Duration.ofMillis(400));
    }

    /**
     * @param pathFirst directories to put in front of each node's PATH
     * @param window how many connections may be starting at a time
     */
    public SshConnector(
            Surroundings surroundings, Credentials credentials, List<String> pathFirst, int window, Retry retry) {
        this.configuration = new SshConfig(surroundings);
        this.credentials = credentials;
        this.pathFirst = List.copyOf(pathFirst);
        this.starting = new Semaphore(window);
        this.retry = retry;
    }

    @Override
    public Attempt<Link> connect(Destination destination) {
        try {
            SshSettings settings = configuration.settings(destination);
            return switch (reach(settings, 0)) {
                case Attempt.Failed<Wire>(Failure failure) -> new Attempt.Failed<>(failure);
                case Attempt.Reached<Wire>(Wire wire) ->
                    new Attempt.Reached<>(new SshLink(wire, settings, opening(settings)));
            };
        } catch (BadConfig e) {
            return new Attempt.Failed<>(bad(destination.node(), e));
        }
    }

    private Opening opening(SshSettings settings) {
        return new Opening(
                settings.node(), settings.user(), List.of("/bin/sh"), pathFirst, SHELL, credentials, random);
    }

    private static Failure bad(String node, BadConfig e) {
        return new Failure.BadConfiguration(node, e.place(), String.valueOf(e.getMessage()));
    }

    /** Through the jumps, if there are any; each hop's connection carries the next and ends with it. */
    private Attempt<Wire> reach(SshSettings settings, int depth) throws BadConfig {
        if (depth >= JUMPS) {
            String reason = "more than " + JUMPS + " jumps: does a host jump over itself?";
            return new Attempt.Failed<>(new Failure.CannotConnect(settings.node(), settings.address(), reason));
        }
        Optional<Wire> carrier = Optional.empty();
        for (Destination hop : settings.jumps()) {
            SshSettings next = configuration.settings(hop);
            Attempt<Wire> reached = carrier.isPresent() ? start(next, carrier) : reach(next, depth + 1);
            if (!(reached instanceof Attempt.Reached<Wire>(Wire wire))) {
                return reached;
            }
            carrier = Optional.of(wire);
        }
        return start(settings, carrier);
    }

    /** Ends the carrier where nothing comes of it. */
    private Attempt<Wire> start(SshSettings settings, Optional<Wire> carrier) {
        starting.acquireUninterruptibly();
        try {
            for (int attempt = 1; ; attempt++) {
                Start start = new Start(settings, carrier);
                Attempt<Wire> result = start.run();
                if (result instanceof Attempt.Reached<Wire>) {
                    return result;
                }
                if (!start.refused || attempt == retry.attempts() || !pause(attempt)) {
                    carrier.ifPresent(Wire::end);
                    return result;
                }
            }
        } finally {
            starting.release();
        }
    }

    /** Waits before the next attempt; false when there is to be none, since the connector was closed. */
    private boolean pause(int attempt) {
        long longest = retry.first().toMillis() << (attempt - 1);
        long wait = RandomGenerator.getDefault().nextLong(longest / 4, longest + 1);
        try {
            return !closed.await(wait, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A connection and those that carry it. */
    record Wire(SSHClient client, Optional<Wire> carrier) {
        void end() {
            try {
                client.disconnect();
            } catch (IOException e) {
                // It is gone already.
            }
            carrier.ifPresent(Wire::end);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    /** One attempt to connect and to be let in. */
    private final class Start {

        private final SshSettings settings;
        private final Optional<Wire> carrier;
        private final SSHClient client = new SSHClient(algorithms);
        private final AtomicReference<Closeable> wire = new AtomicReference<>(() -> {});
        private boolean refused;

        Start(SshSettings settings, Optional<Wire> carrier) {
            this.settings = settings;
            this.carrier = carrier;
        }

        Attempt<Wire> run() {
            Optional<Failure> failure;
            try {
                HostKeys keys = new HostKeys(settings);
                failure = connect(keys);
            } catch (IOException e) {
                failure = Optional.of(new Failure.BadConfiguration(
                        settings.node(), "known_hosts", "cannot be read: " + e.getMessage()));
            }
            if (failure.isEmpty()) {
                try (Alarm _ = new Alarm(AUTHENTICATION, this::cut)) {
                    failure = Authentication.of(client, settings, credentials);
                }
            }
            if (failure.isPresent()) {
                new Wire(client, Optional.empty()).end();
                return new Attempt.Failed<>(failure.get());
            }
            return new Attempt.Reached<>(new Wire(client, carrier));
        }

        private Optional<Failure> connect(HostKeys keys) {
            client.addHostKeyVerifier(keys);
            client.getTransport().setTimeoutMs((int) AUTHENTICATION.toMillis());
            client.getConnection().setTimeoutMs((int) AUTHENTICATION.toMillis());
            client.getConnection().getKeepAlive().setKeepAliveInterval((int) settings.aliveInterval().toSeconds());
            if (client.getConnection().getKeepAlive() instanceof KeepAliveRunner runner) {
                runner.setMaxAliveCount(settings.aliveCount());
            }
            try (Alarm alarm = new Alarm(settings.connectTimeout(), this::cut)) {
                try {
                    wired();
                    return Optional.empty();
                } catch (IOException e) {
                    return Optional.of(keys.refusal().orElseGet(() -> failure(e, alarm.rang())));
                }
            }
        }

        private void wired() throws IOException {
            if (carrier.isPresent()) {
                SSHClient through = carrier.get().client();
                DirectConnection direct = through.newDirectConnection(settings.hostName(), settings.port());
                wire.set(direct.getInputStream());
                client.connectVia(direct);
                return;
            }
            Socket socket = settings.proxyCommand().isPresent()
                    ? new ProcessSocket(settings.proxyCommand().get())
                    : tcp();
            wire.set(socket);
            client.setSocketFactory(new Ready(socket));
            client.connect(settings.hostName(), settings.port());
        }

        /** Each address of the host in turn. */
        private Socket tcp() throws IOException {
            List<InetAddress> addresses = Arrays.stream(InetAddress.getAllByName(settings.hostName()))
                    .filter(a -> settings.ipv6().isEmpty() || settings.ipv6().get() == a instanceof Inet6Address)
                    .toList();
            IOException last = new UnknownHostException(settings.hostName());
            for (InetAddress address : addresses) {
                PromptSocket socket = new PromptSocket();
                wire.set(socket);
                try {
                    int limit = (int) settings.connectTimeout().toMillis();
                    socket.connect(new InetSocketAddress(address, settings.port()), limit);
                    return socket;
                } catch (IOException e) {
                    socket.close();
                    last = e;
                }
            }
            throw last;
        }

        private void cut() {
            try {
                wire.get().close();
            } catch (IOException e) {
                // It is gone already.
            }
        }

        private Failure failure(IOException e, boolean late) {
            String node = settings.node();
            if (late || e instanceof SocketTimeoutException) {
                return new Failure.ConnectTimedOut(node, settings.address(), settings.connectTimeout());
            }
            if (e instanceof UnknownHostException) {
                return new Failure.CannotResolve(node, settings.hostName());
            }
            if (e instanceof ConnectException && String.valueOf(e.getMessage()).contains("refused")) {
                return new Failure.ConnectionRefused(node, settings.address());
            }
            refused = wire.get() instanceof PromptSocket socket && socket.isConnected() && !socket.identified();
            return new Failure.CannotConnect(node, settings.address(), String.valueOf(e.getMessage()));
        }
    }

    /** Hands sshj a socket that is connected already. */
    private static final class Ready extends SocketFactory {

        private final Socket socket;

        Ready(Socket socket) {
            this.socket = socket;
        }

        @Override
        public Socket createSocket() {
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            return socket;
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            return socket;
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) {
            return socket;
        }
    }
}
