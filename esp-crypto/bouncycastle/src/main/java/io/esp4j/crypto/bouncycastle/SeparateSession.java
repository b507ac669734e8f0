package io.esp4j.crypto.bouncycastle;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.Integrity;
import io.esp4j.crypto.provider.ArraySession;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.crypto.provider.Icv;
import io.esp4j.crypto.provider.WorkerContext;
import io.esp4j.memory.HeapMemory;
import io.esp4j.memory.Memory;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.macs.HMac;

/**
 * ESP packets of a separate integrity algorithm: CBC or NULL with an HMAC. Sealing encrypts first, opening verifies first
 * (RFC 4303 §3.3.2.1, §3.4.4.1). Threads: single owner thread.
 */
final class SeparateSession extends ArraySession {
    private final HeapMemory sequenceHigh = Memory.of(new byte[Integer.BYTES]);
    private final byte[] icv;
    private Cbc cbc;
    private HMac hmac;

    SeparateSession(BouncyCastleKey key, WorkerContext<?> context) {
        super(key, context);
        cbc = key.transform().cipher() == Cipher.NULL ? null : new Cbc(key.cipherKey());
        hmac = new HMac(hash(key.transform().integrity()));
        hmac.init(key.integrityKey());
        icv = new byte[hmac.getMacSize()];
    }

    static Digest hash(Integrity integrity) {
        return switch (integrity) {
            case COMBINED -> throw new IllegalArgumentException("a combined mode has no hash");
            case HMAC_SHA1_96 -> new SHA1Digest();
            case HMAC_SHA256_128 -> SHA256Digest.newInstance();
            case HMAC_SHA384_192 -> new SHA384Digest();
            case HMAC_SHA512_256 -> new SHA512Digest();
        };
    }

    @Override
    protected void seal(HeapMemory packet, int at, int length, long sequence, byte[] scratch) {
        if (cbc != null) {
            cbc.encrypt(packet.array(), layout.ivAt(at), layout.textAt(at), layout.textOctets(length));
        }
        authenticate(packet, at, length, sequence);
        System.arraycopy(icv, 0, packet.array(), layout.icvAt(at, length), layout.icvOctets());
    }

    @Override
    protected boolean open(HeapMemory packet, int at, int length, long sequence, byte[] text) {
        authenticate(packet, at, length, sequence);
        if (!Icv.equal(icv, 0, packet.array(), layout.icvAt(at, length), layout.icvOctets())) {
            return false;
        }
        if (cbc != null) {
            cbc.decrypt(packet.array(), layout.ivAt(at), layout.textAt(at), layout.textOctets(length), text);
        }
        return true;
    }

    private void authenticate(HeapMemory packet, int at, int length, long sequence) {
        hmac.update(packet.array(), at, length - layout.icvOctets());
        if (layout.esn()) {
            sequenceHigh.int32(0, EspLayout.sequenceHigh(sequence));
            hmac.update(sequenceHigh.array(), 0, Integer.BYTES);
        }
        hmac.doFinal(icv, 0);
    }

    @Override
    protected void release() {
        cbc = null;
        hmac = null;
    }
}
