package io.esp4j.crypto.natives.binding;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Native memory of the C library. Threads: safe to share.
 *
 * <p>Every block is zeros when it is handed out and is zeroised before it is freed. Whoever allocates a block releases
 * it exactly once; {@link #octetsInUse()} lets a test hold that.
 */
public final class NativeHeap {
    /** Every block begins at a multiple of this: a cache line, and the widest vector's alignment. */
    public static final int ALIGNMENT = 64;

    private final Binding binding;
    private final NativeCall.Of2 alignedAlloc;
    private final NativeCall.Of1 free;
    private final NativeCall.Of3 memset;
    private final AtomicLong octetsInUse = new AtomicLong();

    /**
     * The C library's heap.
     *
     * @param binding makes the calls
     * @throws NativeLoadException if the C library lacks a function
     */
    public NativeHeap(Binding binding) throws NativeLoadException {
        this.binding = binding;
        alignedAlloc = standard(binding, "aligned_alloc", NativeCall.Of2.class);
        free = standard(binding, "free", NativeCall.Of1.class);
        memset = standard(binding, "memset", NativeCall.Of3.class);
    }

    private static <C extends NativeCall> C standard(Binding binding, String name, Class<C> shape)
            throws NativeLoadException {
        long address = binding.standardFunction(name);
        if (address == 0) {
            throw new NativeLoadException("the C library has no function " + name);
        }
        return binding.link(address, shape, Linkage.ORDINARY);
    }

    /**
     * {@return the address of a new block of zeros}
     *
     * @param octets at least 1
     * @throws OutOfMemoryError if there is none left
     */
    public long allocate(int octets) {
        int rounded = rounded(octets);
        long address = alignedAlloc.call(ALIGNMENT, rounded);
        if (address == 0) {
            throw new OutOfMemoryError("no native memory left for " + rounded + " octets");
        }
        memset.call(address, 0, rounded);
        octetsInUse.addAndGet(rounded);
        return address;
    }

    /**
     * Zeroises a block and frees it.
     *
     * @param address as {@link #allocate} returned it
     * @param octets as they were asked for
     */
    public void release(long address, int octets) {
        int rounded = rounded(octets);
        memset.call(address, 0, rounded);
        free.call(address);
        octetsInUse.addAndGet(-rounded);
    }

    /**
     * {@return a buffer in native byte order over a block; not to be used after its release}
     *
     * @param address of the block
     * @param octets of the block
     */
    public ByteBuffer view(long address, int octets) {
        return binding.view(address, octets);
    }

    /** {@return octets allocated and not yet released} */
    public long octetsInUse() {
        return octetsInUse.get();
    }

    private static int rounded(int octets) {
        return (octets + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
