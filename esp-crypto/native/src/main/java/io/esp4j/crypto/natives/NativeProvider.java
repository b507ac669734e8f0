package io.esp4j.crypto.natives;

import io.esp4j.crypto.Availability;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.binding.Binding;
import io.esp4j.crypto.natives.binding.NativeHeap;
import io.esp4j.crypto.natives.binding.NativeLoadException;

/**
 * A provider that computes with a shared library, which it loads at the first question about it. Threads: safe to share.
 *
 * @param <L> what the loaded library is
 */
public abstract class NativeProvider<L> implements CryptoProvider {
    private final String name;
    private Availability availability;
    private Binding binding;
    private NativeHeap heap;
    private L library;

    /**
     * A provider that has not looked for its library yet.
     *
     * @param name as {@link #name()}
     */
    protected NativeProvider(String name) {
        this.name = name;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final synchronized Availability availability() {
        if (availability == null) {
            try {
                binding = Binding.ofProcess();
                heap = new NativeHeap(binding);
                library = load(binding, heap);
                availability = Availability.available(describe(library));
            } catch (NativeLoadException e) {
                availability = Availability.unavailable(e.getMessage());
            }
        }
        return availability;
    }

    @Override
    public final boolean supports(Transform transform) {
        return availability().available() && computes(library, transform);
    }

    @Override
    public final CryptoKey expand(Transform transform, boolean esn, KeyingMaterial material) {
        if (!supports(transform)) {
            throw new IllegalArgumentException(name + " does not compute " + transform + ": "
                    + availability().detail());
        }
        material.requireFits(transform);
        return expand(library, heap, transform, esn, material);
    }

    @Override
    public final CryptoContext newContext() {
        if (!availability().available()) {
            throw new IllegalStateException(
                    name + " can't be used: " + availability().detail());
        }
        return newContext(library, binding, heap);
    }

    /** {@return octets of native memory that keys and contexts of this provider hold} */
    public final synchronized long nativeOctetsInUse() {
        return heap == null ? 0 : heap.octetsInUse();
    }

    /**
     * Loads the library.
     *
     * @param calls makes the calls
     * @param memory where everything native lies
     * @return the library
     * @throws NativeLoadException if it can't be used here; the message says why
     */
    protected abstract L load(Binding calls, NativeHeap memory) throws NativeLoadException;

    /**
     * {@return version, binding and file of a library}
     *
     * @param loaded the library
     */
    protected abstract String describe(L loaded);

    /**
     * {@return whether a library computes a transform}
     *
     * @param loaded the library
     * @param transform the transform
     */
    protected abstract boolean computes(L loaded, Transform transform);

    /**
     * {@return an expanded key}
     *
     * @param loaded the library
     * @param memory where the key lies
     * @param transform one that the library computes
     * @param esn whether sequence numbers are 64 bits long
     * @param material fits the transform
     */
    protected abstract CryptoKey expand(
            L loaded, NativeHeap memory, Transform transform, boolean esn, KeyingMaterial material);

    /**
     * {@return a new context}
     *
     * @param loaded the library
     * @param calls resolves addresses of packets
     * @param memory where its memory comes from
     */
    protected abstract CryptoContext newContext(L loaded, Binding calls, NativeHeap memory);

    @Override
    public final String toString() {
        return name;
    }
}
