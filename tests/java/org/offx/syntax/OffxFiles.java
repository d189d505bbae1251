package org.offx.syntax;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.offx.text.Source;

/** Every file of the language in the project: what people really write. */
public final class OffxFiles {

    private OffxFiles() {}

    public static List<Source> all() {
        return Stream.of("stdlib", "playbooks").map(Path::of).filter(Files::isDirectory).flatMap(OffxFiles::under).toList();
    }

    private static Stream<Source> under(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(path -> path.toString().endsWith(".offx")).sorted().map(OffxFiles::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Source read(Path path) {
        try {
            return new Source(path.toString(), Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
