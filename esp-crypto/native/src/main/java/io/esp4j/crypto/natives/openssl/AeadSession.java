package io.esp4j.crypto.natives.openssl;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.natives.CheckingSession;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.DirectMemory;
import io.esp4j.memory.Memory;

/**
 * AES-GCM (RFC 4106), AES-CCM (RFC 4309) and ChaCha20-Poly1305 (RFC 7634), each with an implicit IV too (RFC 8750). Threads: as its
 * context.
 */
final class AeadSession extends CheckingSession {
    private final OpenSslContext context;
    private final OpenSslKey key;
    private final boolean ccm;
    private final EspLayout layout;
    private final int aadOctets;
    private CipherContext sealing;
    private CipherContext opening;

    AeadSession(OpenSslContext context, OpenSslKey key) {
        super(context, key, false);
        this.context = context;
        this.key = key;
        layout = key.layout();
        ccm = key.transform().cipher() == Cipher.AES_CCM;
        aadOctets = key.transform().aadOctets(key.esn());
    }

    @Override
    protected void sealChecked(CryptoBurst packets, int from, int to, long base) {
        for (int packet = from; packet < to; packet++) {
            if (canSeal() && seal(packets, packet, base)) {
                packets.complete(packet, CryptoBurst.DONE);
            } else {
                fail(packets, packet, packet + 1);
            }
        }
    }

    private boolean seal(CryptoBurst packets, int packet, long base) {
        int octets = layout.textOctets(packets.length(packet));
        long text = base + textAt(packets, packet);
        return begin(sealing, packets, packet, base)
                && sealing.update(text, text, octets)
                && (ccm || sealing.finish(text))
                && sealing.icv(text + octets, layout.icvOctets());
    }

    @Override
    protected void openChecked(CryptoBurst packets, int from, int to, long base, boolean restore) {
        if (opening == null) {
            opening = context.cipherContext(key, false);
        }
        for (int packet = from; packet < to; packet++) {
            byte status = opening == null ? CryptoBurst.FAILED : open(packets, packet, base);
            if (status != CryptoBurst.DONE) {
                context.library().clearErrors.call(0);
            }
            if (status == CryptoBurst.ICV_MISMATCH) {
                withdraw(packets, packet, base, restore);
            }
            packets.complete(packet, status);
        }
    }

    private byte open(CryptoBurst packets, int packet, long base) {
        int octets = layout.textOctets(packets.length(packet));
        long text = base + textAt(packets, packet);
        if (!opening.expect(text + octets, layout.icvOctets()) || !begin(opening, packets, packet, base)) {
            return CryptoBurst.FAILED;
        }
        if (ccm) {
            DirectMemory clear = context.scratch().text();
            if (!opening.update(context.scratch().textAddress(), text, octets)) {
                return CryptoBurst.ICV_MISMATCH;
            }
            clear.copyTo(0, packets.memory(), textAt(packets, packet), octets);
            return CryptoBurst.DONE;
        }
        if (!opening.update(text, text, octets)) {
            zero(packets, packet); // who knows how far it came
            return CryptoBurst.FAILED;
        }
        return opening.finish(text) ? CryptoBurst.DONE : CryptoBurst.ICV_MISMATCH;
    }

    /** Sets nonce and AAD. Without ESN the AAD lies on the wire as it is. */
    private boolean begin(CipherContext cipher, CryptoBurst packets, int packet, long base) {
        OpenSslScratch scratch = context.scratch();
        Memory memory = packets.memory();
        int at = packets.offset(packet);
        long sequence = packets.sequence(packet);
        long aad = layout.esn() ? scratch.aad(layout, memory, at, sequence) : base + at;
        return cipher.start(scratch.nonce(key, memory, at, sequence))
                && (!ccm || cipher.length(layout.textOctets(packets.length(packet))))
                && cipher.aad(aad, aadOctets);
    }

    /** GCM and ChaCha20 have decrypted in place: encrypting gives the wire's octets again. CCM has changed nothing. */
    private void withdraw(CryptoBurst packets, int packet, long base, boolean restore) {
        if (ccm) {
            return;
        }
        long text = base + textAt(packets, packet);
        boolean restored = restore
                && canSeal()
                && begin(sealing, packets, packet, base)
                && sealing.update(text, text, layout.textOctets(packets.length(packet)));
        if (!restored) {
            zero(packets, packet);
        }
    }

    private boolean canSeal() {
        if (sealing == null) {
            sealing = context.cipherContext(key, true);
        }
        return sealing != null;
    }

    private int textAt(CryptoBurst packets, int packet) {
        return layout.textAt(packets.offset(packet));
    }

    private void zero(CryptoBurst packets, int packet) {
        packets.memory().zero(textAt(packets, packet), layout.textOctets(packets.length(packet)));
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
