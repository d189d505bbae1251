package org.offx.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.offx.check.Check;
import org.offx.check.Checked;
import org.offx.check.Program;
import org.offx.cli.Usage.Arguments;
import org.offx.plan.ExitStatus;
import org.offx.render.LibraryReference;
import org.offx.text.Diagnostic;
import org.offx.text.Source;

/** {@code offx doc}: the reference of the standard library, in Markdown; docs/stdlib is written by it. */
final class DocCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of("doc", "Prints the reference of a module or a resource of the standard library.")
                .taking(new Arguments("[NAME]", 0, 1,
                        "A module such as zfs, or a resource such as zfs.dataset; without one, all modules are listed."))
                .with(Options.value("-o --output", "DIRECTORY", "Write one page for each module there."));
    }

    @Override
    public ExitStatus run(Given given, Io io) throws Wrong {
        Optional<Program> checked = library(io);
        if (checked.isEmpty()) {
            return ExitStatus.WRONG;
        }
        Program program = checked.get();
        Optional<String> directory = given.text("--output");
        String asked = given.arguments().isEmpty() ? "" : given.arguments().getFirst();
        if (directory.isPresent()) {
            write(io.directory().resolve(directory.get()), program);
        } else if (asked.isEmpty()) {
            FileSources.MODULES.forEach(module -> io.out().println(module));
        } else if (FileSources.MODULES.contains(asked)) {
            io.out().print(LibraryReference.page(asked, program));
        } else {
            io.out().print(LibraryReference.resource(asked, program)
                    .orElseThrow(() -> new Wrong("the standard library has no module and no resource `" + asked
                            + "`; `offx doc` lists the modules, `offx doc zfs` what is in one")));
        }
        return ExitStatus.DONE;
    }

    private static Optional<Program> library(Io io) {
        Source all = new Source("(all modules)", "use " + String.join(", ", FileSources.MODULES) + "\n");
        Checked checked = Check.program(List.of(all), new FileSources(io.directory()));
        if (checked.diagnostics().stream().anyMatch(Diagnostic::isError)) {
            Playbook.print(checked.diagnostics(), io);
            return Optional.empty();
        }
        return Optional.of(checked.program());
    }

    private static void write(Path directory, Program program) throws Wrong {
        try {
            Files.createDirectories(directory);
            for (String module : FileSources.MODULES) {
                Files.writeString(directory.resolve(module + ".md"), LibraryReference.page(module, program));
            }
        } catch (IOException broken) {
            throw new Wrong(directory + " cannot be written: " + broken.getMessage());
        }
    }
}
