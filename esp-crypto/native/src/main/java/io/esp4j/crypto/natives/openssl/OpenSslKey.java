package io.esp4j.crypto.natives.openssl;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.NativeKey;
import io.esp4j.crypto.natives.Wire;
import io.esp4j.crypto.natives.binding.NativeHeap;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Key octets in native memory, from which sessions make their contexts. Threads: safe to share.
 *
 * <pre>
 *   encryption key (32) | integrity key (64)
 * </pre>
 */
final class OpenSslKey extends NativeKey {
    private static final int INTEGRITY_AT = 32;
    private static final int OCTETS = 96;

    private final NativeHeap heap;
    private final long address;
    private long saltWord;

    OpenSslKey(NativeHeap heap, Transform transform, boolean esn, KeyingMaterial material) {
        super(transform, esn);
        this.heap = heap;
        byte[] key = material.encryptionKey(transform);
        byte[] integrityKey = material.integrityKey();
        byte[] salt = material.salt(transform);
        address = heap.allocate(OCTETS);
        ByteBuffer view = heap.view(address, OCTETS);
        view.put(0, key);
        view.put(INTEGRITY_AT, integrityKey);
        saltWord = Wire.endingWith(salt);
        Arrays.fill(key, (byte) 0);
        Arrays.fill(integrityKey, (byte) 0);
        Arrays.fill(salt, (byte) 0);
    }

    /** {@return the address of the encryption key} */
    long encryptionKey() {
        return address;
    }

    /** {@return the address of the integrity key} */
    long integrityKey() {
        return address + INTEGRITY_AT;
    }

    /** {@return the salt as the last octets of a word in the machine's order} */
    long saltWord() {
        return saltWord;
    }

    @Override
    protected void release() {
        heap.release(address, OCTETS);
        saltWord = 0;
    }
}
