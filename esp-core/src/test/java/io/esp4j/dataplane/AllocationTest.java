package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static io.esp4j.wire.Ipv6Packet.v6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.AuditEvent;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.Lifetime;
import io.esp4j.sa.NatOriginal;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.TrafficFlowPadding;
import io.esp4j.sa.UdpEncapsulation;
import io.esp4j.wire.Packets;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Nothing that a packet can cause allocates: the guard beside the official figures of JMH's gc profiler. The crypto is a stub
 * that allocates nothing, so that all there is would be ours.
 */
class AllocationTest {
    private static final int BURST = 32;
    private static final int BURSTS = 400;
    private static final int ATTEMPTS = 20;
    private static final int SLOT = 512;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long audited;
    private long dropped;

    private void note(AuditEvent event) {
        audited += event.spi() + event.sequence();
    }

    private void drop(Burst burst, int index) {
        dropped += burst.length(index);
    }

    private Gateways gateways(SaBuilder out, SaBuilder in) {
        return new Gateways(out.build(), in.build(), settings -> settings.provider(new StubProvider())
                .audit(this::note, Integer.MAX_VALUE)
                .dropHook(this::drop));
    }

    /** The same work many times over; once warm, one attempt of several must allocate nothing at all. */
    private void assertAllocatesNothing(String what, Runnable work) {
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && least != 0; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < BURSTS; i++) {
                work.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, what + ": octets allocated for " + BURSTS * BURST + " packets");
    }

    private static void fill(Burst burst, Memory memory, byte[] packet) {
        burst.reset(memory);
        for (int i = 0; i < BURST; i++) {
            int slot = i * SLOT;
            memory.write(slot + 128, packet, 0, packet.length);
            burst.add(slot + 128, packet.length, slot, slot + SLOT);
        }
    }

    private static void put(Burst burst, Memory memory, byte[][] wires) {
        burst.reset(memory);
        for (int i = 0; i < wires.length; i++) {
            int slot = i * SLOT;
            memory.write(slot + 128, wires[i], 0, wires[i].length);
            burst.add(slot + 128, wires[i].length, slot, slot + SLOT);
        }
    }

    private void verifyEncapsulation(String what, SaBuilder sa, byte[] packet, OutboundOutcome expected) {
        for (Memory memory : new Memory[] {Memory.of(new byte[BURST * SLOT]), Memory.allocateDirect(BURST * SLOT)}) {
            try (Gateways gateways = gateways(sa, sa)) {
                Burst burst = new Burst(BURST);
                assertAllocatesNothing(what, () -> {
                    fill(burst, memory, packet);
                    gateways.sender.encapsulate(burst, gateways.out);
                });
                assertEquals(expected, burst.outbound(BURST - 1), what);
            }
        }
    }

    @Test
    @DisplayName("encapsulating allocates nothing, in every mode, with ESN, UDP, random IVs and random padding")
    void shouldAllocateNothingToEncapsulate() {
        byte[] inner4 = v4().build();
        byte[] inner6 = v6().extension(0, 8).extension(43, 8).extension(60, 8).build();
        UdpEncapsulation udp = new UdpEncapsulation(4500, 4500);
        SaBuilder[] to4 = {
            Sas.tunnel(Sas.GCM).esn(true),
            Sas.tunnel(Sas.CBC),
            Sas.tunnel(Sas.GCM, true).udpEncapsulation(udp),
            Sas.tunnel(Sas.GCM).trafficFlowPadding(new TrafficFlowPadding(60, 200)),
            Sas.tunnel(Sas.GCM).lifetime(new Lifetime(10, 1L << 40, 10, 1L << 50, 1, 1L << 30)),
            Sas.transport(Transform.named("aes256gcm16-iiv"), false),
            Sas.beet(Sas.GCM, true, false),
        };
        for (SaBuilder sa : to4) {
            verifyEncapsulation(sa.build().toString(), sa, inner4, OutboundOutcome.ENCAPSULATED);
        }
        verifyEncapsulation(
                "IPv6", Sas.transport(Sas.GCM, true).udpEncapsulation(udp), inner6, OutboundOutcome.ENCAPSULATED);
        verifyEncapsulation("IPv6", Sas.beet(Sas.GCM, false, true), inner6, OutboundOutcome.ENCAPSULATED);
    }

    @Test
    @DisplayName("packets that are refused on the way out allocate nothing, audit and drop hook included")
    void shouldAllocateNothingToRefuse() {
        byte[] inner = v4().build();
        verifyEncapsulation("too big", Sas.tunnel(Sas.GCM).mtu(80), inner, OutboundOutcome.PACKET_TOO_BIG);
        verifyEncapsulation("malformed", Sas.tunnel(Sas.GCM), new byte[30], OutboundOutcome.MALFORMED);
        byte[] fragment = v4().fragmentation(0x2000).build();
        verifyEncapsulation("fragment", Sas.transport(Sas.GCM, false), fragment, OutboundOutcome.FRAGMENT);
        SaBuilder last = Sas.tunnel(Sas.GCM).sequence(0xffff_ffffL);
        verifyEncapsulation("exhausted", last, inner, OutboundOutcome.SEQUENCE_EXHAUSTED);
        SaBuilder spent = Sas.tunnel(Sas.GCM).lifetime(new Lifetime(0, 1, 0, 0, 0, 0));
        verifyEncapsulation("expired", spent, inner, OutboundOutcome.LIFETIME_EXPIRED);
    }

    /** The wires of one burst are received again and again: without anti-replay they are accepted each time. */
    private void verifyDecapsulation(
            String what, SaBuilder out, SaBuilder in, byte[] packet, int flippedBit, InboundOutcome expected) {
        for (Memory memory : new Memory[] {Memory.of(new byte[BURST * SLOT]), Memory.allocateDirect(BURST * SLOT)}) {
            try (Gateways gateways = gateways(out, in)) {
                List<byte[]> wires = new ArrayList<>();
                for (byte[] wire : Volley.seal(gateways, packet, BURST)) {
                    wires.add(flippedBit < 0 ? wire : Packets.flip(wire, flippedBit));
                }
                verifyReception(what, gateways, memory, wires.toArray(new byte[0][]), expected);
            }
        }
    }

    private void verifyReception(
            String what, Gateways gateways, Memory memory, byte[][] wires, InboundOutcome expected) {
        Burst burst = new Burst(BURST);
        assertAllocatesNothing(what, () -> {
            put(burst, memory, wires);
            gateways.receiver.decapsulate(burst);
        });
        assertEquals(expected, burst.inbound(BURST - 1), what);
    }

    @Test
    @DisplayName("decapsulating allocates nothing, in every mode, over both families, in UDP, with NAT correction")
    void shouldAllocateNothingToDecapsulate() {
        byte[] udp = Packets.udp(Packets.address("10.1.0.1"), Packets.address("10.2.0.2"), 1, 2, new byte[30]);
        byte[] inner = v4().payload(udp).build();
        byte[] chain = v6().extension(0, 8).extension(60, 8).build();
        UdpEncapsulation ports = new UdpEncapsulation(4500, 4500);
        NatOriginal original = new NatOriginal(Sas.outerSource(false), Sas.outerDestination(false));
        InboundOutcome accepted = InboundOutcome.ACCEPTED;
        verify("tunnel", Sas.tunnel(Sas.GCM).replayWindow(0), inner, accepted);
        verify("tunnel over IPv6", Sas.tunnel(Sas.CBC, true).replayWindow(0).udpEncapsulation(ports), inner, accepted);
        verify("transport", Sas.transport(Sas.GCM, true).replayWindow(0), chain, accepted);
        verify(
                "transport, NAT",
                Sas.transport(Sas.GCM, false).natOriginal(original).replayWindow(0),
                inner,
                accepted);
        verify("BEET", Sas.beet(Sas.GCM, false, false).replayWindow(0), inner, accepted);
    }

    private void verify(String what, SaBuilder sa, byte[] packet, InboundOutcome expected) {
        verifyDecapsulation(what, sa, sa, packet, -1, expected);
    }

    @Test
    @DisplayName("packets that are dropped on the way in allocate nothing, audit and drop hook included")
    void shouldAllocateNothingToDrop() {
        byte[] inner = v4().build();
        SaBuilder esn = Sas.tunnel(Sas.GCM).esn(true);
        SaBuilder off = Sas.tunnel(Sas.GCM).replayWindow(0);
        SaBuilder lockFree = Sas.tunnel(Sas.GCM).severalWorkers(true);
        verify("replayed", esn, inner, InboundOutcome.REPLAYED);
        verify("replayed, lock-free", lockFree, inner, InboundOutcome.REPLAYED);
        verifyDecapsulation("too old", off, Sas.tunnel(Sas.GCM).sequence(5000), inner, -1, InboundOutcome.TOO_OLD);
        verifyDecapsulation("forged", esn, esn, inner, 8 * 60, InboundOutcome.ICV_MISMATCH);
        verifyDecapsulation("unknown SPI", off, off, inner, 8 * 20, InboundOutcome.UNKNOWN_SPI);
        verifyDecapsulation("not ESP", off, off, inner, 8 * 9, InboundOutcome.NOT_ESP);
        verifyDecapsulation("fragment", off, off, inner, 8 * 6 + 2, InboundOutcome.FRAGMENT);
        verifyDecapsulation("cut", off, off, inner, 8 * 2, InboundOutcome.MALFORMED);
        SaBuilder spent = Sas.tunnel(Sas.GCM).replayWindow(0).lifetime(new Lifetime(0, 1, 0, 0, 0, 0));
        verifyDecapsulation("expired", off, spent, inner, -1, InboundOutcome.LIFETIME_EXPIRED);
        byte[] dummy = v4().protocol(59).build();
        verify("dummy", Sas.transport(Sas.GCM, false).replayWindow(0), dummy, InboundOutcome.DUMMY);
        SaBuilder transport = Sas.transport(Sas.GCM, false).replayWindow(0);
        SaBuilder tunnel = Sas.tunnel(Sas.GCM).replayWindow(0);
        verifyDecapsulation("malformed", transport, tunnel, inner, -1, InboundOutcome.MALFORMED_PLAINTEXT);
        assertTrue(audited != 0 && dropped != 0);
    }
}
