package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.esp4j.crypto.KeyingMaterial;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeyRegistryTest {
    private static final int REMEMBERED = 100;

    private final KeyRegistry keys = new KeyRegistry(REMEMBERED);

    private void use(int seed, long from, long last) {
        keys.release(register(seed, from), last);
    }

    private KeyRegistry.Fingerprint register(int seed, long from) {
        KeyingMaterial material = Keys.of(Sas.GCM, seed).material();
        return keys.register(Sas.GCM, material, false, from);
    }

    @Test
    @DisplayName("R31 of the keys that have sent, the latest are remembered, and no more than were asked for")
    void shouldForgetTheKeyRemovedFirst() {
        use(0, 0, 5);
        use(1, 0, 7);
        use(0, 5, 6);
        for (int seed = 2; seed <= REMEMBERED; seed++) {
            use(seed, 0, 1);
        }
        register(1, 0);
        assertThrows(IllegalArgumentException.class, () -> register(0, 5));
        assertThrows(IllegalArgumentException.class, () -> register(REMEMBERED, 0));
    }
}
