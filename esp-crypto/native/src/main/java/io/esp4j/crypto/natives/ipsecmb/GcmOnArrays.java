package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.ArrayOperation;
import io.esp4j.crypto.natives.Icv;
import io.esp4j.crypto.natives.Wire;
import io.esp4j.crypto.natives.binding.NativeCall;
import io.esp4j.memory.HeapMemory;
import java.nio.LongBuffer;

/**
 * AES-GCM on packets of an array, without copying them: the array is lent to C for one direct call per packet, since a job can't
 * point into it. Only where the binding lends arrays. Threads: as its session.
 */
final class GcmOnArrays implements ArrayOperation {
    private static final int IV_AT = 8;

    private final MultiBuffer multiBuffer;
    private final IpsecMbKey key;
    private final NativeCall.InPlace sealGcm;
    private final NativeCall.InPlace openGcm;
    private final boolean esn;
    private final boolean implicitIv;
    private final long numberMask;
    private final int aadOctets;
    private final int headerOctets;
    private final int icvOctets;
    private final long salt;

    private GcmOnArrays(IpsecMbContext context, IpsecMbKey key) {
        Transform transform = key.transform();
        multiBuffer = context.multiBuffer();
        this.key = key;
        sealGcm = context.library().sealGcm(transform.keyOctets());
        openGcm = context.library().openGcm(transform.keyOctets());
        esn = key.esn();
        implicitIv = transform.implicitIv();
        numberMask = esn ? -1 : 0xffff_ffffL;
        aadOctets = transform.aadOctets(esn);
        headerOctets = IV_AT + transform.ivOctets();
        icvOctets = transform.icvOctets();
        salt = Wire.endingWith(key.salt());
    }

    /** {@return the operation of a key, null where packets of arrays are staged} */
    static GcmOnArrays of(IpsecMbContext context, IpsecMbKey key) {
        return key.transform().cipher() == Cipher.AES_GCM && context.library().worksOnArrays()
                ? new GcmOnArrays(context, key)
                : null;
    }

    @Override
    public byte seal(HeapMemory memory, int at, int octets, long sequence) {
        run(sealGcm, memory, at, octets, sequence);
        int icv = multiBuffer.computedIcv(0);
        Icv.write(multiBuffer.words(), icv, memory, at + octets - icvOctets, icvOctets);
        return CryptoBurst.DONE;
    }

    @Override
    public byte open(HeapMemory memory, int at, int octets, long sequence, boolean restore) {
        run(openGcm, memory, at, octets, sequence);
        int icv = multiBuffer.computedIcv(0);
        if (Icv.equal(memory, at + octets - icvOctets, multiBuffer.words(), icv, icvOctets)) {
            return CryptoBurst.DONE;
        }
        if (restore) {
            run(sealGcm, memory, at, octets, sequence);
        } else {
            memory.zero(at + headerOctets, octets - headerOctets - icvOctets);
        }
        return CryptoBurst.ICV_MISMATCH;
    }

    private void run(NativeCall.InPlace function, HeapMemory memory, int at, int octets, long sequence) {
        LongBuffer words = multiBuffer.words();
        int nonce = multiBuffer.directNonce();
        int aad = nonce + JobSlots.STRIDE_WORDS;
        long spiAndNumber = memory.int64(at);
        words.put(nonce, salt);
        words.put(nonce + 1, Wire.order(implicitIv ? sequence & numberMask : memory.int64(at + IV_AT)));
        if (esn) {
            words.put(aad, Wire.order(spiAndNumber >>> Integer.SIZE));
            words.put(aad + 1, Wire.order(sequence));
        } else {
            words.put(aad + 1, Wire.order(spiAndNumber));
        }
        function.call(
                key.encryptionKeys(),
                multiBuffer.gcmContext(),
                memory.array(),
                at + headerOctets,
                octets - headerOctets - icvOctets,
                multiBuffer.address(nonce + 1) - Integer.BYTES,
                multiBuffer.address(aad + 2) - aadOctets,
                aadOctets,
                multiBuffer.address(multiBuffer.computedIcv(0)),
                icvOctets);
    }
}
