package io.esp4j.crypto.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.esp4j.crypto.Cipher;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The oracles themselves against published vectors. */
class TextbookTest {

    @Test
    void shouldReproducePublishedVectors() {
        int run = 0;
        for (Vectors.Aead v : Vectors.aeads()) {
            boolean takes = v.mode() == Cipher.AES_CCM
                    ? v.nonce().length >= 7 && v.nonce().length <= 13
                    : v.nonce().length == 12;
            if (v.genuine() && takes) {
                byte[] sealed =
                        switch (v.mode()) {
                            case AES_CCM -> TextbookCcm.seal(v.key(), v.nonce(), v.aad(), v.text(), v.icv().length);
                            case CHACHA20_POLY1305 ->
                                TextbookChaCha20Poly1305.seal(v.key(), v.nonce(), v.aad(), v.text());
                            default -> TextbookGcm.seal(v.key(), v.nonce(), v.aad(), v.text());
                        };
                byte[] expected = Vectors.concat(v.sealed(), v.icv());
                assertArrayEquals(expected, Arrays.copyOf(sealed, expected.length), v.id());
                run++;
            }
        }
        assertEquals(1071, run, "vectors run");
    }

    @Test
    void shouldReproduceThePartsOfRfc8439() {
        int run = 0;
        for (JsonNode v : Vectors.read("rfc8439_chacha20_poly1305").path("vectors")) {
            byte[] key = Vectors.octets(v, "key");
            byte[] message = Vectors.octets(v, "msg");
            String id = v.path("id").asText();
            if (v.path("alg").asText().equals("poly1305")) {
                assertArrayEquals(Vectors.octets(v, "tag"), TextbookChaCha20Poly1305.poly1305(key, message), id);
                run++;
            }
        }
        assertEquals(12, run, "vectors run");
    }
}
