package org.offx.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DisplayWidthTest {

    @ParameterizedTest
    @CsvSource({"'', 0", "ovh1, 4", "été, 3", "日本, 4", "🦊x, 3", "e\u0301, 1", "a\u200bb, 2", "ﾊ, 1"})
    void columnsOfATerminal(String text, int columns) {
        assertThat(DisplayWidth.of(text)).isEqualTo(columns);
    }
}
