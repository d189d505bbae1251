package org.offx.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Canonical text, and what reads it. */
final class ShownTest {

    @ParameterizedTest
    @CsvSource({"0.0, 0.0", "-0.0, 0.0", "1e10, 10000000000.0", "1.5, 1.5", "-1e-5, -0.00001", "1e21, 1000000000000000000000.0"})
    void numbersHaveNoExponent(double number, String literal) {
        assertThat(Shown.literal(new Value.Decimal(number))).isEqualTo(literal);
    }

    @ParameterizedTest
    @CsvSource({"25, 25%", "12.5, 12.5%", "0.00001, 0.00001%", "1e20, 100000000000000000000%"})
    void percentages(double percent, String literal) {
        assertThat(Shown.literal(new Value.Percent(percent))).isEqualTo(literal);
    }

    @ParameterizedTest
    @CsvSource({"0, 0B", "1000, 1KB", "1024, 1KiB", "1048576, 1MiB", "21990232555520, 20TiB", "1500000, 1500KB", "1, 1B", "1537, 1537B"})
    void sizesAreShownInTheUnitThatIsShortest(long bytes, String literal) {
        assertThat(Shown.literal(new Value.Size(bytes))).isEqualTo(literal);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT0.25S, 250ms", "PT90S, 90s", "PT2M, 2m", "PT36H, 36h", "P7D, 7d"})
    void durations(java.time.Duration time, String literal) {
        assertThat(Shown.literal(new Value.Time(time))).isEqualTo(literal);
    }

    @ParameterizedTest
    @CsvSource({"0, 0bps", "100000, 100kbps", "2500000000, 2500Mbps", "3000000000, 3Gbps", "1001, 1001bps"})
    void rates(long bits, String literal) {
        assertThat(Shown.literal(new Value.Rate(bits))).isEqualTo(literal);
    }

    @Test
    void aTextIsEscapedAsTheLanguageReadsIt() {
        assertThat(Shown.literal(new Value.Text("a\"b\\c\n\r\t$d ${e}\u001b[0m é")))
                .isEqualTo("\"a\\\"b\\\\c\\n\\r\\t$d \\${e}\\u{1b}[0m é\"");
    }

    @Test
    void theSameSetHasTheSameText() {
        Value.Group ordered = new Value.Group(new LinkedHashSet<>(List.of(new Value.Int(1), new Value.Int(2))));
        Value.Group reversed = new Value.Group(new LinkedHashSet<>(List.of(new Value.Int(2), new Value.Int(1))));

        assertThat(ordered).isEqualTo(reversed).hasSameHashCodeAs(reversed);
        assertThat(Shown.literal(ordered)).isEqualTo(Shown.literal(reversed));
    }
}
