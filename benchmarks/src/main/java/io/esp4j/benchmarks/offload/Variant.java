package io.esp4j.benchmarks.offload;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.Transform;
import java.util.ArrayList;
import java.util.List;

/**
 * What protects the connection.
 *
 * @param transform the transform, or null for a connection in clear
 * @param provider who computes, or null
 */
record Variant(Transform transform, CryptoProvider provider) {
    static final Variant CLEAR = new Variant(null, null);

    /** A library with one call for each packet, so that its own gain from bursts is nil. */
    private static final String PACKET_BY_PACKET = "openssl";

    /** A transform with the provider that is best on this machine. */
    static Variant best(String transformName) {
        Transform transform = Transform.named(transformName);
        return new Variant(transform, CryptoProviders.load().select(transform));
    }

    /** A transform with the best provider, and beside it with the one that works packet by packet, if it is there. */
    static List<Variant> all(String transformName) {
        Variant best = best(transformName);
        List<Variant> variants = new ArrayList<>(List.of(best));
        CryptoProviders providers = CryptoProviders.load();
        if (!best.provider.name().equals(PACKET_BY_PACKET) && providers.names().contains(PACKET_BY_PACKET)) {
            CryptoProvider other = providers.named(PACKET_BY_PACKET);
            if (other.supports(best.transform)) {
                variants.add(new Variant(best.transform, other));
            }
        }
        return variants;
    }

    boolean isClear() {
        return transform == null;
    }

    String transformName() {
        return isClear() ? "clear" : transform.name();
    }

    String providerName() {
        return isClear() ? "–" : provider.name();
    }
}
