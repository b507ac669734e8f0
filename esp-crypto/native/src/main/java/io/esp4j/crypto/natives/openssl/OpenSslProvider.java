package io.esp4j.crypto.natives.openssl;

import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.NativeProvider;
import io.esp4j.crypto.natives.binding.Binding;
import io.esp4j.crypto.natives.binding.NativeHeap;
import io.esp4j.crypto.natives.binding.NativeLoadException;

/**
 * OpenSSL's libcrypto, version 3, as the system has it installed. Threads: safe to share.
 *
 * <p>The system property {@code esp4j.openssl.library} (a file) is read when the library is loaded.
 */
public final class OpenSslProvider extends NativeProvider<OpenSslLibrary> {

    /** A provider that has not looked for the library yet. */
    public OpenSslProvider() {
        super("openssl");
    }

    @Override
    protected OpenSslLibrary load(Binding calls, NativeHeap memory) throws NativeLoadException {
        return OpenSslLibrary.load(calls, memory);
    }

    @Override
    protected String describe(OpenSslLibrary loaded) {
        return loaded.description();
    }

    @Override
    protected boolean computes(OpenSslLibrary loaded, Transform transform) {
        return loaded.has(transform);
    }

    @Override
    protected CryptoKey expand(
            OpenSslLibrary loaded, NativeHeap memory, Transform transform, boolean esn, KeyingMaterial material) {
        return new OpenSslKey(memory, transform, esn, material);
    }

    @Override
    protected CryptoContext newContext(OpenSslLibrary loaded, Binding calls, NativeHeap memory) {
        return new OpenSslContext(loaded, calls, memory);
    }
}
