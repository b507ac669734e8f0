package io.esp4j.crypto.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EspLayoutTest {
    private static final long SEQUENCE = 0x1122_3344_5566_7788L;
    /** One octet in front, SPI a1a2a3a4, number 55667788, IV c1 … c8, text from d1. */
    private final Memory packet =
            Memory.of(HexFormat.of().parseHex("00a1a2a3a455667788c1c2c3c4c5c6c7c8d1d2d3d4d5d6d7d8"));

    private String nonce(String transform, boolean esn) {
        Transform t = Transform.named(transform);
        byte[] nonce = new byte[t.saltOctets() + 8];
        Arrays.fill(nonce, 0, t.saltOctets(), (byte) 0xee);
        new EspLayout(t, esn).nonce(packet, 1, SEQUENCE, Memory.of(nonce), 0);
        return HexFormat.of().formatHex(nonce);
    }

    private String aad(String transform, boolean esn) {
        byte[] aad = new byte[EspLayout.MAXIMUM_AAD_OCTETS];
        int octets = new EspLayout(Transform.named(transform), esn).aad(packet, 1, SEQUENCE, Memory.of(aad), 0);
        return HexFormat.of().formatHex(aad, 0, octets);
    }

    @Test
    @DisplayName("R30 R32 R34 the nonce is the salt and the IV on the wire")
    void shouldMakeNonceOfSaltAndWireIv() {
        for (boolean esn : new boolean[] {false, true}) {
            assertEquals("eeeeeeeec1c2c3c4c5c6c7c8", nonce("aes128gcm16", esn));
            assertEquals("eeeeeeeec1c2c3c4c5c6c7c8", nonce("aes256gmac", esn));
            assertEquals("eeeeeeeec1c2c3c4c5c6c7c8", nonce("chacha20poly1305", esn));
            assertEquals("eeeeeec1c2c3c4c5c6c7c8", nonce("aes192ccm12", esn));
        }
    }

    @Test
    @DisplayName("R35 the nonce is the salt and the 64-bit number, its high half 0 without ESN")
    void shouldMakeNonceOfSaltAndNumberWhereTheIvIsImplicit() {
        assertEquals("eeeeeeee1122334455667788", nonce("aes128gcm16-iiv", true));
        assertEquals("eeeeeeee0000000055667788", nonce("aes128gcm16-iiv", false));
        assertEquals("eeeeee1122334455667788", nonce("aes128ccm8-iiv", true));
        assertEquals("eeeeeeee0000000055667788", nonce("chacha20poly1305-iiv", false));
    }

    @Test
    @DisplayName("R6 R30 R32 R34 the AAD is SPI and number, with ESN all 64 bits of it")
    void shouldMakeAadOfSpiAndNumber() {
        for (String transform : new String[] {"aes128gcm16", "aes256ccm8", "chacha20poly1305", "aes128gcm16-iiv"}) {
            assertEquals("a1a2a3a455667788", aad(transform, false));
            assertEquals("a1a2a3a41122334455667788", aad(transform, true));
        }
    }

    @Test
    @DisplayName("R7 R16 positions follow from the lengths of IV and ICV")
    void shouldPlaceTextAndIcv() {
        EspLayout cbc = new EspLayout(Transform.named("aes128-sha384"), false);
        assertEquals(108, cbc.ivAt(100));
        assertEquals(124, cbc.textAt(100));
        assertEquals(32, cbc.textOctets(8 + 16 + 32 + 24));
        assertEquals(156, cbc.icvAt(100, 8 + 16 + 32 + 24));
        EspLayout implicit = new EspLayout(Transform.named("aes128ccm8-iiv"), true);
        assertEquals(108, implicit.textAt(100));
        assertEquals(11, implicit.nonceOctets());
    }

    @Test
    @DisplayName("R25 a length fits if there is room for a trailer, and whole blocks of CBC")
    void shouldKnowLengthsThatNoPacketHas() {
        EspLayout gcm = new EspLayout(Transform.named("aes128gcm16"), false);
        assertFalse(gcm.fits(8 + 8 + 1 + 16));
        assertTrue(gcm.fits(8 + 8 + 2 + 16));
        EspLayout cbc = new EspLayout(Transform.named("aes128-sha256"), false);
        assertFalse(cbc.fits(8 + 16 + 16));
        assertFalse(cbc.fits(8 + 16 + 15 + 16));
        assertTrue(cbc.fits(8 + 16 + 16 + 16));
        assertFalse(cbc.fits(8 + 16 + 17 + 16));
        assertFalse(cbc.fits(0));
        assertFalse(cbc.fits(-1));
    }

    @Test
    void shouldCompareEveryOctetOfAnIcv() {
        byte[] a = new byte[24];
        for (int i = 0; i < 24; i++) {
            byte[] b = new byte[24];
            b[i] = 1;
            assertEquals(i < 4 || i >= 20, Icv.equal(a, 4, b, 4, 16), "octet " + i);
        }
        assertArrayEquals(new byte[24], a);
    }
}
