package io.esp4j.offload.host;

/** A packet that a host has received. Threads: immutable. */
public final class Delivery {
    private final long nanos;
    private final byte[] packet;
    private final HostSa sa;
    private final Protection protection;
    private final int segments;

    /** Takes the array over. */
    Delivery(long nanos, byte[] packet, HostSa sa, Protection protection, int segments) {
        this.nanos = nanos;
        this.packet = packet;
        this.sa = sa;
        this.protection = protection;
        this.segments = segments;
    }

    /** {@return when} */
    public long nanos() {
        return nanos;
    }

    /** {@return a copy of its octets, from the IP header} */
    public byte[] packet() {
        return packet.clone();
    }

    /** {@return the SA that it came through, null for none} */
    public HostSa sa() {
        return sa;
    }

    /** {@return how it came} */
    public Protection protection() {
        return protection;
    }

    /** {@return how many packets were merged into it} */
    public int segments() {
        return segments;
    }
}
