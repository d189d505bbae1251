package org.offx.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A wire to a server on this machine that goes wrong as it is told. */
final class FaultyWire implements AutoCloseable {

    private static final int NEVER = Integer.MAX_VALUE;

    private final int target;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger(NEVER);
    private volatile boolean stalled;
    private volatile boolean trickles;

    FaultyWire(int target) throws IOException {
        this.target = target;
        Thread.ofPlatform().daemon().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    /** The next connections end before a word is said. */
    void refuse(int times) {
        refusals.set(times);
    }

    /** Breaks after so many more bytes from the server. */
    void breakAfter(int bytes) {
        left.set(bytes);
    }

    /** Nothing passes any more, and nobody is told. */
    void stall() {
        stalled = true;
    }

    /** A few bytes at a time. */
    void trickle() {
        trickles = true;
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                if (refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                    near.close();
                    continue;
                }
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.addAll(List.of(near, far));
                Thread.ofPlatform().daemon().start(() -> pump(near, far, false));
                Thread.ofPlatform().daemon().start(() -> pump(far, near, true));
            } catch (IOException e) {
                // Closed, or the target is gone: who waits at the other end sees it.
            }
        }
    }

    private void pump(Socket from, Socket to, boolean counted) {
        byte[] buffer = new byte[8192];
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer, 0, size()); n >= 0; n = in.read(buffer, 0, size())) {
                int budget = counted ? left.getAndUpdate(l -> l == NEVER ? l : 0) : NEVER;
                if (budget != NEVER) {
                    out.write(buffer, 0, Math.min(n, budget));
                    if (budget <= n) {
                        return;
                    }
                    left.set(budget - n);
                } else if (!stalled) {
                    out.write(buffer, 0, n);
                }
                if (trickles) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        } catch (IOException e) {
            // The wire is cut.
        }
    }

    private int size() {
        return trickles ? 16 : 8192;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
