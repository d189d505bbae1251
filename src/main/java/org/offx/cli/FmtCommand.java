package org.offx.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.offx.format.Format;
import org.offx.format.Formatted;
import org.offx.plan.ExitStatus;
import org.offx.text.Source;

/** {@code offx fmt}: the one layout. A file that is wrong is left as it is. */
final class FmtCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of("fmt", "Writes files in the one layout, and names those that changed. There is nothing to configure.")
                .taking(Options.files("Files, or directories in which every .offx file is meant."))
                .with(Options.flag("--check", "Change nothing; end with 1 where a file is not in the layout."));
    }

    @Override
    public ExitStatus run(Given given, Io io) throws Wrong {
        boolean check = given.has("--check");
        boolean wrong = false;
        for (Path file : files(given.files(), io)) {
            String text = read(file, io);
            switch (Format.source(new Source(file.toString(), text))) {
                case Formatted.Refused(var diagnostics) -> {
                    Playbook.print(diagnostics, io);
                    wrong = true;
                }
                case Formatted.Text(String formatted) when formatted.equals(text) -> {}
                case Formatted.Text(String formatted) -> {
                    io.out().println(file);
                    wrong |= check;
                    if (!check) {
                        write(file, formatted, io);
                    }
                }
            }
        }
        return wrong ? ExitStatus.WRONG : ExitStatus.DONE;
    }

    private static List<Path> files(List<String> named, Io io) throws Wrong {
        List<Path> files = new ArrayList<>();
        for (String name : named) {
            Path path = Path.of(name);
            Path place = io.directory().resolve(path);
            if (!Files.isDirectory(place)) {
                files.add(path);
                continue;
            }
            try (Stream<Path> inside = Files.walk(place)) {
                inside.filter(file -> file.toString().endsWith(".offx"))
                        .sorted()
                        .forEach(file -> files.add(path.resolve(place.relativize(file))));
            } catch (IOException broken) {
                throw new Wrong(path + ": " + broken.getMessage());
            }
        }
        return files;
    }

    private static String read(Path file, Io io) throws Wrong {
        try {
            return Files.readString(io.directory().resolve(file));
        } catch (IOException broken) {
            throw new Wrong("there is no file " + file + " that can be read");
        }
    }

    private static void write(Path file, String text, Io io) throws Wrong {
        try {
            WholeFile.write(io.directory().resolve(file), text);
        } catch (IOException broken) {
            throw new Wrong(file + " cannot be written: " + broken.getMessage());
        }
    }
}
