package io.esp4j.tools.packet;

/**
 * What was seen under one SPI. The order of packets is judged by their numbers: without a key these are 32 bits of each, and
 * are taken for the nearest to those before, so that a counter that passes 2^32 makes no gap. Threads: single owner thread.
 */
final class SpiStatistics {
    private final LongSet seen = new LongSet();
    private long packets;
    private long octets;
    private long first;
    private long last;
    private long lowest;
    private long highest;
    private long duplicates;
    private long depth;
    private long icvFailures;
    private long malformed;
    private long padOctets;
    private long unusualPadding;

    /** A packet, whatever its number is worth. */
    void count(int packetOctets) {
        packets++;
        octets += packetOctets;
    }

    /** The number of a packet that counts: with a key, of one whose ICV is right. */
    void number(long number, boolean extended) {
        last = number;
        if (seen.size() == 0) {
            first = number;
            lowest = number;
            highest = number;
            seen.add(number);
            return;
        }
        long placed = extended ? number : highest + ((int) number - (int) highest);
        if (!seen.add(placed)) {
            duplicates++;
        } else if (placed < highest) {
            depth = Math.max(depth, highest - placed);
        }
        highest = Math.max(highest, placed);
        lowest = Math.min(lowest, placed);
    }

    void countIcvFailure() {
        icvFailures++;
    }

    void countDuplicate() {
        duplicates++;
    }

    void countMalformed() {
        malformed++;
    }

    void countPadding(int padLength, boolean unusual) {
        padOctets += padLength;
        if (unusual) {
            unusualPadding++;
        }
    }

    long packets() {
        return packets;
    }

    long octets() {
        return octets;
    }

    /** {@return whether any number counted} */
    boolean hasNumbers() {
        return seen.size() > 0;
    }

    /** {@return the number that came first} */
    long first() {
        return first;
    }

    /** {@return the number that came last} */
    long last() {
        return last;
    }

    /** {@return numbers between the lowest and the highest that never came} */
    long gaps() {
        return seen.size() == 0 ? 0 : highest - lowest + 1 - seen.size();
    }

    long duplicates() {
        return duplicates;
    }

    /** {@return how far behind the highest number before it a packet came at most} */
    long depth() {
        return depth;
    }

    long icvFailures() {
        return icvFailures;
    }

    /** {@return packets that no SA can have made, or whose plaintext makes no sense} */
    long malformed() {
        return malformed;
    }

    long padOctets() {
        return padOctets;
    }

    /** {@return packets whose padding is not 1, 2, 3 …} */
    long unusualPadding() {
        return unusualPadding;
    }
}
