package org.offx.lab.node;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/**
 * What a user asked the SSH server to run: a command, or a login shell where the command is empty; as that user, by the
 * user's own shell, on a terminal if one was asked for. As with OpenSSH, it lasts until the process has ended and nobody
 * writes to its output any more, and a command that outlives its connection is not killed but loses its input.
 */
final class AccountCommand implements Command {

    private static final String SEARCH =
            "/opt/offx-lab/simulated:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Account account;
    private final String command;
    private final boolean oneId;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private ExitCallback exit = (status, message, closeImmediately) -> {};
    private OutputStream processInput = OutputStream.nullOutputStream();

    AccountCommand(Account account, String command, boolean oneId) {
        this.account = account;
        this.command = command;
        this.oneId = oneId;
    }

    @Override
    public void setInputStream(InputStream stream) {
        in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        var builder = new ProcessBuilder(words(environment.getEnv().containsKey(Environment.ENV_COLUMNS)));
        var home = account.home().toFile();
        builder.directory(home.isDirectory() ? home : new File("/"));
        builder.environment().clear();
        builder.environment().putAll(variables(environment));
        var process = builder.start();
        processInput = process.getOutputStream();
        Thread.ofVirtual().start(() -> copy(in, processInput, true));
        var output = Thread.ofVirtual().start(() -> copy(process.getInputStream(), out, false));
        var errors = Thread.ofVirtual().start(() -> copy(process.getErrorStream(), err, false));
        Thread.ofVirtual().start(() -> report(process, List.of(output, errors)));
    }

    @Override
    public void destroy(ChannelSession channel) throws IOException {
        processInput.close();
    }

    private List<String> words(boolean terminal) {
        var words = new ArrayList<String>();
        if (!oneId) {
            words.addAll(List.of("setpriv", "--reuid=" + account.name(), "--regid=" + account.name(), "--init-groups"));
        }
        if (terminal && Files.isExecutable(Path.of("/usr/bin/script"))) {
            words.addAll(List.of("script", "--quiet", "--return", "--command"));
            words.add(command.isEmpty() ? account.shell() + " -l" : command);
            words.add("/dev/null");
        } else if (command.isEmpty()) {
            words.addAll(List.of(account.shell(), "-l"));
        } else {
            words.addAll(List.of(account.shell(), "-c", command));
        }
        return words;
    }

    private Map<String, String> variables(Environment environment) {
        return Map.of(
                "USER", account.name(),
                "LOGNAME", account.name(),
                "HOME", account.home().toString(),
                "SHELL", account.shell(),
                "PATH", SEARCH,
                "TERM", environment.getEnv().getOrDefault(Environment.ENV_TERM, "dumb"));
    }

    private static void copy(InputStream from, OutputStream to, boolean close) {
        try {
            var buffer = new byte[32 * 1024];
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.write(buffer, 0, count);
                // Each piece at once: at the other end somebody waits for the answer to what they sent.
                to.flush();
            }
            if (close) {
                to.close();
            }
        } catch (IOException ended) {
            // One of the two ends is gone, and with it the purpose of this direction.
        }
    }

    private void report(Process process, List<Thread> outputs) {
        try {
            int status = process.waitFor();
            for (var thread : outputs) {
                thread.join();
            }
            exit.onExit(status);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            exit.onExit(255);
        }
    }
}
