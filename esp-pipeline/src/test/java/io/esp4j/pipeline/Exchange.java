package io.esp4j.pipeline;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.dataplane.Burst;
import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.InboundSa;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.memory.Memory;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.Ipv4Header;
import java.util.SplittableRandom;

/** One SA between two dataplanes, and numbered packets for it. Threads: as those of the dataplanes. */
final class Exchange implements AutoCloseable {
    static final CryptoProvider JDK = CryptoProviders.load().named("jdk");
    static final int SLOT = 256;
    private static final int HEADROOM = 96;
    private static final int INNER_OCTETS = 28;

    final Dataplane sending;
    final Dataplane receiving;
    final OutboundSa out;
    final InboundSa in;

    Exchange(CryptoProvider provider, int windowPackets) {
        Transform transform = Transform.named("aes128gcm16");
        SaParameters parameters = SaParameters.tunnel(
                        0x1000, transform, IpAddress.parse("192.0.2.1"), IpAddress.parse("192.0.2.2"))
                .replayWindow(windowPackets)
                .severalWorkers(true)
                .build();
        KeyingMaterial key = KeyingMaterial.of(new byte[transform.keyOctets() + transform.saltOctets()]);
        sending = Dataplane.builder()
                .provider(provider)
                .random(new SplittableRandom(1))
                .build();
        receiving = Dataplane.builder().provider(provider).build();
        out = sending.addOutbound(parameters, key);
        in = receiving.addInbound(parameters, key);
    }

    static Parcel parcel(int packets) {
        return new Parcel(new Burst(packets));
    }

    static Memory memory(int packets) {
        return Memory.of(new byte[packets * SLOT]);
    }

    /** Fills a burst with as many packets as it can hold, numbered from {@code first}, and routes them. */
    void fill(Burst burst, Memory memory, int first) {
        burst.reset(memory);
        for (int i = 0; i < burst.capacity(); i++) {
            int at = i * SLOT + HEADROOM;
            memory.int32(at, 0x4500_0000 | INNER_OCTETS);
            memory.int32(at + 4, 0);
            memory.int32(at + 8, 0x4011_0000);
            memory.int32(at + 12, 0x0a00_0001);
            memory.int32(at + 16, 0x0a00_0002);
            Ipv4Header.writeChecksum(memory, at);
            memory.int64(at + 20, first + i);
            burst.route(burst.add(at, INNER_OCTETS, i * SLOT, (i + 1) * SLOT), out);
        }
    }

    /** Fills a burst with what another has made of its packets. */
    static void receive(Burst arrived, Burst sent) {
        Memory memory = sent.memory();
        arrived.reset(memory);
        for (int i = 0; i < sent.size(); i++) {
            int slot = sent.offset(i) / SLOT * SLOT;
            arrived.add(sent.offset(i), sent.length(i), slot, slot + SLOT);
        }
    }

    /** The number of an inner packet. */
    static long number(Burst burst, int index) {
        return burst.memory().int64(burst.offset(index) + 20);
    }

    @Override
    public void close() {
        sending.close();
        receiving.close();
    }
}
