package io.esp4j.offload.frame;

import io.esp4j.memory.Memory;

/**
 * The tag of a frame that is a command, a reply or a notice between PF driver and agent, and no packet. Stateless.
 *
 * <pre>
 *   0      EtherType 0x88b5
 *   2      command
 *   3      status, 0 in a command
 *   4      transaction, the same in a command and its reply
 *   8      length of the body
 *   10     body
 * </pre>
 */
public final class ConfigurationTag {
    /** The EtherType: IEEE 802 local experimental 1. */
    public static final int TYPE = 0x88b5;
    /** The length before the body. */
    public static final int OCTETS = 10;

    private ConfigurationTag() {}

    /**
     * {@return a whole configuration frame}
     *
     * @param frames who makes it
     * @param destination to whom
     * @param source from whom
     * @param command the command's code
     * @param status the status's code
     * @param transaction the transaction
     * @param body the body, at most 65535 octets
     */
    public static Frame make(
            Frames frames,
            MacAddress destination,
            MacAddress source,
            int command,
            int status,
            int transaction,
            byte[] body) {
        Frame frame = frames.make(EthernetHeader.TYPE_AT + OCTETS + body.length);
        Memory memory = frame.memory();
        EthernetHeader.writeAddresses(memory, frame.offset(), destination.bits(), source.bits());
        int at = frame.offset() + EthernetHeader.TYPE_AT;
        memory.int16(at, TYPE);
        memory.octet(at + 2, command);
        memory.octet(at + 3, status);
        memory.int32(at + 4, transaction);
        memory.int16(at + 8, body.length);
        memory.write(at + OCTETS, body, 0, body.length);
        return frame;
    }

    /**
     * {@return whether the frame's outermost tag is configuration}
     *
     * @param frame the frame
     */
    public static boolean isOn(Frame frame) {
        return frame.length() >= EthernetHeader.OCTETS
                && EthernetHeader.outermostType(frame.memory(), frame.offset()) == TYPE;
    }

    /**
     * {@return whether it is as long as it says}
     *
     * @param frame a frame whose outermost tag is configuration
     */
    public static boolean isWhole(Frame frame) {
        int room = frame.length() - EthernetHeader.TYPE_AT - OCTETS;
        return room >= 0 && frame.memory().int16(at(frame) + 8) <= room;
    }

    private static int at(Frame frame) {
        return frame.offset() + EthernetHeader.TYPE_AT;
    }

    /**
     * {@return the command's code}
     *
     * @param frame a whole configuration frame
     */
    public static int command(Frame frame) {
        return frame.memory().octet(at(frame) + 2);
    }

    /**
     * {@return the status's code}
     *
     * @param frame a whole configuration frame
     */
    public static int status(Frame frame) {
        return frame.memory().octet(at(frame) + 3);
    }

    /**
     * {@return the transaction}
     *
     * @param frame a whole configuration frame
     */
    public static int transaction(Frame frame) {
        return frame.memory().int32(at(frame) + 4);
    }

    /**
     * {@return a copy of the body}
     *
     * @param frame a whole configuration frame
     */
    public static byte[] body(Frame frame) {
        byte[] body = new byte[frame.memory().int16(at(frame) + 8)];
        frame.memory().read(at(frame) + OCTETS, body, 0, body.length);
        return body;
    }
}
