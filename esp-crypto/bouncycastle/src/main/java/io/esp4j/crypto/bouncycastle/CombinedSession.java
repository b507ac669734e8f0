package io.esp4j.crypto.bouncycastle;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.provider.ArraySession;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.crypto.provider.WorkerContext;
import io.esp4j.memory.HeapMemory;
import io.esp4j.memory.Memory;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.bouncycastle.crypto.modes.AEADCipher;

/** ESP packets of a combined mode; in GMAC (RFC 4543) IV and text are AAD. Threads: single owner thread. */
final class CombinedSession extends ArraySession {
    private final HeapMemory nonce;
    private final HeapMemory aad = Memory.of(new byte[EspLayout.MAXIMUM_AAD_OCTETS]);
    private final boolean gmac;
    private LightweightAead aead;

    CombinedSession(BouncyCastleKey key, WorkerContext<?> context) {
        super(key, context);
        nonce = Memory.of(key.newNonce());
        gmac = key.transform().cipher() == Cipher.AES_GMAC;
        aead = new LightweightAead(
                key.transform().cipher(), key.cipherKey(), key.transform().icvOctets());
    }

    @Override
    protected void seal(HeapMemory packet, int at, int length, long sequence, byte[] scratch)
            throws GeneralSecurityException {
        layout.nonce(packet, at, sequence, nonce, 0);
        AEADCipher cipher = aead.startSealing(nonce.array());
        authenticate(cipher, packet, at, length, sequence);
        aead.finish(cipher, packet.array(), textAt(at, length), textOctets(length), scratch);
    }

    @Override
    protected boolean open(HeapMemory packet, int at, int length, long sequence, byte[] text)
            throws GeneralSecurityException {
        layout.nonce(packet, at, sequence, nonce, 0);
        AEADCipher cipher = aead.startOpening(nonce.array());
        authenticate(cipher, packet, at, length, sequence);
        return aead.verify(cipher, packet.array(), textAt(at, length), textOctets(length), text);
    }

    private void authenticate(AEADCipher cipher, HeapMemory packet, int at, int length, long sequence) {
        cipher.processAADBytes(aad.array(), 0, layout.aad(packet, at, sequence, aad, 0));
        if (gmac) {
            int body = layout.ivAt(at);
            cipher.processAADBytes(packet.array(), body, layout.icvAt(at, length) - body);
        }
    }

    private int textAt(int at, int length) {
        return gmac ? layout.icvAt(at, length) : layout.textAt(at);
    }

    private int textOctets(int length) {
        return gmac ? 0 : layout.textOctets(length);
    }

    @Override
    protected void release() {
        aead = null;
        Arrays.fill(nonce.array(), (byte) 0);
    }
}
