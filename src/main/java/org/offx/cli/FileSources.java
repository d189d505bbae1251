package org.offx.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.offx.render.Visible;
import org.offx.text.Source;
import org.offx.text.Sources;

/** Files of the file system, named as they are written; and the standard library, which is part of the program. */
final class FileSources implements Sources {

    /** Before the names of the library's files, which no file of the file system has. */
    private static final String LIBRARY = "stdlib:";

    /** The modules of the standard library; {@code base} is visible without {@code use}. */
    static final List<String> MODULES = List.of("base", "access", "lxc", "nfs", "proxmox", "vrack", "zfs");

    private final Path directory;
    private final LibraryImage image = LibraryImage.ofThisBuild();
    private final TreeCache trees;
    private final SequencedMap<String, String> read = new TreeMap<>();

    FileSources(Path directory) {
        this(directory, TreeCache.ofThisBuild());
    }

    /** @param trees where the trees of the files are kept from one command to the next */
    FileSources(Path directory, TreeCache trees) {
        this.directory = directory;
        this.trees = trees;
    }

    /** A file that was named on the command line. */
    Source named(String name) throws Command.Wrong {
        Path path = path(name).orElseThrow(() -> new Command.Wrong("no file can be called " + Visible.of(name)));
        if (Files.isDirectory(path)) {
            throw new Command.Wrong(name + " is a directory: name the files in it");
        }
        return file(name).orElseThrow(() -> new Command.Wrong("there is no file " + name));
    }

    @Override
    public List<String> modules() {
        return MODULES;
    }

    /** Empty for what no file can be called, such as a name with a character 0. */
    private Optional<Path> path(String name) {
        try {
            return Optional.of(directory.resolve(name));
        } catch (InvalidPathException impossible) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Source> relative(Source from, String name) {
        return from.name().startsWith(LIBRARY) ? libraryPart(from, name) : beside(from, name).flatMap(this::file);
    }

    @Override
    public Optional<Source> template(Source from, String name) {
        return beside(from, name).flatMap(file -> text(file).map(text -> new Source(file, text)));
    }

    private Optional<String> beside(Source from, String name) {
        return path(name).map(possible -> Path.of(from.name()).resolveSibling(name).normalize().toString());
    }

    /** A part of a module of the library, named by another part; empty for files that are not the library's. */
    Optional<Source> libraryPart(Source from, String name) {
        if (!from.name().startsWith(LIBRARY)) {
            return Optional.empty();
        }
        Path beside = Path.of(from.name().substring(LIBRARY.length())).resolveSibling(name).normalize();
        return library(beside.toString().replaceFirst("\\.offx$", ""));
    }

    @Override
    public Optional<Source> library(String module) {
        String name = module + ".offx";
        Optional<Source> ready = image.source(LIBRARY + name);
        if (ready.isPresent()) {
            return ready;
        }
        try (InputStream resource = FileSources.class.getResourceAsStream("/stdlib/" + name)) {
            return resource == null
                    ? Optional.empty()
                    : Optional.of(new Source(LIBRARY + name, new String(resource.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The text of every file of the file system that was read, by name. */
    SequencedMap<String, String> texts() {
        return read;
    }

    /**
     * A file of the language. What comes through a pipe, or from another process, leaves no tree: it was perhaps decrypted a
     * moment ago, and does not come again.
     */
    private Optional<Source> file(String name) {
        Path path = directory.resolve(name);
        return text(name).map(text -> Place.isOfAFile(path) ? trees.source(name, path, text) : new Source(name, text));
    }

    private Optional<String> text(String name) {
        Path path = directory.resolve(name);
        // Not only regular files: /dev/stdin and <(…) are read as well.
        if (!Files.exists(path) || Files.isDirectory(path)) {
            return Optional.empty();
        }
        try {
            String text = FileText.read(path, name);
            read.put(name, text);
            return Optional.of(text);
        } catch (AccessDeniedException refused) {
            throw new UncheckedIOException(name + " may not be read by you", refused);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken.getMessage(), broken);
        }
    }
}
