package org.offx.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * From a command that starts a shell to a {@link Session}: becomes the user, makes the session's private directory, and
 * waits for the line that says so. Nothing is sent before that line has come, so that nothing but a shell of the right
 * user ever reads a batch, and a password only after sudo has asked for it.
 *
 * @param node the node's name
 * @param login the user who logged in
 * @param shell the words that start the shell that stays, normally {@code /bin/sh}
 * @param pathFirst directories to put in front of the PATH that the login gives
 * @param limit how long the start may take
 */
public record Opening(
        String node,
        String login,
        List<String> shell,
        List<String> pathFirst,
        Duration limit,
        Credentials credentials,
        SecureRandom random) {

    private static final int NOISE = 16 << 10;
    private static final int SHOWN = 500;

    record Hello(int uid, String directory) {}

    /** Starts the command, given as words of which the first is a program. */
    @FunctionalInterface
    public interface Start {
        Attempt<Channel> channel(List<String> command);
    }

    public Attempt<Session> open(Become become, Start start) {
        Attempt<Session> first = open(become, start, Optional.empty());
        if (first instanceof Attempt.Failed<Session>(Failure.SudoNeedsPassword needed)) {
            return credentials
                    .sudoPassword(node, login)
                    .map(password -> open(become, start, Optional.of(password)))
                    .orElse(new Attempt.Failed<>(needed));
        }
        return first;
    }

    private Attempt<Session> open(Become become, Start start, Optional<String> password) {
        String nonce = FramedSession.nonce(random);
        String prompt = "offx-password-" + nonce;
        List<String> command = List.of(
                "/bin/sh", "-c", become(become, password.isPresent() ? "-S -p " + prompt : "-n"), "offx", begin(nonce));
        return switch (start.channel(command)) {
            case Attempt.Failed<Channel>(Failure failure) -> new Attempt.Failed<>(failure);
            case Attempt.Reached<Channel>(Channel channel) -> await(channel, nonce, prompt, password);
        };
    }

    /** Without single quotes, backslashes and exclamation marks: login shells of every kind hand it on as it is. */
    private static String become(Become become, String options) {
        String plain = "exec /bin/sh -c \"$1\"";
        String sudo = "LC_ALL=C; export LC_ALL; exec sudo " + options + " -H ";
        return "exec 2>&1; "
                + switch (become) {
                    case Become.Login() -> plain;
                    case Become.Root() -> "[ \"$(id -u)\" = 0 ] && " + plain + "; " + sudo + "-- /bin/sh -c \"$1\"";
                    case Become.User(String name) ->
                        "[ \"$(id -un)\" = \"" + name + "\" ] && " + plain + "; " + sudo + "-u \"" + name
                                + "\" -- /bin/sh -c \"$1\"";
                };
    }

    /**
     * The same restriction holds. It begins a line of its own, whatever a login shell has said before. The shell that makes the directory outlives the one that uses it, and removes it
     * however that one ends.
     */
    private String begin(String nonce) {
        return "umask 077; u=$(id -u); d=${XDG_RUNTIME_DIR:-/tmp}; [ -w \"$d\" ] || d=/tmp; "
                + "[ \"$u\" = 0 ] && [ -d /run ] && d=/run/offx && mkdir -p /run/offx; "
                + "d=$d/offx-session.$$." + nonce + "; trap : HUP INT TERM PIPE; "
                + "echo; if mkdir \"$d\"; then echo " + nonce + " \"$u\" \"$d\"; " + String.join(" ", shell)
                + " 2>/dev/null; rm -rf \"$d\"; else echo " + nonce + "; fi";
    }

    private Attempt<Session> await(Channel channel, String nonce, String prompt, Optional<String> password) {
        InputStream output = new BufferedInputStream(channel.output(), 64 << 10);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Attempt<Session> attempt;
        try (Alarm alarm = new Alarm(limit, channel::close)) {
            attempt = hello(output, said, channel, nonce, prompt, password)
                    .<Attempt<Session>>map(hello -> new Attempt.Reached<>(
                            new FramedSession(node, hello, channel, output, pathFirst, random)))
                    .orElseGet(() -> new Attempt.Failed<>(
                            alarm.rang()
                                    ? new Failure.StartTimedOut(node, limit, shown(said, prompt))
                                    : failure(said.toString(UTF_8), prompt, nonce)));
        }
        if (attempt instanceof Attempt.Failed<Session>) {
            channel.close();
        }
        return attempt;
    }

    /** Reads up to the line that the started shell says first, and answers sudo's prompt, once, on the way. */
    private static Optional<Hello> hello(
            InputStream output, ByteArrayOutputStream said, Channel channel, String nonce, String prompt,
            Optional<String> password) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean asked = false;
        try {
            for (int b = output.read(); b >= 0 && said.size() < NOISE; b = output.read()) {
                said.write(b);
                line.write(b);
                if (b == '\n') {
                    String text = line.toString(UTF_8).strip();
                    line.reset();
                    if (text.equals(nonce)) {
                        return Optional.empty();
                    }
                    if (text.startsWith(nonce + " ")) {
                        String[] words = text.split(" ", 3);
                        return Optional.of(new Hello(Integer.parseInt(words[1]), words[2]));
                    }
                } else if (password.isPresent() && line.toString(UTF_8).endsWith(prompt)) {
                    if (asked) {
                        return Optional.empty();
                    }
                    asked = true;
                    line.reset();
                    channel.input().write((password.get() + "\n").getBytes(UTF_8));
                    channel.input().flush();
                }
            }
        } catch (IOException e) {
            // What it said until then tells more than that it ended.
        }
        return Optional.empty();
    }

    private Failure failure(String said, String prompt, String nonce) {
        String shown = shown(said, prompt);
        if (said.indexOf(prompt) != said.lastIndexOf(prompt) || said.contains(prompt) && said.contains("try again")) {
            return new Failure.SudoWrongPassword(node, login);
        }
        if (said.lines().anyMatch(line -> line.equals(nonce))) {
            return new Failure.NoWorkspace(node, shown.replace(nonce, "").strip());
        }
        if (said.contains("sudo: not found") || said.contains("sudo: command not found")) {
            return new Failure.SudoMissing(node);
        }
        if (said.contains("you must have a tty")) {
            return new Failure.SudoNeedsTty(node);
        }
        if (said.contains("sudo: a password is required") || said.contains("sudo: no password was provided")) {
            return new Failure.SudoNeedsPassword(node, login);
        }
        if (said.contains("sudo:") || said.contains("in the sudoers file") || said.contains("not allowed to execute")) {
            return new Failure.SudoDenied(node, login, shown);
        }
        return new Failure.NotAPosixShell(node, login, shown);
    }

    private static String shown(ByteArrayOutputStream said, String prompt) {
        return shown(said.toString(UTF_8), prompt);
    }

    /** Control characters are left out: what a stranger says shall not drive a terminal. */
    private static String shown(String said, String prompt) {
        String clean = said.replace(prompt, "").replaceAll("[\\p{Cntrl}&&[^\n]]", "").strip();
        return clean.length() > SHOWN ? clean.substring(0, SHOWN) + " …" : clean;
    }
}
