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
 * Octets that nobody can tell who knows all those before them: the JDK's AES-256 in counter mode under a key from
 * {@link SecureRandom}. Compiled, a draw takes about a nanosecond for eight octets and allocates nothing; one of
 * {@code SecureRandom} takes a hundred times as long, in the middle of a burst, and allocates three times what it gives. Threads:
 * single owner thread.
 */
final class Keystream implements RandomGenerator {
    private static final int KEY_OCTETS = 32;
    private static final int BLOCK_OCTETS = 16;
    private static final byte[] ZEROS = new byte[512];

    private final Cipher cipher;

    /**
     * A keystream; its key and the first block of its counter, which need not be secret, are the seeds' next octets.
     *
     * @throws GeneralSecurityException if the JDK's own cipher is not there
     */
    Keystream(SecureRandom seeds) throws GeneralSecurityException {
        cipher = Cipher.getInstance("AES/CTR/NoPadding", "SunJCE");
        byte[] key = drawn(seeds, KEY_OCTETS);
        try {
            IvParameterSpec counter = new IvParameterSpec(drawn(seeds, BLOCK_OCTETS));
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), counter);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] drawn(RandomGenerator from, int octets) {
        byte[] drawn = new byte[octets];
        from.nextBytes(drawn);
        return drawn;
    }

    /** {@return a keystream, or the seeds themselves where the JDK's own cipher is not there} */
    static RandomGenerator of(SecureRandom seeds) {
        try {
            return new Keystream(seeds);
        } catch (GeneralSecurityException e) {
            return seeds;
        }
    }

    @Override
    public void nextBytes(byte[] octets) {
        for (int at = 0; at < octets.length; at += ZEROS.length) {
            draw(octets, at, Math.min(ZEROS.length, octets.length - at));
        }
    }

    private void draw(byte[] octets, int at, int count) {
        try {
            int given = cipher.update(ZEROS, 0, count, octets, at);
            if (given != count) {
                throw new IllegalStateException("SunJCE gave " + given + " octets of " + count);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SunJCE gave none of " + count + " octets: " + e.getMessage(), e);
        }
    }

    @Override
    public long nextLong() {
        return ByteBuffer.wrap(drawn(this, Long.BYTES)).getLong();
    }
}
