package io.esp4j.offload.host;

/**
 * How a packet is sent. Threads: immutable.
 *
 * @param segmentOctets octets of TCP or UDP payload that the packet is to be cut into, 0 for not at all
 * @param egress the number of the function that it leaves through, in the order in which they were attached
 * @param software whether software encrypts it although the device could
 * @param nested whether another transform is to follow on the result
 */
public record SendOptions(int segmentOctets, int egress, boolean software, boolean nested) {
    /** One packet through the first function, offloaded if its SA is. */
    public static final SendOptions PLAIN = new SendOptions(0, 0, false, false);

    /**
     * {@return options for a super-packet}
     *
     * @param octets of payload in each segment
     */
    public static SendOptions segments(int octets) {
        return new SendOptions(octets, 0, false, false);
    }

    /** {@return these, with encryption by software} */
    public SendOptions inSoftware() {
        return new SendOptions(segmentOctets, egress, true, nested);
    }

    /**
     * {@return these, through another function}
     *
     * @param number the function's number
     */
    public SendOptions via(int number) {
        return new SendOptions(segmentOctets, number, software, nested);
    }

    /** {@return these, for a packet that another transform follows on} */
    public SendOptions withNesting() {
        return new SendOptions(segmentOctets, egress, software, true);
    }
}
