package org.offx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The text files of the project by their paths, as a reviewer sees them: nothing that is generated or private. */
final class ProjectFiles {

    private static final Set<String> HIDDEN_BUT_OURS = Set.of(".ci", ".mvn", ".gitignore", ".gitattributes");
    private static final Set<String> GENERATED = Set.of("target");

    private final TreeMap<String, String> texts = new TreeMap<>();

    private ProjectFiles() {}

    static ProjectFiles read() {
        var files = new ProjectFiles();
        try {
            Files.walkFileTree(Path.of(""), files.new Reader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    Stream<String> paths() {
        return texts.keySet().stream();
    }

    /** The paths that end with one of these. */
    Stream<String> ending(String... suffixes) {
        return paths().filter(path -> Stream.of(suffixes).anyMatch(path::endsWith));
    }

    /** Programs and everything that is written by hand in a programming language. */
    Stream<String> code() {
        return paths().filter(path -> path.matches(".*\\.(java|g4|offx|sh)") || text(path).startsWith("#!"));
    }

    boolean has(String path) {
        return texts.containsKey(path);
    }

    String text(String path) {
        return Optional.ofNullable(texts.get(path)).orElseThrow(() -> new IllegalArgumentException("no file " + path));
    }

    List<String> lines(String path) {
        return text(path).lines().toList();
    }

    private final class Reader extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean skipped = GENERATED.contains(name) || isPrivate(name);
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isRegularFile() && !isPrivate(file.getFileName().toString())) {
                text(Files.readAllBytes(file))
                        .ifPresent(text -> texts.put(file.toString().replace('\\', '/'), text));
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean isPrivate(String name) {
            return name.startsWith(".") && !HIDDEN_BUT_OURS.contains(name);
        }

        /** Nothing where the bytes are not text: pictures, captured binary output. */
        private Optional<String> text(byte[] bytes) {
            try {
                return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
            } catch (CharacterCodingException binary) {
                return Optional.empty();
            }
        }
    }
}
