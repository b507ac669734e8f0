package io.esp4j.io.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.io.capture.CaptureOctets.Seen;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What the writer writes, the reader reads: any records of any times, in any mixture of resolutions. */
class CaptureRoundTripPropertyTest {
    record Packet(long timeNanos, String hex, int cutOctets) {}

    @Provide
    Arbitrary<List<Packet>> packets() {
        Arbitrary<Long> seconds = Arbitraries.longs().between(0, 0xffff_ffffL);
        Arbitrary<Integer> micros = Arbitraries.integers().between(0, 999_999);
        Arbitrary<Integer> nanos = Arbitraries.frequency(Tuple.of(9, 0), Tuple.of(1, 1), Tuple.of(1, 999));
        Arbitrary<Long> times =
                Combinators.combine(seconds, micros, nanos).as((s, us, ns) -> s * 1_000_000_000 + us * 1_000L + ns);
        Arbitrary<byte[]> octets = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(100),
                Arbitraries.integers().between(0, 262_144).map(length -> CaptureOctets.filled(length, 0x61)));
        Arbitrary<Integer> cut =
                Arbitraries.oneOf(Arbitraries.just(0), Arbitraries.integers().greaterOrEqual(0));
        return Combinators.combine(times, octets.map(CaptureOctets::hex), cut)
                .as(Packet::new)
                .list()
                .ofMaxSize(12);
    }

    @Property(tries = 150)
    void shouldReadWhatWasWritten(@ForAll("packets") List<Packet> packets, @ForAll LinkType linkType)
            throws IOException {
        Path directory = Files.createTempDirectory("esp4j-round-trip");
        Path file = directory.resolve("a.pcap");
        try {
            List<Seen> expected = new ArrayList<>();
            try (PcapWriter writer = PcapWriter.create(file, linkType)) {
                for (Packet packet : packets) {
                    byte[] octets = CaptureOctets.octets(packet.hex);
                    long original = (long) octets.length + packet.cutOctets;
                    writer.write(packet.timeNanos, ByteBuffer.wrap(octets), original);
                    expected.add(new Seen(
                            expected.size() + 1L,
                            packet.timeNanos,
                            linkType,
                            original,
                            packet.cutOctets > 0,
                            LinkLayer.ipOffset(linkType, octets, 0, octets.length),
                            packet.hex));
                }
                writer.commit();
            }
            assertEquals(expected, CaptureOctets.read(Files.readAllBytes(file)));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(directory);
        }
    }
}
