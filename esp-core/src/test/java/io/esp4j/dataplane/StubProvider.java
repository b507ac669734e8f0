package io.esp4j.dataplane;

import io.esp4j.crypto.Availability;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;

/**
 * No cryptography at all and no allocation: the ICV is a sum, the text stays as it is; a refused text becomes zeros unless
 * it is to be restored. Immutable.
 */
final class StubProvider implements CryptoProvider {
    @Override
    public String name() {
        return "stub";
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
                return new Session(key.transform());
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
        private final int icvOctets;
        private final int textAt;

        Session(Transform transform) {
            icvOctets = transform.icvOctets();
            textAt = 8 + transform.ivOctets();
        }

        @Override
        public void seal(CryptoBurst burst, int from, int to) {
            for (int i = from; i < to; i++) {
                int icvAt = burst.offset(i) + burst.length(i) - icvOctets;
                burst.memory().zero(icvAt, icvOctets);
                burst.memory().int64(icvAt, sum(burst, i));
                burst.complete(i, CryptoBurst.DONE);
            }
        }

        @Override
        public void open(CryptoBurst burst, int from, int to, boolean restore) {
            for (int i = from; i < to; i++) {
                int icvAt = burst.offset(i) + burst.length(i) - icvOctets;
                boolean right = burst.memory().int64(icvAt) == sum(burst, i);
                if (!right && !restore) {
                    burst.memory().zero(burst.offset(i) + textAt, burst.length(i) - textAt);
                }
                burst.complete(i, right ? CryptoBurst.DONE : CryptoBurst.ICV_MISMATCH);
            }
        }

        private long sum(CryptoBurst burst, int index) {
            Memory memory = burst.memory();
            int end = burst.offset(index) + burst.length(index) - icvOctets;
            long sum = burst.sequence(index) >>> 32;
            for (int at = burst.offset(index); at < end; at++) {
                sum = sum * 31 + memory.octet(at);
            }
            return sum;
        }

        @Override
        public void close() {}
    }
}
