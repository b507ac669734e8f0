package io.esp4j.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.memory.Memory;
import io.esp4j.wire.Packets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CoalescerPropertyTest {

    @Property(tries = 500)
    void shouldRestoreWhatWasCut(@ForAll long seed) {
        Random random = new Random(seed);
        TcpPacket packet = TcpPacket.random(random);
        int maxPayload = 1 + random.nextInt(1500);
        packet.payload = Packets.random(random, 1 + random.nextInt(30 * maxPayload));
        byte[] whole = packet.build();
        boolean same = packet.dontFragment && random.nextBoolean();
        List<byte[]> segments = Cut.segments(whole, maxPayload, same, false);

        List<Cut.Delivered> delivered = Cut.coalesce(segments, 2, 65_535, random.nextBoolean());

        assertEquals(1, delivered.size());
        assertArrayEquals(whole, delivered.get(0).octets());
        assertEquals(segments.size(), delivered.get(0).segments());
        if (segments.size() > 1) {
            assertEquals(maxPayload, delivered.get(0).segmentOctets());
            assertEquals(same && !packet.v6, delivered.get(0).same());
        }
    }

    /** A few connections whose packets mostly follow one another, but for a field now and then. */
    @Property(tries = 500)
    void shouldMergeExactlyWhatCuttingGivesBack(@ForAll long seed) {
        Random random = new Random(seed);
        int maxFlows = 1 + random.nextInt(4);
        int maxOctets = 60 + random.nextInt(1500);
        SlowCoalescer oracle = new SlowCoalescer(maxFlows, maxOctets);
        List<Cut.Delivered> delivered = new ArrayList<>();
        Coalescer coalescer = new Coalescer(
                Memory.of(new byte[maxFlows * maxOctets]),
                maxFlows,
                maxOctets,
                packet -> delivered.add(Cut.Delivered.of(packet)));
        TrafficOfConnections traffic = new TrafficOfConnections(random);
        for (int i = 0; i < 60; i++) {
            byte[] packet = traffic.next();
            int origin = random.nextInt(30) == 0 ? 1 : 0;
            oracle.offer(packet, origin);
            coalescer.offer(Memory.of(packet), 0, packet.length, origin);
        }
        coalescer.flush();

        List<SlowCoalescer.Group> expected = oracle.flush();
        assertEquals(
                describe(expected.stream().map(group -> group.packets)),
                describe(delivered.stream().map(Cut.Delivered::cut)));
        for (int i = 0; i < expected.size(); i++) {
            SlowCoalescer.Group group = expected.get(i);
            byte[] octets = group.packets.size() == 1 ? group.packets.get(0) : group.merged();
            assertArrayEquals(octets, delivered.get(i).octets());
            assertEquals(group.origin, delivered.get(i).origin());
        }
    }

    private static String describe(Stream<List<byte[]>> groups) {
        return groups.map(packets ->
                        packets.stream().map(HexFormat.of()::formatHex).collect(Collectors.joining("\n + ")))
                .collect(Collectors.joining("\n"));
    }

    /** Flipped bits anywhere: nothing throws, nothing is lost, added or changed. */
    @Property(tries = 500)
    void shouldLoseNothingWhenOctetsAreDamaged(@ForAll long seed) {
        Random random = new Random(seed);
        TrafficOfConnections traffic = new TrafficOfConnections(random);
        List<byte[]> offered = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            byte[] packet = traffic.next();
            if (random.nextInt(4) == 0) {
                packet = Packets.flip(packet, random.nextInt(Math.min(packet.length, 70) * 8));
            }
            offered.add(random.nextInt(20) == 0 ? Packets.slice(packet, 0, random.nextInt(packet.length)) : packet);
        }
        List<byte[]> returned = new ArrayList<>();
        Cut.coalesce(offered, 3, 2000, random.nextBoolean()).forEach(packet -> returned.addAll(packet.cut()));
        assertEquals(sorted(offered), sorted(returned));
    }

    private static List<String> sorted(List<byte[]> packets) {
        return packets.stream().map(HexFormat.of()::formatHex).sorted().toList();
    }

    @Property(tries = 1_000)
    void shouldSurviveAnyOctets(@ForAll byte[] octets) {
        List<Cut.Delivered> delivered = Cut.coalesce(List.of(octets), 1, 100, false);
        assertEquals(1, delivered.size());
        assertArrayEquals(octets, delivered.get(0).octets());
    }
}
