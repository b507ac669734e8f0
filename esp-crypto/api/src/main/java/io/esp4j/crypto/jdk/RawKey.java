package io.esp4j.crypto.jdk;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * Key octets that can be overwritten, which those of {@link javax.crypto.spec.SecretKeySpec} can't.
 *
 * <p>One object for the life of a key: some providers keep the expanded key while they see the same object. Threads: as
 * {@link io.esp4j.crypto.provider.ExpandedKey} says of its octets.
 */
final class RawKey implements SecretKey {
    private static final long serialVersionUID = 1;

    private final String algorithm;
    private final transient byte[] octets;

    /** Takes the array, which is not copied. */
    RawKey(String algorithm, byte[] octets) {
        this.algorithm = algorithm;
        this.octets = octets;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** A copy: the JDK's ciphers overwrite what they get. */
    @Override
    public byte[] getEncoded() {
        return octets.clone();
    }

    @Override
    public void destroy() {
        Arrays.fill(octets, (byte) 0);
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("key octets are not serialised");
    }

    @Override
    public String toString() {
        return algorithm + " key of " + octets.length + " octets";
    }
}
