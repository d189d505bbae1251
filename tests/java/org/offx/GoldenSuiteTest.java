package org.offx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The golden harness does what tests/golden/README.md promises. */
final class GoldenSuiteTest {

    private static final String CASE = "upper/greeting";
    private static final GoldenRun.Subject UPPER =
            given -> Map.of("upper", given.input("in.txt").toUpperCase(Locale.ROOT));

    @TempDir
    Path root;

    @Test
    void aCaseThatWantsNothingFailsThenAcceptWritesAndFailsThenItIsGreen() throws Exception {
        write("Why this case exists.\n-- in.txt --\nhello\n");

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> compare().verify(CASE, UPPER))
                .withMessageContaining("wants nothing")
                .withMessageContaining("-- want upper --\nHELLO\n")
                .withMessageContaining("-Dgolden.accept=true -Dgolden=" + CASE);
        assertThat(text()).isEqualTo("Why this case exists.\n-- in.txt --\nhello\n");

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> accept().verify(CASE, UPPER))
                .withMessageContaining("is rewritten");
        assertThat(text()).isEqualTo("Why this case exists.\n-- in.txt --\nhello\n-- want upper --\nHELLO\n");

        compare().verify(CASE, UPPER);
        accept().verify(CASE, UPPER);
    }

    @Test
    void aDifferenceIsShownLineByLineWithWhatCannotBeSeenMadeVisible() throws Exception {
        write("-- in.txt --\none\ntwo \u001b[1m\n-- want upper --\nONE\nTWO\n");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> compare().verify(CASE, UPPER))
                .withMessageContaining("upper/greeting.golden: upper differs")
                .withMessageContaining(" ONE\n-TWO\n+TWO \\u001b[1M\n");
    }

    @Test
    void onABuildServerAcceptingIsRefusedAndTheFileIsLeftAlone() throws Exception {
        String before = "-- in.txt --\nhello\n";
        write(before);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> new GoldenRun(root, "", true, true).verify(CASE, UPPER))
                .withMessageContaining("refused where CI is set");
        assertThat(text()).isEqualTo(before);
    }

    @Test
    void onlyTheOutputsThatACaseWantsAreComparedAndRewritten() throws Exception {
        GoldenRun.Subject two = given -> Map.of("first", "1\n", "second", "2\n");
        write("-- want second --\n");
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> accept().verify(CASE, two));
        assertThat(text()).isEqualTo("-- want second --\n2\n");
    }

    @Test
    void anOutputThatTheSuiteDoesNotHaveIsRefusedAlsoWhenAccepting() throws Exception {
        write("-- in.txt --\nhello\n-- want lower --\nhello\n");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> accept().verify(CASE, UPPER))
                .withMessageContaining("no output \"lower\"; it has [upper]");
    }

    @Test
    void anyTextSurvivesTheFile() {
        var contents = Map.of(
                "empty", "",
                "one empty line", "\n",
                "no line feed", "a\nb",
                "looks like headers", "-- a --\n\\-- b --\n\\ no line feed at the end\n",
                "backslashes", "\\\n\\x\n--  --\n");
        var given = new GoldenCase("x", "Why.\n\n", contents, contents);
        assertThat(GoldenCase.parse("x", given.text())).isEqualTo(given);
        assertThat(GoldenCase.parse("x", "")).isEqualTo(new GoldenCase("x", "", Map.of(), Map.of()));
    }

    @Test
    void aMalformedFileIsRefusedWithItsPlace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoldenCase.parse("s/c", "-- a --\n-- want x --\n-- b --\n"))
                .withMessage("s/c.golden, line 3: the input \"b\" stands below a wanted output; inputs come first");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoldenCase.parse("s/c", "-- a --\n-- a --\n"))
                .withMessage("s/c.golden, line 2: there is a second section \"a\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoldenCase.parse("s/c", "-- a --\nx"))
                .withMessage("s/c.golden does not end with a line feed");
    }

    @Test
    void aFilterChoosesCasesByAPartOfTheirName() throws Exception {
        write("");
        Files.writeString(root.resolve("upper/farewell.golden"), "");
        assertThat(new GoldenRun(root, "well", false, false).chosen("upper")).containsExactly("upper/farewell");
        assertThat(compare().chosen("upper")).containsExactly("upper/farewell", CASE);
        assertThat(compare().all("nowhere")).isEmpty();
    }

    @Test
    void everyFolderOfGoldenFilesHasItsSuiteAndTheFilterOfThisRunFindsSomething() throws Exception {
        GoldenRun run = GoldenRun.ofThisProcess();
        Set<String> folders = new TreeSet<>();
        try (Stream<Path> entries = Files.list(run.root())) {
            entries.filter(Files::isDirectory).forEach(folder -> folders.add(folder.getFileName().toString()));
        }
        assertThat(folders).isEqualTo(suites());
        try (Stream<Path> files = Files.walk(run.root())) {
            assertThat(files.map(Path::toString)).as("golden files for -Dgolden=%s", run.filter())
                    .anyMatch(file -> file.contains(run.filter()));
        }
    }

    private static Set<String> suites() throws ReflectiveOperationException {
        Set<String> names = new TreeSet<>();
        for (var found : new ClassFileImporter().importPath(Path.of("target", "test-classes"))) {
            Class<?> type = found.isAssignableTo(GoldenSuite.class) ? found.reflect() : Object.class;
            if (GoldenSuite.class.isAssignableFrom(type) && type != GoldenSuite.class) {
                Constructor<?> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                names.add(((GoldenSuite) constructor.newInstance()).name());
            }
        }
        return names;
    }

    private GoldenRun compare() {
        return new GoldenRun(root, "", false, false);
    }

    private GoldenRun accept() {
        return new GoldenRun(root, "", true, false);
    }

    private void write(String text) throws IOException {
        Files.createDirectories(compare().file(CASE).getParent());
        Files.writeString(compare().file(CASE), text);
    }

    private String text() throws IOException {
        return Files.readString(compare().file(CASE));
    }
}
