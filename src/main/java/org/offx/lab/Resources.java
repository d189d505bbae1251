package org.offx.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.sshd.common.SshConstants;
import org.slf4j.LoggerFactory;

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

    /** Where the classes of the SSH server in Java come from, and those it needs. */
    static List<Path> sshServerPath() {
        return origins(Resources.class, org.apache.sshd.server.SshServer.class, SshConstants.class, LoggerFactory.class);
    }

    /**
     * The jars and directories that these classes were loaded from, each once. The property {@code java.class.path} does
     * not tell: a launcher may load the program by other means.
     */
    static List<Path> origins(Class<?>... classes) {
        return Stream.of(classes)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toAbsolutePath())
                .distinct()
                .toList();
    }
}
