package io.esp4j.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.memory.Memory;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

class FlowPropertyTest {
    private final Flow flow = new Flow();

    @Property(tries = 5_000)
    void shouldNeverThrowOnRandomOctets(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] octets = new byte[random.nextInt(120)];
        random.nextBytes(octets);
        if (octets.length > 6 && random.nextInt(10) != 0) {
            octets[0] = (byte) (random.nextBoolean() ? 0x45 + random.nextInt(3) : 0x60);
            octets[2] = 0;
            octets[4] = 0;
            octets[6] = (byte) new int[] {0, 43, 44, 60, 6, 58, 135}[random.nextInt(7)];
        }
        checkReadsNothingBeyond(octets);
    }

    @Property(tries = 5_000)
    void shouldNeverThrowOnDamagedPackets(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] packet = TestPacket.random(random).octets();
        for (int damage = random.nextInt(4); damage > 0; damage--) {
            packet[random.nextInt(packet.length)] = (byte) random.nextInt();
        }
        checkReadsNothingBeyond(Arrays.copyOf(packet, random.nextInt(packet.length + 10)));
    }

    @Property(tries = 5_000)
    @Label("R52 no fragment other than a first shows ports, types, or a protocol behind extension headers")
    void shouldNotShowPortsOfLaterFragments(@ForAll long seed) {
        byte[] packet = TestPacket.random(new Random(seed)).octets();
        if (flow.parse(Memory.of(packet), 0, packet.length) && flow.isNonInitialFragment()) {
            assertEquals(Flow.OPAQUE, flow.sourcePort());
            assertEquals(Flow.OPAQUE, flow.destinationPort());
            assertEquals(Flow.OPAQUE, flow.icmpTypeAndCode());
            assertEquals(Flow.OPAQUE, flow.mobilityType());
        }
    }

    /** The result must be the same whatever surrounds the packet, and when nothing does. */
    private void checkReadsNothingBeyond(byte[] packet) {
        String alone = describe(Memory.of(packet), 0, packet.length);
        for (int filling : new int[] {0, 0x55, 0xff}) {
            byte[] memory = new byte[packet.length + 64];
            Arrays.fill(memory, (byte) filling);
            System.arraycopy(packet, 0, memory, 32, packet.length);
            assertEquals(alone, describe(Memory.of(memory), 32, packet.length));
        }
    }

    private String describe(Memory memory, int at, int octets) {
        return flow.parse(memory, at, octets) ? flow + " " + flow.dscp() + " " + flow.identification() : "malformed";
    }
}
