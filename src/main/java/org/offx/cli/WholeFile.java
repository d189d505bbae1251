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
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Writing over what a user has: the file is as it was, or as it is to be. A full disk, a signal or a power cut costs the new
 * text and never the old one.
 */
final class WholeFile {

    private static final FileAttribute<?> FOR_ITS_OWNER = mode("rw-------");

    /** Less what the user's umask takes away. */
    private static final FileAttribute<?> AS_ANY_NEW_FILE = mode("rw-rw-rw-");

    private WholeFile() {}

    private static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /**
     * Replaces the text of a file, behind links too, with its owner, group and mode kept; makes it where there is none. What
     * cannot be replaced is written in place: a pipe, what another process has open, a file of another user, one whose folder
     * may not be written.
     */
    static void write(Path file, String text) throws IOException {
        Path place = Place.behind(file);
        boolean there = Files.exists(place);
        if (Place.isOfTheKernel(place)) {
            // Behind /dev/stdout may be the file of a `>>`, which keeps what it has.
            Files.writeString(place, text, StandardOpenOption.APPEND);
            return;
        }
        if (there && !Files.isRegularFile(place)) {
            Files.writeString(place, text);
            return;
        }
        Path next;
        try {
            // Where there is a file, nobody sees more of its new text than of the old one, not even meanwhile.
            next = Files.createTempFile(
                    place.getParent(), "." + place.getFileName() + ".", "", there ? FOR_ITS_OWNER : AS_ANY_NEW_FILE);
        } catch (AccessDeniedException folder) {
            Files.writeString(place, text);
            return;
        }
        try {
            fill(next, text);
            if (!there || becomes(next, place)) {
                Files.move(next, place, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.writeString(place, text);
            }
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** On the disk before it takes the other's name. */
    private static void fill(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Whether the new file can be like the one that it is to replace. */
    private static boolean becomes(Path next, Path place) throws IOException {
        PosixFileAttributes old = Files.readAttributes(place, PosixFileAttributes.class);
        PosixFileAttributeView view = Files.getFileAttributeView(next, PosixFileAttributeView.class);
        if (!view.getOwner().equals(old.owner())) {
            return false;
        }
        if (!view.readAttributes().group().equals(old.group())) {
            try {
                view.setGroup(old.group());
            } catch (IOException noMember) {
                return false;
            }
        }
        view.setPermissions(old.permissions());
        return true;
    }
}
