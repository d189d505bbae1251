package org.offx;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.offx.text.Code;

/** What a reviewer would otherwise have to look for by hand. */
final class HygieneTest {

    private static final int MOST_LINES = 400;
    private static final String LARGE_FILES = "tests/java/allowed-large-files.txt";
    private static final String MAIN = "src/main/java/";

    /** Patterns are cut in two so that this file does not offend against itself. */
    private static final Map<String, Pattern> LEFT_OPEN = Map.of(
            "unfinished", Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b"),
            "a path of one machine", Pattern.compile("(?<![\\w.}])/(wo" + "rk|ho" + "me/\\w+|fa" + "rm|ro" + "ot/\\.)/|\\.\\./sha" + "red\\b"));

    private static final Map<String, Pattern> NOT_IN_TESTS = Map.of(
            "sleeps for luck", Pattern.compile("Thread\\.sle" + "ep|TimeUnit\\.\\w+\\.sle" + "ep"),
            "switched off", Pattern.compile("@Dis" + "abled\\b"),
            "prints", Pattern.compile("System\\.(o" + "ut|e" + "rr)\\.(print|write)"));

    private static final Pattern SWALLOWED = Pattern.compile("catch \\((Exception|Throwable|RuntimeException) \\w+\\)\\s*\\{\\s*\\}");
    private static final Pattern FIRST_SENTENCE = Pattern.compile("/\\*\\*\\s*(.+?)\\s*\\*/\\s*@NullMarked\\s*package ", Pattern.DOTALL);
    private static final Pattern RESOURCE = Pattern.compile("^(resource|action)\\s+(\\w+)");
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

    private final ProjectFiles files = ProjectFiles.read();

    @Test
    void noFileIsTooLargeToReadAtOnce() {
        Map<String, String> allowed = listed(LARGE_FILES);
        Set<String> large = files.code()
                .filter(path -> files.lines(path).size() > MOST_LINES)
                .collect(toCollection(TreeSet::new));
        assertThat(large).as("files over %d lines; %s lists exceptions with a reason each", MOST_LINES, LARGE_FILES)
                .isEqualTo(allowed.keySet());
        assertThat(allowed.values()).as("reasons in %s", LARGE_FILES).noneMatch(String::isBlank);
    }

    @Test
    void nothingIsLeftOpenAndNothingNamesAMachine() {
        assertThat(offences(files.paths(), LEFT_OPEN)).isEmpty();
    }

    @Test
    void testsWaitForWhatTheyNeedAndRunAlways() {
        Stream<String> tests = files.ending(".java")
                .filter(path -> path.startsWith("tests/") && !files.text(path).contains("public static void main("));
        assertThat(offences(tests, NOT_IN_TESTS)).isEmpty();
    }

    @Test
    void noErrorIsSwallowed() {
        assertThat(files.ending(".java").filter(path -> SWALLOWED.matcher(files.text(path)).find())).isEmpty();
    }

    @Test
    void textFilesEndWithALineFeedAndHaveNoCarriageReturns() {
        assertThat(files.paths().filter(path -> !files.text(path).isEmpty() && !files.text(path).endsWith("\n")))
                .as("files without a last line feed").isEmpty();
        assertThat(files.paths().filter(path -> files.text(path).contains("\r"))).as("files with carriage returns").isEmpty();
    }

    @Test
    void everyPackageSaysInOneLineWhatItIsForAndForbidsNull() {
        assertThat(files.ending(".java")
                        .filter(path -> path.startsWith(MAIN))
                        .map(path -> path.substring(0, path.lastIndexOf('/')) + "/package-info.java")
                        .distinct()
                        .filter(path -> !files.has(path) || !FIRST_SENTENCE.matcher(files.text(path)).find()))
                .as("packages without a package-info.java that has a sentence of Javadoc and @NullMarked")
                .isEmpty();
    }

    @Test
    void everyDiagnosticIsExplainedAndShownInAGoldenFile() {
        String golden = files.ending(".golden").map(files::text).reduce("", String::concat);
        Function<Code, String> page = code -> "src/main/resources/explain/" + code.id() + ".md";
        var missing = new TreeSet<String>();
        for (Code code : Code.values()) {
            if (!files.has(page.apply(code))) {
                missing.add(code.id() + " page");
            }
            if (!golden.contains("[" + code.id() + "]")) {
                missing.add(code.id() + " golden");
            }
        }
        assertThat(missing).as("codes without a page under explain/, or that no golden file shows").isEmpty();
        assertThat(files.paths().filter(path -> path.startsWith("src/main/resources/explain/OFX")))
                .as("pages under explain/ whose code is gone")
                .allMatch(path -> Stream.of(Code.values()).map(page).anyMatch(path::equals));
    }

    @Test
    void everyResourceOfTheStandardLibraryIsDocumented() {
        var bare = new ArrayList<String>();
        files.ending(".offx").filter(path -> path.startsWith("stdlib/")).forEach(path -> {
            String above = "";
            for (String line : files.lines(path)) {
                if (RESOURCE.matcher(line).find() && !above.startsWith("##")) {
                    bare.add(path + ": " + line);
                }
                above = line;
            }
        });
        assertThat(bare).as("resources and actions without a ## comment right above them").isEmpty();
    }

    @Test
    void everyLinkOfTheDocumentsLeadsSomewhere() {
        var broken = new ArrayList<String>();
        files.ending(".md").filter(path -> !path.startsWith("tests/golden/") || path.endsWith("README.md")).forEach(path -> {
            String prose = files.text(path).replaceAll("(?m)^( {4}|\t).*$", "").replaceAll("(?s)```.*?```|`[^`\n]*`", "");
            for (MatchResult link : LINK.matcher(prose).results().toList()) {
                if (!link.group(1).matches("[a-z]+:.*") && !leadsSomewhere(path, link.group(1))) {
                    broken.add(path + ": " + link.group(1));
                }
            }
        });
        assertThat(broken).as("links to files or headings that do not exist").isEmpty();
    }

    private boolean leadsSomewhere(String from, String link) {
        String[] parts = link.split("#", 2);
        Path folder = Path.of(from).resolveSibling("");
        Path target = parts[0].isEmpty() ? Path.of(from) : folder.resolve(parts[0]).normalize();
        if (parts.length == 1) {
            return target.toFile().exists();
        }
        return files.has(target.toString()) && anchors(target.toString()).contains(parts[1]);
    }

    /** The headings as the usual forges name them. */
    private Set<String> anchors(String path) {
        return files.lines(path).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ +", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(toCollection(TreeSet::new));
    }

    private List<String> offences(Stream<String> paths, Map<String, Pattern> patterns) {
        var found = new ArrayList<String>();
        paths.forEach(path -> {
            int number = 0;
            for (String line : files.lines(path)) {
                number++;
                for (var pattern : patterns.entrySet()) {
                    if (pattern.getValue().matcher(line).find()) {
                        found.add("%s:%d: %s: %s".formatted(path, number, pattern.getKey(), line.strip()));
                    }
                }
            }
        });
        return found;
    }

    /** The lines {@code path: reason} of a file. */
    private Map<String, String> listed(String path) {
        var entries = new TreeMap<String, String>();
        files.lines(path).stream().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] parts = line.split(":", 2);
            entries.put(parts[0].strip(), parts.length > 1 ? parts[1].strip() : "");
        });
        return entries;
    }
}
