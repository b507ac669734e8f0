package io.esp4j.crypto.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.testing.AllocatedOctets;
import io.esp4j.crypto.testing.EspCase;
import io.esp4j.crypto.testing.EspOracle;
import io.esp4j.crypto.testing.Seam;
import io.esp4j.memory.Memory;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

/** Each trap of the Java Cryptography Architecture that would cost a packet, a copy or a key. */
class JcaTrapTest {
    /** More than the JDK allocates for a packet of 1000 octets (JDK 17 copies what it opens with ChaCha20). */
    private static final long JDK_OCTETS = 8_000;

    /** A mean below the smallest object: what the JIT or a class that is loaded late adds is no octet per packet. */
    private static final long FEWER_THAN_AN_OBJECT = 8;

    private static final List<String> COMBINED =
            List.of("aes128gcm16", "aes256gcm12", "aes128gcm16-iiv", "aes128gcm8", "aes128ccm16", "chacha20poly1305");

    private final Random random = new Random(2104);

    private EspCase packet(String transform, long sequence, int payloadOctets) {
        Transform t = Transform.named(transform);
        byte[] key = new byte[t.keyOctets() + t.saltOctets()];
        byte[] integrityKey = new byte[t.integrityKeyOctets()];
        return EspOracle.packet(t, true, sequence, key, integrityKey, random, payloadOctets);
    }

    @Test
    void shouldAllocateNothingForCbcAndNull() throws Exception {
        for (String transform : List.of("aes128-sha256", "aes256-sha512", "null-sha384", "null-sha1")) {
            for (Memory memory : Seam.memories(4096)) {
                assertTrue(allocated(transform, memory, true) < FEWER_THAN_AN_OBJECT, transform + " sealing");
                assertTrue(allocated(transform, memory, false) < FEWER_THAN_AN_OBJECT, transform + " opening");
            }
        }
    }

    @Test
    void shouldNotAllocateByTheSizeOfTheArrayAroundThePacket() throws Exception {
        for (String transform : COMBINED) {
            for (Memory memory : Seam.memories(1 << 22)) {
                assertTrue(allocated(transform, memory, true) < JDK_OCTETS, transform + " sealing");
                assertTrue(allocated(transform, memory, false) < JDK_OCTETS, transform + " opening");
            }
        }
    }

    private long allocated(String transform, Memory memory, boolean seal) throws Exception {
        EspCase c = packet(transform, 1, 1000);
        int octets = c.packet().length;
        memory.write(0, c.packet(), 0, octets);
        CryptoBurst burst = new CryptoBurst(1);
        try (Seam seam = new Seam(new JdkCryptoProvider(), c)) {
            return AllocatedOctets.perRun(i -> {
                burst.reset(memory);
                burst.add(0, octets, 1);
                if (seal) {
                    memory.int32(4, i);
                    memory.int64(8, i);
                    seam.session().seal(burst, 0, 1);
                } else {
                    memory.write(0, c.packet(), 0, octets);
                    seam.session().open(burst, 0, 1, true);
                }
                assertEquals(CryptoBurst.DONE, burst.status(0));
            });
        }
    }

    @Test
    void shouldGiveAStatusWhenTheJdkRefusesANonceTwice() {
        for (String transform : List.of("aes128gcm16", "aes128gcm8", "aes128gmac", "chacha20poly1305")) {
            EspCase c = packet(transform, 7, 100);
            for (Memory memory : Seam.memories(256)) {
                try (Seam seam = new Seam(new JdkCryptoProvider(), c)) {
                    assertArrayEquals(
                            c.packet(), seam.seal(memory, c.clear(), 7).octets());
                    Seam.Result again = seam.seal(memory, c.clear(), 7);
                    assertEquals(CryptoBurst.FAILED, again.status(), transform);
                    assertFalse(Arrays.equals(c.packet(), again.octets()), transform);
                    EspCase next = packet(transform, 8, 100);
                    assertArrayEquals(
                            next.packet(),
                            seam.seal(memory, next.clear(), 8).octets(),
                            "the number after it is sealed");
                }
            }
        }
    }

    @Test
    void shouldTakeNoncesThatShareTheCallersArray() throws GeneralSecurityException {
        Jca jca = new Jca(Security.getProvider("SunJCE"), Security.getProvider("SUN"));
        NonceCipher shared =
                NonceCipher.gcm(jca.cipher(Jca.GCM), Cipher.ENCRYPT_MODE, new RawKey("AES", new byte[16]), 12, 16);
        byte[] nonce = new byte[12];
        for (int i = 0; i < 5; i++) {
            nonce[11] = (byte) i;
            byte[] sealed = shared.with(nonce).doFinal(new byte[20]);
            NonceCipher fresh =
                    NonceCipher.gcm(jca.cipher(Jca.GCM), Cipher.ENCRYPT_MODE, new RawKey("AES", new byte[16]), 12, 16);
            assertArrayEquals(fresh.with(nonce.clone()).doFinal(new byte[20]), sealed);
        }
        assertThrows(GeneralSecurityException.class, () -> shared.with(nonce));
        byte[] before = nonce.clone();
        shared.withAny(nonce);
        assertArrayEquals(before, nonce, "the caller's nonce is not the throwaway one");
    }

    @Test
    void shouldKeepNoEarlierPacketInReusedScratchMemory() {
        EspCase large = packet("aes128ccm8", 1, 3000);
        EspCase small = packet("aes128ccm8", 2, 3);
        try (Seam seam = new Seam(new JdkCryptoProvider(), large)) {
            Memory memory = Memory.allocateDirect(4096);
            for (EspCase c : List.of(small, large, small)) {
                assertArrayEquals(
                        c.packet(), seam.seal(memory, c.clear(), c.sequence()).octets());
                assertArrayEquals(
                        c.opened(),
                        seam.open(memory, c.packet(), c.sequence(), false).octets());
            }
        }
    }

    @Test
    void shouldOverwriteKeyOctetsOnClose() throws GeneralSecurityException {
        byte[] octets = new byte[20];
        Arrays.fill(octets, (byte) 0x77);
        Jca jca = new Jca(Security.getProvider("SunJCE"), Security.getProvider("SUN"));
        JcaKey key = new JcaKey(jca, Transform.named("aes128gcm16"), false, KeyingMaterial.of(octets));
        assertArrayEquals(Arrays.copyOf(octets, 16), key.cipherKey().getEncoded());
        Arrays.fill(key.cipherKey().getEncoded(), (byte) 0);
        assertArrayEquals(Arrays.copyOf(octets, 16), key.cipherKey().getEncoded(), "a copy is handed out");
        assertEquals("key of aes128gcm16", key.toString());
        assertEquals("AES key of 16 octets", key.cipherKey().toString());
        key.close();
        key.close();
        assertArrayEquals(new byte[16], key.cipherKey().getEncoded());
        assertArrayEquals(new byte[12], key.newNonce());
        assertEquals("key of aes128gcm16, closed", key.toString());
    }

    @Test
    void shouldNotSerialiseKeys() throws Exception {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            RawKey key = new RawKey("AES", new byte[16]);
            assertThrows(NotSerializableException.class, () -> out.writeObject(key));
        }
    }
}
