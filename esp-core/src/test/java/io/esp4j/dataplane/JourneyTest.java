package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JourneyTest {
    @Test
    void shouldGiveBackInnerPacketWhenTunnelled() {
        for (Transform transform : Transform.all()) {
            if (transform.legacy()) continue;
            for (boolean esn : new boolean[] {false, true}) {
                try (Dataplane a = Dataplane.create();
                        Dataplane b = Dataplane.create();
                        Worker wa = a.newWorker();
                        Worker wb = b.newWorker()) {
                    SaBuilder builder = SaParameters.tunnel(
                                    0x1000, transform, IpAddress.parse("192.0.2.1"), IpAddress.parse("192.0.2.2"))
                            .esn(esn);
                    byte[] key = new byte[transform.keyOctets() + transform.saltOctets()];
                    Arrays.fill(key, (byte) 7);
                    KeyingMaterial material = KeyingMaterial.of(key, new byte[transform.integrityKeyOctets()]);
                    OutboundSa out = a.addOutbound(builder.build(), material);
                    InboundSa in = b.addInbound(builder.build(), material);
                    Memory memory = Memory.allocateDirect(4096);
                    byte[] packet = new byte[100];
                    ByteBuffer.wrap(packet).putInt(0x45000064).putInt(0).putInt(0x40110000);
                    memory.write(100, packet, 0, 100);
                    Burst burst = new Burst(4);
                    burst.reset(memory);
                    burst.add(100, 100);
                    wa.encapsulate(burst, out);
                    assertEquals(OutboundOutcome.ENCAPSULATED, burst.outbound(0));
                    assertEquals(1, burst.sequence(0));
                    int at = burst.offset(0);
                    int n = burst.length(0);
                    burst.reset(memory);
                    burst.add(at, n);
                    wb.decapsulate(burst);
                    assertEquals(InboundOutcome.ACCEPTED, burst.inbound(0), transform.name());
                    assertArrayEquals(packet, burst.octets(0));
                    assertEquals(1, in.highestSequence());
                }
            }
        }
    }
}
