package io.esp4j.benchmarks.offload;

/** Which half of the path works on many packets at a time. */
enum StackCase {
    /** Super-packets out, coalesced packets in. */
    BOTH("both", true, true, true),
    /** Segmentation alone. */
    GSO_ONLY("GSO only", true, false, false),
    /** Coalescing alone. */
    GRO_ONLY("GRO only", false, true, false),
    /** Packet by packet, each alone: the baseline. */
    NONE("none", false, false, false),
    /** Packets as in the baseline, but handed to the engine in bursts: not of the talk, it tells two gains apart. */
    BURSTS("bursts alone", false, false, true);

    final String label;
    final boolean segmentation;
    final boolean coalescing;
    private final boolean bursts;

    StackCase(String label, boolean segmentation, boolean coalescing, boolean bursts) {
        this.label = label;
        this.segmentation = segmentation;
        this.coalescing = coalescing;
        this.bursts = bursts;
    }

    /** How many packets the engine is given at a time on the way out. */
    int outboundBurst() {
        return segmentation || bursts ? Wire.BURST : 1;
    }

    /** How many packets the engine is given at a time on the way in. */
    int inboundBurst() {
        return coalescing || bursts ? Wire.BURST : 1;
    }
}
