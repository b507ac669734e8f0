package io.esp4j.benchmarks;

import io.esp4j.crypto.Availability;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;

/** Completes every operation and computes nothing: what remains of a journey is our own cost. Threads: immutable. */
final class NoOpCryptoProvider implements CryptoProvider {

    @Override
    public String name() {
        return "no-op";
    }

    @Override
    public Availability availability() {
        return Availability.available("for benchmarks only");
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
        return new Context();
    }

    private record Key(Transform transform, boolean esn) implements CryptoKey {
        @Override
        public void close() {}
    }

    private static final class Context implements CryptoContext {
        @Override
        public CryptoSession session(CryptoKey key) {
            return new Session();
        }

        @Override
        public void close() {}
    }

    private static final class Session implements CryptoSession {
        @Override
        public void seal(CryptoBurst burst, int from, int to) {
            complete(burst, from, to);
        }

        @Override
        public void open(CryptoBurst burst, int from, int to, boolean restore) {
            complete(burst, from, to);
        }

        private static void complete(CryptoBurst burst, int from, int to) {
            for (int index = from; index < to; index++) {
                burst.complete(index, CryptoBurst.DONE);
            }
        }

        @Override
        public void close() {}
    }
}
