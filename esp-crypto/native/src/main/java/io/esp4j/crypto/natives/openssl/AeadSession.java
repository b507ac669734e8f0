package io.esp4j.crypto.natives.openssl;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.natives.NativeSession;
import io.esp4j.crypto.natives.PacketBatch;
import io.esp4j.crypto.natives.Zeros;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.DirectMemory;

/**
 * AES-GCM (RFC 4106), AES-CCM (RFC 4309) and ChaCha20-Poly1305 (RFC 7634), each with an implicit IV too (RFC 8750). Threads: as its
 * context.
 */
final class AeadSession extends NativeSession {
    private final OpenSslContext context;
    private final OpenSslKey key;
    private final boolean ccm;
    private final EspLayout layout;
    private final int aadOctets;
    private CipherContext sealing;
    private CipherContext opening;

    AeadSession(OpenSslContext context, OpenSslKey key) {
        super(context, key);
        this.context = context;
        this.key = key;
        layout = key.layout();
        ccm = key.transform().cipher() == Cipher.AES_CCM;
        aadOctets = key.transform().aadOctets(key.esn());
    }

    @Override
    protected void seal(PacketBatch batch, CryptoBurst burst, int first) {
        for (int i = 0; i < batch.size(); i++) {
            boolean done = canSeal() && seal(batch, i, burst.sequence(first + i));
            if (!done) {
                zero(batch, i);
            }
            burst.complete(first + i, done ? CryptoBurst.DONE : CryptoBurst.FAILED);
        }
    }

    private boolean seal(PacketBatch batch, int packet, long sequence) {
        int octets = textOctets(batch, packet);
        long text = text(batch, packet);
        return begin(sealing, batch, packet, sequence)
                && sealing.update(text, text, octets)
                && (ccm || sealing.finish(text))
                && sealing.icv(text + octets, layout.icvOctets());
    }

    @Override
    protected void open(PacketBatch batch, CryptoBurst burst, int first, boolean restore) {
        if (opening == null) {
            opening = context.cipherContext(key, false);
        }
        for (int i = 0; i < batch.size(); i++) {
            long sequence = burst.sequence(first + i);
            byte status = opening == null ? CryptoBurst.FAILED : open(batch, i, sequence);
            if (status == CryptoBurst.ICV_MISMATCH) {
                context.library().clearErrors.call(0);
                withdraw(batch, i, sequence, restore);
            }
            burst.complete(first + i, status);
        }
    }

    private byte open(PacketBatch batch, int packet, long sequence) {
        int octets = textOctets(batch, packet);
        long text = text(batch, packet);
        if (!opening.expect(text + octets, layout.icvOctets()) || !begin(opening, batch, packet, sequence)) {
            return CryptoBurst.FAILED;
        }
        if (ccm) {
            DirectMemory clear = context.scratch().text();
            if (!opening.update(context.scratch().textAddress(), text, octets)) {
                return CryptoBurst.ICV_MISMATCH;
            }
            clear.copyTo(0, batch.memory(), layout.textAt(batch.at(packet)), octets);
            return CryptoBurst.DONE;
        }
        boolean genuine = opening.update(text, text, octets) && opening.finish(text);
        return genuine ? CryptoBurst.DONE : CryptoBurst.ICV_MISMATCH;
    }

    /** Sets nonce and AAD. Without ESN the AAD lies on the wire as it is. */
    private boolean begin(CipherContext cipher, PacketBatch batch, int packet, long sequence) {
        OpenSslScratch scratch = context.scratch();
        int at = batch.at(packet);
        long aad = layout.esn() ? scratch.aad(layout, batch.memory(), at, sequence) : batch.base() + at;
        return cipher.start(scratch.nonce(key, batch.memory(), at, sequence))
                && (!ccm || cipher.length(textOctets(batch, packet)))
                && cipher.aad(aad, aadOctets);
    }

    /** GCM and ChaCha20 have decrypted in place: encrypting gives the wire's octets again. CCM has changed nothing. */
    private void withdraw(PacketBatch batch, int packet, long sequence, boolean restore) {
        if (ccm) {
            return;
        }
        long text = text(batch, packet);
        boolean restored = restore
                && canSeal()
                && begin(sealing, batch, packet, sequence)
                && sealing.update(text, text, textOctets(batch, packet));
        if (!restored) {
            zero(batch, packet);
        }
    }

    private boolean canSeal() {
        if (sealing == null) {
            sealing = context.cipherContext(key, true);
        }
        return sealing != null;
    }

    private long text(PacketBatch batch, int packet) {
        return batch.base() + layout.textAt(batch.at(packet));
    }

    private int textOctets(PacketBatch batch, int packet) {
        return layout.textOctets(batch.octets(packet));
    }

    private void zero(PacketBatch batch, int packet) {
        Zeros.write(batch.memory(), layout.textAt(batch.at(packet)), textOctets(batch, packet));
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
