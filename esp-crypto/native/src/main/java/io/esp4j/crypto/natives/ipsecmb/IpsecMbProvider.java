package io.esp4j.crypto.natives.ipsecmb;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.NativeProvider;
import io.esp4j.crypto.natives.binding.Binding;
import io.esp4j.crypto.natives.binding.NativeHeap;
import io.esp4j.crypto.natives.binding.NativeLoadException;

/**
 * Intel's multi-buffer crypto library, ipsec-mb, as the system has it installed. Threads: safe to share.
 *
 * <p>The system properties {@code esp4j.ipsecmb.library} (a file) and {@code esp4j.ipsecmb.generation} ({@code auto},
 * {@code sse}, {@code avx}, {@code avx2}, {@code avx512}) are read when the library is loaded.
 */
public final class IpsecMbProvider extends NativeProvider<IpsecMbLibrary> {

    /** A provider that has not looked for the library yet. */
    public IpsecMbProvider() {
        super("ipsec-mb");
    }

    @Override
    protected IpsecMbLibrary load(Binding calls, NativeHeap memory) throws NativeLoadException {
        return IpsecMbLibrary.load(calls, memory);
    }

    @Override
    protected String describe(IpsecMbLibrary loaded) {
        return loaded.description();
    }

    @Override
    protected boolean computes(IpsecMbLibrary loaded, Transform transform) {
        // The library has no CCM with keys of 192 bits.
        return !(transform.cipher() == Cipher.AES_CCM && transform.keyOctets() == 24);
    }

    @Override
    protected CryptoKey expand(
            IpsecMbLibrary loaded, NativeHeap memory, Transform transform, boolean esn, KeyingMaterial material) {
        return IpsecMbKey.expand(loaded, memory, transform, esn, material);
    }

    @Override
    protected CryptoContext newContext(IpsecMbLibrary loaded, Binding calls, NativeHeap memory) {
        return new IpsecMbContext(loaded, calls, memory);
    }
}
