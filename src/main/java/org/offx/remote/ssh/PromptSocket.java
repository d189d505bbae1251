package org.offx.remote.ssh;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import jdk.net.ExtendedSocketOptions;

/** A TCP connection that waits for nobody: a packet is sent when it is written, and acknowledged when it is read. */
final class PromptSocket extends Socket {

    private volatile boolean identified;

    /**
     * Whether the other side has said that it speaks SSH. A server with too many logins under way ends the connection
     * before it does.
     */
    boolean identified() {
        return identified;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        super.connect(endpoint, timeout);
        setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream raw = super.getInputStream();
        boolean quick = supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
        return new BufferedInputStream(new Acknowledging(raw, quick), 64 << 10);
    }

    /** Linux forgets the option by and by, so that it is given again after each read. */
    private final class Acknowledging extends FilterInputStream {

        private final boolean quick;

        Acknowledging(InputStream in, boolean quick) {
            super(in);
            this.quick = quick;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (!identified && count > 0) {
                identified = new String(bytes, offset, count, StandardCharsets.ISO_8859_1).contains("SSH-");
            }
            if (quick && count > 0) {
                setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
            }
            return count;
        }
    }
}
