package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static io.esp4j.wire.Ipv6Packet.v6;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.outcome.AuditEvent;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.UdpEncapsulation;
import io.esp4j.wire.Packets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FragmentTest {
    private final List<String> audited = new ArrayList<>();

    private Gateways gateways(SaBuilder builder) {
        return Gateways.of(builder, settings -> settings.audit(this::note, 100));
    }

    private void note(AuditEvent event) {
        audited.add(event.outcome() + " " + Integer.toHexString(event.spi()) + " " + event.sequence() + " "
                + event.source() + " " + event.destination() + " " + event.flowLabel());
    }

    private static List<byte[]> fragments() {
        return List.of(
                v4().fragmentation(0x2000).build(),
                v4().fragmentation(0x2001).build(),
                v4().fragmentation(0x0001).build(),
                v4().fragmentation(0x1fff).build(),
                v6().fragment(0, true, 1).build(),
                v6().fragment(8, true, 1).build(),
                v6().fragment(65528, false, 1).build());
    }

    @Test
    @DisplayName("R17 transport mode and BEET protect whole datagrams only: a fragment is refused, counted and audited")
    void shouldRefuseFragmentsOutsideTunnelMode() {
        for (byte[] fragment : fragments()) {
            boolean ipv6 = fragment[0] == 0x60;
            List<SaBuilder> modes = List.of(Sas.transport(Sas.GCM, ipv6), Sas.beet(Sas.GCM, false, ipv6));
            for (SaBuilder mode : modes) {
                audited.clear();
                try (Gateways gateways = gateways(mode.sequence(41))) {
                    assertEquals(OutboundOutcome.FRAGMENT, gateways.trySeal(fragment));
                    assertArrayEquals(fragment, gateways.bench.packet());
                    assertEquals(41, gateways.out.lastSequence());
                    assertEquals(1, gateways.out.count(OutboundOutcome.FRAGMENT));
                    String addresses = ipv6 ? "2001:db8:1::1 2001:db8:2::2 " + 0x12345 : "10.1.0.1 10.2.0.2 0";
                    assertEquals(List.of("FRAGMENT 1000 41 " + addresses), audited);
                }
            }
        }
    }

    @Test
    @DisplayName("R17 tunnel mode carries fragments")
    void shouldCarryFragmentsInTunnelMode() {
        try (Gateways gateways = gateways(Sas.tunnel(Sas.GCM))) {
            for (byte[] fragment : fragments()) {
                assertArrayEquals(fragment, gateways.open(gateways.seal(fragment)));
            }
        }
    }

    @Test
    @DisplayName("R18 a fragment of ESP is discarded and audited with what it shows; the window does not move")
    void shouldDiscardFragmentsOfEsp() {
        try (Gateways gateways = gateways(Sas.tunnel(Sas.GCM))) {
            byte[] wire = gateways.seal(v4().build());
            byte[] esp = Packets.slice(wire, 20, wire.length);
            assertFragment(
                    gateways,
                    v4().fragmentation(0x2000).protocol(50).payload(esp).build());
            assertFragment(
                    gateways,
                    v4().fragmentation(0x0004).protocol(50).payload(esp).build());
            assertFragment(
                    gateways,
                    v6().fragment(0, true, 3).protocol(50).payload(esp).build());
            assertFragment(
                    gateways,
                    v6().fragment(32, false, 3).protocol(50).payload(esp).build());
            byte[] short4 = Packets.slice(esp, 0, 7);
            assertFragment(
                    gateways,
                    v4().fragmentation(0x2000).protocol(50).payload(short4).build());
            assertEquals(
                    List.of(
                            "FRAGMENT 1000 1 10.1.0.1 10.2.0.2 0",
                            "FRAGMENT 0 0 10.1.0.1 10.2.0.2 0",
                            "FRAGMENT 1000 1 2001:db8:1::1 2001:db8:2::2 " + 0x12345,
                            "FRAGMENT 0 0 2001:db8:1::1 2001:db8:2::2 " + 0x12345,
                            "FRAGMENT 0 0 10.1.0.1 10.2.0.2 0"),
                    audited);
            assertEquals(0, gateways.in.highestSequence());
            assertEquals(5, gateways.receiver.count(InboundOutcome.FRAGMENT));
            gateways.open(wire);
        }
    }

    private static void assertFragment(Gateways gateways, byte[] packet) {
        assertEquals(InboundOutcome.FRAGMENT, gateways.tryOpen(packet));
        assertArrayEquals(packet, gateways.bench.packet());
    }

    @Test
    @DisplayName("R18 an atomic fragment of IPv6 is whole (RFC 6946)")
    void shouldOpenAtomicFragment() {
        try (Gateways gateways = gateways(Sas.tunnel(Sas.GCM, true))) {
            byte[] inner = v4().build();
            byte[] wire = gateways.seal(inner);
            byte[] esp = Packets.slice(wire, 40, wire.length);
            byte[] atomic = v6().fragment(0, false, 3).protocol(50).payload(esp).build();
            assertArrayEquals(inner, gateways.open(atomic));
        }
    }

    @Test
    @DisplayName(
            "R18 R40 of ESP in UDP only the first fragment shows the port, and is discarded; later ones are not ours")
    void shouldDiscardFirstFragmentOfEspInUdp() {
        UdpEncapsulation ports = new UdpEncapsulation(4500, 4500);
        try (Gateways gateways = gateways(Sas.tunnel(Sas.GCM).udpEncapsulation(ports))) {
            byte[] wire = gateways.seal(v4().build());
            byte[] udp = Packets.slice(wire, 20, wire.length);
            assertFragment(
                    gateways,
                    v4().fragmentation(0x2000).protocol(17).payload(udp).build());
            assertFragment(
                    gateways,
                    v6().fragment(0, true, 3).protocol(17).payload(udp).build());
            assertEquals("FRAGMENT 1000 1 10.1.0.1 10.2.0.2 0", audited.get(0));
            byte[][] others = {
                v4().fragmentation(0x0001).protocol(17).payload(udp).build(),
                v6().fragment(8, true, 3).protocol(17).payload(udp).build(),
                v4().fragmentation(0x2000).protocol(6).payload(udp).build(),
            };
            for (byte[] packet : others) {
                assertEquals(InboundOutcome.NOT_ESP, gateways.tryOpen(packet));
                assertArrayEquals(packet, gateways.bench.packet());
            }
            assertEquals(2, audited.size());
        }
    }
}
