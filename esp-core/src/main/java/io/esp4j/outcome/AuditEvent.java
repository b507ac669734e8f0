package io.esp4j.outcome;

import io.esp4j.wire.IpAddress;
import java.time.Instant;

/**
 * One auditable event, with all that RFC 4303 §4 asks to be told: SPI, time, addresses, sequence number, and the flow
 * label of IPv6. It is used again for the next event: whoever needs it longer copies it ({@link #toString} does).
 *
 * <p>Threads: single owner thread.
 */
public final class AuditEvent {
    private Enum<?> outcome;
    private long epochMillis;
    private int spi;
    private long sequence;
    private long suppressed;
    private boolean addressed;
    private boolean v6;
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
    private int flowLabel;

    /** An empty event, to be filled by {@link #begin}. */
    public AuditEvent() {}

    /**
     * Begins a new event, without addresses.
     *
     * @param what the outcome
     * @param millis the time, milliseconds since the epoch
     * @param packetSpi the SPI
     * @param packetSequence the sequence number
     * @param suppressedBefore events that the rate limit swallowed since the last one told
     */
    public void begin(Enum<?> what, long millis, int packetSpi, long packetSequence, long suppressedBefore) {
        outcome = what;
        epochMillis = millis;
        spi = packetSpi;
        sequence = packetSequence;
        suppressed = suppressedBefore;
        addressed = false;
        flowLabel = 0;
    }

    /**
     * Adds IPv4 addresses.
     *
     * @param source source address
     * @param destination destination address
     */
    public void v4(int source, int destination) {
        addressed = true;
        v6 = false;
        sourceHigh = 0;
        sourceLow = Integer.toUnsignedLong(source);
        destinationHigh = 0;
        destinationLow = Integer.toUnsignedLong(destination);
        flowLabel = 0;
    }

    /**
     * Adds IPv6 addresses and the flow label.
     *
     * @param newSourceHigh first half of the source address
     * @param newSourceLow second half
     * @param newDestinationHigh first half of the destination address
     * @param newDestinationLow second half
     * @param label the flow label
     */
    public void v6(long newSourceHigh, long newSourceLow, long newDestinationHigh, long newDestinationLow, int label) {
        addressed = true;
        v6 = true;
        sourceHigh = newSourceHigh;
        sourceLow = newSourceLow;
        destinationHigh = newDestinationHigh;
        destinationLow = newDestinationLow;
        flowLabel = label;
    }

    /** {@return an {@link InboundOutcome} or an {@link OutboundOutcome}} */
    public Enum<?> outcome() {
        return outcome;
    }

    /** {@return when, in milliseconds since the epoch} */
    public long epochMillis() {
        return epochMillis;
    }

    /** {@return the SPI, 0 where there is none} */
    public int spi() {
        return spi;
    }

    /** {@return the sequence number, 64-bit where it was inferred; outbound, the last one that the SA has used} */
    public long sequence() {
        return sequence;
    }

    /** {@return how many events the rate limit swallowed since the one before} */
    public long suppressed() {
        return suppressed;
    }

    /** {@return the source address of the packet at hand, or null where a socket kept it; a new object} */
    public IpAddress source() {
        return addressed ? new IpAddress(v6, sourceHigh, sourceLow) : null;
    }

    /** {@return the destination address of the packet at hand, or null where a socket kept it; a new object} */
    public IpAddress destination() {
        return addressed ? new IpAddress(v6, destinationHigh, destinationLow) : null;
    }

    /** {@return the flow label of IPv6, 0 for IPv4} */
    public int flowLabel() {
        return flowLabel;
    }

    @Override
    public String toString() {
        return Instant.ofEpochMilli(epochMillis) + " " + outcome + " spi=0x" + Integer.toHexString(spi) + " sequence=0x"
                + Long.toHexString(sequence) + " source=" + source() + " destination=" + destination() + " flowLabel="
                + flowLabel + " suppressed=" + suppressed;
    }
}
