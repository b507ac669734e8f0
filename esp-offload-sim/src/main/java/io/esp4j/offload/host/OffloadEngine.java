package io.esp4j.offload.host;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.dataplane.CryptoEngine;
import io.esp4j.dataplane.InboundSa;
import io.esp4j.dataplane.OutboundSa;

/**
 * The crypto of a host's worker, packet by packet: left to the device, believed of it, or done in software. Threads: single
 * owner thread.
 */
final class OffloadEngine implements CryptoEngine {
    private final CryptoEngine software;
    private boolean sealedLater;
    private boolean openedEarlier;
    private int sequenceHigh;

    OffloadEngine(CryptoEngine software) {
        this.software = software;
    }

    /** The next packet is sealed by software, or by the device before it leaves. */
    void sealing(boolean later) {
        sealedLater = later;
    }

    /** The next packet is opened by software, or the device has opened it under a number with this high half. */
    void opening(boolean earlier, int high) {
        openedEarlier = earlier;
        sequenceHigh = high;
    }

    @Override
    public void seal(OutboundSa sa, CryptoBurst operations, int from, int to) {
        if (!sealedLater) {
            software.seal(sa, operations, from, to);
            return;
        }
        for (int i = from; i < to; i++) {
            operations.complete(i, CryptoBurst.DONE);
        }
    }

    @Override
    public void open(InboundSa sa, CryptoBurst operations, int from, int to, boolean restore) {
        if (!openedEarlier) {
            software.open(sa, operations, from, to, restore);
            return;
        }
        for (int i = from; i < to; i++) {
            // Under another high half than the device's the host must not take the packet for authentic.
            boolean same = (int) (operations.sequence(i) >>> 32) == sequenceHigh;
            operations.complete(i, same ? CryptoBurst.DONE : CryptoBurst.FAILED);
        }
    }
}
