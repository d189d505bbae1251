package org.offx.cli;

import java.util.stream.Collectors;
import org.offx.lab.Lab;
import org.offx.lab.LabException;
import org.offx.lab.LabNode;
import org.offx.lab.ShellResult;

/** What the simulated programs of a lab start with: disks, the compute nodes' pool, a template; as a provider hands machines over. */
final class LabSeed {

    private LabSeed() {}

    static void plant(Lab lab) throws LabException {
        String members = lab.nodes().stream()
                .map(node -> node.name() + "=10.0.0." + node.spec().place())
                .collect(Collectors.joining(" "));
        for (LabNode node : lab.nodes()) {
            String kind = node.spec().place() <= 2 ? "compute" : "storage";
            ShellResult result = lab.shell(node.name(), "offx-lab-seed " + kind + " off " + members);
            if (result.status() != 0) {
                throw new IllegalStateException(node.name() + ": seeding failed: " + result.err());
            }
        }
    }
}
