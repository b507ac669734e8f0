package io.esp4j.crypto.jdk;

import io.esp4j.crypto.provider.ArraySession;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.crypto.provider.Icv;
import io.esp4j.crypto.provider.WorkerContext;
import io.esp4j.memory.HeapMemory;
import io.esp4j.memory.Memory;
import java.security.GeneralSecurityException;

/**
 * ESP packets of a separate integrity algorithm: CBC or NULL with an HMAC. Sealing encrypts first, opening verifies first
 * (RFC 4303 §3.3.2.1, §3.4.4.1). Threads: single owner thread.
 */
final class SeparateSession extends ArraySession {
    private final HeapMemory sequenceHigh = Memory.of(new byte[Integer.BYTES]);
    private Cbc cbc;
    private Hmac hmac;

    /** CBC is null where the cipher is NULL. */
    SeparateSession(JcaKey key, WorkerContext<?> context, Cbc cbc, Hmac hmac) {
        super(key, context);
        this.cbc = cbc;
        this.hmac = hmac;
    }

    @Override
    protected void seal(HeapMemory packet, int at, int length, long sequence, byte[] scratch)
            throws GeneralSecurityException {
        if (cbc != null) {
            cbc.encrypt(packet.array(), layout.ivAt(at), layout.textAt(at), layout.textOctets(length), scratch);
        }
        System.arraycopy(
                icv(packet, at, length, sequence), 0, packet.array(), layout.icvAt(at, length), layout.icvOctets());
    }

    @Override
    protected boolean open(HeapMemory packet, int at, int length, long sequence, byte[] text)
            throws GeneralSecurityException {
        byte[] icv = icv(packet, at, length, sequence);
        if (!Icv.equal(icv, 0, packet.array(), layout.icvAt(at, length), layout.icvOctets())) {
            return false;
        }
        if (cbc != null) {
            cbc.decrypt(packet.array(), layout.ivAt(at), layout.textAt(at), layout.textOctets(length), text);
        }
        return true;
    }

    private byte[] icv(HeapMemory packet, int at, int length, long sequence) throws GeneralSecurityException {
        hmac.start();
        hmac.update(packet.array(), at, length - layout.icvOctets());
        if (layout.esn()) {
            sequenceHigh.int32(0, EspLayout.sequenceHigh(sequence));
            hmac.update(sequenceHigh.array(), 0, Integer.BYTES);
        }
        return hmac.end();
    }

    @Override
    protected void release() {
        cbc = null;
        hmac = null;
    }
}
