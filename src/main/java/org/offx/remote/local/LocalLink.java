package org.offx.remote.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.offx.remote.Attempt;
import org.offx.remote.Become;
import org.offx.remote.Channel;
import org.offx.remote.Credentials;
import org.offx.remote.Failure;
import org.offx.remote.Link;
import org.offx.remote.Opening;
import org.offx.remote.Session;

/** This machine as a node: the same framed shell as elsewhere, over a child process. */
public final class LocalLink implements Link {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Opening opening;
    private final List<Session> sessions = new CopyOnWriteArrayList<>();

    /**
     * @param login the name of the user offx runs as
     * @param shell the words that start a POSIX shell, normally {@code /bin/sh}
     * @param pathFirst directories to put in front of the PATH
     */
    public LocalLink(String node, String login, List<String> shell, List<String> pathFirst, Credentials credentials) {
        this.opening = new Opening(node, login, shell, pathFirst, LIMIT, credentials, new SecureRandom());
    }

    @Override
    public String node() {
        return opening.node();
    }

    @Override
    public Attempt<Session> open(Become become) {
        Attempt<Session> attempt = opening.open(become, this::start);
        if (attempt instanceof Attempt.Reached<Session>(Session session)) {
            sessions.add(session);
        }
        return attempt;
    }

    private Attempt<Channel> start(List<String> command) {
        try {
            return new Attempt.Reached<>(new ProcessChannel(new ProcessBuilder(apart(command)).start()));
        } catch (IOException e) {
            return new Attempt.Failed<>(
                    new Failure.NotAPosixShell(node(), opening.login(), String.valueOf(e.getMessage())));
        }
    }

    /** In a session of its own: Ctrl-C at the terminal is for offx, and not for the command that it runs just then. */
    private static List<String> apart(List<String> command) {
        List<String> words = new ArrayList<>(List.of("setsid"));
        words.addAll(command);
        return Stream.of("/usr/bin/setsid", "/bin/setsid").map(Path::of).anyMatch(Files::isExecutable) ? words : command;
    }

    @Override
    public void close() {
        sessions.forEach(Session::close);
        sessions.clear();
    }
}
