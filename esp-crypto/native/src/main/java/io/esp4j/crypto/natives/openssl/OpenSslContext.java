package io.esp4j.crypto.natives.openssl;

import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.natives.NativeContext;
import io.esp4j.crypto.natives.binding.Binding;
import io.esp4j.crypto.natives.binding.NativeHeap;

/** One thread's scratch memory for OpenSSL. Threads: single owner thread; any thread may close it. */
final class OpenSslContext extends NativeContext {
    private final OpenSslLibrary library;
    private final OpenSslScratch scratch;

    OpenSslContext(OpenSslLibrary library, Binding binding, NativeHeap heap) {
        // Each call works on one packet, and that is never longer than a call may be.
        super(heap, binding, Integer.MAX_VALUE);
        this.library = library;
        scratch = new OpenSslScratch(heap);
    }

    OpenSslLibrary library() {
        return library;
    }

    OpenSslScratch scratch() {
        return scratch;
    }

    CipherContext cipherContext(OpenSslKey key, boolean seals) {
        return CipherContext.of(library, key, seals, scratch.length());
    }

    MacContext macContext(OpenSslKey key) {
        return MacContext.of(library, heap(), key, scratch.length());
    }

    @Override
    public CryptoSession session(CryptoKey key) {
        if (!(key instanceof OpenSslKey own)) {
            throw new IllegalArgumentException("expected a key of openssl, found " + key);
        }
        return adopt(() -> switch (own.transform().cipher()) {
            case AES_GCM, AES_CCM, CHACHA20_POLY1305 -> new AeadSession(this, own);
            case AES_GMAC -> new GmacSession(this, own);
            case AES_CBC, NULL -> new HmacSession(this, own);
        });
    }

    @Override
    protected void release() {
        scratch.free();
    }
}
