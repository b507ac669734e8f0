package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.memory.HeapMemory;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.Lifetime;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is refused before the window is asked is told with the inferred number too. */
class RefusedNumberTest {
    private static final long TOP = 0x1_ffff_fff0L;
    private static final long NEXT = 0x2_0000_0006L;

    private static Burst decapsulate(Lifetime lifetime, int espOctets) {
        AtomicLong seconds = new AtomicLong();
        try (Dataplane dataplane = Dataplane.builder()
                        .clock(() -> seconds.getAndIncrement() * 1_000_000_000L)
                        .build();
                Worker worker = dataplane.newWorker()) {
            SaParameters parameters = SaParameters.tunnel(
                            0x1000,
                            Transform.named("aes128gcm16"),
                            IpAddress.parse("192.0.2.1"),
                            IpAddress.parse("192.0.2.2"))
                    .esn(true)
                    .sequence(TOP)
                    .lifetime(lifetime)
                    .build();
            dataplane.addInbound(parameters, KeyingMaterial.of(new byte[20]));
            byte[] packet = new byte[20 + espOctets];
            ByteBuffer.wrap(packet)
                    .putInt(0x4500_0000 | packet.length)
                    .putInt(0)
                    .putInt(0x4032_0000)
                    .putLong(0)
                    .putInt(0x1000)
                    .putInt((int) NEXT);
            HeapMemory memory = Memory.of(packet);
            Burst burst = new Burst(1);
            burst.reset(memory);
            burst.add(0, packet.length);
            worker.decapsulate(burst);
            return burst;
        }
    }

    @Test
    void shouldTellInferredNumberWhenPacketIsTooShort() {
        Burst burst = decapsulate(Lifetime.UNLIMITED, 20);
        assertEquals(InboundOutcome.MALFORMED, burst.inbound(0));
        assertEquals(NEXT, burst.sequence(0));
    }

    @Test
    void shouldTellInferredNumberWhenLifetimeIsOver() {
        Burst burst = decapsulate(new Lifetime(0, 0, 0, 0, 0, 1), 100);
        assertEquals(InboundOutcome.LIFETIME_EXPIRED, burst.inbound(0));
        assertEquals(NEXT, burst.sequence(0));
    }
}
