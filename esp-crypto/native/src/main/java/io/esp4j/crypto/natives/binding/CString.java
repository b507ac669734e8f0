package io.esp4j.crypto.natives.binding;

import java.nio.charset.StandardCharsets;
import java.util.function.LongUnaryOperator;

/** A Java string lent to C. No state. */
public final class CString {
    private CString() {}

    /**
     * Calls with a string's address.
     *
     * @param heap where it is while the call lasts
     * @param text the string
     * @param use takes the address, which is not valid afterwards
     * @return what the call returned
     */
    public static long with(NativeHeap heap, String text, LongUnaryOperator use) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        int size = octets.length + 1;
        long address = heap.allocate(size);
        try {
            heap.view(address, size).put(0, octets);
            return use.applyAsLong(address);
        } finally {
            heap.release(address, size);
        }
    }
}
