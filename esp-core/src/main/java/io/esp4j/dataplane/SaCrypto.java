package io.esp4j.dataplane;

import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;

/**
 * The key of one SA: expanded at its first use, overwritten exactly once. Threads: thread-safe; {@link #close()} is called
 * when no worker uses the key any more.
 */
final class SaCrypto {
    private final CryptoProvider provider;
    private final Transform transform;
    private final boolean esn;
    private final KeyRegistry.Fingerprint fingerprint;
    private KeyingMaterial material;
    private volatile CryptoKey key;
    private volatile boolean retired;
    private boolean closed;

    SaCrypto(
            CryptoProvider provider,
            Transform transform,
            boolean esn,
            KeyingMaterial material,
            KeyRegistry.Fingerprint fingerprint) {
        material.requireFits(transform);
        this.provider = provider;
        this.transform = transform;
        this.esn = esn;
        this.material = material.copy();
        this.fingerprint = fingerprint;
    }

    CryptoProvider provider() {
        return provider;
    }

    /** {@return the expanded key, or null if it is retired} */
    CryptoKey key() {
        if (retired) {
            return null;
        }
        CryptoKey expanded = key;
        return expanded != null ? expanded : expand();
    }

    KeyRegistry.Fingerprint fingerprint() {
        return fingerprint;
    }

    boolean isRetired() {
        return retired;
    }

    /** From now on no burst begins with this key. */
    void retire() {
        retired = true;
    }

    private synchronized CryptoKey expand() {
        if (key == null && !retired) {
            key = provider.expand(transform, esn, material);
            material.destroy();
            material = null;
        }
        return key;
    }

    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (material != null) {
            material.destroy();
        }
        if (key != null) {
            key.close();
        }
    }
}
