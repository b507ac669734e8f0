package io.esp4j.crypto.natives.openssl;

import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.binding.CString;
import io.esp4j.crypto.natives.binding.NativeHeap;
import java.nio.ByteBuffer;

/** An {@code EVP_MAC_CTX} with an HMAC key. Threads: its session's; freed by any thread when no run is left. */
final class MacContext {
    /** {@code struct ossl_param_st}: key, data_type, data, data_size, return_size; an array ends with one of zeros. */
    private static final int PARAMETER_OCTETS = 40;

    private static final int PARAMETER_UTF8_STRING = 4;

    private final OpenSslLibrary library;
    private final long address;
    private final long outputLength;

    private MacContext(OpenSslLibrary library, long address, long outputLength) {
        this.library = library;
        this.address = address;
        this.outputLength = outputLength;
    }

    /**
     * A context with the key set.
     *
     * @param outputLength address of a {@code size_t} that OpenSSL writes lengths to
     * @return the context, null if OpenSSL can't make it
     */
    static MacContext of(OpenSslLibrary library, NativeHeap heap, OpenSslKey key, long outputLength) {
        long address = library.macContextNew.call(library.hmac());
        if (address == 0) {
            return null;
        }
        MacContext context = new MacContext(library, address, outputLength);
        if (!context.setKey(heap, key)) {
            context.free();
            return null;
        }
        return context;
    }

    private boolean setKey(NativeHeap heap, OpenSslKey key) {
        Transform transform = key.transform();
        int octets = 2 * PARAMETER_OCTETS;
        long parameters = heap.allocate(octets);
        try {
            ByteBuffer view = heap.view(parameters, octets);
            return CString.with(heap, "digest", name -> {
                        view.putLong(0, name);
                        view.putInt(8, PARAMETER_UTF8_STRING);
                        return CString.with(heap, library.digest(transform.integrity()), digest -> {
                            view.putLong(16, digest);
                            view.putLong(
                                    24, library.digest(transform.integrity()).length());
                            return (int) library.macSetKey.call(
                                    address, key.integrityKey(), transform.integrityKeyOctets(), parameters);
                        });
                    })
                    == 1;
        } finally {
            heap.release(parameters, octets);
        }
    }

    /** Begins a message with the key that is set. */
    boolean start() {
        return (int) library.macStart.call(address, 0, 0, 0) == 1;
    }

    boolean update(long data, int octets) {
        return (int) library.macUpdate.call(address, data, octets) == 1;
    }

    /** Writes the whole HMAC, not yet truncated. */
    boolean finish(long output, int room) {
        return (int) library.macFinal.call(address, output, outputLength, room) == 1;
    }

    /** Overwrites the key and frees the context. */
    void free() {
        library.macContextFree.call(address);
    }
}
