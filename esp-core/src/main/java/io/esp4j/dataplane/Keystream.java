package io.esp4j.dataplane;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Unpredictable octets, though all before them are on the wire: AES-256 in counter mode under a key from {@link SecureRandom}, taken
 * at the first draw. Some kilobytes take less than a microsecond and allocate nothing; of {@code SecureRandom} itself they take
 * hundreds, in the middle of a burst, and allocate three times their length. Threads: single owner thread.
 */
final class Keystream implements RandomGenerator {
    private static final int KEY_OCTETS = 32;
    private static final int BLOCK_OCTETS = 16;
    private static final byte[] ZEROS = new byte[4096];

    private final SecureRandom seeds;
    private Cipher cipher;

    Keystream(SecureRandom seeds) {
        this.seeds = seeds;
    }

    @Override
    public void nextBytes(byte[] octets) {
        try {
            if (cipher == null) {
                cipher = keyed();
            }
            for (int at = 0; at < octets.length; at += ZEROS.length) {
                cipher.update(ZEROS, 0, Math.min(ZEROS.length, octets.length - at), octets, at);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the JDK's AES/CTR/NoPadding is needed for random IVs: " + e.getMessage(), e);
        }
    }

    /** The key and the first block of the counter, which need not be secret, are the seeds' next octets. */
    private Cipher keyed() throws GeneralSecurityException {
        byte[] key = new byte[KEY_OCTETS];
        byte[] counter = new byte[BLOCK_OCTETS];
        seeds.nextBytes(key);
        seeds.nextBytes(counter);
        Cipher keyed = Cipher.getInstance("AES/CTR/NoPadding");
        keyed.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter));
        Arrays.fill(key, (byte) 0);
        return keyed;
    }

    @Override
    public long nextLong() {
        byte[] octets = new byte[Long.BYTES];
        nextBytes(octets);
        return ByteBuffer.wrap(octets).getLong();
    }
}
