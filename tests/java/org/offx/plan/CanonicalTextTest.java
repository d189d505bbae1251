package org.offx.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offx.value.Value;

final class CanonicalTextTest {

    private static final Seal SEAL = Seal.of(new byte[32]);

    @Test
    void aSecretIsACodeAndAnotherOneAnotherCodeHoweverDeepItIs() {
        assertThat(code(new Value.Text("a"))).matches("\\(secret:[0-9a-f]{32}\\)").isNotEqualTo(code(new Value.Text("b")));
        assertThat(code(new Value.Secret(new Value.Text("a")))).isEqualTo(code(new Value.Text("a")));
        assertThat(code(login("a"))).isNotEqualTo(code(login("b")));
        assertThat(CanonicalText.of(login("a"), SEAL)).isEqualTo("{ password = " + code(new Value.Text("a")) + " }");
    }

    private static Value login(String password) {
        return new Value.Struct("Login", new LinkedHashMap<>(Map.of("password", new Value.Secret(new Value.Text(password)))));
    }

    private static String code(Value hidden) {
        return CanonicalText.of(new Value.Secret(hidden), SEAL);
    }
}
