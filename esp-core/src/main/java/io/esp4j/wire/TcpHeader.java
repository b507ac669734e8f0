package io.esp4j.wire;

import io.esp4j.memory.Memory;

/**
 * The TCP header, RFC 9293 §3.1. Stateless.
 *
 * <pre>
 *  0                   1                   2                   3
 * |          Source Port          |       Destination Port        |
 * |                        Sequence Number                        |
 * |                    Acknowledgment Number                      |
 * |DOffset| Rsrvd |C|E|U|A|P|R|S|F|            Window             |
 * |           Checksum            |         Urgent Pointer        |
 * |                       Options, if any                         |
 * </pre>
 */
public final class TcpHeader {
    /** The length of a header without options. */
    public static final int OCTETS = 20;
    /** The position of the acknowledgement number in it. */
    public static final int ACKNOWLEDGEMENT_AT = 8;
    /** The position of the word of data offset, flags and window in it. */
    public static final int FLAGS_AT = 12;
    /** The position of the checksum in it. */
    public static final int CHECKSUM_AT = 16;
    /** The position of the urgent pointer in it. */
    public static final int URGENT_POINTER_AT = 18;

    /** No more data from the sender, in the word at {@link #FLAGS_AT}. */
    public static final int FIN = 0x01_0000;
    /** Synchronise sequence numbers, likewise. */
    public static final int SYN = 0x02_0000;
    /** Reset the connection, likewise. */
    public static final int RST = 0x04_0000;
    /** Push, likewise. */
    public static final int PSH = 0x08_0000;
    /** The acknowledgement number is in use, likewise. */
    public static final int ACK = 0x10_0000;
    /** The urgent pointer is in use, likewise. */
    public static final int URG = 0x20_0000;
    /** ECN-Echo (RFC 3168 §6.1), likewise. */
    public static final int ECE = 0x40_0000;
    /** Congestion window reduced (RFC 3168 §6.1), likewise. */
    public static final int CWR = 0x80_0000;

    private TcpHeader() {}

    /**
     * {@return the header's length with options}
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static int headerOctets(Memory memory, int at) {
        return memory.octet(at + FLAGS_AT) >>> 4 << 2;
    }

    /**
     * {@return source port in the high half, destination port in the low half}
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static int ports(Memory memory, int at) {
        return memory.int32(at);
    }

    /**
     * {@return the number of the first octet of payload, unsigned}
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static int sequence(Memory memory, int at) {
        return memory.int32(at + 4);
    }

    /**
     * Writes the number of the first octet of payload.
     *
     * @param memory where it lies
     * @param at position of the header
     * @param sequence the number, unsigned
     */
    public static void sequence(Memory memory, int at, int sequence) {
        memory.int32(at + 4, sequence);
    }

    /**
     * {@return the word of data offset, reserved bits, flags and window}
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static int flags(Memory memory, int at) {
        return memory.int32(at + FLAGS_AT);
    }

    /**
     * Writes the word of data offset, reserved bits, flags and window.
     *
     * @param memory where it lies
     * @param at position of the header
     * @param word the word
     */
    public static void flags(Memory memory, int at, int word) {
        memory.int32(at + FLAGS_AT, word);
    }
}
