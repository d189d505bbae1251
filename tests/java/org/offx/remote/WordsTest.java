package org.offx.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.offx.remote.Shells.done;
import static org.offx.remote.Shells.exec;
import static org.offx.remote.Shells.session;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A program is given each word as it stands, whatever is in it. */
@Timeout(60)
@ParameterizedClass
@MethodSource("org.offx.remote.Shells#all")
record WordsTest(List<String> shell) {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "'", "\"", "\\", "$HOME", "`id`", "a\nb", "\n", "é€😀", "-n", "--", "*", "~", "{",
        "}", "!", "#", "FOO=bar", "\t", "\u007f", "\u0001\u0081", "if", "%s\\n", ";", "&", "|"})
    void words_arrive_as_they_are(String word) throws ConnectionLost {
        try (Session session = session(shell)) {
            assertThat(done(session, exec("printf", "<%s>", word)).stdout().text()).isEqualTo("<" + word + ">");
        }
    }

    @Test
    void random_words_arrive_as_they_are() throws ConnectionLost {
        long seed = 20261122;
        Random random = new Random(seed);
        List<String> words = IntStream.range(0, 200).mapToObj(_ -> word(random)).toList();
        try (Session session = session(shell)) {
            List<Answer> answers = session.exchange(
                    words.stream().map(word -> (Request) exec("printf", "%s", word)).toList(), Mode.ALL);
            for (int i = 0; i < words.size(); i++) {
                assertThat(((Answer.Done) answers.get(i)).stdout().bytes())
                        .as("seed %s, word %s", seed, i)
                        .isEqualTo(Bytes.utf8(words.get(i)));
            }
        }
    }

    private static String word(Random random) {
        String special = "'\"\\$`!*?[]{}()<>|&;#~=%-\n\t \u0001\u0081\u0088éßΩ😀";
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            int at = special.offsetByCodePoints(0, random.nextInt(special.codePointCount(0, special.length())));
            word.appendCodePoint(random.nextBoolean() ? special.codePointAt(at) : random.nextInt(1, 0xd7ff));
        }
        return word.toString();
    }
}
