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
import io.esp4j.tools.fixture.Packets;
import io.esp4j.tools.fixture.SaText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What protect makes, unprotect gives back: every transform, mode, pairing of families and encapsulation. Each test has one SA
 * file with all its SAs, told apart by the destination port of the packets.
 */
class RoundTripTest {
    private static final int FIRST_PORT = 5000;
    private static final String UDP_PORTS = "'udpEncapsulation': {'sourcePort': 4500, 'destinationPort': 4500}";
    private static final String OUTER_4 = "192.0.2.1";
    private static final String OUTER_6 = "2001:db8:f::1";

    @TempDir
    private Path folder;

    private final List<String> sas = new ArrayList<>();
    private final List<byte[]> packets = new ArrayList<>();

    /** The port of the next SA's packets. */
    private int port() {
        return FIRST_PORT + sas.size();
    }

    private static byte[] inner(boolean v6, int port, int size) {
        byte[] datagram = udp(1000, port, octets(size, size));
        return v6
                ? v6("2001:db8:a::1", "2001:db8:b::2", UDP, 0xb8, datagram)
                : v4("10.0.0.1", "10.0.0.2", UDP, 0xb8, 0x4000, new byte[0], datagram);
    }

    private static byte[] between(boolean v6, int port, byte[] options) {
        byte[] datagram = udp(7, port, octets(33, 1));
        return v6
                ? v6(OUTER_6, "2001:db8:f::2", UDP, 0x28, datagram)
                : v4(OUTER_4, "192.0.2.2", UDP, 0x28, 0x4000, options, datagram);
    }

    /** Adds an SA and the packets that it is for. */
    private void add(String mode, boolean outer6, Transform transform, String addresses, String field, byte[]... own) {
        int number = sas.size();
        sas.add(SaText.sa(
                mode,
                "0xfedc" + HexFormat.of().toHexDigits((short) number),
                outer6 ? OUTER_6 : OUTER_4,
                outer6 ? "2001:db8:f::2" : "192.0.2.2",
                transform.name(),
                SaText.key(transform.keyOctets() + transform.saltOctets(), number),
                "'integrityKey': '" + SaText.key(transform.integrityKeyOctets(), number) + "'",
                "'legacy': " + transform.legacy(),
                "'selector': {" + addresses + "'protocol': 'udp', 'destinationPort': '" + (FIRST_PORT + number) + "'}",
                field));
        packets.addAll(List.of(own));
    }

    private void assertRoundTrip() throws IOException {
        Path saFile = SaText.write(folder.resolve("sa.json"), sas.toArray(String[]::new));
        Path in = Captures.raw(folder.resolve("in.pcap"), packets);
        Path esp = folder.resolve("esp.pcap");
        Path out = folder.resolve("out.pcap");
        EspRun protect = EspRun.of("protect", "--sa", saFile, in, esp);
        assertEquals(0, protect.status(), protect.err());
        EspRun unprotect = EspRun.of("unprotect", "--sa", saFile, esp, out);
        assertEquals(0, unprotect.status(), unprotect.err());
        assertEquals(packets.stream().map(HexFormat.of()::formatHex).toList(), Captures.read(out));
        assertEquals(Captures.times(in), Captures.times(out));
    }

    @Test
    void shouldGiveBackPacketsOfEveryTransform() throws IOException {
        for (Transform transform : Transform.all()) {
            for (String esn : List.of("'esn': false", "'esn': true, 'sequence': '0x00000003fffffffe'")) {
                add(
                        "tunnel",
                        false,
                        transform,
                        "",
                        esn,
                        inner(false, port(), 0),
                        inner(true, port(), 1),
                        inner(false, port(), 1400));
            }
        }
        assertRoundTrip();
    }

    @Test
    void shouldGiveBackPacketsOfEveryModeAndPairing() throws IOException {
        for (String name : List.of("aes256gcm16", "aes256-sha512", "null-sha256", "aes128ccm8-iiv")) {
            Transform transform = Transform.named(name);
            for (boolean outer6 : new boolean[] {false, true}) {
                for (String field : List.of("'mtu': 9000", UDP_PORTS)) {
                    add("tunnel", outer6, transform, "", field, inner(true, port(), 9), inner(false, port(), 9));
                    add("transport", outer6, transform, "", field, between(outer6, port(), new byte[0]));
                    String v6 = "'source': '2001:db8:a::1', 'destination': '2001:db8:b::2', ";
                    add("beet", outer6, transform, v6, field, inner(true, port(), 40));
                    String v4 = "'source': '10.0.0.1', 'destination': '10.0.0.2', ";
                    add("beet", outer6, transform, v4, field, withoutIdentification(inner(false, port(), 40)));
                }
            }
        }
        assertRoundTrip();
    }

    /** BEET does not carry the identification of packets that no one may fragment: it comes out as 0. */
    private static byte[] withoutIdentification(byte[] packet) {
        for (int at : new int[] {4, 5, 10, 11}) {
            packet[at] = 0;
        }
        int checksum = Packets.checksum(packet, 20);
        packet[10] = (byte) (checksum >>> 8);
        packet[11] = (byte) checksum;
        return packet;
    }

    @Test
    void shouldKeepOptionsAndExtensionHeadersInTransportMode() throws IOException {
        Transform transform = Transform.named("chacha20poly1305");
        byte[] withOptions = between(false, port(), hex("01010101 01010101"));
        add("transport", false, transform, "", "'esn': false", withOptions);
        byte[] chain = join(hex("3c000104 00000000"), hex("11000104 00000000"), udp(7, port(), octets(12, 1)));
        add("transport", true, transform, "", "'esn': false", v6(OUTER_6, "2001:db8:f::2", 0, chain));
        assertRoundTrip();
    }

    @Test
    void shouldCarryInnerFragmentsInTunnelMode() throws IOException {
        sas.add(SaText.tunnel("0x1000"));
        packets.add(v4("10.0.0.1", "10.0.0.2", UDP, 0, 0x2000, new byte[0], octets(24, 1)));
        packets.add(v4("10.0.0.1", "10.0.0.2", UDP, 0, 0x0003, new byte[0], octets(24, 2)));
        assertRoundTrip();
    }

    @Test
    void shouldPadToOneLengthAndGiveBackTheOriginal() throws IOException {
        sas.add(SaText.tunnel("0x1000", "'tfc': 600"));
        packets.add(inner(false, 7, 1));
        packets.add(inner(false, 7, 300));
        assertRoundTrip();
        List<byte[]> esp = Captures.packets(folder.resolve("esp.pcap"));
        assertEquals(esp.get(0).length, esp.get(1).length);
        // 20 outer header, 8 ESP header, 8 IV, 600 padded, 2 padding, 2 trailer, 16 ICV
        assertEquals(20 + 8 + 8 + 600 + 2 + 2 + 16, esp.get(0).length);
    }
}
