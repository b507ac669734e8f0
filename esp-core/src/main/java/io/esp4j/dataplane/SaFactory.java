package io.esp4j.dataplane;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.policy.Selector;
import io.esp4j.replay.SequenceNumbers;
import io.esp4j.sa.SaParameters;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Makes SAs of a dataplane, each with a key that repeats no nonce, and destroys them. Threads: thread-safe.
 *
 * @param providers chooses who computes a transform
 * @param clock of the lifetimes
 * @param keys all that are installed
 */
record SaFactory(Function<Transform, CryptoProvider> providers, LongSupplier clock, KeyRegistry keys) {

    OutboundSa outbound(SaParameters parameters, KeyingMaterial material) {
        if (parameters.severalSenders() && parameters.transform().counterIv()) {
            throw new IllegalArgumentException("transform " + parameters.transform()
                    + " with several senders: they would repeat nonces; expected a CBC or NULL transform");
        }
        if (parameters.sharedKey() && parameters.transform().counterIv()) {
            throw new IllegalArgumentException("a shared key for sending with " + parameters.transform()
                    + ": expected a key of its own, two senders under one key repeat nonces");
        }
        SaCrypto crypto = crypto(parameters, material, parameters.sequence());
        return new OutboundSa(parameters, crypto, new LifetimeMeter(parameters.lifetime(), clock.getAsLong()));
    }

    InboundSa inbound(SaParameters parameters, KeyingMaterial material, Selector selector) {
        long now = clock.getAsLong();
        SaCrypto crypto = crypto(parameters, material, SequenceNumbers.MAX_64_BIT);
        LifetimeMeter meter = new LifetimeMeter(parameters.lifetime(), now);
        Selector inner = Selector.ANY.equals(selector) ? null : selector;
        return new InboundSa(parameters, crypto, meter, inner, now);
    }

    private SaCrypto crypto(SaParameters parameters, KeyingMaterial material, long sequence) {
        Transform transform = parameters.transform();
        CryptoProvider provider = providers.apply(transform);
        KeyRegistry.Fingerprint fingerprint = keys.register(transform, material, parameters.sharedKey(), sequence);
        return new SaCrypto(provider, transform, parameters.esn(), material, fingerprint);
    }

    /** Overwrites the keys of an SA that no packet finds. */
    void destroy(SecurityAssociation sa) {
        sa.crypto().retire();
        sa.crypto().close();
        keys.release(sa.crypto().fingerprint(), lastNonce(sa));
    }

    private static long lastNonce(SecurityAssociation sa) {
        return sa instanceof OutboundSa sender && sa.parameters().transform().counterIv()
                ? sender.lastSequence()
                : SequenceNumbers.NONE;
    }
}
