package org.offx.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.offx.syntax.Syntax;
import org.offx.text.Source;
import org.offx.tree.Decl;

/**
 * The standard library with its trees, in one file that the launcher makes once for each build: a start then parses only
 * what the user wrote. It belongs to the jar that wrote it. Without it the library is parsed, which is slower and nothing
 * else.
 */
final class LibraryImage {

    /** The system property by which the launcher says where the image is. */
    private static final String PLACE = "offx.library";

    private final Map<String, Source> sources;

    private LibraryImage(Map<String, Source> sources) {
        this.sources = sources;
    }

    /** What the launcher has made; an image of nothing where it made none. */
    static LibraryImage ofThisBuild() {
        String place = System.getProperty(PLACE, "");
        if (place.isEmpty() || !Files.isRegularFile(Path.of(place))) {
            return new LibraryImage(Map.of());
        }
        try {
            return read(Files.readAllBytes(Path.of(place)));
        } catch (IOException broken) {
            throw new UncheckedIOException("the image of the standard library in " + place + " cannot be read", broken);
        }
    }

    /** A file of the library by its whole name, with its tree. */
    Optional<Source> source(String name) {
        return Optional.ofNullable(sources.get(name));
    }

    static LibraryImage read(byte[] image) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(image));
        int count = in.readInt();
        Map<String, Source> sources = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            String text = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
            sources.put(name, new Source(name, text, Optional.of(in.readNBytes(in.readInt()))));
        }
        return new LibraryImage(sources);
    }

    /** All modules and their parts. */
    static byte[] write(List<String> modules, FileSources from) throws IOException {
        Map<String, Source> found = new LinkedHashMap<>();
        Deque<Source> unread = new ArrayDeque<>();
        modules.forEach(module -> unread.add(from.library(module).orElseThrow()));
        while (!unread.isEmpty()) {
            Source source = unread.remove();
            if (found.put(source.name(), source) == null) {
                parts(source, from).forEach(unread::add);
            }
        }
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(image);
        out.writeInt(found.size());
        for (Source source : found.values()) {
            byte[] text = source.text().getBytes(StandardCharsets.UTF_8);
            byte[] tree = Syntax.tree(source).orElseThrow(() -> new IllegalStateException(source.name() + " has mistakes"));
            out.writeUTF(source.name());
            out.writeInt(text.length);
            out.write(text);
            out.writeInt(tree.length);
            out.write(tree);
        }
        return image.toByteArray();
    }

    private static List<Source> parts(Source source, FileSources from) {
        return Syntax.parse(source).file().declarations().stream()
                .filter(Decl.Use.class::isInstance)
                .flatMap(use -> ((Decl.Use) use).modules().stream())
                .map(module -> (module.file() ? from.relative(source, module.name()) : from.library(module.name())).orElseThrow())
                .toList();
    }
}
