package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.Mode;
import io.esp4j.sa.SaParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Any octets offered for sending: refused as they were, or given back by the other gateway, octet for octet.
 *
 * <pre>
 * input    SA (1) ‖ packet
 * </pre>
 */
class EncapsulationFuzzTest {
    private static final int REGION_OCTETS = 1 << 16;
    private static final int MAX_PACKET_OCTETS = 4096;
    private static final int MAX_ALLOCATED_OCTETS = 1 << 16;

    private static final List<OutboundSa> SAS = new ArrayList<>();
    private static final Worker SENDER;
    private static final Worker RECEIVER;
    private static final Burst BURST = new Burst(1);
    private static final Memory MEMORY = Memory.of(new byte[REGION_OCTETS]);
    private static final GuardedSlots SLOTS = new GuardedSlots(MEMORY, 1);

    static {
        Dataplane sending = FuzzedSas.dataplane();
        Dataplane receiving = FuzzedSas.dataplane();
        for (SaParameters sa : FuzzedSas.withoutSecrets()) {
            if (sa.natOriginal() == null) {
                SAS.add(sending.addOutbound(sa, FuzzedSas.key(sa)));
                receiving.addInbound(sa, FuzzedSas.key(sa));
            }
        }
        SENDER = sending.newWorker();
        RECEIVER = receiving.newWorker();
    }

    @FuzzTest(maxDuration = "30s")
    void shouldRefuseOrDeliver(byte[] input) {
        if (input.length == 0 || input.length > MAX_PACKET_OCTETS) {
            return;
        }
        OutboundSa sa = SAS.get((input[0] & 0xff) % SAS.size());
        byte[] packet = Arrays.copyOfRange(input, 1, input.length);
        Allocation.assertAtMost(MAX_ALLOCATED_OCTETS, () -> send(packet, sa));
    }

    private static void send(byte[] packet, OutboundSa sa) {
        writeChecksumZeroAsZero(packet);
        SLOTS.reset(BURST, Framing.IP);
        SLOTS.add(BURST, packet, 0, packet.length);
        int at = BURST.offset(0);
        SENDER.encapsulate(BURST, sa);
        SLOTS.verify(BURST);
        assertNotEquals(OutboundOutcome.PENDING, BURST.outbound(0));
        if (BURST.outbound(0) != OutboundOutcome.ENCAPSULATED) {
            assertEquals(at, BURST.offset(0));
            assertArrayEquals(Arrays.copyOf(packet, BURST.length(0)), BURST.octets(0), "a refused packet is as it was");
            return;
        }
        at = BURST.offset(0);
        int octets = BURST.length(0);
        BURST.reset(MEMORY);
        BURST.add(at, octets);
        RECEIVER.decapsulate(BURST);
        if (BURST.inbound(0) == InboundOutcome.DUMMY) {
            return; // an inner packet whose own protocol is 59, in transport or BEET mode
        }
        assertEquals(InboundOutcome.ACCEPTED, BURST.inbound(0));
        int from = sa.parameters().mode() == Mode.BEET ? fixedFieldsOctets(packet) : 0;
        assertArrayEquals(
                Arrays.copyOfRange(packet, from, BURST.length(0)),
                Arrays.copyOfRange(BURST.octets(0), from, BURST.length(0)));
    }

    /** FFFF is another way to write a checksum of 0, which no IPv4 header has; transport mode gives back 0 for it (RFC 1624 §3). */
    private static void writeChecksumZeroAsZero(byte[] packet) {
        if (packet.length >= 12 && packet[0] >>> 4 == 4 && packet[10] == -1 && packet[11] == -1) {
            packet[10] = 0;
            packet[11] = 0;
        }
    }

    /** BEET makes the inner header from the outer one, which may be of the other family: all before the addresses may differ. */
    private static int fixedFieldsOctets(byte[] packet) {
        return packet[0] >>> 4 == 6 ? 8 : 12;
    }
}
