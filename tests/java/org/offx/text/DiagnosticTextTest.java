package org.offx.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DiagnosticTextTest {

    @Test
    void marksStandUnderWhatTheyMarkBehindTabsAndWideCharacters() {
        Source source = new Source("x.offx", "\tlet 名 = e\u0301\ud83d\ude00bad");
        int at = source.text().indexOf("bad");
        assertThat(DiagnosticText.of(Diagnostic.error(Code.SYNTAX, source.span(at, at + 3), "no").here("here"), 80))
                .isEqualTo("""
                        error[OFX0101]: no
                          --> x.offx:1:13
                          |
                        1 |     let 名 = e\u0301\ud83d\ude00bad
                          |                 ^^^ here
                        """);
    }

    @Test
    void aLongLineIsCutAroundTheMark() {
        Source source = new Source("x.offx", "a".repeat(200) + "HERE" + "b".repeat(200));
        String drawn = DiagnosticText.of(Diagnostic.error(Code.SYNTAX, source.span(200, 204), "no"), 60);
        assertThat(drawn.lines()).allMatch(line -> line.length() <= 60);
        String[] lines = drawn.split("\n");
        assertThat(lines[4].indexOf('^')).isEqualTo(lines[3].indexOf("HERE"));
        assertThat(lines[3]).contains("…a").contains("b…");
    }

    @Test
    void otherFilesAreShownToo() {
        Source one = new Source("one.offx", "let a = 1\n");
        Source two = new Source("two.offx", "\nlet a = 2\n");
        assertThat(DiagnosticText.of(Diagnostic.error(Code.DUPLICATE_NAME, two.span(5, 6), "`a` is declared twice").and(one.span(4, 5), "first here"), 80))
                .isEqualTo("""
                        error[OFX0202]: `a` is declared twice
                          --> two.offx:2:5
                          |
                        2 | let a = 2
                          |     ^
                          ::: one.offx:1:5
                          |
                        1 | let a = 1
                          |     - first here
                        """);
    }

    @Test
    void anEmptyPlaceAndTheEndOfTheFileHaveAMark() {
        Source source = new Source("x", "");
        assertThat(DiagnosticText.of(Diagnostic.error(Code.SYNTAX, source.span(0, 0), "no"), 80)).contains("1 |\n  | ^\n");
    }

    @Test
    void aFixIsAWordOrTheMendedLine() {
        Source source = new Source("x", "  quota 5M");
        Diagnostic word = Diagnostic.error(Code.WRONG_UNIT, source.span(8, 10), "no").fix("binary", source.span(8, 10), "5MiB");
        Diagnostic line = Diagnostic.error(Code.SYNTAX, source.span(7, 7), "no").fix("give it so", source.span(7, 7), " =");
        assertThat(DiagnosticText.of(word, 80)).endsWith("  = did you mean `5MiB`? (binary)\n");
        assertThat(DiagnosticText.of(line, 80)).endsWith("  = give it so: quota = 5M\n");
    }
}
