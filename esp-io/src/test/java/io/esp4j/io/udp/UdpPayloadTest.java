package io.esp4j.io.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UdpPayloadTest {
    private static UdpPayload of(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        ByteBuffer region = ByteBuffer.allocate(octets.length + 8);
        region.put(4, octets);
        return UdpPayload.of(region, 4, octets.length);
    }

    @ParameterizedTest
    @DisplayName("R41 Four zero octets are the non-ESP marker, with or without a message")
    @CsvSource({"00000000", "0000000000", "00000000ffffffff", "0000000000001000"})
    void shouldTellKeyManagementByItsMarker(String hex) {
        assertEquals(UdpPayload.KEY_MANAGEMENT, of(hex));
    }

    @ParameterizedTest
    @DisplayName("R41 One bit in the first four octets makes it ESP")
    @CsvSource({"00000001", "80000000", "0000010000000000", "ffffffff"})
    void shouldTellEspByItsSpi(String hex) {
        assertEquals(UdpPayload.ESP, of(hex));
    }

    @ParameterizedTest
    @DisplayName("R42 Only a lone octet of FF is a keepalive")
    @CsvSource({
        "ff, KEEPALIVE",
        "fe, MALFORMED",
        "00, MALFORMED",
        "'', MALFORMED",
        "ffff, MALFORMED",
        "ffffff, MALFORMED",
        "000000, MALFORMED",
        "ffffffff, ESP"
    })
    void shouldTellKeepalives(String hex, UdpPayload expected) {
        assertEquals(expected, of(hex));
    }
}
