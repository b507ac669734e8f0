package io.esp4j.dataplane;

import static io.esp4j.outcome.InboundOutcome.ACCEPTED;
import static io.esp4j.outcome.InboundOutcome.SELECTOR_MISMATCH;
import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.policy.Selector;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.Ipv4Packet;
import io.esp4j.wire.Ipv6Packet;
import io.esp4j.wire.Packets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SelectorJourneyTest {
    private static final Selector DNS = Selector.builder()
            .source("10.1.0.0/16")
            .protocol("udp")
            .destinationPorts("53")
            .build();
    private static final byte[] WANTED = udp(53).build();
    private static final byte[] OTHER = udp(54).build();

    private final List<String> audited = new ArrayList<>();
    private final List<Object> dropped = new ArrayList<>();
    private final SaParameters parameters = Sas.tunnel(Sas.GCM).build();
    private final Gateways gateways = new Gateways(parameters, parameters, DNS, settings -> settings.audit(
                    event -> audited.add(event.outcome() + " " + event.sequence()), 100)
            .dropHook((burst, index) -> dropped.add(burst.inbound(index))));

    private static Ipv4Packet udp(int port) {
        byte[] header = Packets.join(Packets.int32(9 << 16 | port), Packets.int32(24 << 16));
        return v4().payload(Packets.join(header, new byte[16]));
    }

    @AfterEach
    void close() {
        gateways.close();
    }

    @Test
    @DisplayName(
            "R48 an inner packet outside of the SA's selector is discarded, audited and counted; its neighbours pass")
    void shouldDiscardWhatTheSaMayNotCarry() {
        byte[][] wires = {gateways.seal(WANTED), gateways.seal(OTHER), gateways.seal(WANTED)};
        assertEquals(List.of(ACCEPTED, SELECTOR_MISMATCH, ACCEPTED), Volley.receive(gateways.receiver, wires));
        assertEquals(List.of("SELECTOR_MISMATCH 2"), audited);
        assertEquals(List.of(SELECTOR_MISMATCH), dropped);
        assertEquals(1, gateways.in.count(SELECTOR_MISMATCH));
        assertEquals(2, gateways.in.count(ACCEPTED));
        assertEquals(1, gateways.receiver.count(SELECTOR_MISMATCH));
        assertEquals(2, gateways.receiver.count(ACCEPTED));
        assertEquals(3, gateways.in.highestSequence(), "the window moved all the same");
    }

    @Test
    @DisplayName("R48 R52 an SA with OPAQUE ports takes later fragments from the minimum offset on, and none of IPv6")
    void shouldDiscardFragmentsThatCouldOverwriteHeaders() {
        Selector opaque = Selector.builder().protocol("udp").opaque().build();
        try (Gateways later = new Gateways(parameters, parameters, opaque, settings -> {})) {
            assertEquals(SELECTOR_MISMATCH, later.tryOpen(later.seal(WANTED)));
            assertEquals(
                    SELECTOR_MISMATCH,
                    later.tryOpen(later.seal(udp(53).fragmentation(1).build())));
            assertEquals(
                    ACCEPTED, later.tryOpen(later.seal(udp(53).fragmentation(2).build())));
            byte[] v6 = Ipv6Packet.v6().fragment(64, false, 7).protocol(17).build();
            assertEquals(SELECTOR_MISMATCH, later.tryOpen(later.seal(v6)));
        }
    }

    @Test
    @DisplayName("R48 R52 of a datagram in fragments, only the first one passes a selector with ports")
    void shouldDiscardLaterFragmentsUnderASelectorWithPorts() {
        assertEquals(
                ACCEPTED,
                gateways.tryOpen(gateways.seal(udp(53).fragmentation(0x2000).build())));
        assertEquals(
                SELECTOR_MISMATCH,
                gateways.tryOpen(gateways.seal(udp(53).fragmentation(3).build())));
        assertEquals(
                SELECTOR_MISMATCH,
                gateways.tryOpen(gateways.seal(udp(54).fragmentation(0x2000).build())));
    }
}
