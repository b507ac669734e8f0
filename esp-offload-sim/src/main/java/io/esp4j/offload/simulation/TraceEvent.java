package io.esp4j.offload.simulation;

/**
 * Something that happened to a frame, an SA or a device. Threads: immutable.
 *
 * @param nanos when
 * @param part where: the name of a machine and of a part of it, such as {@code a.agent}
 * @param step what
 * @param frame the number of the frame, 0 if it is about none
 * @param spi the SPI, 0 if it is about none
 * @param sequence the 64-bit sequence number; with {@link Step#REWRITTEN} the new one
 * @param detail more, for people; never key octets
 */
public record TraceEvent(long nanos, String part, Step step, long frame, int spi, long sequence, String detail) {
    /** What can happen. */
    public enum Step {
        /** A host handed a packet to its driver; the detail says how it is to be protected. */
        SENT,
        /** A super-packet was cut; the detail says into how many. */
        SEGMENTED,
        /** A packet was given its number by the host. */
        NUMBERED,
        /** The agent gave a packet another number; the detail names the old one. */
        REWRITTEN,
        /** A packet was encrypted; the detail says by whom. */
        SEALED,
        /** A packet was decrypted and its ICV was right; the detail says by whom. */
        OPENED,
        /** A packet was not for crypto, or not now; the detail says why. */
        PASSED,
        /** A frame began to leave on a link. */
        LEFT,
        /** A frame arrived from a link. */
        ARRIVED,
        /** A frame came to its end; the detail names the counter. */
        ENDED,
        /** The agent carried out a command; the detail says which and how it went. */
        COMMANDED,
        /** The agent asked for a high half, or the host answered. */
        RESYNCHRONISED,
        /** A device was reset, went down or came up. */
        DEVICE,
        /** An SA changed between device and software. */
        MOVED
    }

    @Override
    public String toString() {
        return String.format(
                "%,12d ns  %-14s %-14s %s%s %s",
                nanos,
                part,
                step,
                frame == 0 ? "" : "#" + frame + " ",
                spi == 0 ? "" : String.format("spi 0x%08x sn 0x%x", spi, sequence),
                detail);
    }
}
