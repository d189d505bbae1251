package org.offx.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.offx.syntax.Syntax;
import org.offx.text.Source;

/**
 * The trees of the user's files, kept from one command to the next: {@code plan} after {@code check}, and each file that was
 * not edited since, need no parser, which cold takes about half a millisecond a line.
 *
 * <p>One entry for each file, beside the build that wrote it and read by no other. It holds the text it was made from, and
 * counts only while the file still has that text. Whatever goes wrong with the cache costs time and nothing else.
 */
final class TreeCache {

    /** The system property by which the launcher says where the entries are. */
    private static final String PLACE = "offx.trees";

    /** A folder that has seen this many files starts over. */
    static final int MOST = 1000;

    /** A checksum and the length of the text, before the text and the tree. */
    private static final int HEADER = Integer.BYTES * 2;

    private final @Nullable Path folder;

    /** @param folder is not made here: it belongs to who built offx, who may be another than who runs it; null where there is none */
    TreeCache(@Nullable Path folder) {
        this.folder = folder;
    }

    static TreeCache ofThisBuild() {
        String place = System.getProperty(PLACE, "");
        return new TreeCache(place.isEmpty() ? null : Path.of(place));
    }

    /** The file as a source: with its tree where the text has no mistakes of syntax. */
    Source source(String name, Path path, String text) {
        if (folder == null) {
            return new Source(name, text);
        }
        byte[] written = text.getBytes(StandardCharsets.UTF_8);
        Path entry = folder.resolve(path.getFileName() + "-" + Integer.toHexString(path.toAbsolutePath().normalize().hashCode()));
        Optional<byte[]> known = read(entry, written);
        if (known.isPresent()) {
            return new Source(name, text, known);
        }
        Optional<byte[]> made = Syntax.tree(new Source(name, text));
        made.ifPresent(tree -> keep(entry, written, tree));
        return new Source(name, text, made);
    }

    private static Optional<byte[]> read(Path entry, byte[] text) {
        byte[] kept;
        try {
            kept = Files.readAllBytes(entry);
        } catch (IOException none) {
            return Optional.empty();
        }
        int tree = HEADER + text.length;
        if (kept.length < tree) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(kept);
        boolean whole = header.getInt() == checksum(kept) && header.getInt() == text.length;
        return whole && Arrays.equals(text, 0, text.length, kept, HEADER, tree)
                ? Optional.of(Arrays.copyOfRange(kept, tree, kept.length))
                : Optional.empty();
    }

    private void keep(Path entry, byte[] text, byte[] tree) {
        ByteBuffer kept = ByteBuffer.allocate(HEADER + text.length + tree.length);
        kept.putInt(0).putInt(text.length).put(text).put(tree);
        kept.putInt(0, checksum(kept.array()));
        try {
            makeRoom();
            // Readable for its owner only, as the file may be.
            Path next = Files.createTempFile(folder, ".", "");
            try {
                Files.write(next, kept.array());
                Files.move(next, entry, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException unwritable) {
            // The next command parses again.
        }
    }

    private void makeRoom() throws IOException {
        List<Path> entries;
        try (Stream<Path> all = Files.list(folder)) {
            entries = all.toList();
        }
        if (entries.size() >= MOST) {
            for (Path entry : entries) {
                Files.deleteIfExists(entry);
            }
        }
    }

    /** Of all behind the checksum itself. */
    private static int checksum(byte[] kept) {
        CRC32 sum = new CRC32();
        sum.update(kept, Integer.BYTES, kept.length - Integer.BYTES);
        return (int) sum.getValue();
    }
}
