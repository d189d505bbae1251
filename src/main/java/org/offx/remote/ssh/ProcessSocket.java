package org.offx.remote.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A ProxyCommand in the shape of a connected socket. Ctrl-C at the terminal is for offx, and does not end it. */
final class ProcessSocket extends Socket {

    private final Process process;

    ProcessSocket(String command) throws IOException {
        process = new ProcessBuilder("/bin/sh", "-c", "trap '' INT; exec " + command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public void setSoTimeout(int timeout) {
        // A pipe has none; the whole start has a limit.
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public InputStream getInputStream() {
        return process.getInputStream();
    }

    @Override
    public OutputStream getOutputStream() {
        return process.getOutputStream();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
