package io.esp4j.benchmarks.scaling;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.dataplane.CryptoEngine;
import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.InboundSa;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.pipeline.OrderRing;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The two ends of the SAs that one way needs, with its workers. Windows are wide enough for all that workers have in hand.
 * Threads: made and closed by one, its workers have one each.
 */
final class Shop implements AutoCloseable {
    /** More than what two workers have in hand: twice {@link Bench#OPENING} bursts. */
    private static final int WINDOW = 1 << 12;

    private static final int RING = 256;

    final Way way;
    final Dataplane sending;
    final Dataplane receiving;
    final OutboundSa[] outbound;
    final OrderRing<Load> ring = new OrderRing<>(RING);
    final ReentrantLock lock = new ReentrantLock();
    private final Sink orderedSink = new Sink();
    final Bench[] benches;

    Shop(Way way, CryptoProvider provider, Transform transform, int packetOctets) {
        this.way = way;
        sending = Dataplane.builder().provider(provider).build();
        receiving = Dataplane.builder().provider(provider).build();
        int sas = way == Way.TWO_SAS ? 2 : 1;
        outbound = new OutboundSa[sas];
        for (int index = 0; index < sas; index++) {
            boolean shared = way == Way.ORDER_OFF || way == Way.ORDER_KEPT;
            SaParameters parameters = SaParameters.tunnel(
                            0x1000 + index, transform, IpAddress.parse("192.0.2.1"), IpAddress.parse("192.0.2.2"))
                    .esn(true)
                    .replayWindow(WINDOW)
                    .severalWorkers(shared)
                    .build();
            byte[] key = new byte[transform.keyOctets() + transform.saltOctets()];
            key[0] = (byte) index;
            outbound[index] = sending.addOutbound(parameters, KeyingMaterial.of(key));
            receiving.addInbound(parameters, KeyingMaterial.of(key));
        }
        benches = new Bench[way.workers];
        for (int index = 0; index < way.workers; index++) {
            benches[index] = new Bench(this, outbound[index % sas], packetOctets);
        }
    }

    /** Called by whoever drains: only one does at a time. */
    Sink orderedSink() {
        return orderedSink;
    }

    /** The engine of a receiving worker: in the locked way the lock is not held while packets are opened. */
    CryptoEngine around(CryptoEngine engine) {
        if (way != Way.LOCKED) {
            return engine;
        }
        return new CryptoEngine() {
            @Override
            public void seal(OutboundSa sa, CryptoBurst operations, int from, int to) {
                engine.seal(sa, operations, from, to);
            }

            @Override
            public void open(InboundSa sa, CryptoBurst operations, int from, int to, boolean restore) {
                lock.unlock();
                try {
                    engine.open(sa, operations, from, to, restore);
                } finally {
                    lock.lock();
                }
            }
        };
    }

    @Override
    public void close() {
        for (Bench bench : benches) {
            bench.close();
        }
        sending.close();
        receiving.close();
    }
}
