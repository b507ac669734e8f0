package io.esp4j.offload.host;

import io.esp4j.crypto.CryptoProvider;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * What a host's stack is made of. Threads: as its parts.
 *
 * @param provider computes the crypto of software
 * @param ivs where unpredictable IVs come from
 * @param neighbours where to find others
 */
public record HostSettings(CryptoProvider provider, RandomGenerator ivs, Neighbours neighbours) {
    /**
     * Settings.
     *
     * @param provider computes the crypto of software
     * @param ivs where unpredictable IVs come from
     * @param neighbours where to find others
     */
    public HostSettings {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(ivs, "ivs");
        Objects.requireNonNull(neighbours, "neighbours");
    }
}
