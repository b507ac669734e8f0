package io.esp4j.tools.packet;

import static io.esp4j.tools.fixture.Packets.TCP;
import static io.esp4j.tools.fixture.Packets.UDP;
import static io.esp4j.tools.fixture.Packets.hex;
import static io.esp4j.tools.fixture.Packets.join;
import static io.esp4j.tools.fixture.Packets.octets;
import static io.esp4j.tools.fixture.Packets.udp;
import static io.esp4j.tools.fixture.Packets.v4;
import static io.esp4j.tools.fixture.Packets.v6;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.io.capture.LinkType;
import io.esp4j.tools.fixture.Captures;
import io.esp4j.tools.fixture.EspRun;
import io.esp4j.tools.fixture.Packets;
import io.esp4j.tools.fixture.SaText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verdicts of protect, and the outer headers that it makes. */
class ProtectVerdictTest {
    private static final byte[] PACKET = v4("10.0.0.1", "10.0.0.2", UDP, udp(1000, 53, octets(20, 1)));
    private static final byte[] NONE = new byte[0];

    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("out.pcap");
    }

    private List<String> verdicts(LinkType linkType, String[] sas, byte[]... frames) throws IOException {
        Path saFile = SaText.write(folder.resolve("sa.json"), sas);
        Path in = Captures.write(folder.resolve("in.pcap"), linkType, frames);
        Path verdicts = folder.resolve("verdicts");
        EspRun run = EspRun.of("protect", "--sa", saFile, "--verdicts", verdicts, in, out());
        List<String> lines = Files.readAllLines(verdicts);
        boolean fine = lines.stream().allMatch(line -> line.matches(".*\"(accepted|bypassed)\"}"));
        assertEquals(fine ? 0 : 1, run.status(), run.err());
        return lines.stream()
                .map(line -> line.replaceFirst(
                        "\\{\"packet\": (\\d+), \"spi\": \"?(?:0x0*)?(\\w+?)\"?, \"sequence\": \"?(?:0x0*)?(\\w+?)\"?,"
                                + " \"verdict\": \"(.*)\"}",
                        "$1 $2 $3 $4"))
                .toList();
    }

    private List<String> verdicts(String sa, byte[]... packets) throws IOException {
        return verdicts(LinkType.RAW, new String[] {sa}, packets);
    }

    @Test
    void shouldTakeFirstSaWhoseSelectorMatches() throws IOException {
        String[] sas = {
            SaText.tunnel("0x1000", "'selector': {'protocol': 'udp', 'destinationPort': '53'}"),
            other("tunnel", "0x1001", "'selector': {'source': '10.0.0.0/8'}"),
            other("tunnel", "0x1002", "'selector': {'source': '0.0.0.0/0'}"),
        };
        assertEquals(
                List.of(
                        "1 1000 1 accepted",
                        "2 1001 1 accepted",
                        "3 1001 2 accepted",
                        "4 1002 1 accepted",
                        "5 null null no-policy",
                        "6 1000 2 accepted"),
                verdicts(
                        LinkType.RAW,
                        sas,
                        PACKET,
                        v4("10.0.0.1", "10.0.0.2", TCP, octets(20, 1)),
                        v4("10.0.0.1", "10.0.0.2", UDP, 0, 0x0003, NONE, octets(20, 1)),
                        v4("11.0.0.1", "10.0.0.2", TCP, octets(20, 1)),
                        v6("2001:db8::1", "2001:db8::2", TCP, octets(20, 1)),
                        v6("2001:db8::1", "2001:db8::2", UDP, udp(1, 53, NONE))));
        assertEquals(5, Captures.read(out()).size());
    }

    private static String other(String mode, String spi, String... fields) {
        return SaText.sa(mode, spi, "192.0.2.1", "192.0.2.2", "aes128gcm16", SaText.key(20, spi.hashCode()), fields);
    }

    @Test
    void shouldTakeTransportSaOnlyBetweenItsAddresses() throws IOException {
        String[] sas = {SaText.transport("0x1000", "'selector': {'protocol': 'udp'}"), other("transport", "0x1001")};
        byte[] tcp = v4("192.0.2.1", "192.0.2.2", TCP, octets(20, 1));
        assertEquals(
                List.of("1 null null no-policy", "2 1000 1 accepted", "3 1001 1 accepted", "4 null null no-policy"),
                verdicts(
                        LinkType.RAW,
                        sas,
                        PACKET,
                        v4("192.0.2.1", "192.0.2.2", UDP, udp(1, 2, NONE)),
                        tcp,
                        v4("192.0.2.2", "192.0.2.1", UDP, udp(1, 2, NONE))));
    }

    @Test
    void shouldTakeBeetSaOnlyBetweenItsInnerAddresses() throws IOException {
        String sa = SaText.tunnel("0x1000", "'selector': {'source': '10.0.0.1', 'destination': '10.0.0.2'}")
                .replace("\"tunnel\"", "\"beet\"");
        assertEquals(
                List.of("1 1000 1 accepted", "2 null null no-policy", "3 null null fragment"),
                verdicts(
                        sa,
                        PACKET,
                        v4("10.0.0.1", "10.0.0.3", UDP, udp(1, 2, NONE)),
                        v4("10.0.0.1", "10.0.0.2", UDP, 0, 0x2000, NONE, octets(16, 1))));
    }

    @Test
    void shouldRefuseFragmentsInTransportMode() throws IOException {
        assertEquals(
                List.of("1 null null fragment", "2 null null fragment", "3 1000 1 accepted"),
                verdicts(
                        SaText.transport("0x1000"),
                        v4("192.0.2.1", "192.0.2.2", UDP, 0, 0x2000, NONE, octets(16, 1)),
                        v4("192.0.2.1", "192.0.2.2", UDP, 0, 0x0001, NONE, octets(16, 1)),
                        v4("192.0.2.1", "192.0.2.2", UDP, 0, 0x4000, NONE, octets(16, 1))));
    }

    @Test
    void shouldStopBeforeNumbersCycle() throws IOException {
        assertEquals(
                List.of("1 1000 ffffffff accepted", "2 null null sequence-exhausted", "3 null null sequence-exhausted"),
                verdicts(SaText.tunnel("0x1000", "'sequence': '0xfffffffe'"), PACKET, PACKET, PACKET));
        assertEquals(
                List.of("1 1000 100000000 accepted"),
                verdicts(SaText.tunnel("0x1000", "'sequence': '0xffffffff', 'esn': true"), PACKET));
        assertEquals(
                List.of("1 1000 ffffffffffffffff accepted", "2 null null sequence-exhausted"),
                verdicts(SaText.tunnel("0x1000", "'sequence': '0xfffffffffffffffe', 'esn': true"), PACKET, PACKET));
    }

    @Test
    void shouldStopAtHardLifetime() throws IOException {
        assertEquals(
                List.of("1 1000 1 accepted", "2 1000 2 accepted", "3 null null lifetime-expired"),
                verdicts(SaText.tunnel("0x1000", "'lifetime': {'hardPackets': 2}"), PACKET, PACKET, PACKET));
    }

    @Test
    void shouldRefuseWhatWouldExceedTheMtu() throws IOException {
        // 20 outer, 8 ESP header, 8 IV, 48 packet, 2 padding, 2 trailer, 16 ICV
        assertEquals(104, 20 + 8 + 8 + PACKET.length + 2 + 2 + 16);
        assertEquals(List.of("1 1000 1 accepted"), verdicts(SaText.tunnel("0x1000", "'mtu': 104"), PACKET));
        assertEquals(List.of("1 null null packet-too-big"), verdicts(SaText.tunnel("0x1000", "'mtu': 103"), PACKET));
        byte[] huge = v4("10.0.0.1", "10.0.0.2", UDP, octets(65515, 1));
        assertEquals(List.of("1 null null packet-too-big"), verdicts(SaText.tunnel("0x1000"), huge));
    }

    @Test
    void shouldTellMalformedAndBypassedApart() throws IOException {
        byte[] arp = join(hex("ffffffffffff 020000000001 0806"), octets(28, 1));
        byte[] wrongVersion = Packets.ethernet(PACKET);
        wrongVersion[14] = 0x55;
        byte[] shortHeader = PACKET.clone();
        shortHeader[0] = 0x44;
        assertEquals(
                List.of(
                        "1 1000 1 accepted",
                        "2 null null bypassed",
                        "3 null null malformed",
                        "4 null null malformed",
                        "5 null null malformed",
                        "6 1000 2 accepted"),
                verdicts(
                        LinkType.ETHERNET,
                        new String[] {SaText.tunnel("0x1000")},
                        Packets.ethernet(PACKET),
                        arp,
                        wrongVersion,
                        Packets.ethernet(shortHeader),
                        Packets.ethernet(Arrays.copyOf(PACKET, PACKET.length - 1)),
                        join(Packets.ethernet(PACKET), octets(9, 9))));
        List<byte[]> written = Captures.packets(out());
        assertEquals(written.get(0).length, written.get(1).length);
    }

    @Test
    void shouldReadEveryLinkTypeThatIsPromised() throws IOException {
        byte[] tagged = join(hex("020000000002 020000000001 88a8 0064 8100 00c8 0800"), PACKET);
        byte[] cooked = join(hex("0000 0001 0006 0200000000010000 0800"), PACKET);
        byte[] cooked2 = join(hex("0800 0000 00000002 0001 00 06 0200000000010000"), PACKET);
        String[] sa = {SaText.tunnel("0x1000")};
        List<String> expected = List.of("1 1000 1 accepted");
        assertEquals(expected, verdicts(LinkType.ETHERNET, sa, tagged));
        assertEquals(expected, verdicts(LinkType.LINUX_COOKED, sa, cooked));
        assertEquals(expected, verdicts(LinkType.LINUX_COOKED_2, sa, cooked2));
        assertEquals(expected, verdicts(LinkType.RAW, sa, PACKET));
    }

    @Test
    void shouldMakeOuterIpv4HeaderAsPromised() throws IOException {
        byte[] fixed = v4("10.0.0.1", "10.0.0.2", UDP, 0xba, 0x4000, NONE, octets(20, 1));
        byte[] loose = v4("10.0.0.1", "10.0.0.2", UDP, 0, 0, NONE, octets(20, 1));
        byte[] inner6 = v6("2001:db8::1", "2001:db8::2", UDP, 0x2d, udp(1, 2, NONE));
        verdicts(SaText.tunnel("0x1000", "'sequence': '0x41'"), fixed, loose, inner6);
        List<byte[]> outer = Captures.packets(out());
        assertOuter("45ba 0060 0000 4000 4032", outer.get(0));
        assertOuter("4500 0060 0043 0000 4032", outer.get(1));
        assertOuter("452d 0068 0044 0000 4032", outer.get(2));
        for (byte[] packet : outer) {
            assertEquals(0, Packets.checksum(packet, 20));
            assertEquals("c0000201c0000202", HexFormat.of().formatHex(packet, 12, 20));
        }
    }

    private static void assertOuter(String expected, byte[] packet) {
        assertArrayEquals(
                hex(expected), Arrays.copyOf(packet, 10), HexFormat.of().formatHex(packet, 0, 10));
    }

    @Test
    void shouldMakeOuterIpv6HeaderAsPromised() throws IOException {
        String sa = SaText.sa(
                "tunnel",
                "0x1000",
                "2001:db8::a",
                "2001:db8::b",
                "aes128gcm16",
                SaText.key(20, 1),
                "'udpEncapsulation': {'sourcePort': 4500, 'destinationPort': 4501}");
        byte[] inner = v4("10.0.0.1", "10.0.0.2", UDP, 0xba, 0x4000, NONE, octets(20, 1));
        verdicts(sa, inner);
        byte[] outer = Captures.packets(out()).get(0);
        int payload = outer.length - 40;
        assertEquals(8 + 8 + 8 + 40 + 2 + 2 + 16 - 2 + 2, payload);
        assertArrayEquals(hex("6ba00000 00" + Integer.toHexString(payload) + "1140"), Arrays.copyOf(outer, 8));
        assertEquals("11941195", HexFormat.of().formatHex(outer, 40, 44));
        // RFC 8200 §8.1: the sum over pseudo-header and datagram, the checksum included, is all ones.
        byte[] pseudo = join(
                Arrays.copyOfRange(outer, 8, 40),
                new byte[] {0, 0, 0, (byte) payload, 0, 0, 0, 17},
                Arrays.copyOfRange(outer, 40, outer.length));
        assertEquals(0, Packets.checksum(pseudo, pseudo.length));
    }

    @Test
    void shouldSendUdpChecksumOfZeroOverIpv4() throws IOException {
        verdicts(SaText.tunnel("0x1000", "'udpEncapsulation': {'sourcePort': 4500, 'destinationPort': 4500}"), PACKET);
        byte[] outer = Captures.packets(out()).get(0);
        assertEquals(UDP, outer[9]);
        assertEquals("11941194005c0000", HexFormat.of().formatHex(outer, 20, 28));
        assertEquals("0000100000000001", HexFormat.of().formatHex(outer, 28, 36));
    }
}
