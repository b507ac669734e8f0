package io.esp4j.io.capture;

/**
 * One record of a capture file: a view that its {@link CaptureReader} moves on with every {@link CaptureReader#next}.
 * The octets lie in the reader's buffer and are gone then; copy what is to stay.
 *
 * <p>Threads: those of its reader, a single owner thread.
 */
public final class CaptureRecord {
    private long number;
    private long timeNanos;
    private long originalLength;
    private LinkType linkType;
    private byte[] array = new byte[0];
    private int offset;
    private int length;

    CaptureRecord() {}

    void set(long number, long timeNanos, LinkType linkType, long originalLength) {
        this.number = number;
        this.timeNanos = timeNanos;
        this.linkType = linkType;
        this.originalLength = originalLength;
    }

    void octets(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** Its place among the records of the file, from 1, over all interfaces and sections. */
    public long number() {
        return number;
    }

    /**
     * When it was captured, in nanoseconds since 1970-01-01T00:00Z; what is finer is cut off. 0 for a Simple Packet
     * Block, which has no time.
     */
    public long timeNanos() {
        return timeNanos;
    }

    /** What the octets begin with. */
    public LinkType linkType() {
        return linkType;
    }

    /** Holds the octets, from {@link #offset()} on, among others. */
    public byte[] array() {
        return array;
    }

    /** Where in {@link #array()} the first octet is. */
    public int offset() {
        return offset;
    }

    /** Octets that the file holds. */
    public int capturedLength() {
        return length;
    }

    /** Octets that were on the wire, as the file has it: 0 to 2^32 − 1. */
    public long originalLength() {
        return originalLength;
    }

    /** Whether the file holds fewer octets than were on the wire (a snapshot length cut them off). */
    public boolean isCut() {
        return length < originalLength;
    }

    /** Octets before the IP header, or {@link LinkLayer#NOT_IP} or {@link LinkLayer#MALFORMED}. */
    public int ipOffset() {
        return LinkLayer.ipOffset(linkType, array, offset, length);
    }
}
