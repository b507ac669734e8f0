package io.esp4j.crypto.jdk;

import io.esp4j.crypto.provider.ArraySession;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.crypto.provider.WorkerContext;
import io.esp4j.memory.HeapMemory;
import io.esp4j.memory.Memory;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** ESP packets of a combined mode: GCM, CCM, ChaCha20-Poly1305. Threads: single owner thread. */
final class CombinedSession extends ArraySession {
    private final HeapMemory nonce;
    private final HeapMemory aad = Memory.of(new byte[EspLayout.MAXIMUM_AAD_OCTETS]);
    private Aead aead;

    CombinedSession(JcaKey key, WorkerContext<?> context, Aead aead) {
        super(key, context);
        this.nonce = Memory.of(key.newNonce());
        this.aead = aead;
    }

    @Override
    protected void seal(HeapMemory packet, int at, int length, long sequence, byte[] scratch)
            throws GeneralSecurityException {
        layout.nonce(packet, at, sequence, nonce, 0);
        int aadOctets = layout.aad(packet, at, sequence, aad, 0);
        int text = layout.textAt(at);
        int textOctets = layout.textOctets(length);
        aead.seal(nonce.array(), aad.array(), aadOctets, packet.array(), text, textOctets, scratch);
    }

    @Override
    protected boolean open(HeapMemory packet, int at, int length, long sequence, byte[] text)
            throws GeneralSecurityException {
        layout.nonce(packet, at, sequence, nonce, 0);
        int aadOctets = layout.aad(packet, at, sequence, aad, 0);
        int textAt = layout.textAt(at);
        int textOctets = layout.textOctets(length);
        return aead.open(nonce.array(), aad.array(), aadOctets, packet.array(), textAt, textOctets, text);
    }

    @Override
    protected void release() {
        aead = null;
        Arrays.fill(nonce.array(), (byte) 0);
    }
}
