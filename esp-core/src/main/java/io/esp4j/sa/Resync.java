package io.esp4j.sa;

/**
 * When and how hard a receiver with ESN tries to find a sender that got 2^32 packets or more ahead (RFC 4303 Appendix A3).
 *
 * @param threshold consecutive ICV failures before the first attempt; 0 switches resynchronisation off
 * @param attempts high halves tried for one packet
 * @param attemptsPerSecond high halves tried in one second; each costs a decryption that an attacker can ask for
 */
public record Resync(int threshold, int attempts, int attemptsPerSecond) {
    /** 1024 failures, 8 attempts a packet, 64 a second. */
    public static final Resync DEFAULT = new Resync(1024, 8, 64);
    /** Never. */
    public static final Resync OFF = new Resync(0, 0, 0);

    /** Refuses negative numbers. */
    public Resync {
        if (threshold < 0 || attempts < 0 || attemptsPerSecond < 0) {
            throw new IllegalArgumentException("resynchronisation threshold " + threshold + ", attempts " + attempts
                    + ", attempts a second " + attemptsPerSecond + ": expected 0 or more");
        }
    }
}
