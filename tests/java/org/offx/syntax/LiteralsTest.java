package org.offx.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offx.text.Source;
import org.offx.tree.Expr;
import org.offx.value.Shown;
import org.offx.value.Value;

final class LiteralsTest {

    /** What is shown can be pasted back: it is the same value. */
    @ParameterizedTest
    @ValueSource(strings = {
        "0", "42", "1_000", "0644", "01777", "1.5", "4.10", "25%", "12.5%", "0B", "1B", "512MiB", "1.5GiB", "20TiB", "12TB", "3TB", "9KB", "1500MB", "1PiB",
        "250ms", "5m", "90m", "36h", "7d", "2w", "1.5h", "10Gbps", "2.5Gbps", "100kbps", "10.1.0.113", "10.1.0.113/24", "fd00::1", "2001:db8::/32", "::1",
        "AA:bb:cc:00:11:22", "true", "null"
    })
    void aValueAndItsTextAreTheSame(String written) {
        Value value = value(written);
        assertThat(value(Shown.literal(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"20TiB, 21990232555520", "1KB, 1000", "1.5KiB, 1536", "0.001KB, 1"})
    void sizesAreBytes(String written, long bytes) {
        assertThat(value(written)).isEqualTo(new Value.Size(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "5M, OFX0306", "5min, OFX0306", "3Gb, OFX0306", "2h30m, OFX0306", "0x1f, OFX0306", "08, OFX0103", "012, OFX0103", "300.1.2.3, OFX0103", "10.01.2.3, OFX0103",
        "10.0.0.0/40, OFX0103", "1.5B, OFX0103", "99999999999999999999, OFX0103", "9999999PiB, OFX0103", "1__0, OFX0103"
    })
    void whatIsNoLiteralSaysSo(String written, String code) {
        Fragment<Expr> read = Syntax.expression(new Source("x", written));
        assertThat(read.diagnostics()).extracting(d -> d.code().id()).containsExactly(code);
        assertThat(read.node().orElseThrow()).isInstanceOf(Expr.Missing.class);
    }

    private static Value value(String written) {
        Fragment<Expr> read = Syntax.expression(new Source("x", written));
        assertThat(read.diagnostics()).as(written).isEmpty();
        return ((Expr.Literal) read.node().orElseThrow()).value();
    }
}
