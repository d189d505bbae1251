package org.offx.check;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offx.text.DiagnosticText;

/** Whatever somebody writes is a diagnostic and never an exception: modules and playbooks with words lost, doubled and swapped. */
final class MutatedTextTest {

    private static final Pattern WORD = Pattern.compile("\\w+|\\s+|.", Pattern.DOTALL);
    private static final int ROUNDS = 150;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothingThatIsWrittenMakesTheCheckerFail(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> texts = texts();
        for (int i = 0; i < ROUNDS; i++) {
            String mutated = mutated(texts.get(random.nextInt(texts.size())), random);
            assertThatCode(() -> check(mutated)).as(mutated).doesNotThrowAnyException();
        }
    }

    private static void check(String main) {
        Map<String, String> files = new HashMap<>(SmallLibrary.FILES);
        files.put("main.offx", main);
        MemorySources sources = new MemorySources(files);
        Checked checked = Check.program(List.of(sources.file("main.offx").orElseThrow()), sources);
        DiagnosticText.of(checked.diagnostics(), 100);
    }

    private static List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>(SmallLibrary.FILES.values());
        try (Stream<Path> golden = Files.walk(Path.of("tests/golden/check"))) {
            for (Path file : golden.filter(p -> p.toString().endsWith(".golden")).sorted().toList()) {
                String text = Files.readString(file);
                int start = text.indexOf("-- main.offx --\n") + "-- main.offx --\n".length();
                texts.add(text.substring(start, text.indexOf("\n-- ", start)) + "\n");
            }
        }
        return texts;
    }

    private static String mutated(String text, Random random) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(text); word.find(); ) {
            words.add(word.group());
        }
        for (int edits = 1 + random.nextInt(3); edits > 0 && words.size() > 1; edits--) {
            int at = random.nextInt(words.size());
            String other = words.get(random.nextInt(words.size()));
            switch (random.nextInt(3)) {
                case 0 -> words.remove(at);
                case 1 -> words.set(at, other);
                default -> words.add(at, other);
            }
        }
        return String.join("", words);
    }
}
