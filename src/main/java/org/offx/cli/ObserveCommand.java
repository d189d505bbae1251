package org.offx.cli;

import java.io.IOException;
import java.util.Optional;
import org.offx.observe.Fleet;
import org.offx.observe.Preview.Outcome;
import org.offx.observe.RecordedState;
import org.offx.observe.Recorder;
import org.offx.observe.StateJson;
import org.offx.plan.ExitStatus;
import org.offx.plan.Plan.NodeState;

/** {@code offx observe}: records what the probes of a playbook answer. */
final class ObserveCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of("observe",
                        "Records what every probe of the playbooks answers, so that `offx plan --state FILE` needs no node and no key.",
                        "The content of files that only their owner may read is left out.")
                .taking(Options.files("Playbooks whose probes are asked."))
                .with(Options.value("-o --out", "FILE", "Where the record goes (default: standard output)."))
                .with(Options.selecting())
                .with(Options.connecting());
    }

    @Override
    public ExitStatus run(Given given, Io io) throws Wrong {
        Optional<Playbook> loaded = Playbook.load(given.files(), io);
        if (loaded.isEmpty()) {
            return ExitStatus.WRONG;
        }
        Playbook playbook = loaded.get();
        try (Fleet fleet = Planning.fleet(playbook, given, io)) {
            Recorder recorder = new Recorder(Planning.reader(fleet));
            return switch (Planning.preview(playbook, Planning.request(playbook, given), recorder, Optional.empty(), given, PlanKey.passing(), io)) {
                case Outcome.Refused(var diagnostics) -> {
                    Playbook.print(diagnostics, io);
                    yield ExitStatus.WRONG;
                }
                case Outcome.Made made -> {
                    write(StateJson.write(RecordedState.of(io.clock().instant(), recorder.answers())), given, io);
                    var unreached = made.plan().nodes().stream().filter(node -> node.why().isPresent()).map(NodeState::why).toList();
                    unreached.forEach(why -> io.problem(why.orElseThrow()));
                    yield unreached.isEmpty() ? ExitStatus.DONE : ExitStatus.UNREACHABLE;
                }
            };
        }
    }

    private static void write(String text, Given given, Io io) throws Wrong {
        Optional<String> file = given.text("--out");
        if (file.isEmpty()) {
            io.out().print(text);
            return;
        }
        try {
            WholeFile.write(io.directory().resolve(file.get()), text);
        } catch (IOException broken) {
            throw new Wrong("the state cannot be saved: " + broken.getMessage());
        }
    }
}
