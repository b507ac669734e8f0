package io.esp4j.crypto.natives.openssl;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.natives.Icv;
import io.esp4j.crypto.natives.NativeSession;
import io.esp4j.crypto.natives.PacketBatch;
import io.esp4j.crypto.natives.Zeros;
import io.esp4j.crypto.provider.EspLayout;

/**
 * AES-CBC (RFC 3602) or NULL (RFC 2410) with a truncated HMAC (RFC 4868, RFC 2404). Threads: as its context.
 *
 * <p>Opening hashes first and decrypts only what was genuine, so that a refused packet was never changed.
 */
final class HmacSession extends NativeSession {
    private final OpenSslContext context;
    private final OpenSslKey key;
    private final boolean encrypts;
    private final EspLayout layout;
    private final int icvOctets;
    private CipherContext sealing;
    private CipherContext opening;
    private MacContext mac;

    HmacSession(OpenSslContext context, OpenSslKey key) {
        super(context, key);
        this.context = context;
        this.key = key;
        encrypts = key.transform().cipher() == Cipher.AES_CBC;
        layout = key.layout();
        icvOctets = layout.icvOctets();
    }

    @Override
    protected void seal(PacketBatch batch, CryptoBurst burst, int first) {
        if (encrypts && sealing == null) {
            sealing = context.cipherContext(key, true);
        }
        for (int i = 0; i < batch.size(); i++) {
            boolean done = (!encrypts || crypt(sealing, batch, i)) && hash(batch, i, burst.sequence(first + i));
            if (done) {
                OpenSslScratch scratch = context.scratch();
                Icv.write(scratch.words(), scratch.hmacWord(), batch.memory(), icv(batch, i), icvOctets);
            }
            burst.complete(first + i, done ? CryptoBurst.DONE : CryptoBurst.FAILED);
        }
    }

    @Override
    protected void open(PacketBatch batch, CryptoBurst burst, int first, boolean restore) {
        if (encrypts && opening == null) {
            opening = context.cipherContext(key, false);
        }
        for (int i = 0; i < batch.size(); i++) {
            burst.complete(first + i, open(batch, i, burst.sequence(first + i)));
        }
    }

    private byte open(PacketBatch batch, int packet, long sequence) {
        if (!hash(batch, packet, sequence)) {
            return CryptoBurst.FAILED;
        }
        OpenSslScratch scratch = context.scratch();
        int icv = icv(batch, packet);
        if (!Icv.equal(batch.memory(), icv, scratch.words(), scratch.hmacWord(), icvOctets)) {
            return CryptoBurst.ICV_MISMATCH;
        }
        return !encrypts || crypt(opening, batch, packet) ? CryptoBurst.DONE : CryptoBurst.FAILED;
    }

    private boolean crypt(CipherContext cipher, PacketBatch batch, int packet) {
        if (cipher == null) {
            return false;
        }
        int at = batch.at(packet);
        int octets = layout.textOctets(batch.octets(packet));
        long text = batch.base() + layout.textAt(at);
        boolean done = cipher.start(batch.base() + layout.ivAt(at)) && cipher.update(text, text, octets);
        if (!done) {
            Zeros.write(batch.memory(), layout.textAt(at), octets);
        }
        return done;
    }

    /** RFC 4303 §3.3.2.1: over the packet without ICV, then the high half of the number, which is not on the wire. */
    private boolean hash(PacketBatch batch, int packet, long sequence) {
        if (mac == null) {
            mac = context.macContext(key);
            if (mac == null) {
                return false;
            }
        }
        OpenSslScratch scratch = context.scratch();
        return mac.start()
                && mac.update(batch.base() + batch.at(packet), batch.octets(packet) - icvOctets)
                && (!layout.esn() || mac.update(scratch.highHalf(sequence), Integer.BYTES))
                && mac.finish(scratch.hmac(), OpenSslScratch.HMAC_OCTETS);
    }

    private int icv(PacketBatch batch, int packet) {
        return layout.icvAt(batch.at(packet), batch.octets(packet));
    }

    @Override
    protected void release() {
        if (sealing != null) {
            sealing.free();
        }
        if (opening != null) {
            opening.free();
        }
        if (mac != null) {
            mac.free();
        }
    }
}
