package org.offx.lab.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** An account of the node (passwd(5)), as it is at this moment. */
record Account(String name, Path home, String shell) {

    static Optional<Account> find(String name) {
        try (var lines = Files.lines(Path.of("/etc/passwd"))) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length == 7 && fields[0].equals(name))
                    .map(fields -> new Account(name, Path.of(fields[5]), fields[6].isEmpty() ? "/bin/sh" : fields[6]))
                    .findFirst();
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }
}
