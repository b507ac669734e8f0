package io.esp4j.offload.simulation;

/**
 * What a run's times and limits depend on. Each says where its default comes from; one marked "assumed" is a round figure of
 * plausible size, and no result should hang on it.
 */
public enum Parameter {
    /** Rate of a link. */
    LINK_BITS_PER_SECOND(10_000_000_000L, "bit/s", "10GBASE-R, IEEE 802.3 clause 49"),
    /** Preamble, start delimiter, FCS and gap around each frame on a link. */
    LINK_OVERHEAD_OCTETS(24, "octets", "IEEE 802.3: 7 + 1 + 4 + 12"),
    /** Time that a link's signal is under way. */
    LINK_DELAY_NANOS(500, "ns", "assumed: 100 m of fibre at 5 ns/m"),
    /** Frames that wait for a link. */
    LINK_QUEUE_FRAMES(1024, "frames", "assumed"),
    /** What the host's stack takes for a packet, either way. */
    HOST_PACKET_NANOS(0, "ns", "assumed: a processor that is never the bottleneck"),
    /** Frames that wait in a transmit ring of a function. */
    TX_RING_FRAMES(1024, "frames", "assumed"),
    /** Frames that wait in a receive ring of a function's queue. */
    RX_RING_FRAMES(1024, "frames", "assumed"),
    /** From doorbell or write-back until the first octet has moved. */
    DMA_LATENCY_NANOS(600, "ns", "assumed: a PCIe round trip of current servers"),
    /** Rate between host memory and NIC. */
    DMA_BITS_PER_SECOND(63_000_000_000L, "bit/s", "PCIe 3.0 x8: 8 GT/s x 8 lanes x 128/130"),
    /** Receive queues of a function. */
    RX_QUEUES(4, "queues", "assumed"),
    /** What the MAC's switch takes for a frame. */
    SWITCH_NANOS(100, "ns", "assumed"),
    /** A message between VF and PF driver. */
    MAILBOX_NANOS(5_000, "ns", "assumed: an interrupt and a register read on each side"),
    /** SAs that the agent holds, both directions together. */
    SAD_CAPACITY(2048, "SAs", "the ixgbe driver's 1,024 each for receive and transmit"),
    /** What the agent takes to carry out a command. */
    AGENT_COMMAND_NANOS(2_000, "ns", "assumed"),
    /** What the agent takes for a frame that it only looks at. */
    AGENT_BYPASS_NANOS(50, "ns", "assumed"),
    /** What the agent's crypto unit takes for a packet beside its octets. */
    AGENT_PACKET_NANOS(60, "ns", "assumed"),
    /** Rate of the agent's crypto unit, in each direction. */
    AGENT_CRYPTO_BITS_PER_SECOND(20_000_000_000L, "bit/s", "assumed: twice the link's rate"),
    /** Packets that wait for the agent's crypto unit, in each direction. */
    AGENT_QUEUE_FRAMES(256, "frames", "assumed"),
    /** How long a reset takes. */
    RESET_NANOS(1_000_000, "ns", "assumed"),
    /** How long a driver waits for a reply. */
    REPLY_TIMEOUT_NANOS(10_000_000, "ns", "assumed"),
    /** Failed packets before the first request to resynchronise; doubles up to the last. */
    RESYNC_FIRST_PACKETS(2, "packets", "TLS_DEVICE_RESYNC_NH_START_IVAL of Linux"),
    /** Most failed packets between two requests. */
    RESYNC_LAST_PACKETS(128, "packets", "TLS_DEVICE_RESYNC_NH_MAX_IVAL of Linux"),
    /** How long received packets are held for others of their flow to be merged with. */
    COALESCE_NANOS(20_000, "ns", "assumed: what is usual for Linux's gro_flush_timeout"),
    /** How long a host waits for the rest of a fragmented packet. */
    REASSEMBLY_NANOS(30_000_000_000L, "ns", "Linux, net.ipv4.ipfrag_time"),
    /** The most octets of an IP packet on a link. */
    LINK_MTU(1500, "octets", "IEEE 802.3, RFC 894");

    private final long value;
    private final String unit;
    private final String source;

    Parameter(long value, String unit, String source) {
        this.value = value;
        this.unit = unit;
        this.source = source;
    }

    /** {@return its value unless a run says otherwise} */
    public long standard() {
        return value;
    }

    /** {@return what it is counted in} */
    public String unit() {
        return unit;
    }

    /** {@return where its value comes from} */
    public String source() {
        return source;
    }
}
