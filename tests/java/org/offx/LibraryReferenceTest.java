package org.offx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offx.check.Builtin;
import org.offx.cli.Io;
import org.offx.cli.Offx;
import org.offx.plan.ExitStatus;

/** The documents agree with the code: what is generated, what is listed, and every example. */
final class LibraryReferenceTest {

    private static final Path PAGES = Path.of("docs", "stdlib");

    private static final Pattern FENCE = Pattern.compile("(?ms)^```offx\\n(.*?)^```$");
    private static final Pattern NAMED = Pattern.compile("^# (\\S+\\.offx)\\n");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @Test
    void thePagesOfTheStandardLibraryAreWhatOffxDocWrites() throws IOException {
        boolean accept = GoldenRun.ofThisProcess().accept();
        assertThat(accept && GoldenRun.ofThisProcess().ci()).as("golden.accept where CI is set").isFalse();
        Map<String, String> before = pages(PAGES);
        Path written = accept ? PAGES.toAbsolutePath() : directory;
        assertThat(offx("doc", "-o", written.toString())).isEqualTo(ExitStatus.DONE);
        assertThat(pages(written)).as("if the new text is right: mvn test -Dtest=LibraryReferenceTest -Dgolden.accept=true").isEqualTo(before);
    }

    @Test
    void everyModuleHasAPage() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of("stdlib"))) {
            Set<String> expected = modules.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".offx"))
                    .map(name -> name.replace(".offx", ".md"))
                    .collect(Collectors.toSet());
            assertThat(pages(PAGES).keySet()).isEqualTo(expected);
        }
    }

    @Test
    void oneResourceCanBeAskedFor() {
        assertThat(offx("doc", "zfs.dataset")).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("## zfs.dataset\n").contains("| `quota` |").doesNotContain("zfs.pool\n");
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThat(offx("doc", "zfs.datset")).isEqualTo(ExitStatus.WRONG);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no module and no resource `zfs.datset`");
    }

    @Test
    void theReferenceListsEveryBuiltinWithItsSignature() throws IOException {
        Set<String> listed = Files.readAllLines(Path.of("docs", "language.md")).stream()
                .filter(line -> line.matches("\\| `(probe )?fn .*"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .collect(Collectors.toSet());
        assertThat(listed).isEqualTo(Stream.of(Builtin.values())
                .map(Builtin::signature)
                .filter(signature -> !signature.startsWith("operator "))
                .collect(Collectors.toSet()));
    }

    /** A block whose first line is a comment with the name of a file is that file; later blocks of the document may use it. */
    @ParameterizedTest
    @ValueSource(strings = {"language.md", "add-a-resource.md"})
    void everyExampleOfTheDocumentsIsRight(String document) throws IOException {
        List<String> examples = FENCE.matcher(Files.readString(Path.of("docs", document))).results()
                .map(block -> block.group(1))
                .toList();
        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            Matcher named = NAMED.matcher(example);
            String file = named.find() ? named.group(1) : "example.offx";
            Files.writeString(directory.resolve(file), example);
            err.reset();
            assertThat(offx("check", file)).as("%s\n%s", err.toString(StandardCharsets.UTF_8), example).isEqualTo(ExitStatus.DONE);
        }
    }

    private ExitStatus offx(String... words) {
        return Offx.run(List.of(words), new Io(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader("")),
                false,
                100,
                false,
                directory,
                Map.of(),
                InstantSource.fixed(Instant.EPOCH)));
    }

    private static Map<String, String> pages(Path folder) throws IOException {
        Map<String, String> pages = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".md")).toList()) {
                pages.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return pages;
    }
}
