package org.offx.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The way from 127.0.0.1 on the machine to port 22 of a node. A socket belongs to the network namespace of the process
 * that opened it, so the way has two ends: {@link #listen} in the keeper, and {@link #main} in a process of the fabric,
 * joined by a Unix socket in the lab's directory. The first line over it is the address of the node.
 */
final class Relay {

    /** Relative to the lab's directory, where both ends run: the path of a Unix socket holds some hundred bytes only. */
    private static final UnixDomainSocketAddress SOCKET = UnixDomainSocketAddress.of(Path.of("relay.sock"));

    private static final int CONNECT_MILLIS = 10_000;
    private static final int SSH = 22;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private Relay() {}

    /** The end in the fabric; reports on standard output when it can be used. */
    public static void main(String[] args) throws IOException {
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(SOCKET);
            System.out.println("ready relay listening");
            while (true) {
                var operator = server.accept();
                Thread.ofVirtual().start(() -> toNode(operator));
            }
        }
    }

    /** The end on the machine: opens a free port of 127.0.0.1, answers there from now on, and tells which port it is. */
    static int listen(String nodeAddress) throws IOException {
        var server = ServerSocketChannel.open(StandardProtocolFamily.INET);
        server.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0));
        Thread.ofPlatform().daemon().name("relay to " + nodeAddress).start(() -> acceptAll(server, nodeAddress));
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** Whether an SSH server introduces itself on this port of 127.0.0.1 within this time. */
    static boolean answers(int port, Duration limit) {
        try (var socket = new Socket()) {
            int millis = (int) Math.max(1, limit.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), millis);
            socket.setSoTimeout(millis);
            return new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII).equals("SSH-");
        } catch (IOException silent) {
            return false;
        }
    }

    private static void acceptAll(ServerSocketChannel server, String nodeAddress) {
        while (true) {
            try {
                var operator = server.accept();
                Thread.ofVirtual().start(() -> toFabric(operator, nodeAddress));
            } catch (IOException full) {
                // Out of descriptors, say: this caller is lost, the next may not be.
                System.err.println("relay to " + nodeAddress + ": " + full);
                // Not to fill the log while that lasts.
                LockSupport.parkNanos(100_000_000);
            }
        }
    }

    private static void toFabric(SocketChannel operator, String nodeAddress) {
        try (operator;
                var fabric = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            operator.setOption(StandardSocketOptions.TCP_NODELAY, true);
            fabric.connect(SOCKET);
            fabric.write(ByteBuffer.wrap((nodeAddress + "\n").getBytes(StandardCharsets.US_ASCII)));
            join(operator, fabric);
        } catch (IOException ended) {
            // Whichever side went away, both are closed now; SSH reports it to who waits.
        }
    }

    private static void toNode(SocketChannel operator) {
        try (operator;
                var node = SocketChannel.open()) {
            var address = readLine(operator);
            node.setOption(StandardSocketOptions.TCP_NODELAY, true);
            node.socket().connect(new InetSocketAddress(address, SSH), CONNECT_MILLIS);
            join(operator, node);
        } catch (IOException ended) {
            System.err.println("relay: " + ended.getMessage());
        }
    }

    private static String readLine(SocketChannel channel) throws IOException {
        var line = new StringBuilder();
        var one = ByteBuffer.allocate(1);
        while (channel.read(one.clear()) == 1 && one.get(0) != '\n') {
            line.append((char) one.get(0));
        }
        return line.toString();
    }

    /** Copies both ways until both directions have ended, each end passed on by itself. */
    private static void join(SocketChannel one, SocketChannel other) throws IOException {
        var back = Thread.ofVirtual().start(() -> copy(other, one));
        copy(one, other);
        try {
            back.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        try {
            var buffer = ByteBuffer.allocateDirect(32 * 1024);
            while (from.read(buffer.clear()) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException closing) {
            // It is closed as far as this program is concerned.
        }
    }
}
