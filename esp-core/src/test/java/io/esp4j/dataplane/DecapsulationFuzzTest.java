package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;

/**
 * Bursts of any octets: every packet gets an outcome, none an exception, nothing outside the slots is touched, and what is
 * allocated is bounded.
 *
 * <pre>
 * input    flags (1) ‖ packet*
 * flags    1 = what a UDP socket delivers, rather than IP; 2 = direct memory, rather than an array
 * packet   octets (2) ‖ so many octets, or what is left
 * </pre>
 */
class DecapsulationFuzzTest {
    private static final int CAPACITY = 32;
    private static final int REGION_OCTETS = 1 << 16;
    private static final int MAX_PACKET_OCTETS = 2047;
    /** The JDK's crypto allocates, once a packet and attempt. */
    private static final int MAX_ALLOCATED_OCTETS = 1 << 20;

    private static final Worker WORKER =
            FuzzedSas.receiving(FuzzedSas.withSecrets()).newWorker();
    private static final Burst BURST = new Burst(CAPACITY);
    private static final GuardedSlots ARRAY = new GuardedSlots(Memory.of(new byte[REGION_OCTETS]), CAPACITY);
    private static final GuardedSlots DIRECT = new GuardedSlots(Memory.allocateDirect(REGION_OCTETS), CAPACITY);

    @FuzzTest(maxDuration = "30s")
    void shouldDecideEveryBurst(byte[] input) {
        Allocation.assertAtMost(MAX_ALLOCATED_OCTETS, () -> decapsulate(input));
    }

    private static void decapsulate(byte[] input) {
        int flags = input.length == 0 ? 0 : input[0];
        GuardedSlots slots = (flags & 2) == 0 ? ARRAY : DIRECT;
        slots.reset(BURST, (flags & 1) == 0 ? Framing.IP : Framing.UDP_PAYLOAD);
        int at = 1;
        while (at + 2 <= input.length) {
            int announced = ((input[at] << 8) | (input[at + 1] & 0xff)) & MAX_PACKET_OCTETS;
            at += 2;
            int octets = Math.min(announced, input.length - at);
            if (!slots.hasRoom(octets)) {
                break;
            }
            slots.add(BURST, input, at, octets);
            at += octets;
        }
        WORKER.decapsulate(BURST);
        slots.verify(BURST);
        for (int packet = 0; packet < BURST.size(); packet++) {
            assertNotEquals(InboundOutcome.PENDING, BURST.inbound(packet));
            assertNotEquals(InboundOutcome.ACCEPTED, BURST.inbound(packet), "nobody but a peer makes such a packet");
        }
    }
}
