package io.esp4j.crypto.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.esp4j.crypto.Cipher;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Published vectors beneath the sessions: those whose nonce, AAD, text or ICV no ESP packet has are run here. */
public abstract class PrimitiveVectorContractTest {

    /** The primitives under test. */
    protected abstract Primitives primitives();

    /** How many vectors of a combined mode have lengths that the primitives take. */
    protected abstract int expected(Cipher mode);

    @Test
    @DisplayName("R30 every published AES-GCM vector comes out of the primitive")
    void shouldReproduceGcm() throws Exception {
        reproduce(Cipher.AES_GCM);
    }

    @Test
    @DisplayName("R32 every published AES-CCM vector comes out of the primitive")
    void shouldReproduceCcm() throws Exception {
        reproduce(Cipher.AES_CCM);
    }

    @Test
    @DisplayName("R33 every published AES-GMAC vector comes out of the primitive")
    void shouldReproduceGmac() throws Exception {
        reproduce(Cipher.AES_GMAC);
    }

    @Test
    @DisplayName("R34 every published ChaCha20-Poly1305 vector comes out of the primitive")
    void shouldReproduceChaCha20Poly1305() throws Exception {
        reproduce(Cipher.CHACHA20_POLY1305);
    }

    @Test
    @DisplayName("R36 R37 every published HMAC vector comes out of the primitive")
    void shouldReproduceHmac() throws Exception {
        for (Vectors.Hmac v : Vectors.hmacs()) {
            byte[] icv = Arrays.copyOf(primitives().hmac(v.integrity(), v.key(), v.message()), v.icv().length);
            assertEquals(v.genuine(), Arrays.equals(v.icv(), icv), v.id());
        }
    }

    private void reproduce(Cipher mode) throws Exception {
        int run = 0;
        for (Vectors.Aead v : Vectors.aeads()) {
            if (v.mode() != mode || !primitives().takes(mode, v.key().length, v.nonce().length, v.icv().length)) {
                continue;
            }
            run++;
            byte[] opened = primitives().open(mode, v.key(), v.nonce(), v.aad(), v.sealed(), v.icv());
            if (!v.genuine()) {
                assertNull(opened, v.id());
                continue;
            }
            assertArrayEquals(v.text(), opened, v.id());
            byte[] sealed = primitives().seal(mode, v.key(), v.nonce(), v.aad(), v.text(), v.icv().length);
            assertArrayEquals(Vectors.concat(v.sealed(), v.icv()), sealed, v.id());
        }
        assertEquals(expected(mode), run, "vectors run");
    }
}
