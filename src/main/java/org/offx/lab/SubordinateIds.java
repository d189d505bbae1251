package org.offx.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A range of ids that this user may give to processes of its own (subuid(5), subgid(5)). */
record SubordinateIds(long first, long count) {

    static Optional<SubordinateIds> users(int atLeast) {
        return find(Path.of("/etc/subuid"), atLeast);
    }

    static Optional<SubordinateIds> groups(int atLeast) {
        return find(Path.of("/etc/subgid"), atLeast);
    }

    private static Optional<SubordinateIds> find(Path file, int atLeast) {
        try (var lines = Files.lines(file)) {
            var uid = Integer.toString(Prerequisites.userId());
            var name = System.getProperty("user.name");
            return lines.map(line -> line.strip().split(":"))
                    .filter(fields -> fields.length == 3 && (fields[0].equals(name) || fields[0].equals(uid)))
                    .map(fields -> new SubordinateIds(Long.parseLong(fields[1]), Long.parseLong(fields[2])))
                    .filter(range -> range.count >= atLeast)
                    .findFirst();
        } catch (IOException | NumberFormatException unusable) {
            return Optional.empty();
        }
    }
}
