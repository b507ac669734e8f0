package io.esp4j.replay;

/**
 * When an inbound SA with ESN tries other high halves, and how many (RFC 4303 A3). Every attempt is a decryption that an
 * attacker who sends garbage can ask for, hence the limit per second.
 *
 * @param failureThreshold consecutive ICV failures before the first attempt, at least 1
 * @param attemptsPerPacket high halves tried on one packet, at least 1
 * @param attemptsPerSecond high halves tried on all packets of the SA within any second, at least
 *     {@code attemptsPerPacket}
 */
public record ResynchronisationPolicy(int failureThreshold, int attemptsPerPacket, int attemptsPerSecond) {
    /** 1024 failures, 8 attempts a packet, 1024 attempts a second. */
    public static final ResynchronisationPolicy DEFAULT = new ResynchronisationPolicy(1024, 8, 1024);

    /** @throws IllegalArgumentException for values out of range */
    public ResynchronisationPolicy {
        requireAtLeast(1, "failure threshold", failureThreshold);
        requireAtLeast(1, "attempts per packet", attemptsPerPacket);
        requireAtLeast(attemptsPerPacket, "attempts per second", attemptsPerSecond);
    }

    private static void requireAtLeast(int least, String what, int value) {
        if (value < least) {
            throw new IllegalArgumentException(what + " " + value + ", expected at least " + least);
        }
    }
}
