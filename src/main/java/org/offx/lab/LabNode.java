package org.offx.lab;

/**
 * A node of a lab that is up.
 *
 * @param port where SSH to the node is answered on 127.0.0.1
 * @param init the process on this machine that is process 1 of the node
 */
public record LabNode(NodeSpec spec, int port, ProcessMark init) {

    public String name() {
        return spec.name();
    }
}
