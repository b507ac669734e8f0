package io.esp4j.dataplane;

import io.esp4j.sa.SaParameters;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * One security association at work: immutable parameters and the state that packets change. Made and closed by a
 * {@link Dataplane}. Threads: thread-safe; any number of workers may use it.
 */
public abstract sealed class SecurityAssociation permits OutboundSa, InboundSa {
    private final SaParameters parameters;
    private final SaCrypto crypto;
    private final LifetimeMeter meter;
    private final int outcomes;
    private volatile AtomicLongArray counters;

    SecurityAssociation(SaParameters parameters, SaCrypto crypto, LifetimeMeter meter, int outcomes) {
        this.parameters = parameters;
        this.crypto = crypto;
        this.meter = meter;
        this.outcomes = outcomes;
    }

    /** {@return what it was made of} */
    public SaParameters parameters() {
        return parameters;
    }

    /** {@return packets that its lifetime has counted: given a number to be sent, or received with a correct ICV} */
    public long packets() {
        return meter.packets();
    }

    /** {@return octets that its lifetime has counted: what the cipher processed of those packets} */
    public long octets() {
        return meter.octets();
    }

    /** {@return whether a hard lifetime lets nothing more pass; a limit in time is noticed by the next burst} */
    public boolean isExpired() {
        return meter.isExhausted();
    }

    /** {@return whether it was closed} */
    public boolean isClosed() {
        return crypto.isRetired();
    }

    /** {@return the name of the crypto provider that it uses} */
    public String provider() {
        return crypto.provider().name();
    }

    SaCrypto crypto() {
        return crypto;
    }

    LifetimeMeter meter() {
        return meter;
    }

    long count(int ordinal) {
        AtomicLongArray current = counters;
        return current == null ? 0 : current.get(ordinal);
    }

    /** Counts what became of packets. The counters exist from the first one on, so that an idle SA stays small. */
    void count(int ordinal, int packets) {
        AtomicLongArray current = counters;
        if (current == null) {
            current = makeCounters();
        }
        current.getAndAdd(ordinal, packets);
    }

    private synchronized AtomicLongArray makeCounters() {
        if (counters == null) {
            counters = new AtomicLongArray(outcomes);
        }
        return counters;
    }

    @Override
    public String toString() {
        return parameters.toString();
    }
}
