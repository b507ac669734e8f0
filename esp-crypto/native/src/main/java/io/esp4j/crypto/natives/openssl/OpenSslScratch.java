package io.esp4j.crypto.natives.openssl;

import io.esp4j.crypto.natives.PacketBatch;
import io.esp4j.crypto.natives.Wire;
import io.esp4j.crypto.natives.binding.NativeHeap;
import io.esp4j.memory.DirectMemory;
import io.esp4j.memory.Memory;
import java.nio.LongBuffer;

/**
 * A thread's native scratch memory, in 64-bit words. Threads: single owner thread.
 *
 * <p>Salt and SPI end their words, so that nonce and AAD begin inside a word and end with one:
 * <pre>
 *   | length |  ·· salt | IV |  ·· SPI | sequence number | HMAC (8 words) |
 * </pre>
 */
final class OpenSslScratch {
    /** Room for the longest HMAC before it is truncated. */
    static final int HMAC_OCTETS = 64;

    private static final int LENGTH = 0;
    private static final int SALT = 1;
    private static final int IV = 2;
    private static final int SPI = 3;
    private static final int NUMBER = 4;
    private static final int HMAC = 5;
    private static final int WORDS = HMAC + HMAC_OCTETS / Long.BYTES;

    private final NativeHeap heap;
    private final long address;
    private final LongBuffer words;
    private long textAddress;
    private DirectMemory text;

    OpenSslScratch(NativeHeap heap) {
        this.heap = heap;
        address = heap.allocate(WORDS * Long.BYTES);
        words = heap.view(address, WORDS * Long.BYTES).asLongBuffer();
    }

    private long address(int word) {
        return address + (long) word * Long.BYTES;
    }

    /** {@return the address of a word that OpenSSL writes lengths to} */
    long length() {
        return address(LENGTH);
    }

    /** {@return the address of salt ‖ IV} */
    long nonce(long saltWord, int saltOctets, long iv) {
        words.put(SALT, saltWord);
        words.put(IV, Wire.order(iv));
        return address(IV) - saltOctets;
    }

    /** {@return the address of SPI ‖ 64-bit sequence number, 12 octets} */
    long aad(int spi, long sequence) {
        words.put(SPI, Wire.order(spi & 0xffff_ffffL));
        words.put(NUMBER, Wire.order(sequence));
        return address(NUMBER) - Integer.BYTES;
    }

    /** {@return the address of the high half of a sequence number} */
    long highHalf(long sequence) {
        words.put(NUMBER, Wire.order(sequence));
        return address(NUMBER);
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
            textAddress = heap.allocate(PacketBatch.MAXIMUM_PACKET_OCTETS);
            text = (DirectMemory) Memory.of(heap.view(textAddress, PacketBatch.MAXIMUM_PACKET_OCTETS));
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
            heap.release(textAddress, PacketBatch.MAXIMUM_PACKET_OCTETS);
        }
    }
}
