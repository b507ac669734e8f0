package io.esp4j.sa;

/**
 * How long an SA lives (RFC 4301 §4.4.2.1). The soft limit raises an event, the hard limit stops the SA. 0 is no limit.
 *
 * @param softPackets packets until the soft event
 * @param hardPackets packets that may pass
 * @param softOctets octets until the soft event
 * @param hardOctets octets that may pass: what the cipher processes, padding and trailer included
 * @param softSeconds seconds after installation until the soft event
 * @param hardSeconds seconds after installation
 */
public record Lifetime(
        long softPackets, long hardPackets, long softOctets, long hardOctets, long softSeconds, long hardSeconds) {
    /** No limit at all. */
    public static final Lifetime UNLIMITED = new Lifetime(0, 0, 0, 0, 0, 0);

    /** Refuses negative limits and soft limits beyond the hard one. */
    public Lifetime {
        requireOrdered("packets", softPackets, hardPackets);
        requireOrdered("octets", softOctets, hardOctets);
        requireOrdered("seconds", softSeconds, hardSeconds);
    }

    private static void requireOrdered(String unit, long soft, long hard) {
        if (soft < 0 || hard < 0) {
            throw new IllegalArgumentException(
                    "lifetime in " + unit + " soft " + soft + ", hard " + hard + ": expected 0 (none) or more");
        }
        if (hard != 0 && soft > hard) {
            throw new IllegalArgumentException(
                    "lifetime in " + unit + ": the soft limit " + soft + " lies beyond the hard limit " + hard);
        }
    }
}
