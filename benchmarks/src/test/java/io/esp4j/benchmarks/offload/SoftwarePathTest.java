package io.esp4j.benchmarks.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured is the same work: the octets arrive, and all cases put the same packets on the wire. */
class SoftwarePathTest {
    private static final int SUPER_PACKETS = 2;

    private static byte[] stream() {
        byte[] stream = new byte[SUPER_PACKETS * SoftwarePath.SUPER_PACKET];
        new Random(4).nextBytes(stream);
        return stream;
    }

    private static String packets(Wire wire) {
        StringBuilder packets = new StringBuilder();
        for (int i = 0; i < wire.packets; i++) {
            byte[] octets = new byte[wire.octets[i]];
            wire.memory.read(wire.at[i], octets, 0, octets.length);
            packets.append(octets.length)
                    .append(' ')
                    .append(Arrays.hashCode(octets))
                    .append('\n');
        }
        return packets.toString();
    }

    @ParameterizedTest(name = "O4 every case carries the same octets in the same packets, {0}")
    @ValueSource(strings = {"clear", "null-sha256", "aes256gcm16", "aes128ccm8"})
    @DisplayName("O4 every case carries the same octets in the same packets")
    void shouldCarrySameTraffic(String transform) {
        Map<StackCase, String> packetsOfCases = new LinkedHashMap<>();
        byte[] stream = stream();
        Variant variant = transform.equals("clear") ? Variant.CLEAR : Variant.best(transform);
        for (StackCase stack : StackCase.values()) {
            try (SoftwarePath path = new SoftwarePath(stack, variant, SUPER_PACKETS)) {
                path.send(stream);
                String first = packets(path.wire());
                path.receive();
                assertEquals(stream.length, path.octetsReceived());
                assertArrayEquals(stream, path.received(), stack.label);
                path.send(stream);
                path.receive();
                assertArrayEquals(stream, path.received(), "again: " + stack.label);
                packetsOfCases.put(stack, first);
            }
        }
        String expected = packetsOfCases.get(StackCase.NONE);
        assertEquals(SUPER_PACKETS * SoftwarePath.SEGMENTS, expected.lines().count());
        packetsOfCases.forEach((stack, packets) -> assertEquals(expected, packets, stack.label));
    }
}
