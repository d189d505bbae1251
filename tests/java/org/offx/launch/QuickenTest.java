package org.offx.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offx.cli.Main;

/** Jars, before and after; and the whole of offx in a JVM of its own, from the jar that the launcher would run. */
final class QuickenTest {

    private static final Path CLASSES = Path.of("target", "classes");
    private static final LocalDateTime THEN = LocalDateTime.of(2026, 11, 1, 12, 0, 2);

    @TempDir
    Path folder;

    @Test
    void aCheckOfTheWholeClusterSaysTheSame() throws Exception {
        Path jar = jar("offx.jar", CLASSES);
        Path quick = jar("quick.jar", CLASSES);
        Quicken.main(new String[] {quick.toString()});
        assertThat(Files.size(quick)).isNotEqualTo(Files.size(jar));
        List<Process> checks = List.of(check(jar, "a"), check(quick, "b"));
        for (Process check : checks) {
            assertThat(check.waitFor(2, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(folder.resolve("b")).hasSameTextualContentAs(folder.resolve("a"));
        assertThat(folder.resolve("b")).content().contains("cluster.offx", "no mistakes");
        assertThat(checks.get(1).exitValue()).isZero();
    }

    @Test
    void theSameJarGivesTheSameBytesInTheSameOrderWithTheSameTimes() throws Exception {
        Path text = CLASSES.resolve("org/offx/text");
        Path one = jar("one.jar", text);
        Path other = jar("other.jar", text);
        List<String> names = names(one);
        Quicken.main(new String[] {one.toString()});
        Quicken.main(new String[] {other.toString()});
        assertThat(one).hasSameBinaryContentAs(other);
        assertThat(names(one)).isEqualTo(names);
        assertThat(folder).isDirectoryNotContaining("glob:**.quick");
    }

    @Test
    void aJarWithNothingToChangeIsNotTouched() throws Exception {
        Path jar = jar("grammar.jar", Path.of("grammar"));
        FileTime then = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(jar, then);
        Quicken.main(new String[] {jar.toString()});
        assertThat(Files.getLastModifiedTime(jar)).isEqualTo(then);
    }

    @Test
    void aJarThatCannotBeChangedStaysAsItIs() throws Exception {
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(broken.resolve("A.class"), "not a class");
        Path jar = jar("broken.jar", broken);
        byte[] before = Files.readAllBytes(jar);
        assertThatThrownBy(() -> Quicken.main(new String[] {jar.toString()})).isInstanceOf(IllegalArgumentException.class);
        assertThat(jar).hasBinaryContent(before);
    }

    private Process check(Path jar, String output) throws IOException {
        String libraries = QuickenTest.class.getClassLoader().resources("META-INF/MANIFEST.MF")
                .filter(url -> url.getProtocol().equals("jar"))
                .map(url -> URI.create(url.getPath().split("!")[0]))
                .map(uri -> Path.of(uri).toString())
                .collect(Collectors.joining(File.pathSeparator));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xss4m", "-XX:+UseSerialGC",
                        "-Dstdout.encoding=UTF-8", "-cp", jar + File.pathSeparator + libraries,
                        Main.class.getName(), "check", "playbooks/cluster.offx")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(output).toFile())
                .start();
    }

    private Path jar(String name, Path root) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar); ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry = new ZipEntry(root.relativize(path).toString());
                entry.setTimeLocal(THEN);
                zip.putNextEntry(entry);
                zip.write(Files.readAllBytes(path));
                zip.closeEntry();
            }
        }
        return jar;
    }

    private static List<String> names(Path jar) throws IOException {
        var names = new ArrayList<String>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            zip.stream().forEach(entry -> names.add(entry.getName() + " " + entry.getTimeLocal()));
        }
        return names;
    }
}
