package io.esp4j.crypto.jdk;

import io.esp4j.crypto.provider.ArraySession;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.crypto.provider.WorkerContext;
import io.esp4j.memory.HeapMemory;
import io.esp4j.memory.Memory;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** ESP packets of AES-GMAC (RFC 4543 §3.3): IV and text are authenticated, nothing is encrypted. Threads: single owner. */
final class GmacSession extends ArraySession {
    private final HeapMemory nonce;
    private final HeapMemory head = Memory.of(new byte[EspLayout.MAXIMUM_AAD_OCTETS]);
    private JceAead gcm;

    GmacSession(JcaKey key, WorkerContext<?> context, JceAead gcm) {
        super(key, context);
        this.nonce = Memory.of(key.newNonce());
        this.gcm = gcm;
    }

    @Override
    protected void seal(HeapMemory packet, int at, int length, long sequence, byte[] scratch)
            throws GeneralSecurityException {
        layout.nonce(packet, at, sequence, nonce, 0);
        int headOctets = layout.aad(packet, at, sequence, head, 0);
        int body = layout.ivAt(at);
        int icv = layout.icvAt(at, length);
        gcm.authenticate(nonce.array(), head.array(), headOctets, packet.array(), body, icv - body, icv);
    }

    @Override
    protected boolean open(HeapMemory packet, int at, int length, long sequence, byte[] text)
            throws GeneralSecurityException {
        layout.nonce(packet, at, sequence, nonce, 0);
        int headOctets = layout.aad(packet, at, sequence, head, 0);
        int body = layout.ivAt(at);
        int icv = layout.icvAt(at, length);
        return gcm.verify(nonce.array(), head.array(), headOctets, packet.array(), body, icv - body, icv, text);
    }

    @Override
    protected void release() {
        gcm = null;
        Arrays.fill(nonce.array(), (byte) 0);
    }
}
