package org.offx.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.offx.render.Line.Mark;
import org.offx.render.TextDiff.Hunk;
import org.offx.render.TextDiff.Part;

/** Differences of files: complete, in order, no more than needed around them. */
final class TextDiffTest {

    @Test
    void everyChangedLineIsInAHunkAndTheLineNumbersAreRight() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<String> old = lines(random);
            List<String> now = edited(old, random);
            TextDiff diff = TextDiff.of(text(old), text(now));
            for (Hunk hunk : diff.hunks()) {
                List<String> lasting = texts(hunk, Mark.REMOVED);
                int from = hunk.line() - 1;
                assertThat(now.subList(from, from + lasting.size())).as("seed %d", seed).isEqualTo(lasting);
            }
            assertThat(old.size() - diff.removed() + diff.added()).as("seed %d", seed).isEqualTo(now.size());
            assertThat(applied(old, now, diff)).as("seed %d", seed).isEqualTo(now);
        }
    }

    /** The old lines with each hunk's old part, wherever its neighbours say it stands, put in the place of its new part. */
    private static List<String> applied(List<String> old, List<String> now, TextDiff diff) {
        List<String> result = new ArrayList<>();
        int at = 0;
        for (Hunk hunk : diff.hunks()) {
            int skip = hunk.line() - 1 - result.size();
            result.addAll(old.subList(at, at + skip));
            at += skip;
            List<String> before = texts(hunk, Mark.ADDED);
            assertThat(old.subList(at, at + before.size())).isEqualTo(before);
            at += before.size();
            result.addAll(texts(hunk, Mark.REMOVED));
        }
        result.addAll(old.subList(at, old.size()));
        return result;
    }

    private static List<String> texts(Hunk hunk, Mark without) {
        return hunk.parts().stream().filter(part -> part.mark() != without).map(Part::text).toList();
    }

    @Test
    void aHunkNamesWhatItBelongsToUnlessItShowsIt() {
        String old = "auto eno2\niface eno2 inet manual\n    a\n    b\n    c\n    d\n";
        assertThat(TextDiff.of(old, old.replace("d", "e")).hunks().getFirst().heading()).isEqualTo("iface eno2 inet manual");
        assertThat(TextDiff.of(old, old.replace("    a", "    e")).hunks().getFirst().heading()).isEmpty();
    }

    @Test
    void farChangesAreHunksOfTheirOwnAndNearOnesAreOne() {
        String old = IntStream.range(0, 30).mapToObj(Integer::toString).collect(Collectors.joining("\n", "", "\n"));
        assertThat(TextDiff.of(old, old.replace("\n5\n", "\nx\n").replace("\n25\n", "\ny\n")).hunks()).hasSize(2);
        assertThat(TextDiff.of(old, old.replace("\n5\n", "\nx\n").replace("\n8\n", "\ny\n")).hunks()).hasSize(1);
    }

    @Test
    void emptyEqualAndEndlessTexts() {
        assertThat(TextDiff.of("", "").hunks()).isEmpty();
        assertThat(TextDiff.of("a\n", "a\n").hunks()).isEmpty();
        assertThat(TextDiff.of("a\n", "").removed()).isEqualTo(1);
        assertThat(TextDiff.of("a", "a\n").hunks()).as("the last line feed is a difference").hasSize(1);
        String endless = "x\n".repeat(200_000);
        assertThat(TextDiff.of(endless, "y\n" + endless.replace("x", "z")).added()).isEqualTo(200_001);
    }

    private static List<String> lines(Random random) {
        return IntStream.range(0, random.nextInt(60)).mapToObj(i -> random.nextInt(8) + "").toList();
    }

    private static List<String> edited(List<String> lines, Random random) {
        List<String> edited = new ArrayList<>(lines);
        for (int i = random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(edited.size() + 1);
            if (random.nextBoolean() || at == edited.size()) {
                edited.add(at, "new " + i);
            } else {
                edited.remove(at);
            }
        }
        return edited;
    }

    private static String text(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
