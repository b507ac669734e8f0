package io.esp4j.offload.mac;

import io.esp4j.memory.Memory;
import io.esp4j.wire.EspHeader;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;

/**
 * The hash that chooses a receive queue: Toeplitz, as in Microsoft's Receive Side Scaling, over the addresses and what tells
 * flows apart behind them: the ports of TCP and UDP, the SPI of ESP. Threads: immutable.
 */
public final class FlowHash {
    /** A key of 44 octets: 16 + 16 + 4 octets of input and 8 more. The one that the specification verifies with, and 4 octets more. */
    private static final long[] KEY = {
        0x6d5a56da255b0ec2L,
        0x4167253d43a38fb0L,
        0xd0ca2bcbae7b30b4L,
        0x77cb2da38030f20cL,
        0x6a42b73bbeac01faL,
        0x6d5a56da00000000L,
    };

    /** By the octet's place and value, the exclusive or of the key's 32 bits from each bit that is set. */
    private static final int[] TABLE = new int[36 * 256];

    static {
        for (int index = 0; index < TABLE.length; index++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                if ((index & (0x80 >>> bit)) != 0) {
                    TABLE[index] ^= keyBits((index >>> 8) * Byte.SIZE + bit);
                }
            }
        }
    }

    private final boolean spi;

    /**
     * A hash.
     *
     * @param spi whether the SPI takes part; without it all ESP between two hosts is one flow
     */
    public FlowHash(boolean spi) {
        this.spi = spi;
    }

    /**
     * {@return the hash of a packet, 0 if it is not whole}
     *
     * @param memory where it lies
     * @param at position of the IP header
     * @param octets octets from there
     */
    public int of(Memory memory, int at, int octets) {
        if (octets < Ipv4Header.OCTETS) {
            return 0;
        }
        long head = memory.int64(at);
        if (!IpHead.isValid(head, octets)) {
            return 0;
        }
        boolean v6 = IpHead.isV6(head);
        int addressesAt = at + (v6 ? 8 : 12);
        int addressOctets = v6 ? 32 : 8;
        int hash = 0;
        for (int i = 0; i < addressOctets; i += 4) {
            hash ^= word(memory.int32(addressesAt + i), i);
        }
        int header = v6 ? Ipv6Header.OCTETS : IpHead.v4HeaderOctets(head);
        int protocol = memory.octet(at + (v6 ? Ipv6Header.NEXT_HEADER_AT : Ipv4Header.PROTOCOL_AT));
        boolean ported = protocol == NextHeader.TCP || protocol == NextHeader.UDP;
        boolean fragment = !v6 && IpHead.v4IsFragment(head);
        if ((ported || (spi && protocol == NextHeader.ESP)) && !fragment && octets - header >= EspHeader.OCTETS) {
            hash ^= word(memory.int32(at + header), addressOctets);
        }
        return hash;
    }

    private static int word(int value, int octetsBefore) {
        int table = octetsBefore << 8;
        return TABLE[table + (value >>> 24)]
                ^ TABLE[table + 256 + ((value >>> 16) & 0xff)]
                ^ TABLE[table + 512 + ((value >>> 8) & 0xff)]
                ^ TABLE[table + 768 + (value & 0xff)];
    }

    private static int keyBits(int from) {
        int index = from >>> 6;
        int shift = from & 63;
        long bits = shift == 0 ? KEY[index] : (KEY[index] << shift) | (KEY[index + 1] >>> (64 - shift));
        return (int) (bits >>> 32);
    }
}
