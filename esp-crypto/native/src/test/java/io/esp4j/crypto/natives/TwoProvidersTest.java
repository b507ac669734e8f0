package io.esp4j.crypto.natives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.ipsecmb.IpsecMbProvider;
import io.esp4j.crypto.natives.openssl.OpenSslProvider;
import io.esp4j.crypto.testing.EspCase;
import io.esp4j.crypto.testing.EspOracle;
import io.esp4j.crypto.testing.Seam;
import io.esp4j.memory.Memory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Both libraries, and each of them twice, in one process and on one thread. */
class TwoProvidersTest {

    @Test
    void shouldOpenWithOneWhatTheOtherSealed() {
        List<NativeProvider<?>> providers =
                List.of(new IpsecMbProvider(), new OpenSslProvider(), new IpsecMbProvider(), new OpenSslProvider());
        providers.forEach(Installed::assume);
        Random random = new Random(4303);
        for (Transform transform : Transform.all()) {
            if (!providers.stream().allMatch(p -> p.supports(transform))) {
                continue;
            }
            EspCase c = EspOracle.random(transform, random, 300);
            Memory memory = Memory.allocateDirect(512);
            for (int i = 0; i < providers.size(); i++) {
                try (Seam sealing = new Seam(providers.get(i), c);
                        Seam opening = new Seam(providers.get((i + 1) % providers.size()), c)) {
                    byte[] sealed =
                            sealing.seal(memory, c.clear(), c.sequence()).octets();
                    Seam.Result opened = opening.open(memory, sealed, c.sequence(), false);
                    assertEquals(CryptoBurst.DONE, opened.status(), c::toString);
                    assertArrayEquals(c.opened(), opened.octets(), c::toString);
                }
            }
        }
    }
}
