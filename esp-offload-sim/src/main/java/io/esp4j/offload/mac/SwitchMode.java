package io.esp4j.offload.mac;

/** What the embedded switch does with local traffic (IEEE 802.1Qbg). */
public enum SwitchMode {
    /** Virtual Ethernet bridge: forwards it itself. */
    VEB,
    /** Virtual Ethernet port aggregator: sends it out, and expects it back. */
    VEPA
}
