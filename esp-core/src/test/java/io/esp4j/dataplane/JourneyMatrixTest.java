package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.crypto.Transform;
import io.esp4j.wire.Packets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mode, pairing of families and transform, ESN on and off, in UDP or not, in heap and direct memory. */
class JourneyMatrixTest {
    private static final long SEQUENCE_WITH_ESN = 0x8000_0001_ffff_fffeL;

    static List<Transform> transforms() {
        return Transform.all();
    }

    @ParameterizedTest(name = "{displayName} [{0}]")
    @DisplayName(
            "R4 R6 R7 R13 R14 R16 R30 R32 R33 R34 R35 R36 R37 R58 every shape goes there and back, as the oracle has it")
    @MethodSource("transforms")
    void shouldGoThereAndBackInEveryShape(Transform transform) {
        Bench heap = Bench.heap();
        Bench direct = Bench.direct();
        for (Shape shape : Shape.all()) {
            for (boolean esn : new boolean[] {false, true}) {
                long sequence = esn ? SEQUENCE_WITH_ESN : 0;
                try (Gateways gateways =
                        Gateways.of(shape.builder(transform).esn(esn).sequence(sequence))) {
                    thereAndBack(gateways, shape, heap, 1, sequence + 1, esn);
                    thereAndBack(gateways, shape, direct, 30, sequence + 2, esn);
                    thereAndBack(gateways, shape, heap, 1300, sequence + 3, esn);
                }
            }
        }
    }

    private static void thereAndBack(
            Gateways gateways, Shape shape, Bench bench, int payloadOctets, long number, boolean esn) {
        gateways.bench = bench;
        byte[] packet = shape.packet(payloadOctets);

        byte[] wire = gateways.seal(packet);

        String what = shape + ", " + payloadOctets + " octets";
        assertEquals(number, bench.burst.sequence(0), what);
        assertEquals(Sas.SPI, bench.burst.spi(0), what);
        assertEquals(gateways.out.overheadOctets(packet.length), wire.length - packet.length, what);
        EspOracle oracle = gateways.keys.oracle(esn);
        byte[] esp = shape.esp(wire);
        assertEquals(Sas.SPI, Packets.int32(esp, 0), what);
        assertEquals(number & 0xffff_ffffL, Packets.int32(esp, 4), what);
        assertArrayEquals(oracle.text(shape.payload(packet), shape.nextHeader()), oracle.open(esp, number), what);

        assertArrayEquals(packet, gateways.open(wire), what);
        assertEquals(number, bench.burst.sequence(0), what);
        assertEquals(Sas.SPI, bench.burst.spi(0), what);
        assertEquals(shape.nextHeader(), bench.burst.nextHeader(0), what);
        assertEquals(gateways.in, bench.burst.sa(0), what);
    }
}
