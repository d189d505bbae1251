package org.offx.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.0.113, 10.1.0.113",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "fd00::10.1.0.4, fd00::a01:4",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "::ffff:1.2.3.4, ::ffff:102:304",
    })
    void aLiteralIsReadAndWrittenCanonically(String text, String canonical) {
        assertThat(Address.parse(text).map(Address::toString)).contains(canonical);
        assertThat(Address.parse(canonical)).isEqualTo(Address.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::8a2e:370:7334", "::", "fe80::1:2", "1:2:3:4:5:6:7:8", "64:ff9b::1.2.3.4", "0.0.0.0"})
    void theBitsAreThoseThatThePlatformReads(String text) {
        InetAddress platform = InetAddress.ofLiteral(text);
        String itsText = platform.getHostAddress();
        assertThat(Address.parse(itsText)).isPresent().isEqualTo(Address.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ":", ":::", "1:::2", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "12345::", "g::",
        "1.2.3.4::", "::1.2.3", "::1.2.3.4:5", ":1::2", "1::2:", "fe80::1%eth0", "[::1]", "+1::", "10.0.0", "10.0.0.256",
        "010.0.0.1", "1.2.3.4.5", "a.b.c.d", "10.0.0.1 ", "localhost",
    })
    void anythingElseIsNone(String text) {
        assertThat(Address.parse(text)).isEmpty();
    }
}
