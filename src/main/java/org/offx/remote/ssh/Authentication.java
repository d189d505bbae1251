package org.offx.remote.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthNone;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.Resource;
import org.offx.remote.Credentials;
import org.offx.remote.Failure;

/** Tries one key after the other, in ssh's order: the agent's, those that the configuration names first; then files. */
final class Authentication {

    private final SSHClient client;
    private final SshSettings settings;
    private final Credentials credentials;
    private final List<String> tried = new ArrayList<>();
    private boolean letIn;

    private Authentication(SSHClient client, SshSettings settings, Credentials credentials) {
        this.client = client;
        this.settings = settings;
        this.credentials = credentials;
    }

    static Optional<Failure> of(SSHClient client, SshSettings settings, Credentials credentials) {
        Authentication authentication = new Authentication(client, settings, credentials);
        try {
            authentication.agentKeys();
            authentication.files();
            if (!authentication.letIn && authentication.tried.isEmpty()) {
                authentication.attempt(new AuthNone());
            }
        } catch (SSHException e) {
            authentication.tried.add("then the server ended it: " + e.getMessage());
        }
        return authentication.letIn ? Optional.empty() : Optional.of(authentication.failure());
    }

    private Failure failure() {
        List<String> allowed = client.getUserAuth().getAllowedMethods().stream().filter(m -> !m.isEmpty()).toList();
        return new Failure.AuthFailed(settings.node(), settings.user(), settings.address(), allowed, tried);
    }

    private void agentKeys() throws SSHException {
        if (settings.agent().isEmpty()) {
            return;
        }
        Agent agent = new Agent(settings.agent().get());
        List<byte[]> wanted = settings.identityFiles().stream().flatMap(file -> publicKey(file).stream()).toList();
        List<Agent.Key> named = new ArrayList<>();
        List<Agent.Key> others = new ArrayList<>();
        try {
            for (Agent.Key key : agent.keys()) {
                (wanted.stream().anyMatch(blob -> Arrays.equals(blob, key.blob())) ? named : others).add(key);
            }
        } catch (IOException e) {
            tried.add("the agent at " + agent.socket() + " does not answer: " + e.getMessage());
        }
        if (!settings.identitiesOnly()) {
            named.addAll(others);
        }
        for (Agent.Key key : named) {
            if (!letIn) {
                note("agent key " + key.comment() + " (" + key.type() + ")", new AgentMethod(agent, key));
            }
        }
    }

    private void files() throws SSHException {
        for (Path file : settings.identityFiles()) {
            if (letIn) {
                return;
            }
            if (!Files.exists(file)) {
                tried.add(file + ": there is no such file");
            } else if (!isPublic(file)) {
                file(file);
            }
        }
    }

    private void file(Path file) throws SSHException {
        Passphrase passphrase = new Passphrase(file);
        KeyProvider key;
        try {
            key = client.loadKeys(file.toString(), passphrase);
            key.getPrivate();
        } catch (IOException | RuntimeException e) {
            tried.add(file + ": "
                    + (passphrase.missing ? "its passphrase is not known" : "cannot be read: " + e.getMessage()));
            return;
        }
        note(file.toString(), new AuthPublickey(key));
    }

    private void note(String what, AuthMethod method) throws SSHException {
        try {
            tried.add(what + ": " + (attempt(method) ? "accepted" : "refused"));
        } catch (SSHException e) {
            if (!client.getTransport().isRunning()) {
                throw e;
            }
            tried.add(what + ": " + e.getMessage());
        }
    }

    private boolean attempt(AuthMethod method) throws SSHException {
        method.setLoggerFactory(client.getTransport().getConfig().getLoggerFactory());
        letIn = client.getUserAuth()
                .authenticate(
                        settings.user(),
                        (net.schmizz.sshj.Service) client.getConnection(),
                        method,
                        client.getTransport().getTimeoutMs());
        return letIn;
    }

    /** The public half of a key file, which lies beside it, or is all there is of it. */
    private static Optional<byte[]> publicKey(Path file) {
        Path half = isPublic(file) ? file : file.resolveSibling(file.getFileName() + ".pub");
        try {
            String[] words = Files.readString(half).strip().split("\\s+");
            return words.length < 2 ? Optional.empty() : Optional.of(Base64.getDecoder().decode(words[1]));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isPublic(Path file) {
        try {
            return !Files.readString(file).startsWith("-----BEGIN") && !Files.readString(file).startsWith("PuTTY");
        } catch (IOException e) {
            return false;
        }
    }

    private final class Passphrase implements PasswordFinder {

        private final Path file;
        private boolean missing;

        Passphrase(Path file) {
            this.file = file;
        }

        @Override
        public char[] reqPassword(Resource<?> resource) {
            Optional<String> passphrase = credentials.passphrase(file.toString());
            missing = passphrase.isEmpty();
            return passphrase.orElse("").toCharArray();
        }

        @Override
        public boolean shouldRetry(Resource<?> resource) {
            return false;
        }
    }
}
