package io.esp4j.sa;

/** Parameters that no rule has looked at, for published packets with SPIs that are reserved. Stateless. */
public final class UncheckedSa {
    private UncheckedSa() {}

    public static SaParameters of(SaBuilder builder) {
        return new SaParameters(builder);
    }
}
