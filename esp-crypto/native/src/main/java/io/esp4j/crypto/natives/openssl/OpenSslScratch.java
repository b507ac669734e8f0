package io.esp4j.crypto.natives.openssl;

import io.esp4j.crypto.natives.binding.NativeHeap;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.DirectMemory;
import io.esp4j.memory.Memory;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/**
 * A thread's native scratch memory, in 64-bit words. Threads: single owner thread.
 *
 * <pre>
 *   | length |  ·· salt | IV | AAD (2 words) | HMAC (8 words) |
 * </pre>
 * The salt ends its word, so that the nonce begins inside it.
 */
final class OpenSslScratch {
    /** Room for the longest HMAC before it is truncated. */
    static final int HMAC_OCTETS = 64;

    private static final int LENGTH = 0;
    private static final int SALT = 1;
    private static final int IV = 2;
    private static final int AAD = 3;
    private static final int HMAC = 5;
    private static final int WORDS = HMAC + HMAC_OCTETS / Long.BYTES;

    private final NativeHeap heap;
    private final long address;
    private final LongBuffer words;
    private final DirectMemory octets;
    private long textAddress;
    private DirectMemory text;

    OpenSslScratch(NativeHeap heap) {
        this.heap = heap;
        address = heap.allocate(WORDS * Long.BYTES);
        ByteBuffer view = heap.view(address, WORDS * Long.BYTES);
        words = view.asLongBuffer();
        octets = (DirectMemory) Memory.of(view);
    }

    private long address(int word) {
        return address + (long) word * Long.BYTES;
    }

    /** {@return the address of a word that OpenSSL writes lengths to} */
    long length() {
        return address(LENGTH);
    }

    /** {@return the address of a packet's nonce} */
    long nonce(OpenSslKey key, Memory packet, int at, long sequence) {
        words.put(SALT, key.saltWord());
        int nonceAt = IV * Long.BYTES - key.transform().saltOctets();
        key.layout().nonce(packet, at, sequence, octets, nonceAt);
        return address + nonceAt;
    }

    /** {@return the address of a packet's AAD with ESN, which is not on the wire as it is} */
    long aad(EspLayout layout, Memory packet, int at, long sequence) {
        layout.aad(packet, at, sequence, octets, AAD * Long.BYTES);
        return address(AAD);
    }

    /** {@return the address of the high half of a sequence number} */
    long highHalf(long sequence) {
        octets.int32(AAD * Long.BYTES, EspLayout.sequenceHigh(sequence));
        return address(AAD);
    }

    /** {@return the address of {@value #HMAC_OCTETS} octets for an HMAC} */
    long hmac() {
        return address(HMAC);
    }

    /** {@return this memory in words} */
    LongBuffer words() {
        return words;
    }

    /** {@return the position of the HMAC, in words} */
    int hmacWord() {
        return HMAC;
    }

    /** {@return memory for the longest text} */
    DirectMemory text() {
        if (text == null) {
            textAddress = heap.allocate(EspLayout.MAXIMUM_PACKET_OCTETS);
            text = (DirectMemory) Memory.of(heap.view(textAddress, EspLayout.MAXIMUM_PACKET_OCTETS));
        }
        return text;
    }

    /** {@return the address of {@link #text()}} */
    long textAddress() {
        return textAddress;
    }

    /** Zeroises and frees everything. */
    void free() {
        heap.release(address, WORDS * Long.BYTES);
        if (text != null) {
            heap.release(textAddress, EspLayout.MAXIMUM_PACKET_OCTETS);
        }
    }
}
