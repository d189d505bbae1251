package org.offx.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a lab shall be like.
 *
 * @param directory where the state of the lab lies; it is made, and is gone when the lab is down
 * @param nodes at least one; names and places are unique
 * @param via over which addresses SSH reaches the nodes
 * @param sshServer the SSH server of the nodes
 * @param stays whether the lab outlives the process that starts it; if not, it ends with that process, however it ends
 * @param vrackMtu what the vRack carries, in bytes of an IP packet; 9600 as OVH's does, less to see what happens then
 * @param limit how long the whole start may take
 * @param events told each step of the start, from a thread of the lab's
 */
public record LabOptions(
        Path directory,
        List<NodeSpec> nodes,
        Via via,
        SshServer sshServer,
        boolean stays,
        int vrackMtu,
        Duration limit,
        Consumer<LabEvent> events) {

    /** @throws IllegalArgumentException if there is no node, two share a name or a place, or the MTU is not 1280 to 65535 */
    public LabOptions {
        directory = directory.toAbsolutePath().normalize();
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a lab has at least one node");
        }
        var taken = new HashSet<Object>();
        for (var node : nodes) {
            if (!taken.add(node.name()) || !taken.add(node.place())) {
                throw new IllegalArgumentException("two lab nodes share a name or a place: " + node.name());
            }
        }
        if (vrackMtu < 1280 || vrackMtu > 65535) {
            throw new IllegalArgumentException("the vRack carries an MTU from 1280 to 65535: " + vrackMtu);
        }
    }

    /** The four nodes of the cluster in this directory, over IPv4, ending with this process; 60 s to start. */
    public static LabOptions in(Path directory) {
        return new LabOptions(
                directory, NodeSpec.CLUSTER, Via.IPV4, SshServer.BEST, false, 9600, Duration.ofSeconds(60), event -> {});
    }

    /** The same, in the place where {@link Lab#directoryOf} keeps the lab of this name. */
    public static LabOptions named(String name) {
        return in(Lab.directoryOf(name));
    }

    public LabOptions withNodes(List<NodeSpec> those) {
        return new LabOptions(directory, those, via, sshServer, stays, vrackMtu, limit, events);
    }

    /** Only the first {@code count} nodes of the cluster. */
    public LabOptions withNodes(int count) {
        return withNodes(NodeSpec.CLUSTER.subList(0, count));
    }

    public LabOptions withVia(Via those) {
        return new LabOptions(directory, nodes, those, sshServer, stays, vrackMtu, limit, events);
    }

    public LabOptions withSshServer(SshServer server) {
        return new LabOptions(directory, nodes, via, server, stays, vrackMtu, limit, events);
    }

    public LabOptions staying() {
        return new LabOptions(directory, nodes, via, sshServer, true, vrackMtu, limit, events);
    }

    public LabOptions withVrackMtu(int mtu) {
        return new LabOptions(directory, nodes, via, sshServer, stays, mtu, limit, events);
    }

    public LabOptions withLimit(Duration time) {
        return new LabOptions(directory, nodes, via, sshServer, stays, vrackMtu, time, events);
    }

    public LabOptions withEvents(Consumer<LabEvent> listener) {
        return new LabOptions(directory, nodes, via, sshServer, stays, vrackMtu, limit, listener);
    }
}
