package io.esp4j.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.dataplane.Burst;
import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.InboundSa;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.dataplane.Worker;
import io.esp4j.memory.Memory;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaCodec;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.sad.SadMatch;
import io.esp4j.wire.IpAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** ESP packets made and opened by the engine's software, outside of any simulation. Threads: the tests' one. */
final class Prepared {
    static final CryptoProvider JDK = CryptoProviders.load().named("jdk");

    private static final Dataplane SENDING = dataplane();
    private static final Dataplane RECEIVING = dataplane();
    private static final Worker SENDER = SENDING.newWorker();
    private static final Worker RECEIVER = RECEIVING.newWorker();

    private Prepared() {}

    static UnaryOperator<SaBuilder> withSpi(int spi) {
        return builder -> {
            SaParameters before = builder.build();
            return SaParameters.tunnel(spi, before.transform(), before.source(), before.destination());
        };
    }

    /** What software sends under a number. */
    static byte[] sealAt(OffloadSa sa, byte[] inner, long number) {
        SaParameters parameters = SaCodec.rebuild(sa.parameters())
                .sequence(number - 1)
                .match(SadMatch.SPI)
                .build();
        OutboundSa out = SENDING.addOutbound(parameters, sa.material());
        try {
            Memory memory = Memory.of(new byte[inner.length + 256]);
            memory.write(128, inner, 0, inner.length);
            Burst burst = new Burst(1);
            burst.reset(memory);
            burst.add(128, inner.length);
            SENDER.encapsulate(burst, out);
            assertEquals(OutboundOutcome.ENCAPSULATED, burst.outbound(0));
            return burst.octets(0);
        } finally {
            SENDING.remove(out);
        }
    }

    static byte[] seal(OffloadSa sa, byte[] inner) {
        return sealAt(sa, inner, sa.parameters().sequence() + 1);
    }

    /** What software makes of an ESP packet, which it must accept; with an Ethernet header before it or not. */
    static byte[] open(OffloadSa sa, byte[] wire) {
        byte[] packet = wire[0] >>> 4 == 4 ? wire : Arrays.copyOfRange(wire, 14, wire.length);
        InboundSa in = RECEIVING.addInbound(
                SaCodec.rebuild(sa.parameters()).match(SadMatch.SPI).build(), sa.material());
        try {
            Burst burst = new Burst(1);
            burst.reset(Memory.of(packet.clone()));
            burst.add(0, packet.length);
            RECEIVER.decapsulate(burst);
            assertEquals(InboundOutcome.ACCEPTED, burst.inbound(0));
            return burst.octets(0);
        } finally {
            RECEIVING.remove(in);
        }
    }

    private static Dataplane dataplane() {
        return Dataplane.builder().provider(JDK).rememberedKeys(0).build();
    }

    /** What a host hands to an agent for crypto offload: all before the payload, and the payload. RFC 4303 §2, RFC 4106 §3. */
    static byte[] tunnel(byte[] inner, int spi, int sequence, long iv) {
        ByteBuffer packet = ByteBuffer.allocate(20 + 16 + inner.length);
        packet.putInt(0x45000000 | packet.capacity())
                .putInt(0x00004000)
                .putShort((short) 0x4032)
                .putShort((short) 0);
        packet.putInt((int) IpAddress.parse(Lab.A).low())
                .putInt((int) IpAddress.parse(Lab.B).low());
        packet.putInt(spi).putInt(sequence).putLong(iv).put(inner);
        return Packets.ipChecksum(packet.array());
    }
}
