package org.offx.cli;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.offx.apply.Apply;
import org.offx.observe.Fleet;
import org.offx.observe.NodeReader;
import org.offx.observe.Preview.Outcome;
import org.offx.plan.ExitStatus;
import org.offx.plan.Plan;
import org.offx.plan.Plan.TaskPlan;
import org.offx.plan.Report;
import org.offx.plan.Seal;
import org.offx.render.Render;
import org.offx.render.Render.Format;
import org.offx.render.Style;

/** {@code offx apply}: plan, ask, apply, verify. */
final class ApplyCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of("apply", "Makes the plan, shows it, asks, carries it out, and reads back what it changed.",
                        "Given a saved plan, exactly that is applied: a node that is neither as it was then nor as planned is left alone.")
                .taking(Options.files("Playbooks, or one plan that `offx plan -o` saved."))
                .with(Options.flag("-y --yes", "Do not ask. What needs consent is not covered by this."))
                .with(Options.repeated("--consent", "NAME", "Consent to what is destructive or risky, by its name."))
                .with(Options.flag("--exact", "Do nothing that the plan does not show."))
                .with(Options.value("--wait", "SECONDS", "How long to wait for somebody else who applies (default: not at all)."))
                .with(Options.selecting())
                .with(Options.rendering())
                .with(Options.connecting());
    }

    @Override
    public ExitStatus run(Given given, Io io) throws Wrong {
        Format format = Options.format(given);
        Style style = Options.style(given, io);
        Duration patience = patience(given);
        List<String> files = given.files();
        boolean selects = !given.list("--limit").isEmpty() || !given.list("--tags").isEmpty();
        if (selects && files.stream().anyMatch(SavedPlan::isOne)) {
            throw new Wrong("a saved plan is applied whole: `--limit` and `--tags` are given to `offx plan -o`");
        }
        Optional<SavedPlan> saved = SavedPlan.among(files, io);
        Optional<Playbook> loaded = saved.isPresent() ? saved.get().playbook(io) : Playbook.load(files, io);
        if (loaded.isEmpty()) {
            return ExitStatus.WRONG;
        }
        Playbook playbook = loaded.get();
        Plan.Request request = saved.isPresent() ? saved.get().plan().request() : Planning.request(playbook, given);
        Seal seal = saved.isPresent() ? saved.get().seal(io) : PlanKey.passing();
        try (Fleet fleet = Planning.fleet(playbook, given, io)) {
            NodeReader reader = Planning.reader(fleet);
            return switch (Planning.preview(playbook, request, reader, Optional.empty(), given, seal, io)) {
                case Outcome.Refused(var diagnostics) -> {
                    Playbook.print(diagnostics, io);
                    yield ExitStatus.WRONG;
                }
                case Outcome.Made made -> {
                    Plan shown = saved.map(SavedPlan::plan).orElse(made.plan());
                    if (format == Format.TEXT) {
                        io.out().print(Render.plan(shown, format, style));
                        io.out().println();
                    }
                    Optional<Set<String>> consents = agreed(shown, given, io);
                    if (consents.isEmpty()) {
                        io.problem("nothing was changed");
                        yield ExitStatus.DONE;
                    }
                    boolean exact = saved.isPresent() || given.has("--exact");
                    Applying applying = new Applying(playbook.evaluation(), fleet, reader, Options.window(given), seal, io);
                    yield end(applying.run(made, shown, exact, consents.get(), patience), format, style, io);
                }
            };
        }
    }

    private static ExitStatus end(Apply.Outcome outcome, Format format, Style style, Io io) {
        return switch (outcome) {
            case Apply.Outcome.Locked(var holders) -> {
                holders.forEach(holder -> io.problem(holder.sentence(io.clock().instant())));
                io.err().println("      nothing was changed on any node");
                yield ExitStatus.FAILED;
            }
            case Apply.Outcome.Done(Report report) -> {
                io.out().print(Render.report(report, format, style));
                yield ExitStatus.of(report);
            }
        };
    }

    /** What was consented to; empty where somebody said no. */
    private static Optional<Set<String>> agreed(Plan plan, Given given, Io io) throws Wrong {
        Set<String> consents = new LinkedHashSet<>(plan.request().consents());
        consents.addAll(given.list("--consent"));
        if (!changes(plan) || given.has("--yes")) {
            return Optional.of(consents);
        }
        if (!io.terminal()) {
            throw new Wrong("nobody is there to be asked: give --yes to apply without a question");
        }
        for (String name : missing(plan, consents)) {
            if (Prompt.ask("type `" + name + "` to consent to it, or nothing to leave it out: ", io).equals(name)) {
                consents.add(name);
            }
        }
        return Prompt.yes("Apply this?", io) ? Optional.of(consents) : Optional.empty();
    }

    private static boolean changes(Plan plan) {
        return tasks(plan).stream().anyMatch(task -> task.verdict().changes());
    }

    private static Set<String> missing(Plan plan, Set<String> consents) {
        Set<String> missing = new LinkedHashSet<>();
        tasks(plan).forEach(task -> missing.addAll(task.consents()));
        missing.removeAll(consents);
        return missing;
    }

    private static List<TaskPlan> tasks(Plan plan) {
        return plan.plays().stream()
                .flatMap(play -> play.nodes().stream())
                .flatMap(node -> node.tasks().stream())
                .toList();
    }

    private static Duration patience(Given given) throws Wrong {
        String seconds = given.text("--wait").orElse("0");
        if (!seconds.matches("[0-9]{1,6}")) {
            throw new Wrong("--wait is a number of seconds, not `" + seconds + "`");
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }
}
