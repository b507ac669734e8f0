package io.esp4j.crypto.natives.openssl;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.natives.CheckingSession;
import io.esp4j.crypto.natives.Icv;
import io.esp4j.crypto.provider.EspLayout;

/**
 * AES-CBC (RFC 3602) or NULL (RFC 2410) with a truncated HMAC (RFC 4868, RFC 2404). Threads: as its context.
 *
 * <p>Opening hashes first and decrypts only what was genuine, so that a refused packet was never changed.
 */
final class HmacSession extends CheckingSession {
    private final OpenSslContext context;
    private final OpenSslKey key;
    private final boolean encrypts;
    private final EspLayout layout;
    private final int icvOctets;
    private CipherContext sealing;
    private CipherContext opening;
    private MacContext mac;

    HmacSession(OpenSslContext context, OpenSslKey key) {
        super(context, key, false);
        this.context = context;
        this.key = key;
        encrypts = key.transform().cipher() == Cipher.AES_CBC;
        layout = key.layout();
        icvOctets = layout.icvOctets();
    }

    @Override
    protected void sealChecked(CryptoBurst packets, int from, int to, long base) {
        if (encrypts && sealing == null) {
            sealing = context.cipherContext(key, true);
        }
        for (int packet = from; packet < to; packet++) {
            boolean done = (!encrypts || crypt(sealing, packets, packet, base)) && hash(packets, packet, base);
            if (done) {
                OpenSslScratch scratch = context.scratch();
                Icv.write(scratch.words(), scratch.hmacWord(), packets.memory(), icv(packets, packet), icvOctets);
                packets.complete(packet, CryptoBurst.DONE);
            } else {
                fail(packets, packet, packet + 1);
            }
        }
    }

    @Override
    protected void openChecked(CryptoBurst packets, int from, int to, long base, boolean restore) {
        if (encrypts && opening == null) {
            opening = context.cipherContext(key, false);
        }
        for (int packet = from; packet < to; packet++) {
            open(packets, packet, base);
        }
    }

    private void open(CryptoBurst packets, int packet, long base) {
        OpenSslScratch scratch = context.scratch();
        if (!hash(packets, packet, base)) {
            packets.complete(packet, CryptoBurst.FAILED);
        } else if (!Icv.equal(packets.memory(), icv(packets, packet), scratch.words(), scratch.hmacWord(), icvOctets)) {
            packets.complete(packet, CryptoBurst.ICV_MISMATCH);
        } else if (!encrypts || crypt(opening, packets, packet, base)) {
            packets.complete(packet, CryptoBurst.DONE);
        } else {
            fail(packets, packet, packet + 1);
        }
    }

    private boolean crypt(CipherContext cipher, CryptoBurst packets, int packet, long base) {
        if (cipher == null) {
            return false;
        }
        int at = packets.offset(packet);
        long text = base + layout.textAt(at);
        return cipher.start(base + layout.ivAt(at))
                && cipher.update(text, text, layout.textOctets(packets.length(packet)));
    }

    /** RFC 4303 §3.3.2.1: over the packet without ICV, then the high half of the number, which is not on the wire. */
    private boolean hash(CryptoBurst packets, int packet, long base) {
        if (mac == null) {
            mac = context.macContext(key);
            if (mac == null) {
                return false;
            }
        }
        OpenSslScratch scratch = context.scratch();
        return mac.start()
                && mac.update(base + packets.offset(packet), packets.length(packet) - icvOctets)
                && (!layout.esn() || mac.update(scratch.highHalf(packets.sequence(packet)), Integer.BYTES))
                && mac.finish(scratch.hmac(), OpenSslScratch.HMAC_OCTETS);
    }

    private int icv(CryptoBurst packets, int packet) {
        return layout.icvAt(packets.offset(packet), packets.length(packet));
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
