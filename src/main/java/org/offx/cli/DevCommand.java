package org.offx.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.offx.cli.Usage.Arguments;
import org.offx.eval.CatalogText;
import org.offx.plan.ExitStatus;
import org.offx.syntax.Parsed;
import org.offx.syntax.Syntax;
import org.offx.syntax.TreeText;

/** {@code offx dev tree|catalog|library FILE}: what lies between a file and its plan, for those who work on offx. */
final class DevCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of("dev", "Prints what lies between a file and its plan.")
                .taking(new Arguments("tree|catalog|library FILE", 2, 2,
                        "The syntax tree of a file; all that a playbook wants of every node; the standard library"
                                + " with its trees, written to a file for the launcher."));
    }

    @Override
    public ExitStatus run(Given given, Io io) throws Wrong {
        List<String> words = given.arguments();
        String file = words.get(1);
        return switch (words.get(0)) {
            case "tree" -> {
                Parsed parsed = Syntax.parse(new FileSources(io.directory()).named(file));
                Playbook.print(parsed.diagnostics(), io);
                io.out().println(TreeText.of(parsed.file()));
                yield parsed.diagnostics().isEmpty() ? ExitStatus.DONE : ExitStatus.WRONG;
            }
            case "catalog" -> {
                Optional<Playbook> loaded = Playbook.load(List.of(file), io);
                loaded.ifPresent(playbook -> io.out().print(CatalogText.of(playbook.evaluated().catalog())));
                yield loaded.isPresent() ? ExitStatus.DONE : ExitStatus.WRONG;
            }
            case "library" -> {
                library(io.directory().resolve(file), io);
                yield ExitStatus.DONE;
            }
            default -> throw new Wrong("`offx dev` takes tree, catalog or library, and a file; not `" + words.get(0) + "`");
        };
    }

    private static void library(Path file, Io io) throws Wrong {
        try {
            Files.write(file, LibraryImage.write(FileSources.MODULES, new FileSources(io.directory())));
        } catch (IOException broken) {
            throw new Wrong("the library cannot be written to " + file + ": " + broken.getMessage());
        }
    }
}
