package io.esp4j.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A provider that proves itself: before the first key of a transform its known-answer test runs, once.
 *
 * <p>Whatever a provider throws while it is asked what it can do, a missing class or library among it, makes it
 * unavailable. Threads: safe to share; a test runs under the lock of its entry in the map, others wait for its result.
 */
final class GuardedProvider implements CryptoProvider {
    private final CryptoProvider provider;
    private final Map<Transform, Optional<String>> failures = new ConcurrentHashMap<>();
    private volatile Availability availability;

    GuardedProvider(CryptoProvider provider) {
        this.provider = provider;
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public Availability availability() {
        Availability known = availability;
        if (known == null) {
            try {
                known = provider.availability();
            } catch (LinkageError | RuntimeException e) {
                known = Availability.unavailable(CryptoProviders.reason(e));
            }
            availability = known;
        }
        return known;
    }

    @Override
    public boolean supports(Transform transform) {
        return obstacle(transform) == null;
    }

    @Override
    public CryptoKey expand(Transform transform, boolean esn, KeyingMaterial material) {
        String obstacle = obstacle(transform);
        if (obstacle != null) {
            throw new IllegalArgumentException(
                    "provider " + name() + " can't be used for " + transform + ": " + obstacle);
        }
        return provider.expand(transform, esn, material);
    }

    @Override
    public CryptoContext newContext() {
        return provider.newContext();
    }

    /** Why a transform can't be computed, or null if it can. */
    String obstacle(Transform transform) {
        if (!availability().available()) {
            return availability().detail();
        }
        if (!claims(transform)) {
            return "does not compute it";
        }
        return failure(transform).orElse(null);
    }

    private boolean claims(Transform transform) {
        try {
            return provider.supports(transform);
        } catch (LinkageError | RuntimeException e) {
            return false;
        }
    }

    private Optional<String> failure(Transform transform) {
        return failures.computeIfAbsent(transform, t -> KnownAnswers.check(provider, t));
    }

    ProviderReport report() {
        List<TransformReport> transforms = new ArrayList<>();
        for (Transform transform : Transform.all()) {
            if (!availability().available() || !claims(transform)) {
                transforms.add(new TransformReport(transform, TransformReport.State.UNSUPPORTED, ""));
                continue;
            }
            Optional<String> failure = failure(transform);
            transforms.add(
                    failure.isEmpty()
                            ? new TransformReport(transform, TransformReport.State.PASSED, "")
                            : new TransformReport(transform, TransformReport.State.FAILED, failure.get()));
        }
        return new ProviderReport(name(), availability(), transforms);
    }

    @Override
    public String toString() {
        return name();
    }
}
