package io.esp4j.tools.packet;

import static io.esp4j.tools.fixture.Packets.ESP;
import static io.esp4j.tools.fixture.Packets.UDP;
import static io.esp4j.tools.fixture.Packets.hex;
import static io.esp4j.tools.fixture.Packets.join;
import static io.esp4j.tools.fixture.Packets.octets;
import static io.esp4j.tools.fixture.Packets.udp;
import static io.esp4j.tools.fixture.Packets.v4;
import static io.esp4j.tools.fixture.Packets.v6;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.tools.fixture.Captures;
import io.esp4j.tools.fixture.EspRun;
import io.esp4j.tools.fixture.GcmSender;
import io.esp4j.tools.fixture.SaText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of verdicts, one by one, on packets of a peer that is not ours. */
class UnprotectVerdictTest {
    private static final int SPI = 0x1000;
    private static final String OUTER_A = "192.0.2.1";
    private static final String OUTER_B = "192.0.2.2";
    private static final byte[] INNER = v4("10.0.0.1", "10.0.0.2", UDP, udp(1000, 2000, octets(21, 3)));

    @TempDir
    private Path folder;

    private final GcmSender sender = new GcmSender(SPI, false);

    private List<String> verdicts(String sa, byte[]... packets) throws IOException {
        Path saFile = SaText.write(folder.resolve("sa.json"), sa);
        Path in = Captures.raw(folder.resolve("in.pcap"), packets);
        Path verdicts = folder.resolve("verdicts");
        EspRun run = EspRun.of("unprotect", "--sa", saFile, "--verdicts", verdicts, in, folder.resolve("out.pcap"));
        List<String> lines = Files.readAllLines(verdicts);
        boolean fine = lines.stream()
                .allMatch(
                        line -> line.matches(".*\"verdict\": \"(accepted|dummy|bypassed|keepalive|non-esp-marker)\"}"));
        assertEquals(fine ? 0 : 1, run.status(), run.err());
        return lines;
    }

    private void assertVerdict(String expected, byte[] packet) throws IOException {
        assertVerdict(expected, SaText.tunnel("0x00001000"), packet);
    }

    /** The last verdict, as SPI, number and word; the numbers without leading zeros. */
    private void assertVerdict(String expected, String sa, byte[]... packets) throws IOException {
        List<String> lines = verdicts(sa, packets);
        String last = lines.get(lines.size() - 1);
        assertEquals(
                expected,
                last.replaceFirst("\\{\"packet\": \\d+, \"spi\": \"?(0x0*)?(\\w+?)\"?, ", "$2 ")
                        .replaceFirst("\"sequence\": \"?(0x0*(?=[^\"]))?(\\w+?)\"?, \"verdict\": \"(.*)\"}", "$2 $3"));
    }

    private static byte[] outer(byte[] esp) {
        return v4(OUTER_A, OUTER_B, ESP, esp);
    }

    private static byte[] inUdp(int destinationPort, byte[] payload) {
        return v4(OUTER_A, OUTER_B, UDP, udp(4500, destinationPort, payload));
    }

    private byte[] good(long sequence) {
        return outer(sender.esp(sequence, INNER, 4));
    }

    @Test
    void shouldWriteLinesExactlyAsPromised() throws IOException {
        assertEquals(
                List.of(
                        "{\"packet\": 1, \"spi\": \"0x00001000\", \"sequence\": \"0x0000000000000001\", \"verdict\": \"accepted\"}",
                        "{\"packet\": 2, \"spi\": null, \"sequence\": null, \"verdict\": \"bypassed\"}",
                        "{\"packet\": 3, \"spi\": \"0x0000abcd\", \"sequence\": \"0x0000000000000007\", \"verdict\": \"unknown-spi\"}"),
                verdicts(
                        SaText.tunnel("0x00001000"),
                        good(1),
                        v4(OUTER_A, OUTER_B, UDP, udp(53, 53, octets(9, 1))),
                        outer(join(hex("0000abcd 00000007"), octets(40, 1)))));
    }

    @Test
    void shouldWriteAcceptedInnerPacketsWithTheirTimes() throws IOException {
        verdicts(SaText.tunnel("0x00001000"), good(5), octets(3, 0x10), good(6), good(5));
        assertEquals(
                List.of(HexFormat.of().formatHex(INNER), HexFormat.of().formatHex(INNER)),
                Captures.read(folder.resolve("out.pcap")));
        assertEquals(List.of(Captures.timeNanos(0), Captures.timeNanos(2)), Captures.times(folder.resolve("out.pcap")));
    }

    @Test
    void shouldBypassWhatIsNotEsp() throws IOException {
        assertVerdict("null null bypassed", hex("1122334455"));
        assertVerdict("null null bypassed", v4(OUTER_A, OUTER_B, 6, octets(30, 1)));
        assertVerdict("null null bypassed", inUdp(4501, sender.esp(1, INNER, 4)));
        assertVerdict("null null bypassed", v6("2001:db8::1", "2001:db8::2", 58, octets(8, 1)));
    }

    @Test
    void shouldLookIntoUdpOnPort4500AndThoseOfTheFile() throws IOException {
        assertVerdict("1000 1 accepted", inUdp(4500, sender.esp(1, INNER, 4)));
        String named = SaText.tunnel("0x00001000", "'udpEncapsulation': {'sourcePort': 4500, 'destinationPort': 4501}");
        assertVerdict("1000 1 accepted", named, inUdp(4501, sender.esp(1, INNER, 4)));
        assertVerdict("1000 1 accepted", named, good(1));
    }

    @Test
    void shouldRefuseOuterFragments() throws IOException {
        byte[] esp = sender.esp(1, INNER, 4);
        byte[] none = new byte[0];
        assertVerdict("null null fragment", v4(OUTER_A, OUTER_B, ESP, 0, 0x2000, none, esp));
        assertVerdict("null null fragment", v4(OUTER_A, OUTER_B, ESP, 0, 0x0003, none, esp));
        assertVerdict("null null fragment", v4(OUTER_A, OUTER_B, UDP, 0, 0x2000, none, udp(4500, 4500, esp)));
        assertVerdict("null null bypassed", v4(OUTER_A, OUTER_B, UDP, 0, 0x0003, none, udp(4500, 4500, esp)));
        assertVerdict("null null bypassed", v4(OUTER_A, OUTER_B, UDP, 0, 0x2000, none, udp(4500, 53, esp)));
        assertVerdict("null null fragment", v6("::1", "::2", 44, join(hex("32000001 00000007"), esp)));
        assertVerdict("null null bypassed", v6("::1", "::2", 44, join(hex("11000011 00000007"), udp(4500, 4500, esp))));
    }

    @Test
    void shouldTellKeepalivesAndMarkersApart() throws IOException {
        assertVerdict("null null keepalive", inUdp(4500, hex("ff")));
        assertVerdict("null null non-esp-marker", inUdp(4500, hex("00000000 0102030405060708")));
        assertVerdict("null null non-esp-marker", inUdp(4500, hex("00000000")));
        assertVerdict("null null malformed", inUdp(4500, hex("fe")));
        assertVerdict("null null malformed", inUdp(4500, hex("")));
        assertVerdict("null null malformed", inUdp(4500, hex("000000")));
        assertVerdict("null null malformed", inUdp(4500, hex("ffff")));
    }

    @Test
    void shouldRefuseTooShortEspAndUnknownSpis() throws IOException {
        assertVerdict("null null malformed", outer(hex("00001000 000000")));
        assertVerdict("1000 1 malformed", outer(hex("00001000 00000001")));
        assertVerdict("0 1 unknown-spi", outer(hex("00000000 00000001")));
        assertVerdict("1001 9 unknown-spi", outer(hex("00001001 00000009")));
    }

    @Test
    void shouldCallPacketsMalformedThatAnSaCannotHaveMade() throws IOException {
        // 8 of header, 8 of IV, 2 of trailer, 16 of ICV
        byte[] shortest = sender.seal(1, hex("0004"));
        assertVerdict("1000 1 malformed", outer(Arrays.copyOf(shortest, 33)));
        assertVerdict("1000 1 malformed", outer(shortest)); // long enough, but empty
        assertVerdict("1000 1 icv-mismatch", outer(octetsAfter(shortest, 33)));
        String cbc = SaText.sa(
                "tunnel",
                "0x1000",
                OUTER_A,
                OUTER_B,
                "aes128-sha256",
                SaText.key(16, 1),
                "'integrityKey': '" + SaText.key(32, 2) + "'");
        assertVerdict("1000 1 malformed", cbc, outer(join(hex("00001000 00000001"), octets(16 + 31 + 16, 1))));
        assertVerdict("1000 1 malformed", cbc, outer(join(hex("00001000 00000001"), octets(16 + 16, 1))));
        assertVerdict("1000 1 icv-mismatch", cbc, outer(join(hex("00001000 00000001"), octets(16 + 32 + 16, 1))));
    }

    private static byte[] octetsAfter(byte[] packet, int keep) {
        return join(Arrays.copyOf(packet, keep), new byte[packet.length - keep]);
    }

    @Test
    void shouldExpireSaAtItsHardLimits() throws IOException {
        String packets = SaText.tunnel("0x1000", "'lifetime': {'hardPackets': 1}");
        assertVerdict("1000 2 lifetime-expired", packets, good(1), good(2));
        // Judged before the window: a replay to an expired SA is told as expired.
        assertVerdict("1000 1 lifetime-expired", packets, good(1), good(1));
        String octets = SaText.tunnel("0x1000", "'lifetime': {'hardOctets': " + (INNER.length + 5) + "}");
        assertVerdict("1000 2 lifetime-expired", octets, good(1), good(2));
    }

    @Test
    void shouldRefuseReplaysAndWhatIsLeftOfTheWindow() throws IOException {
        String sa = SaText.tunnel("0x1000", "'replayWindow': 32");
        assertVerdict("1000 7 replayed", sa, good(7), good(7));
        assertVerdict("1000 e9 accepted", sa, good(0x108), good(0xe9));
        assertVerdict("1000 e8 too-old", sa, good(0x108), good(0xe8));
        assertVerdict("1000 0 too-old", sa, good(0));
        assertVerdict("1000 1 accepted", SaText.tunnel("0x1000", "'replayWindow': 0"), good(9), good(1), good(1));
    }

    @Test
    void shouldStartFromTheNumberOfTheFile() throws IOException {
        String sa = SaText.tunnel("0x1000", "'sequence': '0x64'");
        assertVerdict("1000 64 replayed", sa, good(100));
        assertVerdict("1000 63 accepted", sa, good(99));
        assertVerdict("1000 25 accepted", sa, good(37));
        assertVerdict("1000 24 too-old", sa, good(36));
        assertVerdict("1000 65 accepted", sa, good(101));
    }

    @Test
    void shouldInferHighHalfWithEsn() throws IOException {
        GcmSender esn = new GcmSender(SPI, true);
        String sa = SaText.tunnel("0x1000", "'esn': true", "'sequence': '0x00000001fffffff0'");
        assertVerdict("1000 200000005 accepted", sa, outer(esn.esp(0x2_0000_0005L, INNER, 4)));
        assertVerdict("1000 1fffffff1 accepted", sa, outer(esn.esp(0x1_ffff_fff1L, INNER, 4)));
        // Left of the window: inferred into the next high half (RFC 4303 A2.2), where its ICV is wrong.
        assertVerdict("1000 2f0000000 icv-mismatch", sa, outer(esn.esp(0x1_f000_0000L, INNER, 4)));
        // The window spans 2^32 and the high half would be -1.
        String fresh = SaText.tunnel("0x1000", "'esn': true", "'sequence': '0x5'");
        assertVerdict("1000 fffffff0 too-old", fresh, outer(esn.esp(0xffff_fff0L, INNER, 4)));
        // Refused before the window is asked, and told with the inferred number all the same.
        String expired = SaText.tunnel(
                "0x1000", "'esn': true", "'sequence': '0x00000001fffffff0'", "'lifetime': {'hardPackets': 1}");
        assertVerdict(
                "1000 200000006 lifetime-expired",
                expired,
                outer(esn.esp(0x2_0000_0005L, INNER, 4)),
                outer(esn.esp(0x2_0000_0006L, INNER, 4)));
        assertVerdict("1000 200000006 malformed", sa, outer(hex("00001000 00000006 00")));
    }

    @Test
    void shouldRefuseForgeriesAndLeaveTheWindowAlone() throws IOException {
        byte[] forged = good(9);
        forged[forged.length - 1] ^= 1;
        assertVerdict("1000 9 icv-mismatch", forged);
        assertVerdict("1000 9 accepted", SaText.tunnel("0x1000"), forged, good(9));
        assertVerdict("1000 1 accepted", SaText.tunnel("0x1000"), forged, good(1));
        // Of two equal numbers the genuine one is a replay only of what was accepted.
        assertVerdict("1000 9 replayed", SaText.tunnel("0x1000"), good(9), forged);
    }

    @Test
    void shouldThrowDummiesAwayAfterTheyMovedTheWindow() throws IOException {
        byte[] dummy = outer(sender.esp(3, octets(30, 1), 59));
        assertVerdict("1000 3 dummy", dummy);
        assertVerdict("1000 3 replayed", SaText.tunnel("0x1000"), dummy, dummy);
        // A dummy's padding is nobody's business.
        assertVerdict("1000 4 dummy", outer(sender.seal(4, hex("ff3b"))));
    }

    @Test
    void shouldCallSenselessPlaintextMalformed() throws IOException {
        assertVerdict("1000 1 malformed", outer(sender.seal(1, join(octets(10, 1), hex("0b04")))));
        assertVerdict("1000 1 malformed", outer(sender.seal(1, join(octets(10, 1), hex("0a04")))));
        assertVerdict("1000 1 malformed", outer(sender.esp(1, INNER, 6)));
        assertVerdict("1000 1 malformed", outer(sender.esp(1, INNER, 41)));
        assertVerdict("1000 1 malformed", outer(sender.esp(1, v6("::1", "::2", 59, octets(9, 1)), 4)));
        assertVerdict("1000 1 malformed", outer(sender.esp(1, Arrays.copyOf(INNER, INNER.length - 1), 4)));
        assertVerdict("1000 1 malformed", outer(sender.esp(1, hex("45"), 4)));
    }

    @Test
    void shouldJudgePaddingAsTheSaSays() throws IOException {
        byte[] zeros = outer(sender.seal(1, join(INNER, hex("00000000000004"), hex("0704"))));
        byte[] sequential = outer(sender.seal(1, join(INNER, hex("01020304050607"), hex("0704"))));
        assertVerdict("1000 1 accepted", zeros);
        assertVerdict("1000 1 accepted", SaText.tunnel("0x1000", "'padding': 'ignore'"), zeros);
        assertVerdict("1000 1 malformed", SaText.tunnel("0x1000", "'padding': 'drop'"), zeros);
        assertVerdict("1000 1 accepted", SaText.tunnel("0x1000", "'padding': 'drop'"), sequential);
    }

    @Test
    void shouldCutTrafficFlowPaddingOff() throws IOException {
        assertVerdict("1000 1 accepted", outer(sender.esp(1, join(INNER, new byte[100]), 4)));
        assertEquals(List.of(HexFormat.of().formatHex(INNER)), Captures.read(folder.resolve("out.pcap")));
    }

    @Test
    void shouldCombineEcnAndDropWhatCannotCarryTheMark() throws IOException {
        byte[] notEct = sender.esp(1, INNER, 4);
        byte[] none = new byte[0];
        assertVerdict("1000 1 ecn-violation", v4(OUTER_A, OUTER_B, ESP, 3, 0, none, notEct));
        byte[] ect0 = v4("10.0.0.1", "10.0.0.2", UDP, 0xb8 | 2, 0, none, udp(1, 2, octets(5, 1)));
        byte[] ce = v4("10.0.0.1", "10.0.0.2", UDP, 0xb8 | 3, 0, none, udp(1, 2, octets(5, 1)));
        assertVerdict("1000 1 accepted", v4(OUTER_A, OUTER_B, ESP, 3, 0, none, sender.esp(1, ect0, 4)));
        assertEquals(List.of(HexFormat.of().formatHex(ce)), Captures.read(folder.resolve("out.pcap")));
    }

    @Test
    void shouldCheckSelectorsOfTheInnerPacket() throws IOException {
        String narrow = SaText.tunnel("0x1000", "'selector': {'source': '10.0.0.0/31', 'protocol': 'udp'}");
        assertVerdict("1000 1 accepted", narrow, good(1));
        String other = SaText.tunnel("0x1000", "'selector': {'source': '10.0.0.2/31'}");
        assertVerdict("1000 1 selector-mismatch", other, good(1));
        String port = SaText.tunnel("0x1000", "'selector': {'protocol': 'udp', 'destinationPort': '2001-2002'}");
        assertVerdict("1000 1 selector-mismatch", port, good(1));
        String v4Only = SaText.tunnel("0x1000", "'selector': {'source': '0.0.0.0/0', 'destination': '0.0.0.0/0'}");
        byte[] inner6 = v6("2001:db8::1", "2001:db8::2", UDP, udp(1, 2, octets(9, 1)));
        assertVerdict("1000 1 selector-mismatch", v4Only, outer(sender.esp(1, inner6, 41)));
        assertVerdict("1000 1 accepted", outer(sender.esp(1, inner6, 41)));
        // ECN is judged first.
        assertVerdict(
                "1000 1 ecn-violation", other, v4(OUTER_A, OUTER_B, ESP, 3, 0, new byte[0], sender.esp(1, INNER, 4)));
    }

    @Test
    void shouldTrimLongRecordsAndRefuseShortOnes() throws IOException {
        assertVerdict("1000 1 accepted", join(good(1), new byte[30]));
        byte[] packet = good(1);
        assertVerdict("null null malformed", Arrays.copyOf(packet, packet.length - 1));
        assertVerdict("null null malformed", Arrays.copyOf(packet, 19));
        byte[] plain = v4(OUTER_A, OUTER_B, 6, octets(30, 1));
        assertVerdict("null null malformed", Arrays.copyOf(plain, plain.length - 1));
    }

    @Test
    void shouldFindEspBehindOptionsAndExtensionHeaders() throws IOException {
        byte[] esp = sender.esp(1, INNER, 4);
        assertVerdict("1000 1 accepted", v4(OUTER_A, OUTER_B, ESP, 0, 0, hex("01010101"), esp));
        byte[] hopByHop = hex("3200010400000000");
        assertVerdict("1000 1 accepted", v6("2001:db8::a", "2001:db8::b", 0, join(hopByHop, esp)));
        byte[] atomicFragment = hex("3200000000000007");
        assertVerdict("1000 1 accepted", v6("2001:db8::a", "2001:db8::b", 44, join(atomicFragment, esp)));
    }

    @Test
    void shouldCompareAddressesOnlyWhereMatchSaysSo() throws IOException {
        byte[] elsewhere = v4("198.51.100.1", "198.51.100.2", ESP, sender.esp(1, INNER, 4));
        byte[] otherSource = v4("198.51.100.1", OUTER_B, ESP, sender.esp(1, INNER, 4));
        assertVerdict("1000 1 accepted", elsewhere);
        String destination = SaText.tunnel("0x1000", "'match': 'spi-destination'");
        assertVerdict("1000 1 unknown-spi", destination, elsewhere);
        assertVerdict("1000 1 accepted", destination, otherSource);
        String both = SaText.tunnel("0x1000", "'match': 'spi-destination-source'");
        assertVerdict("1000 1 unknown-spi", both, otherSource);
        assertVerdict("1000 1 accepted", both, good(1));
    }

    @Test
    void shouldRefuseUdpOverIpv6WithoutChecksum() throws IOException {
        byte[] esp = sender.esp(1, INNER, 4);
        assertVerdict("1000 1 malformed", v6("2001:db8::a", "2001:db8::b", UDP, udp(4500, 4500, esp)));
    }

    @Test
    void shouldGiveTransportPacketsTheirHeaderBack() throws IOException {
        byte[] datagram = udp(1000, 2000, octets(21, 3));
        byte[] options = hex("01010101");
        byte[] esp = sender.esp(1, datagram, UDP);
        byte[] received = v4(OUTER_A, OUTER_B, ESP, 0xb9, 0x4000, options, esp);
        assertVerdict("1000 1 accepted", SaText.transport("0x1000"), received);
        byte[] original = v4(OUTER_A, OUTER_B, UDP, 0xb9, 0x4000, options, datagram);
        assertEquals(List.of(HexFormat.of().formatHex(original)), Captures.read(folder.resolve("out.pcap")));
    }

    @Test
    void shouldCorrectChecksumsBehindNat() throws IOException {
        byte[] datagram = hex("03e807d0 000c 59b1 01020304");
        byte[] received = v4("198.51.100.7", OUTER_B, ESP, sender.esp(1, datagram, UDP));
        String sa =
                SaText.transport("0x1000", "'natOriginal': {'source': '10.0.0.9', 'destination': '" + OUTER_B + "'}");
        assertVerdict("1000 1 accepted", sa, received);
        byte[] out = Captures.packets(folder.resolve("out.pcap")).get(0);
        // RFC 1624: ~C' = ~C + ~m + m' over the words of the addresses.
        int before = sum(hex("0a000009"));
        int after = sum(hex("c6336407"));
        int expected = ~fold((~0x59b1 & 0xffff) + (~before & 0xffff) + after) & 0xffff;
        assertEquals(expected, word(out, 26));
    }

    private static int sum(byte[] address) {
        return fold(word(address, 0) + word(address, 2));
    }

    private static int word(byte[] octets, int at) {
        return ((octets[at] & 0xff) << 8) | (octets[at + 1] & 0xff);
    }

    private static int fold(int sum) {
        int folded = (sum & 0xffff) + (sum >>> 16);
        return folded > 0xffff ? fold(folded) : folded;
    }
}
