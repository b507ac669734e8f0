package io.esp4j.crypto.natives;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.Transform;

/**
 * What every packet of a transform must look like, and how a batch lays it out.
 *
 * @param minimumOctets from SPI to ICV
 * @param overheadOctets what is not ciphertext
 * @param blockMask one less than the cipher's block, so that ciphertext AND mask must be 0
 * @param highHalf whether packets are always staged, with four octets of room behind the SPI
 */
public record PacketShape(int minimumOctets, int overheadOctets, int blockMask, boolean highHalf) {

    /**
     * {@return the shape of a transform's packets, which lie as they are on the wire}
     *
     * @param transform the transform
     */
    public static PacketShape of(Transform transform) {
        int blockMask = transform.cipher() == Cipher.AES_CBC ? transform.alignment() - 1 : 0;
        return new PacketShape(transform.minimumPacketOctets(), transform.overheadOctets(), blockMask, false);
    }

    /**
     * {@return the shape of a transform's packets, which lie with room for the high half of an ESN behind the SPI}
     *
     * @param transform the transform
     */
    public static PacketShape withHighHalf(Transform transform) {
        PacketShape wire = of(transform);
        return new PacketShape(wire.minimumOctets, wire.overheadOctets, wire.blockMask, true);
    }

    /**
     * {@return whether C can work on a packet of a length: C itself checks nothing}
     *
     * @param length from SPI to ICV
     */
    boolean fits(int length) {
        return ((length - minimumOctets) | (PacketBatch.MAXIMUM_PACKET_OCTETS - length)) >= 0
                && ((length - overheadOctets) & blockMask) == 0;
    }
}
