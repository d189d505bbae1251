package org.offx.lab;

import java.util.List;

/** How a lab is at this moment. */
public sealed interface LabStatus {

    /** There is no lab in the directory. */
    record Absent() implements LabStatus {}

    /** A process that started or kept the lab was killed; what is left can be taken down. */
    record Dead() implements LabStatus {}

    /** Somebody is starting it. */
    record Starting() implements LabStatus {}

    /** It is up. */
    record Up(List<NodeStatus> nodes) implements LabStatus {
        public Up {
            nodes = List.copyOf(nodes);
        }
    }

    /** A node of a lab that is up: whether its init runs, and whether SSH to it answers. */
    record NodeStatus(LabNode node, boolean runs, boolean answers) {}
}
