package io.esp4j.tools.packet;

import static io.esp4j.tools.fixture.Packets.UDP;
import static io.esp4j.tools.fixture.Packets.hex;
import static io.esp4j.tools.fixture.Packets.join;
import static io.esp4j.tools.fixture.Packets.octets;
import static io.esp4j.tools.fixture.Packets.udp;
import static io.esp4j.tools.fixture.Packets.v4;
import static io.esp4j.tools.fixture.Packets.v6;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.crypto.Transform;
import io.esp4j.tools.fixture.Captures;
import io.esp4j.tools.fixture.EspRun;
import io.esp4j.tools.fixture.SaText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What protect makes, unprotect gives back: every transform, mode, pairing of families and encapsulation. */
class RoundTripTest {
    private static final String UDP_PORTS = "'udpEncapsulation': {'sourcePort': 4500, 'destinationPort': 4500}";

    @TempDir
    private Path folder;

    private static byte[] inner(boolean v6, int size) {
        byte[] datagram = udp(1000, 2000, octets(size, size));
        return v6
                ? v6("2001:db8:a::1", "2001:db8:b::2", UDP, 0xb8, datagram)
                : v4("10.0.0.1", "10.0.0.2", UDP, 0xb8, 0x4000, new byte[0], datagram);
    }

    private void assertRoundTrip(String what, String sa, byte[]... packets) throws IOException {
        Path saFile = SaText.write(folder.resolve("sa.json"), sa);
        Path in = Captures.raw(folder.resolve("in.pcap"), packets);
        Path esp = folder.resolve("esp.pcap");
        Path out = folder.resolve("out.pcap");
        EspRun protect = EspRun.of("protect", "--sa", saFile, in, esp);
        assertEquals(0, protect.status(), () -> what + ": " + protect.err());
        EspRun unprotect = EspRun.of("unprotect", "--sa", saFile, esp, out);
        assertEquals(0, unprotect.status(), () -> what + ": " + unprotect.err());
        List<String> expected = new ArrayList<>();
        for (byte[] packet : packets) {
            expected.add(HexFormat.of().formatHex(packet));
        }
        assertEquals(expected, Captures.read(out), what);
        assertEquals(Captures.times(in), Captures.times(out), what);
    }

    private static String sa(String mode, boolean outer6, Transform transform, String... fields) {
        List<String> all = new ArrayList<>(List.of(fields));
        all.add("'integrityKey': '" + SaText.key(transform.integrityKeyOctets(), 5) + "'");
        all.add("'legacy': " + transform.legacy());
        return SaText.sa(
                mode,
                "0xfedcba98",
                outer6 ? "2001:db8:f::1" : "192.0.2.1",
                outer6 ? "2001:db8:f::2" : "192.0.2.2",
                transform.name(),
                SaText.key(transform.keyOctets() + transform.saltOctets(), 3),
                all.toArray(String[]::new));
    }

    @Test
    void shouldGiveBackPacketsOfEveryTransform() throws IOException {
        for (Transform transform : Transform.all()) {
            for (String esn : List.of("'esn': false", "'esn': true, 'sequence': '0x00000003fffffffe'")) {
                assertRoundTrip(
                        transform + " " + esn,
                        sa("tunnel", false, transform, esn),
                        inner(false, 0),
                        inner(true, 1),
                        inner(false, 1400));
            }
        }
    }

    @Test
    void shouldGiveBackPacketsOfEveryModeAndPairing() throws IOException {
        for (String name : List.of("aes256gcm16", "aes256-sha512", "null-sha256", "aes128ccm8-iiv")) {
            Transform transform = Transform.named(name);
            for (boolean outer6 : new boolean[] {false, true}) {
                for (String udp : List.of("'mtu': 9000", UDP_PORTS)) {
                    String what = name + " " + outer6 + " " + udp;
                    assertRoundTrip(
                            "tunnel " + what, sa("tunnel", outer6, transform, udp), inner(true, 9), inner(false, 9));
                    assertRoundTrip(
                            "transport " + what, sa("transport", outer6, transform, udp), between(outer6, hex("")));
                    for (boolean inner6 : new boolean[] {false, true}) {
                        String selector = inner6
                                ? "'selector': {'source': '2001:db8:a::1', 'destination': '2001:db8:b::2'}"
                                : "'selector': {'source': '10.0.0.1', 'destination': '10.0.0.2'}";
                        byte[] packet = beetInner(inner6);
                        assertRoundTrip("beet " + what, sa("beet", outer6, transform, udp, selector), packet);
                    }
                }
            }
        }
    }

    private static byte[] between(boolean v6, byte[] options) {
        byte[] datagram = udp(7, 8, octets(33, 1));
        return v6
                ? v6("2001:db8:f::1", "2001:db8:f::2", UDP, 0x28, datagram)
                : v4("192.0.2.1", "192.0.2.2", UDP, 0x28, 0x4000, options, datagram);
    }

    /** BEET does not carry the identification of packets that no one may fragment: it comes out as 0. */
    private static byte[] beetInner(boolean inner6) {
        byte[] packet = inner(inner6, 40);
        if (!inner6) {
            packet[4] = 0;
            packet[5] = 0;
            packet[10] = 0;
            packet[11] = 0;
            int checksum = io.esp4j.tools.fixture.Packets.checksum(packet, 20);
            packet[10] = (byte) (checksum >>> 8);
            packet[11] = (byte) checksum;
        }
        return packet;
    }

    @Test
    void shouldKeepOptionsAndExtensionHeadersInTransportMode() throws IOException {
        Transform transform = Transform.named("chacha20poly1305");
        assertRoundTrip("options", sa("transport", false, transform), between(false, hex("01010101 01010101")));
        byte[] chain = join(hex("3c000104 00000000"), hex("11000104 00000000"), udp(7, 8, octets(12, 1)));
        byte[] packet = v6("2001:db8:f::1", "2001:db8:f::2", 0, chain);
        assertRoundTrip("extension headers", sa("transport", true, transform), packet);
    }

    @Test
    void shouldCarryInnerFragmentsInTunnelMode() throws IOException {
        Transform transform = Transform.named("aes128gcm16");
        byte[] first = v4("10.0.0.1", "10.0.0.2", UDP, 0, 0x2000, new byte[0], octets(24, 1));
        byte[] later = v4("10.0.0.1", "10.0.0.2", UDP, 0, 0x0003, new byte[0], octets(24, 2));
        assertRoundTrip("fragments", sa("tunnel", false, transform), first, later);
    }

    @Test
    void shouldPadToOneLengthAndGiveBackTheOriginal() throws IOException {
        Transform transform = Transform.named("aes128gcm16");
        assertRoundTrip("tfc", sa("tunnel", false, transform, "'tfc': 600"), inner(false, 1), inner(false, 300));
        List<byte[]> esp = Captures.packets(folder.resolve("esp.pcap"));
        assertEquals(esp.get(0).length, esp.get(1).length);
        // 20 outer header, 8 ESP header, 8 IV, 600 padded, 2 padding, 2 trailer, 16 ICV
        assertEquals(20 + 8 + 8 + 600 + 2 + 2 + 16, esp.get(0).length);
    }
}
