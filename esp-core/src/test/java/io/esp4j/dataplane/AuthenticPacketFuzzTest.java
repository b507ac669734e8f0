package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a peer that holds the key may send: any plaintext under a true ICV, behind outer headers of each kind.
 *
 * <pre>
 * input    SA (1) ‖ outer header (1) ‖ traffic class (1) ‖ sequence number (4) ‖ plaintext with its trailer
 * </pre>
 */
class AuthenticPacketFuzzTest {
    private static final int REGION_OCTETS = 1 << 16;
    private static final int MAX_ALLOCATED_OCTETS = 1 << 16;
    private static final int HEAD_OCTETS = 7;
    private static final int MAX_PLAINTEXT_OCTETS = 4096;
    private static final int ICV_OCTETS = 16;
    private static final Set<InboundOutcome> POSSIBLE = EnumSet.of(
            InboundOutcome.ACCEPTED,
            InboundOutcome.DUMMY,
            InboundOutcome.MALFORMED,
            InboundOutcome.MALFORMED_PLAINTEXT,
            InboundOutcome.ECN_VIOLATION,
            InboundOutcome.SELECTOR_MISMATCH);

    private static final List<SaParameters> SAS = FuzzedSas.withoutSecrets();
    private static final Worker WORKER = FuzzedSas.receiving(SAS).newWorker();
    private static final Burst BURST = new Burst(1);
    private static final Memory MEMORY = Memory.of(new byte[REGION_OCTETS]);
    private static final GuardedSlots SLOTS = new GuardedSlots(MEMORY, 1);

    @FuzzTest(maxDuration = "30s")
    void shouldDecideWhateverIsAuthentic(byte[] input) throws GeneralSecurityException {
        if (input.length < HEAD_OCTETS || input.length > HEAD_OCTETS + MAX_PLAINTEXT_OCTETS) {
            return;
        }
        SaParameters sa = SAS.get((input[0] & 0xff) % SAS.size());
        OuterShape outer = OuterShape.of(input[1] & 0xff);
        byte[] packet = outer.around(esp(sa, input), input[2] & 0xff);
        Allocation.assertAtMost(MAX_ALLOCATED_OCTETS, () -> decapsulate(packet, outer));
    }

    private static void decapsulate(byte[] packet, OuterShape outer) {
        SLOTS.reset(BURST, outer.framing());
        SLOTS.add(BURST, packet, 0, packet.length);
        WORKER.decapsulate(BURST);
        SLOTS.verify(BURST);
        InboundOutcome outcome = BURST.inbound(0);
        assertTrue(POSSIBLE.contains(outcome), outcome::toString);
        if (outcome == InboundOutcome.ACCEPTED) {
            assertIsIp(BURST.offset(0), BURST.length(0));
        }
    }

    private static void assertIsIp(int at, int octets) {
        boolean v6 = MEMORY.octet(at) >>> 4 == 6;
        assertTrue(v6 ? Ipv6Header.isValid(MEMORY, at, octets) : Ipv4Header.isValid(MEMORY, at, octets));
        assertEquals(octets, v6 ? Ipv6Header.totalOctets(MEMORY, at) : Ipv4Header.totalOctets(MEMORY, at));
    }

    private static byte[] esp(SaParameters sa, byte[] input) throws GeneralSecurityException {
        int plaintextOctets = input.length - HEAD_OCTETS;
        ByteBuffer esp = ByteBuffer.allocate(8 + plaintextOctets + ICV_OCTETS);
        esp.putInt(sa.spi()).put(input, HEAD_OCTETS - 4, 4).put(input, HEAD_OCTETS, plaintextOctets);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(FuzzedSas.integrityKey(sa), "HmacSHA256"));
        mac.update(esp.array(), 0, esp.position());
        return esp.put(mac.doFinal(), 0, ICV_OCTETS).array();
    }
}
