package io.esp4j.policy;

/** Which way across the IPsec boundary. */
public enum Direction {
    /** From the protected to the unprotected side: flows are compared with selectors as they are. */
    OUTBOUND,
    /** From the unprotected to the protected side: source and destination are exchanged before. */
    INBOUND
}
