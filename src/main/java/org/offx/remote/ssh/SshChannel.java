package org.offx.remote.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;
import org.offx.remote.Channel;

/** One command on a connection. */
record SshChannel(SessionChannel session, Session.Command command) implements Channel {

    @Override
    public InputStream output() {
        return command.getInputStream();
    }

    @Override
    public OutputStream input() {
        return command.getOutputStream();
    }

    /** The server says so when the command's output has ended; a broken connection says nothing. */
    @Override
    public boolean complete() {
        return session.isEOF();
    }

    /** The end of its input ends the shell; the server closes the channel then. */
    @Override
    public void close() {
        try {
            command.getOutputStream().close();
        } catch (IOException e) {
            // It is gone already.
        }
        try {
            command.getInputStream().close();
        } catch (IOException e) {
            // It is gone already.
        }
    }
}
