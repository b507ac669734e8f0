package io.esp4j.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.memory.Memory;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 00000000",
        "192.0.2.255, c00002ff",
        "255.255.255.255, ffffffff",
        "::, 00000000000000000000000000000000",
        "2001:db8::1, 20010db8000000000000000000000001",
        "::ffff:192.0.2.1, 00000000000000000000ffffc0000201",
        "fe80::8000:0:0:1, fe800000000000008000000000000001",
        "FFFF:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffffffffffffffffffffffffffffffff",
    })
    void shouldParseWriteReadAndConvert(String literal, String octets) {
        IpAddress address = IpAddress.parse(literal);
        byte[] expected = Packets.hex(octets);
        byte[] region = new byte[expected.length + 2];

        address.write(Memory.of(region), 1);

        assertArrayEquals(Packets.join(new byte[1], expected, new byte[1]), region);
        assertEquals(address, IpAddress.read(Memory.of(region), 1, expected.length == 16));
        assertEquals(expected.length, address.octets());
        assertEquals(address, IpAddress.parse(address.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "256.0.0.1",
                "999.1.1.1",
                "010.0.0.1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.4 ",
                "localhost",
                "a.b",
                ".:1",
                ":::",
                "1::2::3",
                "12345::",
                "fe80::1%eth0",
                "::1.2.3.256",
                "1:2:3:4:5:6:7",
            })
    void shouldRefuseWhatIsNoLiteral(String text) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> IpAddress.parse(text));
        assertTrue(refusal.getMessage().contains("\"" + text + "\""), refusal.getMessage());
    }

    /** RFC 5952 §4 and §5: its own examples. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:DB8:0:0:8:800:200C:417A, 2001:db8::8:800:200c:417a",
        "0:0:0:0:0:0:0:0, ::",
        "1:0:0:0:0:0:0:0, 1::",
        "0:0:0:0:0:0:0:1, ::1",
    })
    void shouldPrintAsRfc5952Recommends(String literal, String text) {
        assertEquals(text, IpAddress.parse(literal).toString());
    }

    @Test
    void shouldConvertToAndFromTheJavaLibrary() throws Exception {
        for (String literal : new String[] {"192.0.2.1", "2001:db8::1"}) {
            InetAddress java = InetAddress.getByName(literal);
            assertEquals(IpAddress.parse(literal), IpAddress.of(java));
            assertEquals(java, IpAddress.parse(literal).toInetAddress());
        }
    }
}
