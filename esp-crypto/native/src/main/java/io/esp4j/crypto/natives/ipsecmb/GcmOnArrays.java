package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.ArrayOperation;
import io.esp4j.crypto.natives.Icv;
import io.esp4j.crypto.natives.Wire;
import io.esp4j.crypto.natives.binding.NativeCall;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.HeapMemory;
import java.nio.LongBuffer;

/**
 * AES-GCM on packets of an array, without copying them: the array is lent to C for one direct call per packet, since a job can't
 * point into it. Only where the binding lends arrays. Threads: as its session.
 */
final class GcmOnArrays implements ArrayOperation {
    private final MultiBuffer multiBuffer;
    private final IpsecMbKey key;
    private final NativeCall.InPlace sealGcm;
    private final NativeCall.InPlace openGcm;
    private final EspLayout layout;
    private final int aadOctets;
    private final int icvOctets;
    private final long salt;

    private GcmOnArrays(IpsecMbContext context, IpsecMbKey key) {
        Transform transform = key.transform();
        multiBuffer = context.multiBuffer();
        this.key = key;
        sealGcm = context.library().sealGcm(transform.keyOctets());
        openGcm = context.library().openGcm(transform.keyOctets());
        layout = key.layout();
        aadOctets = transform.aadOctets(key.esn());
        icvOctets = layout.icvOctets();
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
        int icv = multiBuffer.directLine() + JobSlots.ICV;
        Icv.write(multiBuffer.words(), icv, memory, layout.icvAt(at, octets), icvOctets);
        return CryptoBurst.DONE;
    }

    @Override
    public byte open(HeapMemory memory, int at, int octets, long sequence, boolean restore) {
        run(openGcm, memory, at, octets, sequence);
        int icv = multiBuffer.directLine() + JobSlots.ICV;
        if (Icv.equal(memory, layout.icvAt(at, octets), multiBuffer.words(), icv, icvOctets)) {
            return CryptoBurst.DONE;
        }
        if (restore) {
            run(sealGcm, memory, at, octets, sequence);
        } else {
            memory.zero(layout.textAt(at), layout.textOctets(octets));
        }
        return CryptoBurst.ICV_MISMATCH;
    }

    private void run(NativeCall.InPlace function, HeapMemory memory, int at, int octets, long sequence) {
        LongBuffer words = multiBuffer.words();
        int line = multiBuffer.directLine();
        words.put(line + JobSlots.SALT, salt);
        JobSlots.write(words, line, layout, memory, at, sequence);
        function.call(
                key.encryptionKeys(),
                multiBuffer.gcmContext(),
                memory.array(),
                layout.textAt(at),
                layout.textOctets(octets),
                multiBuffer.address(line + JobSlots.IV) - Integer.BYTES,
                multiBuffer.address(line + JobSlots.AAD_END + 1) - aadOctets,
                aadOctets,
                multiBuffer.address(line + JobSlots.ICV),
                icvOctets);
    }
}
