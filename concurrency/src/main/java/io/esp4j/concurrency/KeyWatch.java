package io.esp4j.concurrency;

import io.esp4j.crypto.Availability;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Computes nothing and notices whether a key is in use when it is overwritten, or after. Threads: thread-safe. */
final class KeyWatch implements CryptoProvider {
    private final AtomicBoolean usedAfterClose = new AtomicBoolean();
    private final AtomicInteger closed = new AtomicInteger();

    boolean usedAfterClose() {
        return usedAfterClose.get();
    }

    int closed() {
        return closed.get();
    }

    @Override
    public String name() {
        return "key-watch";
    }

    @Override
    public Availability availability() {
        return Availability.available("jcstress only");
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
                return new Session((Key) key);
            }

            @Override
            public void close() {}
        };
    }

    /** The octets of a key, as a flag without any ordering of its own. */
    private final class Key implements CryptoKey {
        private final Transform transform;
        private final boolean esn;
        private boolean whole = true;

        Key(Transform transform, boolean esn) {
            this.transform = transform;
            this.esn = esn;
        }

        @Override
        public Transform transform() {
            return transform;
        }

        @Override
        public boolean esn() {
            return esn;
        }

        @Override
        public void close() {
            whole = false;
            closed.incrementAndGet();
        }
    }

    private final class Session implements CryptoSession {
        private final Key key;

        Session(Key key) {
            this.key = key;
        }

        @Override
        public void seal(CryptoBurst burst, int from, int to) {
            use(burst, from, to);
        }

        @Override
        public void open(CryptoBurst burst, int from, int to, boolean restore) {
            use(burst, from, to);
        }

        private void use(CryptoBurst burst, int from, int to) {
            boolean before = key.whole;
            for (int index = from; index < to; index++) {
                burst.complete(index, CryptoBurst.DONE);
            }
            if (!before || !key.whole) {
                usedAfterClose.set(true);
            }
        }

        @Override
        public void close() {}
    }
}
