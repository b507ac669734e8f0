package io.esp4j.offload.agent;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.Transform;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * What an agent is made of, beside the run's parameters. Threads: immutable.
 *
 * @param provider computes its crypto
 * @param transforms what its crypto unit can do; Add SA of another one is not supported
 * @param ivs where unpredictable IVs come from
 */
public record AgentSettings(CryptoProvider provider, Predicate<Transform> transforms, RandomGenerator ivs) {
    /**
     * Settings.
     *
     * @param provider computes its crypto
     * @param transforms what its crypto unit can do
     * @param ivs where unpredictable IVs come from
     */
    public AgentSettings {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(transforms, "transforms");
        Objects.requireNonNull(ivs, "ivs");
    }
}
