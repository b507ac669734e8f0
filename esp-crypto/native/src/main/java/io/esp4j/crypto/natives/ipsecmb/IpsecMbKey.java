package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.Integrity;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.NativeKey;
import io.esp4j.crypto.natives.binding.NativeHeap;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An expanded key in one block of native memory. Threads: safe to share.
 *
 * <p>The block by cipher:
 * <pre>
 *   GCM, GMAC           gcm_key_data
 *   CCM                 round keys (256)
 *   ChaCha20-Poly1305   the key (64)
 *   CBC with HMAC       encryption round keys (256) | decryption round keys (256) | inner state (64) | outer state (64)
 *   NULL with HMAC      inner state (64) | outer state (64)
 * </pre>
 */
final class IpsecMbKey extends NativeKey {
    private static final int ROUND_KEY_OCTETS = 256;
    private static final int STATE_OCTETS = 64;
    private static final int LONGEST_BLOCK = 128;

    private final NativeHeap heap;
    private final int octets;
    private final long address;
    private final byte[] salt;

    private IpsecMbKey(Transform transform, boolean esn, NativeHeap heap, int octets, byte[] salt) {
        super(transform, esn);
        this.heap = heap;
        this.octets = octets;
        this.salt = salt;
        address = heap.allocate(octets);
    }

    static IpsecMbKey expand(
            IpsecMbLibrary library, NativeHeap heap, Transform transform, boolean esn, KeyingMaterial material) {
        byte[] salt = material.salt(transform);
        IpsecMbKey key = new IpsecMbKey(transform, esn, heap, octets(library, transform), salt);
        int workOctets = LONGEST_BLOCK + ROUND_KEY_OCTETS;
        long work = heap.allocate(workOctets);
        byte[] cipherKey = material.encryptionKey(transform);
        byte[] integrityKey = material.integrityKey();
        try {
            ByteBuffer view = heap.view(work, workOctets);
            view.put(0, cipherKey);
            key.expandCipher(library, work);
            if (transform.integrity() != Integrity.COMBINED) {
                key.expandHmac(library, work, view, integrityKey);
            }
        } finally {
            Arrays.fill(cipherKey, (byte) 0);
            Arrays.fill(integrityKey, (byte) 0);
            heap.release(work, workOctets);
        }
        return key;
    }

    private static int octets(IpsecMbLibrary library, Transform transform) {
        return switch (transform.cipher()) {
            case AES_GCM, AES_GMAC -> library.layout().keyDataOctets();
            case AES_CCM -> ROUND_KEY_OCTETS;
            case CHACHA20_POLY1305 -> transform.keyOctets();
            case AES_CBC -> 2 * ROUND_KEY_OCTETS + 2 * STATE_OCTETS;
            case NULL -> 2 * STATE_OCTETS;
        };
    }

    private void expandCipher(IpsecMbLibrary library, long work) {
        int keyOctets = transform().keyOctets();
        switch (transform().cipher()) {
            case AES_GCM, AES_GMAC -> library.expandGcm(keyOctets).call(work, address);
            case AES_CCM -> library.expandAes(keyOctets).call(work, address, work + LONGEST_BLOCK);
            case AES_CBC -> library.expandAes(keyOctets).call(work, address, address + ROUND_KEY_OCTETS);
            case CHACHA20_POLY1305 -> {
                byte[] raw = new byte[keyOctets];
                heap.view(work, keyOctets).get(0, raw);
                heap.view(address, keyOctets).put(0, raw);
                Arrays.fill(raw, (byte) 0);
            }
            case NULL -> {
                // Nothing is encrypted.
            }
        }
    }

    /** RFC 2104: the states after the first block, the key XOR ipad and XOR opad; an ESP key is never longer than a block. */
    private void expandHmac(IpsecMbLibrary library, long work, ByteBuffer view, byte[] key) {
        Integrity integrity = transform().integrity();
        int block = integrity == Integrity.HMAC_SHA384_192 || integrity == Integrity.HMAC_SHA512_256 ? 128 : 64;
        long[] states = {hmacInner(), hmacOuter()};
        int[] pads = {0x36, 0x5c};
        for (int half = 0; half < states.length; half++) {
            for (int i = 0; i < block; i++) {
                view.put(i, (byte) ((i < key.length ? key[i] : 0) ^ pads[half]));
            }
            library.hashBlock(blockFunction(integrity)).call(work, states[half]);
        }
    }

    private static int blockFunction(Integrity integrity) {
        return switch (integrity) {
            case HMAC_SHA1_96 -> 0;
            case HMAC_SHA256_128 -> 2;
            case HMAC_SHA384_192 -> 3;
            case HMAC_SHA512_256 -> 4;
            case COMBINED -> throw new IllegalArgumentException("a combined mode has no HMAC");
        };
    }

    /** {@return the address for {@link Job#ENCRYPTION_KEYS}} */
    long encryptionKeys() {
        return address;
    }

    /** {@return the address for {@link Job#DECRYPTION_KEYS}: only CBC decrypts with other keys} */
    long decryptionKeys() {
        return transform().cipher() == Cipher.AES_CBC ? address + ROUND_KEY_OCTETS : address;
    }

    long hmacInner() {
        return transform().cipher() == Cipher.AES_CBC ? address + 2 * ROUND_KEY_OCTETS : address;
    }

    long hmacOuter() {
        return hmacInner() + STATE_OCTETS;
    }

    /** {@return the salt itself; not to be changed} */
    byte[] salt() {
        return salt;
    }

    @Override
    protected void release() {
        heap.release(address, octets);
        Arrays.fill(salt, (byte) 0);
    }
}
