package io.esp4j.pipeline;

import io.esp4j.crypto.Availability;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;

/** No cryptography and no allocation: every operation is done. Threads: immutable. */
final class FreeProvider implements CryptoProvider {
    @Override
    public String name() {
        return "free";
    }

    @Override
    public Availability availability() {
        return Availability.available("test stub");
    }

    @Override
    public boolean supports(Transform transform) {
        return true;
    }

    @Override
    public CryptoKey expand(Transform transform, boolean esn, KeyingMaterial material) {
        return new Key(transform, esn);
    }

    @Override
    public CryptoContext newContext() {
        return new CryptoContext() {
            @Override
            public CryptoSession session(CryptoKey key) {
                return new Session();
            }

            @Override
            public void close() {}
        };
    }

    private record Key(Transform transform, boolean esn) implements CryptoKey {
        @Override
        public void close() {}
    }

    private static final class Session implements CryptoSession {
        @Override
        public void seal(CryptoBurst burst, int from, int to) {
            done(burst, from, to);
        }

        @Override
        public void open(CryptoBurst burst, int from, int to, boolean restore) {
            done(burst, from, to);
        }

        private static void done(CryptoBurst burst, int from, int to) {
            for (int i = from; i < to; i++) {
                burst.complete(i, CryptoBurst.DONE);
            }
        }

        @Override
        public void close() {}
    }
}
