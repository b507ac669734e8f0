package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.Availability;
import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.binding.Binding;
import io.esp4j.crypto.natives.binding.NativeHeap;
import io.esp4j.crypto.natives.binding.NativeLoadException;

/**
 * Intel's multi-buffer crypto library, ipsec-mb, as the system has it installed. Threads: safe to share.
 *
 * <p>The library is looked for and loaded at the first call of {@link #availability()}. The system properties
 * {@code esp4j.ipsecmb.library} (a file) and {@code esp4j.ipsecmb.generation} ({@code auto}, {@code sse}, {@code avx},
 * {@code avx2}, {@code avx512}) are read then.
 */
public final class IpsecMbProvider implements CryptoProvider {
    private Availability availability;
    private Binding binding;
    private NativeHeap heap;
    private IpsecMbLibrary library;

    /** A provider that has not looked for the library yet. */
    public IpsecMbProvider() {}

    @Override
    public String name() {
        return "ipsec-mb";
    }

    @Override
    public synchronized Availability availability() {
        if (availability == null) {
            try {
                binding = Binding.ofProcess();
                heap = new NativeHeap(binding);
                library = IpsecMbLibrary.load(binding, heap);
                availability = Availability.available(library.description());
            } catch (NativeLoadException e) {
                availability = Availability.unavailable(e.getMessage());
            }
        }
        return availability;
    }

    @Override
    public boolean supports(Transform transform) {
        // The library has no CCM with keys of 192 bits.
        return availability().available() && !(transform.cipher() == Cipher.AES_CCM && transform.keyOctets() == 24);
    }

    @Override
    public CryptoKey expand(Transform transform, boolean esn, KeyingMaterial material) {
        if (!supports(transform)) {
            throw new IllegalArgumentException("ipsec-mb does not compute " + transform + " here: "
                    + availability().detail());
        }
        material.requireFits(transform);
        return IpsecMbKey.expand(library, heap, transform, esn, material);
    }

    @Override
    public CryptoContext newContext() {
        if (!availability().available()) {
            throw new IllegalStateException(
                    "ipsec-mb can't be used: " + availability().detail());
        }
        return new IpsecMbContext(library, binding, heap);
    }

    /** {@return octets of native memory that keys and contexts hold} */
    synchronized long nativeOctetsInUse() {
        return heap == null ? 0 : heap.octetsInUse();
    }
}
