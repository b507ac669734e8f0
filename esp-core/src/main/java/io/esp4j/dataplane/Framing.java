package io.esp4j.dataplane;

/** What the packets of an inbound burst begin with. */
public enum Framing {
    /** An IP header: whole packets, as a link carries them. */
    IP,
    /** What a UDP socket delivers: ESP, a keepalive, or the non-ESP marker (RFC 3948 §2). */
    UDP_PAYLOAD
}
