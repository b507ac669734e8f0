package io.esp4j.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TransformTest {

    private static void assertShape(String name, int key, int salt, int iv, int icv, int ikeId) {
        Transform t = Transform.named(name);
        assertEquals(
                List.of(key, salt, iv, icv, ikeId),
                List.of(t.keyOctets(), t.saltOctets(), t.ivOctets(), t.icvOctets(), t.ikeId()),
                name);
        assertSame(t, Transform.named(t.toString()));
    }

    @Test
    @DisplayName("R30 R32 R33 R34 lengths and IANA numbers of the combined modes are those of their RFCs")
    void shouldHaveTheLengthsOfCombinedModes() {
        for (int key : new int[] {16, 24, 32}) {
            String aes = "aes" + key * 8;
            assertShape(aes + "gcm8", key, 4, 8, 8, 18);
            assertShape(aes + "gcm12", key, 4, 8, 12, 19);
            assertShape(aes + "gcm16", key, 4, 8, 16, 20);
            assertShape(aes + "ccm8", key, 3, 8, 8, 14);
            assertShape(aes + "ccm12", key, 3, 8, 12, 15);
            assertShape(aes + "ccm16", key, 3, 8, 16, 16);
            assertShape(aes + "gmac", key, 4, 8, 16, 21);
        }
        assertShape("chacha20poly1305", 32, 4, 8, 16, 28);
    }

    @Test
    @DisplayName("R35 the implicit IV of RFC 8750 is not on the wire; other lengths of ICV are off the standards track")
    void shouldHaveImplicitIvs() {
        assertShape("aes256gcm16-iiv", 32, 4, 0, 16, 30);
        assertShape("aes128ccm8-iiv", 16, 3, 0, 8, 29);
        assertShape("chacha20poly1305-iiv", 32, 4, 0, 16, 31);
        assertShape("aes128gcm12-iiv", 16, 4, 0, 12, 0);
        assertFalse(Transform.named("aes128ccm8-iiv").offStandardsTrack());
        assertTrue(Transform.named("aes128ccm16-iiv").offStandardsTrack());
        assertTrue(Transform.named("aes128gcm8-iiv").offStandardsTrack());
        assertThrows(IllegalArgumentException.class, () -> Transform.named("aes128gmac-iiv"));
    }

    @Test
    @DisplayName("R36 R37 lengths of the separate algorithms are those of RFC 3602 and 4868")
    void shouldHaveTheLengthsOfSeparateAlgorithms() {
        assertShape("aes128-sha256", 16, 0, 16, 16, 12);
        assertShape("aes192-sha384", 24, 0, 16, 24, 12);
        assertShape("aes256-sha512", 32, 0, 16, 32, 12);
        assertShape("null-sha256", 0, 0, 0, 16, 11);
        assertEquals(32, Transform.named("null-sha256").integrityKeyOctets());
        assertEquals(48, Transform.named("aes256-sha384").integrityKeyOctets());
        assertEquals(64, Transform.named("aes128-sha512").integrityKeyOctets());
    }

    @Test
    @DisplayName("R7 text is aligned to the block of CBC and to 4 octets otherwise")
    void shouldAlign() {
        for (Transform transform : Transform.all()) {
            assertEquals(transform.cipher() == Cipher.AES_CBC ? 16 : 4, transform.alignment(), transform.name());
        }
    }

    @Test
    @DisplayName("R15 no transform is without integrity, and NULL or a cipher alone can't be named")
    void shouldHaveNoTransformWithoutIntegrity() {
        for (Transform transform : Transform.all()) {
            assertTrue(transform.icvOctets() >= 8, transform.name());
            assertEquals(transform.combined(), transform.integrity() == Integrity.COMBINED, transform.name());
        }
        for (String name : List.of("null", "aes128", "aes256", "aes128ctr", "null-null", "")) {
            assertThrows(IllegalArgumentException.class, () -> Transform.named(name), name);
        }
    }

    @Test
    @DisplayName("R38 DES, 3DES, Blowfish and MD5 do not exist; HMAC-SHA1-96 is marked as legacy")
    void shouldKeepOldAlgorithmsOut() {
        for (String name : List.of("des-sha1", "3des-sha256", "blowfish128-sha256", "aes128-md5", "null-md5")) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> Transform.named(name), name);
            assertTrue(e.getMessage().contains(name), e.getMessage());
        }
        for (Transform transform : Transform.all()) {
            assertEquals(transform.name().endsWith("-sha1"), transform.legacy(), transform.name());
        }
        assertEquals(12, Transform.named("aes128-sha1").icvOctets());
        assertEquals(20, Transform.named("aes128-sha1").integrityKeyOctets());
    }

    @Test
    @DisplayName("R6 the AAD of SPI and number is 8 octets, with ESN 12")
    void shouldHaveLongerAadWithEsn() {
        assertEquals(8, Transform.named("aes128gcm16").aadOctets(false));
        assertEquals(12, Transform.named("aes128gcm16").aadOctets(true));
    }

    @Test
    void shouldCountOverheadAndSmallestPacket() {
        assertEquals(8 + 8 + 16, Transform.named("aes128gcm16").overheadOctets());
        assertEquals(8 + 16 + 16 + 16, Transform.named("aes128-sha256").minimumPacketOctets());
        assertEquals(8 + 8 + 2, Transform.named("aes128ccm8-iiv").minimumPacketOctets());
        assertEquals(57, Transform.all().size());
    }
}
