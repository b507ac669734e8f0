package io.esp4j.policy;

/**
 * The PFP flags of RFC 4301 §4.4.1.2: selector fields of a new SA whose value is taken from the packet that asks for it,
 * rather than from the policy. Local is the source of outbound packets.
 */
public enum PopulateFromPacket {
    /** The source address of outbound packets. */
    LOCAL_ADDRESS,
    /** The destination address of outbound packets. */
    REMOTE_ADDRESS,
    /** The protocol. */
    NEXT_LAYER_PROTOCOL,
    /** The source port of outbound packets, the ICMP type and code, or the Mobility Header type. */
    LOCAL_PORT,
    /** The destination port of outbound packets. */
    REMOTE_PORT
}
