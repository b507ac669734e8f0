package io.esp4j.tools.packet;

import static io.esp4j.tools.fixture.Packets.ESP;
import static io.esp4j.tools.fixture.Packets.UDP;
import static io.esp4j.tools.fixture.Packets.hex;
import static io.esp4j.tools.fixture.Packets.join;
import static io.esp4j.tools.fixture.Packets.octets;
import static io.esp4j.tools.fixture.Packets.udp;
import static io.esp4j.tools.fixture.Packets.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.tools.fixture.Captures;
import io.esp4j.tools.fixture.EspRun;
import io.esp4j.tools.fixture.GcmSender;
import io.esp4j.tools.fixture.SaText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {
    private static final byte[] INNER = v4("10.0.0.1", "10.0.0.2", UDP, udp(1000, 2000, octets(22, 3)));

    @TempDir
    private Path folder;

    private final GcmSender sender = new GcmSender(0x1000, false);

    private static byte[] outer(byte[] esp) {
        return v4("192.0.2.1", "192.0.2.2", ESP, esp);
    }

    private byte[] good(long sequence) {
        return outer(sender.esp(sequence, INNER, 4));
    }

    /** The cells of each line. */
    private List<List<String>> inspect(String sa, byte[]... packets) throws IOException {
        Path in = Captures.raw(folder.resolve("in.pcap"), packets);
        List<Object> arguments = new ArrayList<>(List.of("inspect", in));
        if (sa != null) {
            arguments.addAll(List.of("--sa", SaText.write(folder.resolve("sa.json"), sa)));
        }
        EspRun run = EspRun.of(arguments.toArray());
        assertEquals(0, run.status(), run.err());
        assertEquals("", run.err());
        return run.out()
                .lines()
                .map(line -> Arrays.asList(line.trim().split("  +", -1)))
                .toList();
    }

    @Test
    void shouldShowNumbersBySpi() throws IOException {
        byte[] other = outer(join(hex("deadbeef 00000007"), octets(40, 1)));
        int octets = good(1).length;
        assertEquals(
                List.of(
                        List.of("SPI", "packets", "octets", "first", "last", "gaps", "duplicates", "depth"),
                        List.of("0x00001000", "6", Integer.toString(6 * octets), "0x5", "0x9", "4", "1", "8"),
                        List.of("0xdeadbeef", "1", Integer.toString(other.length), "0x7", "0x7", "0", "0", "0"),
                        List.of("2 records without ESP: bypassed")),
                inspect(null, good(5), good(6), good(12), other, good(4), octets(3, 0x10), good(6), good(9), INNER));
    }

    @Test
    void shouldSeeNoGapWhereTheCounterPasses32Bits() throws IOException {
        List<String> row = inspect(null, good(0xffff_fffeL), good(0xffff_ffffL), good(0), good(1), good(0xffff_fffdL))
                .get(1);
        assertEquals(List.of("0xfffffffe", "0xfffffffd", "0", "0", "4"), row.subList(3, 8));
    }

    @Test
    void shouldJudgeWithKeysByWhatIsGenuine() throws IOException {
        byte[] forged = good(1000);
        forged[forged.length - 1] ^= 1;
        byte[] zeros = outer(sender.seal(4, join(INNER, hex("00000000"), hex("0404"))));
        byte[] senseless = outer(sender.seal(5, hex("0506")));
        byte[] tooShort = outer(hex("00001000 00000006 00"));
        List<List<String>> table =
                inspect(SaText.tunnel("0x1000"), good(2), forged, good(2), good(3), zeros, senseless, tooShort);
        assertEquals(
                List.of("ICV failures", "malformed", "pad octets", "unusual padding", "SA"),
                table.get(0).subList(8, 13));
        assertEquals(
                List.of("0x2", "0x5", "0", "1", "0", "1", "2", "4", "1", "sa-0x1000"),
                table.get(1).subList(3, 13));
    }

    @Test
    void shouldInferHighHalvesWithKeys() throws IOException {
        GcmSender esn = new GcmSender(0x1000, true);
        List<List<String>> table = inspect(
                SaText.tunnel("0x1000", "'esn': true", "'sequence': '0x00000001fffffff0'"),
                outer(esn.esp(0x1_ffff_ffffL, INNER, 4)),
                outer(esn.esp(0x2_0000_0002L, INNER, 4)),
                outer(esn.esp(0x2_0000_0002L, INNER, 4)),
                outer(join(hex("00002000 00000001"), octets(30, 1))));
        assertEquals(
                List.of("0x1ffffffff", "0x200000002", "2", "1", "0", "0", "0", "0", "0", "sa-0x1000"),
                table.get(1).subList(3, 13));
        assertEquals(List.of("-", "-", "-", "-", "none"), table.get(2).subList(8, 13));
    }

    @Test
    void shouldSayWhatIsWrong() throws IOException {
        EspRun run = EspRun.of("inspect", folder.resolve("missing.pcap"));
        assertEquals(2, run.status());
        assertEquals(1, run.errLines().size());
        assertTrue(run.err().contains("missing.pcap: no such file"), run.err());
    }

    @Test
    void shouldCountWithoutForgettingAcrossGrowth() {
        LongSet set = new LongSet();
        for (int round = 0; round < 2; round++) {
            for (long i = 0; i < 10_000; i++) {
                assertEquals(round == 0, set.add(i * 0x1_0000_0001L));
            }
        }
        assertEquals(10_000, set.size());
    }
}
