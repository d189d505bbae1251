package org.offx.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writing over what a user has: the file is as it was, or as it is to be. A full disk, a signal or a power cut costs the new
 * text and never the old one.
 */
final class WholeFile {

    private WholeFile() {}

    /**
     * Replaces the text of a file, behind links too, with its owner and mode kept; makes it where there is none. What cannot
     * be replaced is written in place: a pipe, a file of another user, one whose folder may not be written.
     */
    static void write(Path file, String text) throws IOException {
        Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.exists(real) && !Files.isRegularFile(real)) {
            Files.writeString(real, text);
            return;
        }
        Path next = real.resolveSibling("." + real.getFileName() + "." + ProcessHandle.current().pid());
        try {
            fill(next, text);
            if (replaces(next, real)) {
                Files.move(next, real, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.writeString(real, text);
            }
        } catch (AccessDeniedException folder) {
            Files.writeString(real, text);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** On the disk before it takes the other's name. */
    private static void fill(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Like the file that it is to replace, as far as that goes. */
    private static boolean replaces(Path next, Path real) throws IOException {
        if (!Files.exists(real)) {
            return true;
        }
        if (!Files.getOwner(next).equals(Files.getOwner(real))) {
            return false;
        }
        Files.setPosixFilePermissions(next, Files.getPosixFilePermissions(real));
        return true;
    }
}
