package io.esp4j.crypto.natives.openssl;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.natives.CheckingSession;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.Memory;

/**
 * AES-GMAC (RFC 4543): GCM of which everything is AAD, so that a refused packet was never changed. Threads: as its context.
 */
final class GmacSession extends CheckingSession {
    private final OpenSslContext context;
    private final OpenSslKey key;
    private final EspLayout layout;
    private final int icvOctets;
    private CipherContext sealing;
    private CipherContext opening;

    GmacSession(OpenSslContext context, OpenSslKey key) {
        super(context, key, false);
        this.context = context;
        this.key = key;
        layout = key.layout();
        icvOctets = layout.icvOctets();
    }

    @Override
    protected void sealChecked(CryptoBurst packets, int from, int to, long base) {
        if (sealing == null) {
            sealing = context.cipherContext(key, true);
        }
        for (int packet = from; packet < to; packet++) {
            long icv = icv(packets, packet, base);
            boolean done = sealing != null
                    && authenticate(sealing, packets, packet, base)
                    && sealing.finish(icv)
                    && sealing.icv(icv, icvOctets);
            packets.complete(packet, done ? CryptoBurst.DONE : CryptoBurst.FAILED);
        }
    }

    @Override
    protected void openChecked(CryptoBurst packets, int from, int to, long base, boolean restore) {
        if (opening == null) {
            opening = context.cipherContext(key, false);
        }
        for (int packet = from; packet < to; packet++) {
            byte status = CryptoBurst.FAILED;
            if (opening != null
                    && opening.expect(icv(packets, packet, base), icvOctets)
                    && authenticate(opening, packets, packet, base)) {
                status = opening.finish(context.scratch().hmac()) ? CryptoBurst.DONE : CryptoBurst.ICV_MISMATCH;
            }
            packets.complete(packet, status);
        }
    }

    private boolean authenticate(CipherContext cipher, CryptoBurst packets, int packet, long base) {
        OpenSslScratch scratch = context.scratch();
        Memory memory = packets.memory();
        int at = packets.offset(packet);
        long sequence = packets.sequence(packet);
        long address = base + at;
        int octets = packets.length(packet) - icvOctets;
        if (!cipher.start(scratch.nonce(key, memory, at, sequence))) {
            return false;
        }
        if (!layout.esn()) {
            return cipher.aad(address, octets);
        }
        // The high half of the number is not on the wire: header from scratch, the rest as it lies.
        return cipher.aad(scratch.aad(layout, memory, at, sequence), EspLayout.MAXIMUM_AAD_OCTETS)
                && cipher.aad(address + EspLayout.HEADER_OCTETS, octets - EspLayout.HEADER_OCTETS);
    }

    private long icv(CryptoBurst packets, int packet, long base) {
        return base + layout.icvAt(packets.offset(packet), packets.length(packet));
    }

    @Override
    protected void release() {
        if (sealing != null) {
            sealing.free();
        }
        if (opening != null) {
            opening.free();
        }
    }
}
