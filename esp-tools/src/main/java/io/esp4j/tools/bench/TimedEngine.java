package io.esp4j.tools.bench;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.dataplane.CryptoEngine;
import io.esp4j.dataplane.InboundSa;
import io.esp4j.dataplane.OutboundSa;

/** Tells what the crypto costs of a journey, by a look at the clock before and after it. Threads: single owner thread. */
final class TimedEngine implements CryptoEngine {
    private final CryptoEngine software;
    private final Samples samples = new Samples();

    TimedEngine(CryptoEngine software) {
        this.software = software;
    }

    @Override
    public void seal(OutboundSa sa, CryptoBurst operations, int from, int to) {
        long begin = System.nanoTime();
        software.seal(sa, operations, from, to);
        samples.add(System.nanoTime() - begin, to - from);
    }

    @Override
    public void open(InboundSa sa, CryptoBurst operations, int from, int to, boolean restore) {
        long begin = System.nanoTime();
        software.open(sa, operations, from, to, restore);
        samples.add(System.nanoTime() - begin, to - from);
    }

    /** {@return the time of all calls since the last {@link Samples#clear}} */
    Samples samples() {
        return samples;
    }
}
