package org.offx.remote;

import java.util.Optional;

/**
 * Where a node is to be reached.
 *
 * @param node its name in the inventory
 * @param host its address: an IP address, a host name, or an alias of the SSH configuration
 * @param user the login, where the inventory says so
 * @param port where the inventory says so
 */
public record Destination(String node, String host, Optional<String> user, Optional<Integer> port) {

    public Destination {
        if (host.isBlank() || host.startsWith("-") || host.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("not a host: " + host);
        }
    }

    public Destination(String node, String host) {
        this(node, host, Optional.empty(), Optional.empty());
    }
}
