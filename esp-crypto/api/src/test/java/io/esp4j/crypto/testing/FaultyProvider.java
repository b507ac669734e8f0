package io.esp4j.crypto.testing;

import io.esp4j.crypto.Availability;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.jdk.JdkCryptoProvider;
import java.util.concurrent.atomic.AtomicInteger;

/** The JDK's provider with a fault of the kinds that a miscompiled or mismatched library has. */
public final class FaultyProvider implements CryptoProvider {
    private final CryptoProvider good = new JdkCryptoProvider();
    private final AtomicInteger expansions = new AtomicInteger();
    private final Fault fault;

    /** What goes wrong, and what the known-answer test says of it. */
    public enum Fault {
        SEALS_WRONG_ICV("a wrong packet was sealed"),
        OPENS_NOTHING("a genuine packet was not opened"),
        ACCEPTS_FORGED("a forged packet was not refused"),
        RELEASES_PLAINTEXT("plaintext of a forged packet was released"),
        RESTORES_NOTHING("a forged packet was not restored"),
        CARRIES_STATE("a wrong packet was sealed after others"),
        FILLS_ONE_LANE("a genuine packet among many was not opened"),
        THROWS("known-answer test ended with UnsatisfiedLinkError");

        private final String symptom;

        Fault(String symptom) {
            this.symptom = symptom;
        }

        public String symptom() {
            return symptom;
        }
    }

    public FaultyProvider(Fault fault) {
        this.fault = fault;
    }

    /** How often a key was expanded. */
    public int expansions() {
        return expansions.get();
    }

    @Override
    public String name() {
        return "openssl";
    }

    @Override
    public Availability availability() {
        return Availability.available("faulty");
    }

    @Override
    public boolean supports(Transform transform) {
        return true;
    }

    @Override
    public CryptoKey expand(Transform transform, boolean esn, KeyingMaterial material) {
        expansions.incrementAndGet();
        if (fault == Fault.THROWS) {
            throw new UnsatisfiedLinkError("libcrypto.so.3");
        }
        return good.expand(transform, esn, material);
    }

    @Override
    public CryptoContext newContext() {
        CryptoContext context = good.newContext();
        return new CryptoContext() {
            @Override
            public CryptoSession session(CryptoKey key) {
                return new FaultySession(context.session(key), key.transform());
            }

            @Override
            public void close() {
                context.close();
            }
        };
    }

    private final class FaultySession implements CryptoSession {
        private final CryptoSession session;
        private final Transform transform;
        private int sealed;

        FaultySession(CryptoSession session, Transform transform) {
            this.session = session;
            this.transform = transform;
        }

        @Override
        public void seal(CryptoBurst burst, int from, int to) {
            session.seal(burst, from, to);
            sealed++;
            if (fault == Fault.SEALS_WRONG_ICV || (fault == Fault.CARRIES_STATE && sealed > 1)) {
                int last = burst.offset(from) + burst.length(from) - 1;
                burst.memory().octet(last, ~burst.memory().octet(last));
            }
        }

        @Override
        public void open(CryptoBurst burst, int from, int to, boolean restore) {
            int end = burst.offset(from) + burst.length(from);
            switch (fault) {
                case OPENS_NOTHING -> burst.complete(from, CryptoBurst.ICV_MISMATCH);
                case ACCEPTS_FORGED -> {
                    session.open(burst, from, to, restore);
                    burst.complete(from, CryptoBurst.DONE);
                }
                case RELEASES_PLAINTEXT -> {
                    session.open(burst, from, to, restore);
                    if (burst.status(from) == CryptoBurst.ICV_MISMATCH) {
                        burst.memory().octet(end - 1, burst.memory().octet(end - 1) ^ 0x10);
                        session.open(burst, from, to, restore);
                        burst.complete(from, CryptoBurst.ICV_MISMATCH);
                    }
                }
                case RESTORES_NOTHING -> {
                    session.open(burst, from, to, restore);
                    if (burst.status(from) == CryptoBurst.ICV_MISMATCH) {
                        burst.memory().zero(end - transform.icvOctets(), transform.icvOctets());
                    }
                }
                case FILLS_ONE_LANE -> {
                    session.open(burst, from, to, restore);
                    burst.complete(from + 1, to, CryptoBurst.ICV_MISMATCH);
                }
                default -> session.open(burst, from, to, restore);
            }
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
