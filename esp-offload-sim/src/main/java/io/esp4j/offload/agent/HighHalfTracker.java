package io.esp4j.offload.agent;

import io.esp4j.replay.SequenceNumbers;

/**
 * Where the numbers of one received SA stand, for a device that opens packets and keeps no window: it must know the high half
 * of an ESN, which is not on the wire.
 *
 * <p>Failures in a row mean that it may have lost the high half. It then asks the host, lets packets pass until the host
 * answers, and asks again after 2, 4, 8 … 128 more (Linux's TLS receive resynchronisation does the same). One forged packet
 * throws nothing out of step. Without ESN there is nothing to lose. Threads: single owner thread.
 */
public final class HighHalfTracker {
    private final boolean esn;
    private final int windowPackets;
    private final int firstPackets;
    private final int lastPackets;
    private long top;
    private boolean inStep = true;
    private int failures;
    private int patience;

    /**
     * A tracker in step.
     *
     * @param esn whether numbers have 64 bits
     * @param windowPackets size of the host's window, for the inference of RFC 4303 A2.2
     * @param top the highest number so far
     * @param firstPackets failures before the first request
     * @param lastPackets most failures between two requests
     */
    public HighHalfTracker(boolean esn, int windowPackets, long top, int firstPackets, int lastPackets) {
        this.esn = esn;
        this.windowPackets = Math.max(1, windowPackets);
        this.top = top;
        this.firstPackets = firstPackets;
        this.lastPackets = lastPackets;
        patience = firstPackets;
    }

    /** {@return whether it knows the high half; otherwise packets are not to be opened} */
    public boolean isInStep() {
        return inStep;
    }

    /** {@return the highest number of a packet that was opened, or that the host told} */
    public long top() {
        return top;
    }

    /**
     * {@return the 64-bit number of a packet}
     *
     * @param low the low half on the wire
     */
    public long infer(int low) {
        return esn ? SequenceNumbers.infer(top, windowPackets, low) : Integer.toUnsignedLong(low);
    }

    /**
     * Notes a packet that was opened.
     *
     * @param number its number
     * @return whether its number was above all before
     */
    public boolean opened(long number) {
        failures = 0;
        patience = firstPackets;
        boolean above = SequenceNumbers.isAbove(number, top);
        if (above) {
            top = number;
        }
        return above;
    }

    /**
     * Notes a packet that was not opened.
     *
     * @return whether the host is to be asked now
     */
    public boolean failed() {
        failures++;
        if (!esn || failures < patience) {
            return false;
        }
        inStep = false;
        failures = 0;
        patience = Math.min(2 * patience, lastPackets);
        return true;
    }

    /**
     * Takes the host's word.
     *
     * @param number a number that the host has received
     */
    public void answered(long number) {
        top = number;
        inStep = true;
        failures = 0;
    }

    /**
     * Takes over a position from the host, if it is ahead.
     *
     * @param number a number that the host has received
     */
    public void advanceTo(long number) {
        if (SequenceNumbers.isAbove(number, top)) {
            top = number;
        }
    }
}
