package org.offx.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.offx.observe.Connector;
import org.offx.observe.Inventory;
import org.offx.observe.Inventory.Place;
import org.offx.remote.Attempt;
import org.offx.remote.Become;
import org.offx.remote.Credentials;
import org.offx.remote.DelegatingSession;
import org.offx.remote.Destination;
import org.offx.remote.Failure;
import org.offx.remote.Link;
import org.offx.remote.Session;
import org.offx.remote.local.LocalLink;
import org.offx.remote.ssh.SshConnector;
import org.offx.remote.ssh.SshConnector.Retry;
import org.offx.remote.ssh.Surroundings;

/**
 * Reaches the nodes of an inventory: over SSH as the user's {@code ssh} would; {@code localhost} is this machine, and needs
 * no SSH. Each session has a connection of its own, and ends with it.
 */
final class NodeConnector implements Connector, AutoCloseable {

    private static final String THIS_MACHINE = "localhost";

    private final Inventory inventory;
    private final SshConnector ssh;
    private final String user;

    NodeConnector(Inventory inventory, Optional<Path> configuration, int window, Map<String, String> environment, Credentials credentials) {
        this.inventory = inventory;
        this.user = System.getProperty("user.name");
        Surroundings surroundings =
                new Surroundings(user, Path.of(System.getProperty("user.home")), environment, configuration);
        this.ssh = new SshConnector(surroundings, credentials, List.of(), window, Retry.USUAL);
    }

    @Override
    public Attempt<Session> open(String node) {
        Place place = inventory.place(node);
        Attempt<Link> link = place.address().equals(THIS_MACHINE)
                ? new Attempt.Reached<>(new LocalLink(node, user, List.of("/bin/sh"), List.of(), Credentials.NONE))
                : ssh.connect(new Destination(node, place.address(), place.user(), place.port()));
        return switch (link) {
            case Attempt.Failed<Link>(Failure failure) -> new Attempt.Failed<>(failure);
            case Attempt.Reached<Link>(Link reached) -> session(reached, become(place));
        };
    }

    @Override
    public void close() {
        ssh.close();
    }

    private static Become become(Place place) {
        return switch (place.become().orElse("sudo")) {
            case "none" -> new Become.Login();
            case "sudo", "root" -> new Become.Root();
            default -> new Become.User(place.become().orElseThrow());
        };
    }

    private static Attempt<Session> session(Link link, Become become) {
        return switch (link.open(become)) {
            case Attempt.Failed<Session> failed -> {
                link.close();
                yield failed;
            }
            case Attempt.Reached<Session>(Session session) -> new Attempt.Reached<>(new LinkedSession(link, session));
        };
    }

    /** A session that ends its link with itself. */
    private record LinkedSession(Link link, Session session) implements DelegatingSession {

        @Override
        public void close() {
            session.close();
            link.close();
        }
    }
}
