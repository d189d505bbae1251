package org.offx.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.offx.cli.Command.Wrong;
import org.offx.plan.Plan;
import org.offx.plan.PlanJson;
import org.offx.plan.Saved;
import org.offx.plan.Seal;
import org.offx.text.Source;
import org.offx.text.Sources;

/**
 * A plan from a file, with the playbook that it carries.
 *
 * @param file as it was named
 */
record SavedPlan(String file, Plan plan) {

    /** Told by its name: playbooks are called otherwise. */
    static boolean isOne(String file) {
        return file.endsWith(".json");
    }

    /** The saved plan that the command line names instead of playbooks. */
    static Optional<SavedPlan> among(List<String> files, Io io) throws Wrong {
        if (files.stream().noneMatch(SavedPlan::isOne)) {
            return Optional.empty();
        }
        if (files.size() > 1) {
            throw new Wrong("a saved plan is applied by itself, not together with other files");
        }
        String text;
        try {
            text = Files.readString(io.directory().resolve(files.getFirst()));
        } catch (IOException broken) {
            throw new Wrong("there is no file " + files.getFirst() + " that can be read");
        }
        return switch (PlanJson.read(text)) {
            case Saved.Read<Plan>(Plan plan) -> Optional.of(new SavedPlan(files.getFirst(), plan));
            case Saved.Refused<Plan>(String reason) -> throw new Wrong(files.getFirst() + ": " + reason);
        };
    }

    /** The playbook as it was when the plan was made, whatever its files hold now. */
    Optional<Playbook> playbook(Io io) throws Wrong {
        Carried carried = new Carried(plan, new FileSources(io.directory()));
        List<Source> roots = plan.request().entries().stream().map(carried::entry).toList();
        return Playbook.load(plan.request().entries(), roots, carried, new TreeMap<>(plan.sources()), io);
    }

    /** What the plan's secrets are sealed with, so that those of now can be compared with them. */
    Seal seal(Io io) throws Wrong {
        return plan.seal().isPresent() ? PlanKey.named(plan.seal().get(), file, io) : PlanKey.passing();
    }

    /** The files that a plan carries; the standard library is the program's. */
    private record Carried(Plan plan, FileSources library) implements Sources {

        Source entry(String name) {
            return new Source(name, plan.sources().getOrDefault(name, ""));
        }

        @Override
        public Optional<Source> relative(Source from, String name) {
            String beside = Path.of(from.name()).resolveSibling(name).normalize().toString();
            return plan.sources().containsKey(beside) ? Optional.of(entry(beside)) : library.libraryPart(from, name);
        }

        @Override
        public Optional<Source> library(String module) {
            return library.library(module);
        }
    }
}
