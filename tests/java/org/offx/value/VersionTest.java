package org.offx.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offx.value.Value.Version;

final class VersionTest {

    /** Each comes before all that follow. */
    private static final List<String> ASCENDING = List.of(
            "2.3~rc1", "2.3", "2.3-1", "2.3a", "2.3.0.1", "2.3.1", "2.9", "2.10", "12~rc1", "12.0", "12.0.a", "99999999999999999999.1");

    @Test
    void versionsHaveOneOrder() {
        for (int i = 0; i < ASCENDING.size(); i++) {
            for (int j = 0; j < ASCENDING.size(); j++) {
                assertThat(Integer.signum(new Version(ASCENDING.get(i)).compareTo(new Version(ASCENDING.get(j)))))
                        .as(ASCENDING.get(i) + " and " + ASCENDING.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "12.0", "12.0.0", "012"})
    void missingPartsAreZero(String text) {
        assertThat(new Version(text)).isEqualTo(new Version("12")).hasSameHashCodeAs(new Version("12"));
        assertThat(new Version(text)).isEqualByComparingTo(new Version("12"));
        assertThat(new Version(text + "~rc1")).isEqualTo(new Version("12~rc1"));
        assertThat(new Version(text)).isNotEqualTo(new Version("12.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bookworm", "v1.2", "1 2", ".1"})
    void whatDoesNotBeginWithADigitIsNone(String text) {
        assertThat(Version.parse(text)).isEmpty();
    }
}
