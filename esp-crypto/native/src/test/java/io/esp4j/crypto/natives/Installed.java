package io.esp4j.crypto.natives;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esp4j.crypto.Availability;
import io.esp4j.crypto.CryptoProvider;

/** Tests of a library that this machine hasn't got are skipped. */
public final class Installed {
    private Installed() {}

    /** Skips the test if a provider's library can't be used here. */
    public static void assume(CryptoProvider provider) {
        Availability availability = provider.availability();
        assumeTrue(availability.available(), availability.detail());
    }
}
