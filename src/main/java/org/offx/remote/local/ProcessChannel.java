package org.offx.remote.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.offx.remote.Channel;

/** A child process as a channel. */
record ProcessChannel(Process process) implements Channel {

    private static final long GRACE_MILLIS = 1000;

    @Override
    public InputStream output() {
        return process.getInputStream();
    }

    @Override
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** A pipe loses nothing. */
    @Override
    public boolean complete() {
        return true;
    }

    /** The end of its input ends an idle shell; one that is stuck is killed, since it holds its reader up. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended before.
        }
        try {
            if (!process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
