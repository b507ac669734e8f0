package io.esp4j.dataplane;

import static io.esp4j.outcome.OutboundOutcome.ENCAPSULATED;
import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.wire.Packets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BurstTest {
    private static final byte[] INNER = v4().build();

    @Test
    @DisplayName("a burst makes one journey: its packets are neither sealed nor opened a second time by mistake")
    void shouldRefuseSecondJourney() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            Burst burst = Volley.burst(INNER, INNER);
            gateways.sender.encapsulate(burst, gateways.out);
            byte[] wire = burst.octets(1);
            assertThrows(IllegalStateException.class, () -> gateways.sender.encapsulate(burst, gateways.out));
            assertThrows(IllegalStateException.class, () -> gateways.receiver.decapsulate(burst));
            assertArrayEquals(wire, burst.octets(1));
            assertEquals(2, gateways.out.lastSequence());
            assertArrayEquals(INNER, gateways.open(wire));

            Burst arrived = Volley.burst(wire);
            gateways.receiver.decapsulate(arrived);
            assertThrows(IllegalStateException.class, () -> gateways.receiver.decapsulate(arrived));
            assertEquals(InboundOutcome.REPLAYED, arrived.inbound(0));
            arrived.reset(arrived.memory());
            gateways.receiver.decapsulate(arrived);
        }
    }

    @Test
    void shouldForgetEverythingAtReset() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            Burst burst = Volley.burst(INNER, INNER);
            gateways.sender.encapsulate(burst, gateways.out);
            burst.reset(Memory.allocateDirect(100));
            assertEquals(0, burst.size());
            assertEquals(2, burst.capacity());
            burst.add(10, 20);
            assertEquals(OutboundOutcome.PENDING, burst.outbound(0));
            assertEquals(InboundOutcome.PENDING, burst.inbound(0));
            assertEquals(0, burst.spi(0));
            assertEquals(0, burst.sequence(0));
            assertEquals(0, burst.nextHeader(0));
            assertNull(burst.sa(0));
            assertEquals(10, burst.offset(0));
            assertEquals(20, burst.length(0));
        }
    }

    @Test
    void shouldDoNothingWithAnEmptyBurst() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            Burst burst = new Burst(1);
            burst.reset(Memory.of(new byte[0]));
            gateways.sender.encapsulate(burst, gateways.out);
            burst.reset(burst.memory());
            gateways.receiver.decapsulate(burst);
            assertEquals(0, gateways.out.lastSequence());
        }
    }

    @Test
    @DisplayName("R1 R16 packets of several SAs, good and bad in any order, each end as they would alone")
    void shouldTreatEachPacketAsIfAlone() {
        long seed = System.nanoTime();
        System.out.println("mixed bursts, seed " + seed);
        Random random = new Random(seed);
        int count = 5;
        try (Dataplane sending = Dataplane.builder().provider(Gateways.JDK).build();
                Dataplane receiving = Dataplane.builder().provider(Gateways.JDK).build();
                Worker sender = sending.newWorker();
                Worker receiver = receiving.newWorker()) {
            OutboundSa[] out = new OutboundSa[count];
            InboundSa[] in = new InboundSa[count];
            for (int i = 0; i < count; i++) {
                Keys keys = Keys.of(Sas.transforms().get(i * 7), i);
                io.esp4j.sa.SaBuilder builder = io.esp4j.sa.SaParameters.tunnel(
                                Sas.SPI + i, keys.transform(), Sas.outerSource(false), Sas.outerDestination(false))
                        .legacy(true)
                        .mtu(300);
                out[i] = sending.addOutbound(builder.build(), keys.material());
                in[i] = receiving.addInbound(builder.build(), keys.material());
            }
            for (int round = 0; round < 200; round++) {
                byte[][] packets = new byte[1 + random.nextInt(40)][];
                int[] sa = new int[packets.length];
                for (int i = 0; i < packets.length; i++) {
                    sa[i] = random.nextInt(count + 1) - 1;
                    packets[i] = v4().payload(Packets.random(random, random.nextInt(8) == 0 ? 400 : i))
                            .build();
                }
                Burst burst = Volley.burst(packets);
                for (int i = 0; i < packets.length; i++) {
                    burst.route(i, sa[i] < 0 ? null : out[sa[i]]);
                }
                sender.encapsulate(burst);
                List<byte[]> wires = new ArrayList<>();
                List<Integer> origins = new ArrayList<>();
                for (int i = 0; i < packets.length; i++) {
                    OutboundOutcome expected = sa[i] < 0
                            ? OutboundOutcome.NO_POLICY
                            : packets[i].length > 300 ? OutboundOutcome.PACKET_TOO_BIG : ENCAPSULATED;
                    assertEquals(expected, burst.outbound(i), "seed " + seed);
                    if (expected == ENCAPSULATED) {
                        wires.add(burst.octets(i));
                        origins.add(i);
                    } else {
                        assertArrayEquals(packets[i], burst.octets(i), "seed " + seed);
                    }
                }
                if (wires.isEmpty()) {
                    continue;
                }
                Collections.shuffle(origins, new Random(round));
                Collections.shuffle(wires, new Random(round));
                Burst arrived = Volley.burst(wires);
                receiver.decapsulate(arrived);
                for (int i = 0; i < wires.size(); i++) {
                    assertEquals(InboundOutcome.ACCEPTED, arrived.inbound(i), "seed " + seed);
                    assertArrayEquals(packets[origins.get(i)], arrived.octets(i), "seed " + seed);
                    assertEquals(in[sa[origins.get(i)]], arrived.sa(i));
                }
            }
        }
    }
}
