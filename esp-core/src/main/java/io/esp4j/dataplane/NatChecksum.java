package io.esp4j.dataplane;

import io.esp4j.memory.Memory;
import io.esp4j.sa.NatOriginal;
import io.esp4j.wire.InternetChecksum;
import io.esp4j.wire.NextHeader;

/**
 * Corrects the TCP or UDP checksum of a transport-mode packet that came through a NAT: incrementally, by the difference
 * between the addresses that it was made with and those received (RFC 3948 §3.1.2). Threads: immutable.
 */
final class NatChecksum {
    private static final int TCP_CHECKSUM_AT = 16;
    private static final int UDP_CHECKSUM_AT = 6;
    private static final int V4_ADDRESSES_AT = 12;
    private static final int V4_ADDRESSES_OCTETS = 8;
    private static final int V6_ADDRESSES_AT = 8;
    private static final int V6_ADDRESSES_OCTETS = 32;

    private final int originalSum;

    NatChecksum(NatOriginal original) {
        originalSum =
                InternetChecksum.fold(OuterHeader.sum(original.source()) + OuterHeader.sum(original.destination()));
    }

    void correct(Memory memory, int ipAt, int payloadAt, int payloadOctets, int protocol) {
        int field =
                switch (protocol) {
                    case NextHeader.TCP -> TCP_CHECKSUM_AT;
                    case NextHeader.UDP -> UDP_CHECKSUM_AT;
                    default -> -1;
                };
        if (field < 0 || payloadOctets < field + 2) {
            return;
        }
        int checksum = memory.int16(payloadAt + field);
        if (protocol == NextHeader.UDP && checksum == 0) {
            return; // sent without one
        }
        boolean v6 = Encapsulator.isV6(memory, ipAt);
        int receivedSum = InternetChecksum.fold(InternetChecksum.sum(
                memory,
                ipAt + (v6 ? V6_ADDRESSES_AT : V4_ADDRESSES_AT),
                v6 ? V6_ADDRESSES_OCTETS : V4_ADDRESSES_OCTETS));
        int corrected = InternetChecksum.update(checksum, originalSum, receivedSum);
        if (protocol == NextHeader.UDP && corrected == 0) {
            corrected = 0xffff;
        }
        memory.int16(payloadAt + field, corrected);
    }
}
