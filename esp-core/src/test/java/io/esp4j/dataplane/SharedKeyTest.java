package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.Packets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SharedKeyTest {
    private final Dataplane dataplane =
            Dataplane.builder().provider(Gateways.JDK).build();

    @AfterEach
    void close() {
        dataplane.close();
    }

    private static KeyingMaterial key(Transform transform, long seed) {
        return Keys.of(transform, seed).material();
    }

    private static SaParameters sa(int spi, Transform transform, boolean shared) {
        SaBuilder builder = SaParameters.tunnel(spi, transform, Sas.outerSource(false), Sas.outerDestination(false));
        return builder.sharedKey(shared).build();
    }

    private void assertRefused(SaParameters parameters, KeyingMaterial material) {
        String message = assertThrows(IllegalArgumentException.class, () -> dataplane.addInbound(parameters, material))
                .getMessage();
        assertTrue(message.contains("in use by another SA"), message);
    }

    @Test
    @DisplayName("R39 the same key for both directions of a pair is refused, whichever comes first")
    void shouldRefuseSameKeyForBothDirections() {
        dataplane.addOutbound(sa(0x1000, Sas.GCM, false), key(Sas.GCM, 1));
        assertRefused(sa(0x1001, Sas.GCM, false), key(Sas.GCM, 1));
        dataplane.addInbound(sa(0x1002, Sas.CBC, false), key(Sas.CBC, 2));
        assertThrows(
                IllegalArgumentException.class,
                () -> dataplane.addOutbound(sa(0x1003, Sas.CBC, false), key(Sas.CBC, 2)));
        assertEquals(1, dataplane.sad().size());
    }

    @Test
    @DisplayName("R39 keys that differ in one bit, of key or salt, are two keys")
    void shouldTellKeysApart() {
        byte[] octets = Keys.of(Sas.GCM, 1).key();
        dataplane.addInbound(sa(0x1000, Sas.GCM, false), KeyingMaterial.of(octets));
        for (int bit = 0; bit < octets.length * 8; bit++) {
            byte[] other = Packets.flip(octets, bit);
            dataplane.addInbound(sa(0x2000 + bit, Sas.GCM, false), KeyingMaterial.of(other));
        }
        assertEquals(1 + octets.length * 8, dataplane.sad().size());
    }

    @Test
    @DisplayName("R39 for NULL the integrity key is the one that counts")
    void shouldCompareIntegrityKeysForNull() {
        dataplane.addInbound(sa(0x1000, Sas.NULL, false), key(Sas.NULL, 1));
        assertRefused(sa(0x1001, Sas.NULL, false), key(Sas.NULL, 1));
        dataplane.addInbound(sa(0x1002, Sas.NULL, false), key(Sas.NULL, 2));
    }

    @Test
    @DisplayName("R39 a key may be shared only where both SAs say so")
    void shouldShareOnlyWhereBothSaySo() {
        dataplane.addInbound(sa(0x1000, Sas.GCM, true), key(Sas.GCM, 1));
        assertRefused(sa(0x1001, Sas.GCM, false), key(Sas.GCM, 1));
        dataplane.addInbound(sa(0x1002, Sas.GCM, true), key(Sas.GCM, 1));
        dataplane.addInbound(sa(0x1003, Sas.GCM, false), key(Sas.GCM, 2));
        assertRefused(sa(0x1004, Sas.GCM, true), key(Sas.GCM, 2));
    }

    @Test
    @DisplayName("R31 R39 a shared key never sends with a counter mode: two senders would repeat nonces")
    void shouldNeverSendWithSharedKeyOfCounterMode() {
        assertThrows(
                IllegalArgumentException.class,
                () -> dataplane.addOutbound(sa(0x1000, Sas.GCM, true), key(Sas.GCM, 1)));
        dataplane.addOutbound(sa(0x1001, Sas.CBC, true), key(Sas.CBC, 1));
        dataplane.addOutbound(sa(0x1002, Sas.CBC, true), key(Sas.CBC, 1));
    }

    @Test
    @DisplayName("R31 R35 several senders never send with a counter mode")
    void shouldNeverSendFromSeveralSendersWithCounterMode() {
        for (Transform transform : Transform.all()) {
            if (transform.implicitIv() || transform.legacy()) {
                continue;
            }
            SaParameters several = SaParameters.tunnel(
                            0x1000, transform, Sas.outerSource(false), Sas.outerDestination(false))
                    .severalSenders(true)
                    .replayWindow(0)
                    .build();
            KeyingMaterial material = key(transform, transform.name().hashCode());
            if (transform.counterIv()) {
                assertThrows(IllegalArgumentException.class, () -> dataplane.addOutbound(several, material));
            } else {
                dataplane.addOutbound(several, material);
            }
        }
    }

    @Test
    @DisplayName("R39 a removed SA's key is free again; removing it twice frees nobody else's")
    void shouldFreeKeyOnce() {
        InboundSa first = dataplane.addInbound(sa(0x1000, Sas.GCM, false), key(Sas.GCM, 1));
        dataplane.remove(first);
        InboundSa second = dataplane.addInbound(sa(0x1000, Sas.GCM, false), key(Sas.GCM, 1));
        dataplane.remove(first);
        assertRefused(sa(0x1001, Sas.GCM, false), key(Sas.GCM, 1));
        assertFalse(second.isClosed());
    }

    private static SaParameters from(Transform transform, long sequence) {
        return Sas.tunnel(transform).sequence(sequence).build();
    }

    @Test
    @DisplayName("R31 the key of a removed SA sends again only behind the last number that it has used")
    void shouldNotRestartTheNumbersOfAKey() {
        for (Transform transform :
                List.of(Sas.GCM, Transform.named("chacha20poly1305"), Transform.named("aes128gmac"))) {
            KeyingMaterial material = key(transform, transform.name().hashCode());
            OutboundSa sa = dataplane.addOutbound(from(transform, 0), material);
            sa.reserve(1000);
            dataplane.remove(sa);
            String message = assertThrows(
                            IllegalArgumentException.class, () -> dataplane.addOutbound(from(transform, 999), material))
                    .getMessage();
            assertTrue(message.contains("1000") && message.contains("999"), message);
            // A refusal does not keep the key, and receiving uses no number.
            dataplane.remove(dataplane.addInbound(from(transform, 0), material));
            OutboundSa next = dataplane.addOutbound(from(transform, 1000), material);
            assertEquals(1001, next.reserve(1));
            dataplane.remove(next);
            assertThrows(IllegalArgumentException.class, () -> dataplane.addOutbound(from(transform, 1000), material));
        }
    }

    @Test
    @DisplayName("R31 a key that has sent nothing, or whose IVs are no numbers, is free again when its SA is removed")
    void shouldFreeKeysThatRepeatNothing() {
        dataplane.remove(dataplane.addOutbound(from(Sas.GCM, 0), key(Sas.GCM, 1)));
        dataplane.addOutbound(from(Sas.GCM, 0), key(Sas.GCM, 1));
        OutboundSa sa = dataplane.addOutbound(from(Sas.CBC, 0), key(Sas.CBC, 2));
        sa.reserve(1000);
        dataplane.remove(sa);
        dataplane.addOutbound(from(Sas.CBC, 0), key(Sas.CBC, 2));
    }

    @Test
    @DisplayName("R39 a refusal shows lengths and what was expected, never an octet of the key")
    void shouldNotShowKeys() {
        byte[] octets = Keys.of(Sas.GCM, 1).key();
        byte[] wrong = Packets.slice(octets, 0, 19);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> dataplane.addInbound(sa(0x1000, Sas.GCM, false), KeyingMaterial.of(wrong)))
                .getMessage();
        assertTrue(message.contains("20") && message.contains("19"), message);
        assertFalse(message.contains(HexFormat.of().formatHex(octets, 0, 4)), message);
        // Nothing of the refused SA stays behind.
        dataplane.addInbound(sa(0x1000, Sas.GCM, false), KeyingMaterial.of(octets));
    }
}
