package io.esp4j.crypto.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Nothing that was changed on the way is accepted, and nothing of it is released. */
public abstract class TamperContractTest {
    private static final int PAYLOAD_OCTETS = 21;

    private final Random random = new Random(4303);

    /** The provider under test. */
    protected abstract CryptoProvider provider();

    @Test
    @DisplayName(
            "R24 R30 R32 R33 R34 R35 R36 R37 every single-bit flip from SPI to ICV is refused and nothing released")
    void shouldRefuseEverySingleBitFlip() {
        for (Transform transform : Transform.all()) {
            if (provider().supports(transform)) {
                EspCase genuine = EspOracle.random(transform, random, PAYLOAD_OCTETS);
                try (Seam seam = new Seam(provider(), genuine)) {
                    for (Memory memory : Seam.memories(256)) {
                        flipEveryBit(seam, memory, genuine);
                    }
                }
            }
        }
    }

    private static void flipEveryBit(Seam seam, Memory memory, EspCase genuine) {
        for (int bit = 0; bit < genuine.packet().length * 8; bit++) {
            byte[] packet = genuine.packet().clone();
            packet[bit / 8] ^= (byte) (0x80 >>> (bit % 8));
            long low = Memory.of(packet).int32(4) & 0xffff_ffffL;
            long sequence = (genuine.sequence() & 0xffff_ffff_0000_0000L) | low;
            refuse(seam, memory, genuine, packet, sequence, bit % 2 == 0, "bit " + bit);
        }
        Seam.Result result = seam.open(memory, genuine.packet(), genuine.sequence(), false);
        assertEquals(CryptoBurst.DONE, result.status(), "the genuine packet opens after all of them");
    }

    @Test
    @DisplayName("R24 R30 R32 R33 R34 R35 R36 R37 every truncation is refused and nothing released")
    void shouldRefuseEveryTruncation() {
        for (Transform transform : Transform.all()) {
            if (provider().supports(transform)) {
                EspCase genuine = EspOracle.random(transform, random, PAYLOAD_OCTETS);
                try (Seam seam = new Seam(provider(), genuine)) {
                    for (Memory memory : Seam.memories(256)) {
                        for (int length = 0; length < genuine.packet().length; length++) {
                            byte[] packet = Arrays.copyOf(genuine.packet(), length);
                            boolean restore = length % 2 == 0;
                            refuse(seam, memory, genuine, packet, genuine.sequence(), restore, "length " + length);
                        }
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("R6 R16 a wrong high half of the number is refused with ESN, and plays no part without")
    void shouldAuthenticateHighHalfOnlyWithEsn() {
        for (Transform transform : Transform.all()) {
            if (provider().supports(transform)) {
                byte[] key = EspOracle.octets(random, transform.keyOctets() + transform.saltOctets());
                byte[] integrityKey = EspOracle.octets(random, transform.integrityKeyOctets());
                for (boolean esn : new boolean[] {false, true}) {
                    long sequence = (esn ? 0x7_0000_0000L : 0) | 0xfeed_beefL;
                    EspCase c = EspOracle.packet(transform, esn, sequence, key, integrityKey, random, PAYLOAD_OCTETS);
                    try (Seam seam = new Seam(provider(), c)) {
                        Memory memory = Memory.of(new byte[256]);
                        byte status = seam.open(memory, c.packet(), sequence + (1L << 32), true)
                                .status();
                        assertEquals(esn ? CryptoBurst.ICV_MISMATCH : CryptoBurst.DONE, status, c::toString);
                        assertEquals(
                                CryptoBurst.DONE,
                                seam.open(memory, c.packet(), sequence, true).status(),
                                c::toString);
                    }
                }
            }
        }
    }

    private static void refuse(
            Seam seam, Memory memory, EspCase genuine, byte[] packet, long sequence, boolean restore, String what) {
        memory.zero(0, memory.length());
        Seam.Result result = seam.open(memory, packet, sequence, restore);
        String context = genuine + " " + what;
        assertEquals(CryptoBurst.ICV_MISMATCH, result.status(), context);
        if (restore) {
            assertArrayEquals(packet, result.octets(), context);
        } else {
            assertOnlyWireOctetsOrZeros(packet, result.octets(), genuine.textAt(), context);
        }
        if (encrypts(genuine.transform())) {
            byte[] all = new byte[memory.length()];
            memory.read(0, all, 0, all.length);
            assertFalse(contains(all, Arrays.copyOf(genuine.plaintext(), 8)), context + ": plaintext is in the memory");
        }
    }

    private static void assertOnlyWireOctetsOrZeros(byte[] wire, byte[] found, int textAt, String context) {
        for (int i = 0; i < wire.length; i++) {
            assertTrue(found[i] == wire[i] || (i >= textAt && found[i] == 0), context + ": octet " + i);
        }
    }

    private static boolean encrypts(Transform transform) {
        return transform.cipher() != Cipher.NULL && transform.cipher() != Cipher.AES_GMAC;
    }

    private static boolean contains(byte[] all, byte[] part) {
        for (int i = 0; i + part.length <= all.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
