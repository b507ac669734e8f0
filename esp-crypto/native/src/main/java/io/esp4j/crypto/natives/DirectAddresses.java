package io.esp4j.crypto.natives;

import io.esp4j.crypto.natives.binding.Binding;
import io.esp4j.memory.DirectMemory;
import java.lang.ref.WeakReference;

/**
 * The native addresses of direct memory, each resolved once. Threads: single owner thread.
 *
 * <p>A table by identity hash whose entries replace one another; it holds weak references, so that it keeps nobody's
 * packets alive.
 */
public final class DirectAddresses {
    private static final int ENTRIES = 256;

    private final Binding binding;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final WeakReference<DirectMemory>[] memories = new WeakReference[ENTRIES];

    private final long[] addresses = new long[ENTRIES];

    /**
     * An empty table.
     *
     * @param binding resolves an address
     */
    public DirectAddresses(Binding binding) {
        this.binding = binding;
    }

    /**
     * {@return the address of position 0; valid while the memory is reachable}
     *
     * @param memory direct memory
     */
    public long of(DirectMemory memory) {
        int entry = System.identityHashCode(memory) & (ENTRIES - 1);
        WeakReference<DirectMemory> known = memories[entry];
        if (known != null && known.refersTo(memory)) {
            return addresses[entry];
        }
        long address = binding.address(memory.buffer());
        memories[entry] = new WeakReference<>(memory);
        addresses[entry] = address;
        return address;
    }
}
