package org.offx.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.offx.observe.Fleet;
import org.offx.observe.Preview.Outcome;
import org.offx.observe.RecordedState;
import org.offx.plan.Disclosure;
import org.offx.plan.ExitStatus;
import org.offx.plan.Plan;
import org.offx.plan.PlanJson;
import org.offx.plan.Seal;
import org.offx.render.Render;
import org.offx.render.Render.Format;
import org.offx.text.Span;

/** {@code offx plan}: the preview. */
final class PlanCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of("plan", "Shows what apply would do. Changes nothing on any node.")
                .taking(Options.files("Playbooks to plan."))
                .with(Options.value("-o --out", "FILE", "Save the plan, for `offx apply FILE`."))
                .with(Options.value("--state", "FILE", "Plan against what `offx observe` recorded, without any node."))
                .with(Options.repeated("--consent", "NAME", "Consent to what is destructive or risky, by its name."))
                .with(Options.flag("--exit-code", "End with 2 where something is to be changed, with 3 where something cannot be predicted."))
                .with(Options.selecting())
                .with(Options.rendering())
                .with(Options.connecting());
    }

    @Override
    public ExitStatus run(Given given, Io io) throws Wrong {
        var format = Options.format(given);
        var style = Options.style(given, io);
        Optional<Playbook> loaded = Playbook.load(given.files(), io);
        if (loaded.isEmpty()) {
            return ExitStatus.WRONG;
        }
        boolean lasting = format == Format.JSON || given.text("--out").isPresent();
        Optional<PlanKey> key = lasting ? Optional.of(PlanKey.of(io)) : Optional.empty();
        Seal seal = key.map(PlanKey::seal).orElseGet(PlanKey::passing);
        return switch (outcome(loaded.get(), given, seal, io)) {
            case Outcome.Refused(var diagnostics) -> {
                Playbook.print(diagnostics, io);
                yield ExitStatus.WRONG;
            }
            case Outcome.Made made -> {
                if (key.isPresent() && made.plan().seal().isPresent()) {
                    withoutSecrets(made);
                    key.get().keep();
                }
                save(made.plan(), given, io);
                io.out().print(Render.plan(made.plan(), format, style));
                yield ExitStatus.of(made.plan(), given.has("--exit-code"));
            }
        };
    }

    /** A plan as data carries the text of its playbook, and no secret. */
    private static void withoutSecrets(Outcome.Made made) throws Wrong {
        List<Span> places = Disclosure.of(made.evaluated().catalog(), made.plan().sources());
        if (!places.isEmpty()) {
            throw new Wrong("the plan is not saved: it would carry the text of the playbook, and there stands a secret ("
                    + places.stream().map(Span::place).collect(Collectors.joining(", ")) + "). Have a fact read it from a file that"
                    + " only root may read: fact key: secret<string> = (file_at(\"/root/key\")?.text ?? \"\").trim()");
        }
    }

    private static Outcome outcome(Playbook playbook, Given given, Seal seal, Io io) throws Wrong {
        Plan.Request request = Planning.request(playbook, given);
        Optional<String> file = given.text("--state");
        if (file.isPresent()) {
            RecordedState state = Planning.state(file.get(), io);
            return Planning.preview(playbook, request, state, Optional.of(state), given, seal, io);
        }
        try (Fleet fleet = Planning.fleet(playbook, given, io)) {
            return Planning.preview(playbook, request, Planning.reader(fleet), Optional.empty(), given, seal, io);
        }
    }

    private static void save(Plan plan, Given given, Io io) throws Wrong {
        Optional<String> file = given.text("--out");
        if (file.isPresent()) {
            try {
                WholeFile.write(io.directory().resolve(file.get()), PlanJson.write(plan));
            } catch (IOException broken) {
                throw new Wrong("the plan cannot be saved: " + broken.getMessage());
            }
        }
    }
}
