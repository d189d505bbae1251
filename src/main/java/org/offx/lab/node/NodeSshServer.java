package org.offx.lab.node;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.config.keys.AuthorizedKeysAuthenticator;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.session.ServerSession;

/**
 * The SSH server of a lab node where OpenSSH's cannot run: port 22, the node's own host key, the accounts of the node,
 * each let in by the keys in its {@code ~/.ssh/authorized_keys}. Runs as root inside the node.
 */
final class NodeSshServer {

    private static final int PORT = 22;
    private static final Path HOST_KEY = Path.of("/etc/ssh/ssh_host_ecdsa_key");

    private NodeSshServer() {}

    /** One argument: {@code one} if the node has no other user id than 0, anything else if it has them. */
    public static void main(String[] args) throws IOException, InterruptedException {
        boolean oneId = args[0].equals("one");
        var server = SshServer.setUpDefaultServer();
        server.setPort(PORT);
        server.setKeyPairProvider(new FileKeyPairProvider(HOST_KEY));
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator(NodeSshServer::knows);
        server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        server.setShellFactory(channel -> new AccountCommand(account(channel), "", oneId));
        server.setCommandFactory((channel, command) -> new AccountCommand(account(channel), command, oneId));
        server.start();
        Thread.currentThread().join();
    }

    private static boolean knows(String user, PublicKey key, ServerSession session) {
        return Account.find(user)
                .map(account -> new AuthorizedKeysAuthenticator(account.home().resolve(".ssh/authorized_keys"))
                        .authenticate(user, key, session))
                .orElse(false);
    }

    private static Account account(ChannelSession channel) throws IOException {
        var user = channel.getSession().getUsername();
        return Account.find(user).orElseThrow(() -> new IOException("the account " + user + " is gone"));
    }
}
