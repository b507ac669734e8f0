package io.esp4j.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeyingMaterialTest {
    private static final Transform GCM = Transform.named("aes128gcm16");

    private static byte[] counted(int octets) {
        byte[] counted = new byte[octets];
        for (int i = 0; i < octets; i++) {
            counted[i] = (byte) (i + 1);
        }
        return counted;
    }

    @Test
    @DisplayName("R30 R32 keying material is the key and behind it the salt")
    void shouldSplitKeyAndSalt() {
        KeyingMaterial material = KeyingMaterial.of(counted(20));
        assertArrayEquals(counted(16), material.encryptionKey(GCM));
        assertArrayEquals(new byte[] {17, 18, 19, 20}, material.salt(GCM));
        KeyingMaterial ccm = KeyingMaterial.of(counted(19));
        assertArrayEquals(new byte[] {17, 18, 19}, ccm.salt(Transform.named("aes128ccm8")));
    }

    @Test
    void shouldCopyInAndOut() {
        byte[] octets = counted(20);
        KeyingMaterial material = KeyingMaterial.of(octets, counted(3));
        Arrays.fill(octets, (byte) 0);
        Arrays.fill(material.integrityKey(), (byte) 0);
        assertArrayEquals(counted(3), material.integrityKey());
        KeyingMaterial gcm = KeyingMaterial.of(counted(20));
        KeyingMaterial copy = gcm.copy();
        gcm.destroy();
        assertArrayEquals(counted(16), copy.encryptionKey(GCM));
    }

    @Test
    void shouldRefuseWrongLengthsAndUseAfterDestruction() {
        IllegalArgumentException key = assertThrows(IllegalArgumentException.class, () -> KeyingMaterial.of(counted(16))
                .requireFits(GCM));
        assertEquals("aes128gcm16 takes a key of 20 octets (4 of them salt), found 16", key.getMessage());
        IllegalArgumentException integrity =
                assertThrows(IllegalArgumentException.class, () -> KeyingMaterial.of(new byte[0], counted(20))
                        .requireFits(Transform.named("null-sha256")));
        assertEquals("null-sha256 takes an integrity key of 32 octets, found 20", integrity.getMessage());
        KeyingMaterial destroyed = KeyingMaterial.of(counted(20));
        destroyed.destroy();
        assertTrue(destroyed.isDestroyed());
        assertThrows(IllegalStateException.class, () -> destroyed.encryptionKey(GCM));
    }

    @Test
    void shouldShowLengthsOnly() {
        assertEquals(
                "KeyingMaterial[20 + 3 octets]",
                KeyingMaterial.of(counted(20), counted(3)).toString());
    }
}
