package org.offx.launch;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes an installed build start sooner: puts {@link QuickClasses} into its jar. The launcher runs it once for each build,
 * from the very jar that is to be changed: {@code java -cp JAR org.offx.launch.Quicken JAR}. The jar is replaced as a whole,
 * and only where something changes; the same jar gives the same bytes. What goes wrong is an exception and a status that is
 * not 0, and the jar is as it was.
 */
public final class Quicken {

    private Quicken() {}

    public static void main(String[] args) throws IOException {
        quicken(Path.of(args[0]), new QuickClasses(Quicken.class.getClassLoader()));
    }

    private static void quicken(Path jar, QuickClasses classes) throws IOException {
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
                ZipEntry copy = new ZipEntry(entry.getKey().getName());
                copy.setTimeLocal(entry.getKey().getTimeLocal());
                zip.putNextEntry(copy);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }
}
