package io.esp4j.crypto.provider;

import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import java.util.Objects;

/**
 * Where the parts of an ESP packet of one transform lie, and how its RFC makes nonce and AAD of them.
 *
 * <pre>
 *   at                    textAt(at)                        icvAt(at, length)
 *   |                     |                                 |
 *   | SPI | SN | IV 0/8/16| payload, padding, trailer: text | ICV |
 *   |-------------------------- length --------------------------|
 *
 *   nonce  salt ‖ IV, where implicit salt ‖ 64-bit number      RFC 4106 §4, 4309 §4, 7634 §2, 8750 §4
 *   AAD    SPI ‖ SN, with ESN SPI ‖ 64-bit number              RFC 4106 §5, 4309 §5, 7634 §2.1
 *   GMAC   that AAD ‖ IV ‖ text, nothing encrypted             RFC 4543 §3.3
 *   HMAC   SPI ‖ SN ‖ IV ‖ text, with ESN ‖ high 32 bits       RFC 4303 §2.2.1, §3.3.2.1
 * </pre>
 *
 * <p>The low half of the number is always the wire's, so that a changed octet there can't go unnoticed; the high half is
 * the operation's. Threads: immutable.
 */
public final class EspLayout {
    /** Octets of SPI and sequence number field. */
    public static final int HEADER_OCTETS = 8;

    /** The longest packet, from SPI to ICV: what an IP length can say. */
    public static final int MAXIMUM_PACKET_OCTETS = 65_535;

    /** The longest {@link #aad}: SPI and 64-bit sequence number. */
    public static final int MAXIMUM_AAD_OCTETS = 12;

    private static final long HIGH_HALF = 0xffff_ffff_0000_0000L;
    private static final long LOW_HALF = 0xffff_ffffL;

    private final boolean esn;
    private final boolean implicitIv;
    private final int saltOctets;
    private final int icvOctets;
    private final int textOffset;
    private final int minimumOctets;
    private final int blockMask;

    /**
     * The layout of a transform's packets.
     *
     * @param transform the transform
     * @param esn whether sequence numbers are 64 bits long
     */
    public EspLayout(Transform transform, boolean esn) {
        this.esn = esn;
        implicitIv = transform.implicitIv();
        saltOctets = transform.saltOctets();
        icvOctets = transform.icvOctets();
        textOffset = HEADER_OCTETS + transform.ivOctets();
        minimumOctets = transform.minimumPacketOctets();
        blockMask = transform.cipherBlockOctets() - 1;
    }

    /**
     * {@return whether a length can be that of a packet: neither too short nor too long, and a block cipher's text whole blocks}
     *
     * @param length octets from SPI to the end of the ICV
     */
    public boolean fits(int length) {
        return length >= minimumOctets && length <= MAXIMUM_PACKET_OCTETS && (textOctets(length) & blockMask) == 0;
    }

    /**
     * {@return whether a length can be that of a packet}
     *
     * @param at position of the SPI
     * @param length octets from SPI to the end of the ICV
     * @param regionOctets the length of the memory
     * @throws IndexOutOfBoundsException if it can, and the packet is not inside the memory
     */
    public boolean isPacket(int at, int length, int regionOctets) {
        if (!fits(length)) {
            return false;
        }
        Objects.checkFromIndexSize(at, length, regionOctets);
        return true;
    }

    /** {@return whether sequence numbers are 64 bits long} */
    public boolean esn() {
        return esn;
    }

    /** {@return whether the IV is the number, and not on the wire} */
    public boolean implicitIv() {
        return implicitIv;
    }

    /** {@return octets of the nonce of a combined mode: salt and 8 more} */
    public int nonceOctets() {
        return saltOctets + 8;
    }

    /** {@return octets of the ICV} */
    public int icvOctets() {
        return icvOctets;
    }

    /**
     * {@return where the IV on the wire begins}
     *
     * @param at position of the SPI
     */
    public int ivAt(int at) {
        return at + HEADER_OCTETS;
    }

    /**
     * {@return where the text begins, which is what a cipher encrypts}
     *
     * @param at position of the SPI
     */
    public int textAt(int at) {
        return at + textOffset;
    }

    /**
     * {@return octets of the text: payload, padding, pad length and next header}
     *
     * @param length octets from SPI to the end of the ICV
     */
    public int textOctets(int length) {
        return length - textOffset - icvOctets;
    }

    /**
     * {@return where the ICV begins, right behind the text}
     *
     * @param at position of the SPI
     * @param length octets from SPI to the end of the ICV
     */
    public int icvAt(int at, int length) {
        return at + length - icvOctets;
    }

    /**
     * Writes the part of the nonce that changes with the packet, behind the salt that already lies in the target.
     *
     * @param packet memory of the packet
     * @param at position of the SPI
     * @param sequence the 64-bit sequence number
     * @param nonce memory of the nonce
     * @param nonceAt where the salt begins
     */
    public void nonce(Memory packet, int at, long sequence, Memory nonce, int nonceAt) {
        nonce.int64(nonceAt + saltOctets, iv(packet, at, number(packet.int64(at), sequence)));
    }

    private long iv(Memory packet, int at, long number) {
        return implicitIv ? number : packet.int64(at + HEADER_OCTETS);
    }

    /**
     * Writes SPI and sequence number as a combined mode authenticates them.
     *
     * @param packet memory of the packet
     * @param at position of the SPI
     * @param sequence the 64-bit sequence number
     * @param aad where to write
     * @param aadAt position there
     * @return how many octets were written: 8, with ESN 12
     */
    public int aad(Memory packet, int at, long sequence, Memory aad, int aadAt) {
        long header = packet.int64(at);
        if (!esn) {
            aad.int64(aadAt, header);
            return HEADER_OCTETS;
        }
        aad.int32(aadAt, (int) (header >>> 32));
        aad.int64(aadAt + 4, number(header, sequence));
        return MAXIMUM_AAD_OCTETS;
    }

    /**
     * {@return the high 32 bits of the number, which a separate integrity algorithm computes over after the packet}
     *
     * @param sequence the 64-bit sequence number
     */
    public static int sequenceHigh(long sequence) {
        return (int) (sequence >>> 32);
    }

    /** The number that is authenticated; without ESN its high half is 0, whatever the operation says (RFC 8750 §4). */
    private long number(long header, long sequence) {
        long low = header & LOW_HALF;
        return esn ? (sequence & HIGH_HALF) | low : low;
    }
}
