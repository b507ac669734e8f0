package io.esp4j.tools.bench;

import java.util.Locale;

/**
 * What was measured of one direction of a case.
 *
 * @param of the case
 * @param encapsulation whether it is the way out
 * @param nanosPerPacket median time of a packet's whole journey, in nanoseconds
 * @param cryptoNanosPerPacket median time of the crypto in it
 * @param octetsAllocated heap octets allocated for a packet
 */
record BenchFigure(
        BenchCase of,
        boolean encapsulation,
        double nanosPerPacket,
        double cryptoNanosPerPacket,
        double octetsAllocated) {

    String direction() {
        return encapsulation ? "encap" : "decap";
    }

    double packetsPerSecond() {
        return 1e9 / nanosPerPacket;
    }

    /** Inner octets a second, as gigabits. */
    double gigabitsPerSecond() {
        return of.innerOctets() * 8 / nanosPerPacket;
    }

    /** What headers, window and the rest take, in nanoseconds. */
    double otherNanosPerPacket() {
        return Math.max(0, nanosPerPacket - cryptoNanosPerPacket);
    }

    String csv() {
        return csv("", nanosPerPacket, octetsAllocated);
    }

    /** The line of the crypto alone. */
    String cryptoCsv() {
        return csv("-crypto", cryptoNanosPerPacket, octetsAllocated);
    }

    private String csv(String suffix, double nanos, double octets) {
        return String.format(
                Locale.ROOT,
                "esp4j-%s%s,%s,%s,%d,%d,%s,%.1f,%.1f",
                of.provider().name(),
                suffix,
                of.transform(),
                of.esn() ? "on" : "off",
                of.innerOctets(),
                of.burst(),
                direction(),
                nanos,
                octets);
    }
}
