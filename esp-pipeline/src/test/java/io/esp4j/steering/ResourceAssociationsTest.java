package io.esp4j.steering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.dataplane.Burst;
import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.dataplane.Worker;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.Lifetime;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.Ipv4Header;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 9611: equal SAs for resources, and one for the rest. */
class ResourceAssociationsTest {
    private static final CryptoProvider JDK = CryptoProviders.load().named("jdk");
    private static final Transform GCM = Transform.named("aes128gcm16");
    private static final int FALLBACK = 0x1000;
    private static final int RESOURCES = 4;
    private static final int INNER_OCTETS = 40;
    private static final int SLOT = 256;
    private static final byte[] END = {};

    private final Dataplane sending = Dataplane.builder().provider(JDK).build();
    private final Dataplane receiving = Dataplane.builder().provider(JDK).build();

    @AfterEach
    void close() {
        sending.close();
        receiving.close();
    }

    private static SaBuilder parameters(int spi) {
        return SaParameters.tunnel(spi, GCM, IpAddress.parse("192.0.2.1"), IpAddress.parse("192.0.2.2"))
                .replayWindow(1024)
                .severalWorkers(RESOURCES, 8);
    }

    private static KeyingMaterial key(int spi) {
        byte[] key = new byte[GCM.keyOctets() + GCM.saltOctets()];
        Memory.of(key).int32(0, spi);
        return KeyingMaterial.of(key);
    }

    /** Both ends of an SA, the receiving one first. */
    private OutboundSa add(int spi) {
        receiving.addInbound(parameters(spi).build(), key(spi));
        return sending.addOutbound(parameters(spi).build(), key(spi));
    }

    /** UDP packets of a flow each. */
    private static Burst burst(int packets, int firstFlow) {
        Burst burst = new Burst(packets);
        Memory memory = Memory.of(new byte[packets * SLOT]);
        burst.reset(memory);
        for (int i = 0; i < packets; i++) {
            int at = i * SLOT + 100;
            memory.int32(at, 0x4500_0000 | INNER_OCTETS);
            memory.int32(at + 8, 0x4011_0000);
            memory.int32(at + 12, 0x0a00_0001);
            memory.int32(at + 16, 0x0a00_0002);
            Ipv4Header.writeChecksum(memory, at);
            memory.int32(at + 20, (firstFlow + i) << 16 | 53);
            burst.add(at, INNER_OCTETS, i * SLOT, (i + 1) * SLOT);
        }
        return burst;
    }

    private static Burst arrived(List<byte[]> wires) {
        Burst burst = new Burst(wires.size());
        Memory memory = Memory.of(new byte[wires.size() * SLOT]);
        burst.reset(memory);
        for (int i = 0; i < wires.size(); i++) {
            memory.write(i * SLOT, wires.get(i), 0, wires.get(i).length);
            burst.add(i * SLOT, wires.get(i).length, i * SLOT, (i + 1) * SLOT);
        }
        return burst;
    }

    @Test
    @DisplayName("R55 a resource sends with its own SA, and with the fallback as long as it has none that can send")
    void shouldTakeOwnSaOrFallback() {
        OutboundSa fallback = add(FALLBACK);
        ResourceAssociations associations = new ResourceAssociations(RESOURCES, fallback);
        assertSame(fallback, associations.of(2));
        OutboundSa own = add(0x2000);
        assertNull(associations.put(2, own));
        assertSame(own, associations.of(2));
        assertSame(fallback, associations.of(1));
        assertSame(fallback, associations.of(RESOURCES), "a resource that came later");

        OutboundSa successor = add(0x2001);
        assertSame(own, associations.put(2, successor));
        sending.remove(own);
        assertSame(successor, associations.of(2));
        sending.remove(successor);
        assertSame(fallback, associations.of(2), "its own is closed");

        SaParameters brief =
                parameters(0x2002).lifetime(new Lifetime(0, 1, 0, 0, 0, 0)).build();
        OutboundSa single = sending.addOutbound(brief, key(0x2002));
        associations.put(2, single);
        assertSame(single, associations.of(2));
        try (Worker worker = sending.newWorker()) {
            worker.encapsulate(burst(1, 1), associations.of(2));
        }
        assertSame(fallback, associations.of(2), "its own is used up");
        assertSame(single, associations.put(2, null));

        OutboundSa next = add(0x1001);
        assertSame(fallback, associations.replaceFallback(next));
        assertSame(next, associations.of(2));
        assertEquals(RESOURCES, associations.resources());
    }

    @Test
    void shouldRefuseSasThatAreNotEqual() {
        ResourceAssociations associations = new ResourceAssociations(1, add(FALLBACK));
        SaParameters elsewhere = SaParameters.tunnel(
                        0x3000, GCM, IpAddress.parse("192.0.2.1"), IpAddress.parse("192.0.2.9"))
                .build();
        SaParameters transport = SaParameters.transport(
                        0x3001, GCM, IpAddress.parse("192.0.2.1"), IpAddress.parse("192.0.2.2"))
                .build();
        OutboundSa other = sending.addOutbound(elsewhere, key(0x3000));
        OutboundSa bare = sending.addOutbound(transport, key(0x3001));
        assertThrows(IllegalArgumentException.class, () -> associations.put(0, other));
        assertThrows(IllegalArgumentException.class, () -> associations.put(0, bare));
        assertThrows(IllegalArgumentException.class, () -> associations.replaceFallback(other));
        OutboundSa fallback = associations.of(0);
        assertThrows(IllegalArgumentException.class, () -> new ResourceAssociations(0, fallback));
    }

    @Test
    @DisplayName(
            "R55 packets of one inner flow take one SA, flows are spread over the SAs, and a bucket moves by one store")
    void shouldSpreadInnerFlows() {
        ResourceAssociations associations = new ResourceAssociations(RESOURCES, add(FALLBACK));
        for (int resource = 0; resource < RESOURCES - 1; resource++) {
            associations.put(resource, add(0x2000 + resource)); // the last one has none
        }
        FlowHash hash = new FlowHash(3);
        IndirectionTable table = new IndirectionTable(128, RESOURCES);
        Map<Integer, Integer> spiOfFlow = new HashMap<>();
        Map<Integer, Integer> flowsOfSpi = new HashMap<>();
        for (int round = 0; round < 2; round++) {
            for (int flow = 0; flow < 400; flow += 8) {
                Burst burst = burst(8, flow);
                associations.route(burst, hash, table);
                try (Worker worker = sending.newWorker()) {
                    worker.encapsulate(burst);
                }
                for (int i = 0; i < 8; i++) {
                    Integer before = spiOfFlow.put(flow + i, burst.spi(i));
                    assertTrue(before == null || before == burst.spi(i));
                    flowsOfSpi.merge(burst.spi(i), 1, Integer::sum);
                }
            }
        }
        assertEquals(RESOURCES, flowsOfSpi.size());
        flowsOfSpi.forEach((spi, flows) -> assertTrue(flows > 100, () -> flows + " of 800 with SPI " + spi));
        for (int bucket = 0; bucket < table.buckets(); bucket++) {
            table.set(bucket, 1);
        }
        Burst moved = burst(8, 0);
        associations.route(moved, hash, table);
        for (int i = 0; i < 8; i++) {
            assertSame(associations.of(1), moved.sa(i));
        }
    }

    @Test
    @DisplayName("R55 any worker accepts packets of any of the SAs, the fallback's too")
    void shouldAcceptAnySaOnAnyWorker() {
        List<OutboundSa> sas = new ArrayList<>(List.of(add(FALLBACK)));
        for (int resource = 0; resource < RESOURCES; resource++) {
            sas.add(add(0x2000 + resource));
        }
        try (Worker sender = sending.newWorker()) {
            for (int round = 0; round < RESOURCES; round++) {
                try (Worker receiver = receiving.newWorker()) {
                    List<byte[]> wires = new ArrayList<>();
                    for (OutboundSa sa : sas) {
                        Burst one = burst(1, 5);
                        sender.encapsulate(one, sa);
                        wires.add(one.octets(0));
                    }
                    Burst burst = arrived(wires);
                    receiver.decapsulate(burst);
                    for (int i = 0; i < sas.size(); i++) {
                        assertEquals(InboundOutcome.ACCEPTED, burst.inbound(i));
                        assertEquals(sas.get(i).parameters().spi(), burst.spi(i));
                    }
                }
            }
        }
    }

    @Test
    @DisplayName(
            "R54 R55 SAs of resources come, are rekeyed and go under load: nothing sealed is lost, and all is sealed")
    void shouldLoseNothingWhileSasComeAndGo() throws Exception {
        int packets = 3000;
        ResourceAssociations associations = new ResourceAssociations(2, add(FALLBACK));
        LinkedBlockingQueue<byte[]> link = new LinkedBlockingQueue<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> senders = new ArrayList<>();
            for (int resource = 0; resource < 2; resource++) {
                int mine = resource;
                senders.add(threads.submit(() -> send(associations, mine, packets, link)));
            }
            List<Future<Integer>> receivers =
                    List.of(threads.submit(() -> receive(link)), threads.submit(() -> receive(link)));
            int spi = 0x2000;
            while (!senders.get(0).isDone() || !senders.get(1).isDone()) {
                int resource = spi % 2;
                OutboundSa before = associations.put(resource, spi % 5 == 0 ? null : add(spi));
                if (before != null) {
                    sending.remove(before);
                }
                spi++;
            }
            int sent = senders.get(0).get() + senders.get(1).get();
            link.put(END);
            link.put(END);
            assertEquals(2 * packets, sent);
            assertEquals(sent, receivers.get(0).get() + receivers.get(1).get());
            assertTrue(spi > 0x2004, "SAs came and went while packets flowed");
        } finally {
            threads.shutdownNow();
        }
    }

    private int send(ResourceAssociations associations, int resource, int packets, LinkedBlockingQueue<byte[]> link)
            throws InterruptedException {
        int sent = 0;
        try (Worker worker = sending.newWorker()) {
            while (sent < packets) {
                Burst burst = burst(1, sent);
                worker.encapsulate(burst, associations.of(resource));
                // An SA that was removed under way seals nothing, and says so; the packet takes the next one.
                if (burst.outbound(0) == OutboundOutcome.ENCAPSULATED) {
                    link.put(burst.octets(0));
                    sent++;
                }
            }
        }
        return sent;
    }

    private int receive(LinkedBlockingQueue<byte[]> link) throws InterruptedException {
        int accepted = 0;
        try (Worker worker = receiving.newWorker()) {
            for (byte[] wire = link.take(); wire != END; wire = link.take()) {
                Burst burst = arrived(List.of(wire));
                worker.decapsulate(burst);
                accepted += burst.inbound(0) == InboundOutcome.ACCEPTED ? 1 : 0;
            }
        }
        return accepted;
    }
}
