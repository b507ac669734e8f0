package io.esp4j.crypto.natives.openssl;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.natives.NativeSession;
import io.esp4j.crypto.natives.PacketBatch;
import io.esp4j.crypto.provider.EspLayout;

/**
 * AES-GMAC (RFC 4543): GCM of which everything is AAD, so that a refused packet was never changed. Threads: as its context.
 */
final class GmacSession extends NativeSession {
    private final OpenSslContext context;
    private final OpenSslKey key;
    private final EspLayout layout;
    private final int icvOctets;
    private CipherContext sealing;
    private CipherContext opening;

    GmacSession(OpenSslContext context, OpenSslKey key) {
        super(context, key);
        this.context = context;
        this.key = key;
        layout = key.layout();
        icvOctets = layout.icvOctets();
    }

    @Override
    protected void seal(PacketBatch batch, CryptoBurst burst, int first) {
        if (sealing == null) {
            sealing = context.cipherContext(key, true);
        }
        for (int i = 0; i < batch.size(); i++) {
            boolean done = sealing != null
                    && authenticate(sealing, batch, i, burst.sequence(first + i))
                    && sealing.finish(icv(batch, i))
                    && sealing.icv(icv(batch, i), icvOctets);
            burst.complete(first + i, done ? CryptoBurst.DONE : CryptoBurst.FAILED);
        }
    }

    @Override
    protected void open(PacketBatch batch, CryptoBurst burst, int first, boolean restore) {
        if (opening == null) {
            opening = context.cipherContext(key, false);
        }
        for (int i = 0; i < batch.size(); i++) {
            byte status = CryptoBurst.FAILED;
            if (opening != null
                    && opening.expect(icv(batch, i), icvOctets)
                    && authenticate(opening, batch, i, burst.sequence(first + i))) {
                status = opening.finish(context.scratch().hmac()) ? CryptoBurst.DONE : CryptoBurst.ICV_MISMATCH;
            }
            burst.complete(first + i, status);
        }
    }

    private boolean authenticate(CipherContext cipher, PacketBatch batch, int packet, long sequence) {
        OpenSslScratch scratch = context.scratch();
        int at = batch.at(packet);
        long address = batch.base() + at;
        int octets = batch.octets(packet) - icvOctets;
        if (!cipher.start(scratch.nonce(key, batch.memory(), at, sequence))) {
            return false;
        }
        if (!layout.esn()) {
            return cipher.aad(address, octets);
        }
        // The high half of the number is not on the wire: header from scratch, the rest as it lies.
        return cipher.aad(scratch.aad(layout, batch.memory(), at, sequence), EspLayout.MAXIMUM_AAD_OCTETS)
                && cipher.aad(address + EspLayout.HEADER_OCTETS, octets - EspLayout.HEADER_OCTETS);
    }

    private long icv(PacketBatch batch, int packet) {
        return batch.base() + layout.icvAt(batch.at(packet), batch.octets(packet));
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
