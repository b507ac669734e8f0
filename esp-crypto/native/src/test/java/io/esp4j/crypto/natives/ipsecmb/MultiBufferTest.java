package io.esp4j.crypto.natives.ipsecmb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.natives.Installed;
import io.esp4j.crypto.testing.EspCase;
import io.esp4j.crypto.testing.EspOracle;
import io.esp4j.memory.Memory;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manager and its jobs. */
class MultiBufferTest {

    /** The library clears its jobs with it, and calls those done that ask for nothing: plaintext would pass for sealed. */
    @ParameterizedTest
    @ValueSource(strings = {"aes128gcm16", "aes128ccm16", "chacha20poly1305", "aes128gmac", "aes128-sha256"})
    void shouldFillJobsInAgainForAManagerThatIsAsNew(String name) {
        IpsecMbProvider provider = new IpsecMbProvider();
        Installed.assume(provider);
        EspCase c = EspOracle.random(Transform.named(name), new Random(4303), 100);
        try (CryptoKey key = provider.expand(c.transform(), c.esn(), KeyingMaterial.of(c.key(), c.integrityKey()));
                CryptoContext context = provider.newContext();
                CryptoSession session = context.session(key)) {
            seal(session, c);
            open(session, c);
            ((IpsecMbContext) context).multiBuffer().renew();
            seal(session, c);
            open(session, c);
        }
    }

    private static void seal(CryptoSession session, EspCase c) {
        CryptoBurst burst = burst(c, c.clear());
        session.seal(burst, 0, 1);
        assertDone(burst, c.packet());
    }

    private static void open(CryptoSession session, EspCase c) {
        CryptoBurst burst = burst(c, c.packet());
        session.open(burst, 0, 1, false);
        assertDone(burst, c.opened());
    }

    private static CryptoBurst burst(EspCase c, byte[] octets) {
        Memory memory = Memory.allocateDirect(octets.length);
        memory.write(0, octets, 0, octets.length);
        CryptoBurst burst = new CryptoBurst(1);
        burst.reset(memory);
        burst.add(0, octets.length, c.sequence());
        return burst;
    }

    private static void assertDone(CryptoBurst burst, byte[] expected) {
        byte[] found = new byte[expected.length];
        burst.memory().read(0, found, 0, found.length);
        assertEquals(CryptoBurst.DONE, burst.status(0));
        assertArrayEquals(expected, found);
    }
}
