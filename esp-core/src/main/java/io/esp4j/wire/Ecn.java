package io.esp4j.wire;

/** Explicit congestion notification across a tunnel, RFC 6040 §4 (normal mode). Stateless. */
public final class Ecn {
    /** The two bits of ECN in the traffic class. */
    public static final int MASK = 0b11;
    /** Not ECN-capable. */
    public static final int NOT_ECT = 0b00;
    /** ECN-capable, codepoint 1. */
    public static final int ECT_1 = 0b01;
    /** ECN-capable, codepoint 0. */
    public static final int ECT_0 = 0b10;
    /** Congestion experienced. */
    public static final int CE = 0b11;
    /** What {@link #decapsulate} returns for a packet to drop: an outer CE says congestion, the inner packet can't carry it on. */
    public static final int DROP = -1;

    private Ecn() {}

    /**
     * {@return the ECN bits of the forwarded packet (RFC 6040 §4.2, Figure 4), or {@link #DROP}}
     *
     * @param inner the inner header's bits
     * @param outer the outer header's bits
     */
    public static int decapsulate(int inner, int outer) {
        if (outer == CE) {
            return inner == NOT_ECT ? DROP : CE;
        }
        return inner == ECT_0 && outer == ECT_1 ? ECT_1 : inner;
    }
}
