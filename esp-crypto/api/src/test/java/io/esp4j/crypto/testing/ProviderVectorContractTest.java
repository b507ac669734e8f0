package io.esp4j.crypto.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Published vectors, as ESP packets through the sessions of a provider. */
public abstract class ProviderVectorContractTest {

    /** The provider under test. */
    protected abstract CryptoProvider provider();

    @Test
    @DisplayName("R30 R16 every published AES-GCM packet opens, seals, and is refused where it should be")
    void shouldReproduceGcm() {
        reproduce(t -> t.cipher() == Cipher.AES_GCM);
    }

    @Test
    @DisplayName("R32 every published AES-CCM packet opens, seals, and is refused where it should be")
    void shouldReproduceCcm() {
        reproduce(t -> t.cipher() == Cipher.AES_CCM);
    }

    @Test
    @DisplayName("R33 every published AES-GMAC packet opens, seals, and is refused where it should be")
    void shouldReproduceGmac() {
        reproduce(t -> t.cipher() == Cipher.AES_GMAC);
    }

    @Test
    @DisplayName("R34 every published ChaCha20-Poly1305 packet opens, seals, and is refused where it should be")
    void shouldReproduceChaCha20Poly1305() {
        reproduce(t -> t.cipher() == Cipher.CHACHA20_POLY1305);
    }

    @Test
    @DisplayName("R36 R16 every published AES-CBC packet with an HMAC opens, seals, and is refused where it should be")
    void shouldReproduceCbc() {
        reproduce(t -> t.cipher() == Cipher.AES_CBC);
    }

    @Test
    @DisplayName("R37 R16 every published NULL packet with an HMAC opens, seals, and is refused where it should be")
    void shouldReproduceNull() {
        reproduce(t -> t.cipher() == Cipher.NULL);
    }

    @Test
    @DisplayName("R36 every published AES-CBC ciphertext comes out of a packet with an HMAC")
    void shouldReproduceCbcCiphertexts() {
        List<Vectors.Cbc> vectors = Vectors.cbcs();
        for (Vectors.Cbc v : vectors) {
            Transform transform = Transform.named("aes" + v.key().length * 8 + "-sha256");
            assumeTrue(provider().supports(transform));
            byte[] clear = Vectors.concat(Vectors.concat(new byte[] {0, 0, 16, 0, 0, 0, 0, 1}, v.iv()), v.text());
            try (Seam seam = new Seam(provider(), transform, false, v.key(), new byte[32])) {
                for (Memory memory : Seam.memories(clear.length + 100)) {
                    Seam.Result sealed = seam.seal(memory, Arrays.copyOf(clear, clear.length + 16), 1);
                    int end = 24 + v.text().length;
                    assertArrayEquals(v.sealed(), Arrays.copyOfRange(sealed.octets(), 24, end), v.id());
                    Seam.Result opened = seam.open(memory, sealed.octets(), 1, false);
                    assertArrayEquals(v.text(), Arrays.copyOfRange(opened.octets(), 24, end), v.id());
                }
            }
        }
    }

    private void reproduce(Predicate<Transform> which) {
        List<EspCase> cases = Stream.concat(EspVectors.packets().stream(), EspVectors.shaped().stream())
                .filter(c -> which.test(c.transform()) && provider().supports(c.transform()))
                .toList();
        assumeTrue(Transform.all().stream()
                .anyMatch(t -> which.test(t) && provider().supports(t)));
        assertTrue(cases.size() > 0, "no vector");
        for (EspCase c : cases) {
            for (Memory memory : Seam.memories(c.packet().length + 64)) {
                try (Seam seam = new Seam(provider(), c)) {
                    reproduce(seam, memory, c);
                }
            }
        }
    }

    private static void reproduce(Seam seam, Memory memory, EspCase c) {
        Seam.Result opened = seam.open(memory, c.packet(), c.sequence(), true);
        if (!c.genuine()) {
            assertEquals(CryptoBurst.ICV_MISMATCH, opened.status(), c::id);
            assertArrayEquals(c.packet(), opened.octets(), c::id);
            return;
        }
        assertEquals(CryptoBurst.DONE, opened.status(), c::id);
        assertArrayEquals(c.opened(), opened.octets(), c::id);
        Seam.Result sealed = seam.seal(memory, c.clear(), c.sequence());
        assertEquals(CryptoBurst.DONE, sealed.status(), c::id);
        assertArrayEquals(c.packet(), sealed.octets(), c::id);
    }
}
