package org.offx.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.offx.syntax.OffxFiles;
import org.offx.syntax.Syntax;
import org.offx.syntax.TreeText;
import org.offx.text.Source;

final class FormatTest {

    @TestFactory
    Stream<DynamicTest> formattingTwiceIsFormattingOnceAndKeepsTheTree() {
        return OffxFiles.all().stream().map(source -> DynamicTest.dynamicTest(source.name(), () -> {
            String once = formatted(source);
            Source again = new Source(source.name(), once);
            assertThat(formatted(again)).isEqualTo(once);
            assertThat(tree(again)).isEqualTo(tree(source));
        }));
    }

    @TestFactory
    Stream<DynamicTest> whatTheProjectShipsIsInTheLayout() {
        return OffxFiles.all().stream().map(source -> DynamicTest.dynamicTest(source.name(), () ->
                assertThat(source.text()).as("offx fmt " + source.name()).isEqualTo(formatted(source))));
    }

    @Test
    void everyCommentStays() {
        for (Source source : OffxFiles.all()) {
            assertThat(comments(formatted(source))).as(source.name()).isEqualTo(comments(source.text()));
        }
    }

    @Test
    void anEmptyFileStaysEmptyAndALineEndIsAdded() {
        assertThat(formatted(new Source("x", ""))).isEmpty();
        assertThat(formatted(new Source("x", "\n\n"))).isEmpty();
        assertThat(formatted(new Source("x", "let x = 1"))).isEqualTo("let x = 1\n");
        assertThat(formatted(new Source("x", "let x = 1\r\n"))).isEqualTo("let x = 1\n");
    }

    /** Some two seconds; what looks at all neighbours for each line takes minutes. */
    @Test
    void aLongFileAndALongLineTakeNoLonger() {
        String lets = IntStream.range(0, 20_000).mapToObj("let v%d = 1\n"::formatted).collect(Collectors.joining());
        String list = IntStream.range(0, 20_000).mapToObj("[\"v%d\"]"::formatted).collect(Collectors.joining(", ", "let all = [", "]\n"));

        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            assertThat(formatted(new Source("x", lets)).lines()).hasSize(20_000);
            assertThat(formatted(new Source("x", list)).lines()).hasSize(20_002);
        });
    }

    private static String formatted(Source source) {
        return switch (Format.source(source)) {
            case Formatted.Text(String text) -> text;
            case Formatted.Refused(var diagnostics) -> throw new AssertionError(source + ": " + diagnostics);
        };
    }

    private static String tree(Source source) {
        return TreeText.of(Syntax.parse(source).file());
    }

    private static long comments(String text) {
        return text.lines().filter(line -> line.strip().startsWith("#")).count();
    }
}
