package org.offx.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a code tells, and to whom. */
final class SealTest {

    private static final byte[] KEY = new byte[32];
    private static final byte[] OTHER = new byte[32];

    static {
        Arrays.fill(OTHER, (byte) 1);
    }

    @Test
    void theSameSecretUnderTheSameKeyHasTheSameCode() {
        assertThat(Seal.of(KEY).code("1234")).isEqualTo(Seal.of(KEY.clone()).code("1234")).matches("[0-9a-f]{32}");
        assertThat(Seal.of(KEY).code("1234")).isNotEqualTo(Seal.of(KEY).code("1235"));
    }

    @Test
    void withoutTheKeyAShortSecretCannotBeGuessed() throws NoSuchAlgorithmException {
        String code = Seal.of(KEY).code("1234");
        assertThat(code).isNotEqualTo(Seal.of(OTHER).code("1234"));
        for (String algorithm : List.of("MD5", "SHA-1", "SHA-256", "SHA-512")) {
            byte[] digest = MessageDigest.getInstance(algorithm).digest("1234".getBytes(StandardCharsets.UTF_8));
            assertThat(HexFormat.of().formatHex(digest)).doesNotContain(code);
        }
    }

    @Test
    void aKeyHasANameThatIsNoCodeOfASecret() {
        assertThat(Seal.of(KEY).key()).isEqualTo(Seal.of(KEY.clone()).key()).isNotEqualTo(Seal.of(OTHER).key());
        assertThat(Seal.of(KEY).code("key")).doesNotStartWith(Seal.of(KEY).key());
    }

    @Test
    void peopleSeeOnlyThatThereIsASecret() {
        assertThat(Seal.shown("{ user = \"a\", password = " + Seal.text(Seal.of(KEY).code("x")) + " }"))
                .isEqualTo("{ user = \"a\", password = (secret) }");
    }
}
