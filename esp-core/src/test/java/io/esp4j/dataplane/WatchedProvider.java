package io.esp4j.dataplane;

import io.esp4j.crypto.Availability;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import java.util.concurrent.atomic.AtomicInteger;

/** Another provider, with everything that is asked of it counted, and a pause before it computes. Thread-safe. */
final class WatchedProvider implements CryptoProvider {
    private final CryptoProvider provider;
    final AtomicInteger keysExpanded = new AtomicInteger();
    final AtomicInteger keysClosed = new AtomicInteger();
    final AtomicInteger sessionsOpened = new AtomicInteger();
    final AtomicInteger sessionsClosed = new AtomicInteger();
    final AtomicInteger contextsClosed = new AtomicInteger();
    final AtomicInteger sealed = new AtomicInteger();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger openedWithRestore = new AtomicInteger();
    volatile Runnable before = () -> {};
    volatile Runnable beforeSession = () -> {};
    volatile boolean failing;

    WatchedProvider(CryptoProvider provider) {
        this.provider = provider;
    }

    @Override
    public String name() {
        return "watched";
    }

    @Override
    public Availability availability() {
        return provider.availability();
    }

    @Override
    public boolean supports(Transform transform) {
        return provider.supports(transform);
    }

    @Override
    public CryptoKey expand(Transform transform, boolean esn, KeyingMaterial material) {
        keysExpanded.incrementAndGet();
        return new Key(provider.expand(transform, esn, material));
    }

    @Override
    public CryptoContext newContext() {
        CryptoContext context = provider.newContext();
        return new CryptoContext() {
            @Override
            public CryptoSession session(CryptoKey key) {
                beforeSession.run();
                sessionsOpened.incrementAndGet();
                return new Session(context.session(((Key) key).key));
            }

            @Override
            public void close() {
                contextsClosed.incrementAndGet();
                context.close();
            }
        };
    }

    private final class Key implements CryptoKey {
        private final CryptoKey key;

        Key(CryptoKey key) {
            this.key = key;
        }

        @Override
        public Transform transform() {
            return key.transform();
        }

        @Override
        public boolean esn() {
            return key.esn();
        }

        @Override
        public void close() {
            keysClosed.incrementAndGet();
            key.close();
        }
    }

    private final class Session implements CryptoSession {
        private final CryptoSession session;

        Session(CryptoSession session) {
            this.session = session;
        }

        @Override
        public void seal(CryptoBurst burst, int from, int to) {
            before.run();
            sealed.addAndGet(to - from);
            if (failing) {
                fail(burst, from, to);
            } else {
                session.seal(burst, from, to);
            }
        }

        @Override
        public void open(CryptoBurst burst, int from, int to, boolean restore) {
            before.run();
            opened.addAndGet(to - from);
            openedWithRestore.addAndGet(restore ? to - from : 0);
            if (failing) {
                fail(burst, from, to);
            } else {
                session.open(burst, from, to, restore);
            }
        }

        private void fail(CryptoBurst burst, int from, int to) {
            for (int i = from; i < to; i++) {
                burst.complete(i, CryptoBurst.FAILED);
            }
        }

        @Override
        public void close() {
            sessionsClosed.incrementAndGet();
            session.close();
        }
    }
}
