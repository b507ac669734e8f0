package io.esp4j.crypto.testing;

import io.esp4j.crypto.Transform;
import java.util.Arrays;
import java.util.HexFormat;

/** One ESP packet with everything that sealing and opening it takes. */
@SuppressWarnings("ArrayRecordComponent")
public record EspCase(
        String id,
        Transform transform,
        boolean esn,
        long sequence,
        byte[] key,
        byte[] integrityKey,
        byte[] plaintext,
        byte[] packet,
        boolean genuine) {

    /** The packet as it lies before sealing: plaintext in place of the ciphertext, zeros for the ICV. */
    public byte[] clear() {
        byte[] clear = Arrays.copyOf(packet, packet.length - transform.icvOctets());
        System.arraycopy(plaintext, 0, clear, textAt(), plaintext.length);
        return Arrays.copyOf(clear, packet.length);
    }

    /** The packet as it lies after opening: plaintext in place of the ciphertext, the ICV as it was. */
    public byte[] opened() {
        byte[] opened = packet.clone();
        System.arraycopy(plaintext, 0, opened, textAt(), plaintext.length);
        return opened;
    }

    /** Where the text begins. */
    public int textAt() {
        return 8 + transform.ivOctets();
    }

    /** The file that it is from. */
    public String source() {
        return id.substring(0, id.indexOf(' '));
    }

    @Override
    public String toString() {
        return id + " " + transform + (esn ? " ESN" : "") + " number " + Long.toHexString(sequence) + " packet "
                + HexFormat.of().formatHex(packet);
    }
}
