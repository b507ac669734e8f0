package io.esp4j.offload.frame;

import io.esp4j.memory.Memory;

/**
 * The tag in front of a packet between driver and agent. Stateless.
 *
 * <pre>
 *   octet  towards the link                      towards the host
 *   0      EtherType 0x88b6                      the same
 *   2      flags: 1 offload, 2 packet offload    flags: 128, 2 packet offload
 *   3      next header                           status, see ReceiveStatus
 *   4      from IP header to SPI, 2 octets       0
 *   6      from IP header to payload, 2 octets   0
 *   8      SA handle                             SA handle
 *   12     high half of the number               high half of the number
 *   16     EtherType or VLAN tag of the packet
 * </pre>
 *
 * <p>With the offload bit clear the agent strips the tag and does nothing else.
 */
public final class MetadataTag {
    /** The EtherType: IEEE 802 local experimental 2. */
    public static final int TYPE = 0x88b6;
    /** The length of the tag. */
    public static final int OCTETS = 16;

    private static final int OFFLOAD = 1;
    private static final int PACKET = 2;
    private static final int RECEIVED = 128;

    private MetadataTag() {}

    /**
     * Puts a tag with the offload bit clear in front of a packet.
     *
     * @param frame the frame
     */
    public static void pushBypass(Frame frame) {
        int at = EthernetHeader.push(frame, OCTETS);
        frame.memory().zero(at, OCTETS);
        frame.memory().int16(at, TYPE);
    }

    /**
     * Puts a tag for crypto offload in front of a packet that ends with its payload: the agent writes the rest.
     *
     * @param frame the frame
     * @param nextHeader the payload's protocol
     * @param espOffset from the IP header to the SPI
     * @param payloadOffset from the IP header to the payload
     * @param handle the SA's handle
     * @param sequence the 64-bit number, whose low half is in the ESP header
     */
    public static void pushCrypto(
            Frame frame, int nextHeader, int espOffset, int payloadOffset, int handle, long sequence) {
        int at = EthernetHeader.push(frame, OCTETS);
        Memory memory = frame.memory();
        memory.int32(at, (TYPE << 16) | (OFFLOAD << 8) | nextHeader);
        memory.int32(at + 4, (espOffset << 16) | payloadOffset);
        memory.int32(at + 8, handle);
        memory.int32(at + 12, (int) (sequence >>> 32));
    }

    /**
     * Puts a tag for packet offload in front of a packet in clear.
     *
     * @param frame the frame
     * @param handle the SA's handle
     */
    public static void pushPacket(Frame frame, int handle) {
        int at = EthernetHeader.push(frame, OCTETS);
        Memory memory = frame.memory();
        memory.int32(at, (TYPE << 16) | ((OFFLOAD | PACKET) << 8));
        memory.int32(at + 4, 0);
        memory.int32(at + 8, handle);
        memory.int32(at + 12, 0);
    }

    /**
     * Puts a tag in front of a received packet.
     *
     * @param frame the frame
     * @param status how decryption went
     * @param mode how the device works on the SA's packets
     * @param handle the SA's handle
     * @param high the high half of the number
     */
    public static void pushReceived(Frame frame, ReceiveStatus status, OffloadMode mode, int handle, int high) {
        int at = EthernetHeader.push(frame, OCTETS);
        Memory memory = frame.memory();
        int flags = RECEIVED | (mode == OffloadMode.PACKET ? PACKET : 0);
        memory.int32(at, (TYPE << 16) | (flags << 8) | status.ordinal());
        memory.int32(at + 4, 0);
        memory.int32(at + 8, handle);
        memory.int32(at + 12, high);
    }

    /**
     * {@return whether the frame's outermost tag is whole metadata}
     *
     * @param frame the frame
     */
    public static boolean isOn(Frame frame) {
        return frame.length() >= EthernetHeader.OCTETS
                && EthernetHeader.outermostType(frame.memory(), frame.offset()) == TYPE;
    }

    /**
     * {@return whether the tag is long enough to be read}
     *
     * @param frame a frame whose outermost tag is metadata
     */
    public static boolean isWhole(Frame frame) {
        return frame.length() >= EthernetHeader.OCTETS + OCTETS;
    }

    private static int at(Frame frame) {
        return frame.offset() + EthernetHeader.TYPE_AT;
    }

    /**
     * {@return whether the offload bit is set}
     *
     * @param frame a frame with the tag
     */
    public static boolean offload(Frame frame) {
        return (frame.memory().octet(at(frame) + 2) & OFFLOAD) != 0;
    }

    /**
     * {@return whether packet offload is asked for, or was done}
     *
     * @param frame a frame with the tag
     */
    public static boolean packetMode(Frame frame) {
        return (frame.memory().octet(at(frame) + 2) & PACKET) != 0;
    }

    /**
     * {@return the protocol of the payload}
     *
     * @param frame a frame with the tag, for crypto offload
     */
    public static int nextHeader(Frame frame) {
        return frame.memory().octet(at(frame) + 3);
    }

    /**
     * {@return octets from the IP header to the SPI}
     *
     * @param frame a frame with the tag, for crypto offload
     */
    public static int espOffset(Frame frame) {
        return frame.memory().int16(at(frame) + 4);
    }

    /**
     * {@return octets from the IP header to the payload}
     *
     * @param frame a frame with the tag, for crypto offload
     */
    public static int payloadOffset(Frame frame) {
        return frame.memory().int16(at(frame) + 6);
    }

    /**
     * {@return the SA's handle}
     *
     * @param frame a frame with the tag
     */
    public static int saHandle(Frame frame) {
        return frame.memory().int32(at(frame) + 8);
    }

    /**
     * {@return the high half of the number}
     *
     * @param frame a frame with the tag
     */
    public static int sequenceHigh(Frame frame) {
        return frame.memory().int32(at(frame) + 12);
    }

    /**
     * {@return how decryption went}
     *
     * @param frame a frame with the tag, on its way to the host
     */
    public static ReceiveStatus status(Frame frame) {
        return ReceiveStatus.of(frame.memory().octet(at(frame) + 3));
    }

    /**
     * Takes the tag away.
     *
     * @param frame a frame with the tag
     */
    public static void pop(Frame frame) {
        EthernetHeader.pop(frame, OCTETS);
    }
}
