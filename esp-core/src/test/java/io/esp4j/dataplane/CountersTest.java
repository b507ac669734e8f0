package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.wire.Packets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CountersTest {
    private static final byte[] INNER = v4().build();

    private final List<String> dropped = new ArrayList<>();

    private Gateways gateways() {
        return Gateways.of(Sas.tunnel(Sas.GCM).mtu(500), settings -> settings.dropHook(this::drop));
    }

    private void drop(Burst burst, int index) {
        String octets = HexFormat.of().formatHex(burst.octets(index));
        boolean inbound = burst.sa(index) instanceof InboundSa;
        dropped.add((inbound ? burst.inbound(index) : burst.outbound(index)) + " " + index + " " + octets);
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    @Test
    @DisplayName("every inbound packet is counted once at its worker, and once at its SA if it has one")
    void shouldCountEveryInboundPacketOnce() {
        try (Gateways gateways = gateways()) {
            byte[] wire = gateways.seal(INNER);
            byte[] next = gateways.seal(INNER);
            byte[] forged = Packets.flip(next, next.length * 8 - 1);
            byte[] cut = v4().protocol(50).payload(Packets.slice(next, 20, 40)).build();
            Volley.receive(gateways.receiver, wire, wire, forged, cut, v4().build(), new byte[30], next);
            long atWorker = 0;
            long atSa = 0;
            for (InboundOutcome outcome : InboundOutcome.values()) {
                atWorker += gateways.receiver.count(outcome);
                atSa += gateways.in.count(outcome);
            }
            assertEquals(7, atWorker);
            assertEquals(5, atSa);
            assertEquals(2, gateways.in.count(InboundOutcome.ACCEPTED));
            assertEquals(1, gateways.in.count(InboundOutcome.REPLAYED));
            assertEquals(1, gateways.in.count(InboundOutcome.ICV_MISMATCH));
            assertEquals(1, gateways.in.count(InboundOutcome.MALFORMED));
            assertEquals(2, gateways.receiver.count(InboundOutcome.NOT_ESP));
            assertEquals(0, gateways.receiver.count(InboundOutcome.PENDING));
        }
    }

    @Test
    @DisplayName("every outbound packet is counted once at its worker, and once at its SA if it has one")
    void shouldCountEveryOutboundPacketOnce() {
        try (Gateways gateways = gateways()) {
            byte[] big = v4().payload(new byte[490]).build();
            Burst burst = Volley.burst(INNER, big, INNER, new byte[19], INNER);
            for (int i = 0; i < 4; i++) {
                burst.route(i, gateways.out);
            }
            gateways.sender.encapsulate(burst);
            long atWorker = 0;
            long atSa = 0;
            for (OutboundOutcome outcome : OutboundOutcome.values()) {
                atWorker += gateways.sender.count(outcome);
                atSa += gateways.out.count(outcome);
            }
            assertEquals(5, atWorker);
            assertEquals(4, atSa);
            assertEquals(2, gateways.out.count(OutboundOutcome.ENCAPSULATED));
            assertEquals(1, gateways.out.count(OutboundOutcome.PACKET_TOO_BIG));
            assertEquals(1, gateways.out.count(OutboundOutcome.MALFORMED));
            assertEquals(1, gateways.sender.count(OutboundOutcome.NO_POLICY));
        }
    }

    @Test
    @DisplayName("the drop hook sees every packet that does not come out, with its octets and the reason, and no other")
    void shouldShowDroppedPackets() {
        try (Gateways gateways = gateways()) {
            byte[] wire = gateways.seal(INNER);
            byte[] forged = Packets.flip(wire, wire.length * 8 - 1);
            byte[] big = v4().payload(new byte[490]).build();
            Volley.receive(gateways.receiver, forged, wire);
            gateways.tryOpen(wire);
            Burst burst = Volley.burst(INNER, big);
            gateways.sender.encapsulate(burst, gateways.out);
            assertEquals(
                    List.of("ICV_MISMATCH 0 " + hex(forged), "REPLAYED 0 " + hex(wire), "PACKET_TOO_BIG 1 " + hex(big)),
                    dropped);
        }
    }

    @Test
    @DisplayName(
            "the drop hook is told of each outbound packet that is refused, once and with its SA, whoever chose the SA")
    void shouldTellOfRefusedPacketsOnce() {
        List<String> told = new ArrayList<>();
        DropHook hook = (burst, index) -> told.add(burst.outbound(index) + " " + index + " " + burst.sa(index));
        Gateways created = Gateways.of(Sas.tunnel(Sas.GCM).mtu(500), settings -> settings.dropHook(hook));
        try (Gateways gateways = created) {
            byte[] big = v4().payload(new byte[490]).build();
            List<String> expected = List.of(
                    "PACKET_TOO_BIG 1 " + gateways.out, "MALFORMED 3 " + gateways.out, "MALFORMED 4 " + gateways.out);
            Burst burst = Volley.burst(INNER, big, INNER, new byte[19], new byte[20], INNER);
            gateways.sender.encapsulate(burst, gateways.out);
            assertEquals(expected, told);

            told.clear();
            Burst routed = Volley.burst(INNER, big, INNER, new byte[19], new byte[20], INNER);
            for (int i = 0; i < routed.size(); i++) {
                routed.route(i, gateways.out);
            }
            gateways.sender.encapsulate(routed);
            assertEquals(expected, told);
        }
    }

    @Test
    void shouldCountNothingAtAnIdleSa() {
        try (Gateways gateways = gateways()) {
            assertEquals(0, gateways.in.count(InboundOutcome.ACCEPTED));
            assertEquals(0, gateways.in.unusualPadding());
            assertEquals(0, gateways.out.count(OutboundOutcome.ENCAPSULATED));
            assertEquals("jdk", gateways.in.provider());
            assertEquals("0x1000 TUNNEL aes128gcm16 192.0.2.1 -> 192.0.2.2", gateways.in.toString());
        }
    }
}
