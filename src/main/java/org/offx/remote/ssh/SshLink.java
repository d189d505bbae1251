package org.offx.remote.ssh;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;
import org.offx.remote.Attempt;
import org.offx.remote.Become;
import org.offx.remote.Channel;
import org.offx.remote.Failure;
import org.offx.remote.Link;
import org.offx.remote.Opening;
import org.offx.remote.Session;

/** One connection, a channel for each session. */
record SshLink(SshConnector.Wire wire, SshSettings settings, Opening opening) implements Link {

    @Override
    public String node() {
        return settings.node();
    }

    @Override
    public Attempt<Session> open(Become become) {
        return opening.open(become, this::start);
    }

    /** Whatever the login shell is, it only has to start /bin/sh: the words hold no single quotes (see Opening). */
    private Attempt<Channel> start(List<String> command) {
        String text = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ", "exec ", ""));
        try {
            SessionChannel session = (SessionChannel) wire.client().startSession();
            return new Attempt.Reached<>(new SshChannel(session, session.exec(text)));
        } catch (IOException e) {
            String reason = "no shell can be started: " + e.getMessage();
            return new Attempt.Failed<>(new Failure.CannotConnect(node(), settings.address(), reason));
        }
    }

    @Override
    public void close() {
        wire.end();
    }
}
