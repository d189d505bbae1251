package org.offx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offx.syntax.Syntax;
import org.offx.syntax.TreeText;
import org.offx.text.Source;

/** What is kept of the user's files between two commands, and that it never changes what they mean. */
final class TreeCacheTest {

    private static final String TEXT = "let answer = 42\n";

    @TempDir
    Path top;

    private Source read(String text) throws IOException {
        Files.createDirectories(top.resolve("trees"));
        return new TreeCache(top.resolve("trees")).source("a.offx", top.resolve("a.offx"), text);
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> all = Files.list(top.resolve("trees"))) {
            return all.toList();
        }
    }

    private static String tree(Source source) {
        return TreeText.of(Syntax.parse(source).file());
    }

    @Test
    void whatWasKeptIsReadAndNotWrittenAgain() throws IOException {
        Source first = read(TEXT);
        Path entry = entries().getFirst();
        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(entry, longAgo);

        Source second = read(TEXT);
        assertThat(second.tree().orElseThrow()).isEqualTo(first.tree().orElseThrow());
        assertThat(tree(second)).isEqualTo(tree(new Source("a.offx", TEXT)));
        assertThat(Files.getLastModifiedTime(entry)).isEqualTo(longAgo);
    }

    @Test
    void anEditedFileIsParsedAnew() throws IOException {
        read(TEXT);
        assertThat(tree(read("let answer = 43\n"))).contains("43");
        assertThat(tree(read("let answer  = 4\n"))).as("of the same length").doesNotContain("43");
    }

    @Test
    void aFileWithMistakesIsNotKept() throws IOException {
        Source broken = read("let = 1\n");
        assertThat(broken.tree()).isEmpty();
        assertThat(Syntax.parse(broken).diagnostics()).isNotEmpty();
        assertThat(entries()).isEmpty();
    }

    @Test
    void aDamagedEntryCountsForNothingAndIsReplaced() throws IOException {
        read(TEXT);
        Path entry = entries().getFirst();
        byte[] whole = Files.readAllBytes(entry);
        for (int length : new int[] {0, 3, 8, 8 + TEXT.length(), whole.length - 1}) {
            Files.write(entry, Arrays.copyOf(whole, length));
            assertThat(tree(read(TEXT))).isEqualTo(tree(new Source("a.offx", TEXT)));
            assertThat(entry).hasBinaryContent(whole);
        }
        byte[] flipped = whole.clone();
        flipped[whole.length - 2] ^= 1;
        Files.write(entry, flipped);
        assertThat(tree(read(TEXT))).isEqualTo(tree(new Source("a.offx", TEXT)));
        assertThat(entry).hasBinaryContent(whole);
    }

    /** A file may hold what is not for everybody's eyes, and so may its copy. */
    @Test
    void whatIsKeptIsForItsOwnerOnly() throws IOException {
        read(TEXT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entries().getFirst()))).isEqualTo("rw-------");
    }

    @Test
    void whereNothingCanBeKeptItIsParsed() throws IOException {
        Path none = top.resolve("none");
        assertThat(tree(new TreeCache(none).source("a.offx", top.resolve("a.offx"), TEXT))).isEqualTo(tree(new Source("a.offx", TEXT)));
        assertThat(none).doesNotExist();
        Files.writeString(none, "a file where the folder would be");
        assertThat(tree(new TreeCache(none).source("a.offx", top.resolve("a.offx"), TEXT))).isEqualTo(tree(new Source("a.offx", TEXT)));
        assertThat(tree(new TreeCache(null).source("a.offx", top.resolve("a.offx"), TEXT))).isEqualTo(tree(new Source("a.offx", TEXT)));
    }

    @Test
    void whatCouldNotBeKeptLeavesNothingBehind() throws IOException {
        read(TEXT);
        Path entry = entries().getFirst();
        Files.delete(entry);
        Files.createDirectories(entry.resolve("in the way"));
        assertThat(tree(read(TEXT))).isEqualTo(tree(new Source("a.offx", TEXT)));
        assertThat(entries()).containsExactly(entry);
    }

    @Test
    void aFullFolderStartsOver() throws IOException {
        TreeCache cache = new TreeCache(top.resolve("trees"));
        Files.createDirectory(top.resolve("trees"));
        for (int i = 0; i < TreeCache.MOST; i++) {
            Files.createFile(top.resolve("trees/" + i));
        }
        cache.source("a.offx", top.resolve("a.offx"), TEXT);
        assertThat(entries()).hasSize(1);
        cache.source("b.offx", top.resolve("b.offx"), TEXT);
        assertThat(entries()).hasSize(2);
    }
}
