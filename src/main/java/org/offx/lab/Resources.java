package org.offx.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;

/** What the program carries with it, made visible to processes of other kinds: its scripts as files, its classes as a path. */
final class Resources {

    private Resources() {}

    /** Copies a folder of the program's resources into an existing directory, each file executable. */
    static void extract(String folder, Path target) throws IOException {
        var place = Resources.class.getResource(folder);
        if (place == null) {
            throw new IllegalStateException("the program carries no " + folder);
        }
        try {
            if (place.getProtocol().equals("jar")) {
                try (var jar = FileSystems.newFileSystem(place.toURI(), Map.of())) {
                    copy(jar.getPath(folder), target);
                }
            } else {
                copy(Path.of(place.toURI()), target);
            }
        } catch (URISyntaxException strange) {
            throw new IllegalStateException("the program lies at " + place, strange);
        }
    }

    private static void copy(Path from, Path target) throws IOException {
        try (var entries = Files.walk(from)) {
            for (var entry : (Iterable<Path>) entries.skip(1)::iterator) {
                var to = target.resolve(from.relativize(entry).toString());
                if (Files.isDirectory(entry)) {
                    Files.createDirectory(to);
                } else {
                    try (InputStream in = Files.newInputStream(entry)) {
                        Files.copy(in, to);
                    }
                    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
    }

    /** The entries of the class path that the SSH server in Java needs, as absolute paths. */
    static List<Path> sshServerPath() throws IOException {
        var own = Path.of(URI.create(
                Resources.class.getProtectionDomain().getCodeSource().getLocation().toString()));
        var wanted = new LinkedHashSet<Path>();
        for (var entry : classPath()) {
            var name = entry.getFileName().toString();
            if (entry.equals(own) || name.startsWith("sshd-") || name.contains("slf4j")) {
                wanted.add(entry);
            }
        }
        return List.copyOf(wanted);
    }

    /** The class path with what the manifests of its jars add to it (java -jar has one entry only). */
    private static List<Path> classPath() throws IOException {
        var entries = new ArrayList<Path>();
        for (var text : System.getProperty("java.class.path").split(":")) {
            var entry = Path.of(text).toAbsolutePath().normalize();
            if (!Files.exists(entry)) {
                continue;
            }
            entries.add(entry);
            if (Files.isRegularFile(entry)) {
                entries.addAll(manifestPath(entry));
            }
        }
        return entries;
    }

    private static List<Path> manifestPath(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            var manifest = file.getManifest();
            var added = manifest == null ? null : manifest.getMainAttributes().getValue("Class-Path");
            var entries = new ArrayList<Path>();
            for (var relative : added == null ? new String[0] : added.split(" ")) {
                var entry = Path.of(jar.toUri().resolve(relative));
                if (Files.exists(entry)) {
                    entries.add(entry);
                }
            }
            return entries;
        }
    }
}
