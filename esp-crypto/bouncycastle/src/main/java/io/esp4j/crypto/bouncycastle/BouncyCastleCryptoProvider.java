package io.esp4j.crypto.bouncycastle;

import io.esp4j.crypto.Availability;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.provider.ArraySession;
import io.esp4j.crypto.provider.WorkerContext;
import org.bouncycastle.crypto.engines.AESEngine;

/** Computes every transform with Bouncy Castle's lightweight API. Threads: safe to share. */
public final class BouncyCastleCryptoProvider implements CryptoProvider {
    private volatile Availability availability;

    /** Loads nothing; for {@link java.util.ServiceLoader}. */
    public BouncyCastleCryptoProvider() {}

    @Override
    public String name() {
        return "bouncycastle";
    }

    @Override
    public Availability availability() {
        Availability known = availability;
        if (known == null) {
            known = find();
            availability = known;
        }
        return known;
    }

    private static Availability find() {
        try {
            Package library = AESEngine.newInstance().getClass().getPackage();
            String version = library.getImplementationVersion();
            return Availability.available("Bouncy Castle lightweight API" + (version == null ? "" : " " + version));
        } catch (LinkageError e) {
            return Availability.unavailable(
                    "Bouncy Castle (bcprov-jdk18on) is not on the class path: " + e.getMessage());
        }
    }

    @Override
    public boolean supports(Transform transform) {
        return availability().available();
    }

    @Override
    public CryptoKey expand(Transform transform, boolean esn, KeyingMaterial material) {
        if (!supports(transform)) {
            throw new IllegalArgumentException(
                    "provider " + name() + " is unavailable: " + availability().detail());
        }
        return new BouncyCastleKey(transform, esn, material);
    }

    @Override
    public CryptoContext newContext() {
        return new WorkerContext<>(name(), BouncyCastleKey.class, BouncyCastleCryptoProvider::session);
    }

    private static ArraySession session(BouncyCastleKey key, WorkerContext<BouncyCastleKey> context) {
        return key.transform().combined() ? new CombinedSession(key, context) : new SeparateSession(key, context);
    }
}
