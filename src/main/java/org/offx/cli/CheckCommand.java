package org.offx.cli;

import java.util.Optional;
import org.offx.plan.ExitStatus;

/** {@code offx check}: everything that can be found without any node. */
final class CheckCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of("check", "Parses, resolves, checks the types, evaluates every play for every node, checks the rules.", "Touches no node.")
                .taking(Options.files("Playbooks to check."));
    }

    @Override
    public ExitStatus run(Given given, Io io) throws Wrong {
        Optional<Playbook> loaded = Playbook.load(given.files(), io);
        if (loaded.isEmpty()) {
            return ExitStatus.WRONG;
        }
        Playbook playbook = loaded.get();
        Playbook.print(playbook.warnings(), io);
        long plays = playbook.evaluated().catalog().plays().size();
        long tasks = playbook.evaluated().catalog().plays().stream()
                .flatMap(play -> play.nodes().stream())
                .mapToLong(node -> node.items().size())
                .sum();
        io.out().println(playbook.title() + ": no mistakes; "
                + Playbook.count(playbook.program().nodes().size(), "node") + ", "
                + Playbook.count(plays, "play") + ", " + Playbook.count(tasks, "task") + ", "
                + Playbook.count(playbook.program().rules().size(), "rule")
                + (playbook.warnings().isEmpty() ? "" : ", " + Playbook.count(playbook.warnings().size(), "warning")));
        return ExitStatus.DONE;
    }
}
