package org.offx.launch;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes an installed build start sooner: puts {@link QuickClasses} into the jars of a folder. The launcher runs it once for
 * each build, from the very jar that is to be changed: {@code java -cp DIR/offx.jar org.offx.launch.Quicken DIR/offx.jar
 * DIR/lib/*.jar}. A jar in which nothing changes stays as it is, and so do its signatures; another is replaced as a whole by
 * one that is not compressed. The same jar gives the same bytes. What goes wrong is an exception and a status that is not 0;
 * every jar is then either the old or the new one, and both work.
 */
public final class Quicken {

    private Quicken() {}

    public static void main(String[] args) throws IOException {
        QuickClasses classes = new QuickClasses(Quicken.class.getClassLoader());
        for (String jar : args) {
            quicken(Path.of(jar), classes);
        }
    }

    static void quicken(Path jar, QuickClasses classes) throws IOException {
        var entries = new LinkedHashMap<ZipEntry, byte[]>();
        boolean changed = false;
        try (ZipFile old = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : old.stream().toList()) {
                byte[] content = old.getInputStream(entry).readAllBytes();
                byte[] quick = entry.getName().endsWith(".class") ? classes.quick(content) : content;
                changed |= quick != content;
                entries.put(entry, quick);
            }
        }
        if (changed) {
            Path next = jar.resolveSibling(jar.getFileName() + ".quick");
            write(next, entries);
            Files.move(next, jar, ATOMIC_MOVE);
        }
    }

    private static void write(Path jar, Map<ZipEntry, byte[]> entries) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar); ZipOutputStream zip = new ZipOutputStream(file)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(stored(entry.getKey(), entry.getValue()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }

    private static ZipEntry stored(ZipEntry original, byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(original.getName());
        entry.setTimeLocal(original.getTimeLocal());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        return entry;
    }
}
