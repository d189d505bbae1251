package org.offx.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.offx.plan.ExitStatus;

/**
 * The life of what a playbook declares, as every resource must live it: made, then left alone; changed by hand, seen,
 * repaired; gone when that is wanted and agreed to.
 */
final class Life {

    private final Machines machines;
    private final String playbook;

    private Life(Machines machines, String playbook) {
        this.machines = machines;
        this.playbook = playbook;
    }

    /** Applies the playbook; the plan after that is empty. */
    static Life of(Machines machines, String text, String... consents) throws IOException {
        var life = new Life(machines, machines.playbook("life.offx", text));
        assertThat(life.differing()).as("a playbook that changes nothing proves nothing").isNotEmpty();
        return life.applied(consents);
    }

    /** By hand on node1, then the plan shows these tasks and no others; apply repairs them. */
    Life drift(String commands, String... tasks) throws IOException {
        return driftOn("node1", commands, tasks);
    }

    Life driftOn(String node, String commands, String... tasks) throws IOException {
        machines.root(node, commands);
        assertThat(differing()).as("after: %s", commands).containsExactlyInAnyOrder(tasks);
        return applied();
    }

    /** Another version of the playbook: the plan shows these tasks and no others. */
    Life becomes(String text, String... tasks) throws IOException {
        var next = new Life(machines, machines.playbook("life.offx", text));
        assertThat(next.differing()).containsExactlyInAnyOrder(tasks);
        return next.applied();
    }

    /** Everything named here is to go, what stands on it first; without consent nothing that destroys does. */
    void gone(String text, String... consents) throws IOException {
        var last = new Life(machines, machines.playbook("life.offx", text));
        var before = last.differing();
        assertThat(before).isNotEmpty().allMatch(task -> task.endsWith(" delete") || task.endsWith(" deferred"));
        if (consents.length > 0) {
            machines.offx("apply", "--yes", last.playbook);
            assertThat(last.differing()).as("without consent").isNotEmpty().isSubsetOf(before);
        }
        last.applied(consents);
    }

    List<String> differing() throws IOException {
        return machines.differing(playbook);
    }

    private Life applied(String... consents) throws IOException {
        var words = new ArrayList<>(List.of("--yes"));
        for (String consent : consents) {
            words.add("--consent");
            words.add(consent);
        }
        words.add(playbook);
        machines.offx("apply", words.toArray(String[]::new)).endedWith(ExitStatus.DONE);
        assertThat(differing()).as("the second plan").isEmpty();
        return this;
    }
}
