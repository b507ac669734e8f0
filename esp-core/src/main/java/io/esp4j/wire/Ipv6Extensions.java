package io.esp4j.wire;

import io.esp4j.memory.Memory;

/**
 * The chain of IPv6 extension headers, RFC 8200 §4, walked once and remembered. Threads: single owner thread.
 *
 * <p>Two ends of the walk are wanted: where the upper-layer header begins, and where ESP goes in transport mode: after
 * hop-by-hop, routing and fragment header, and the destination options that precede them (RFC 4303 §3.1.1); later
 * destination options go inside.
 */
public final class Ipv6Extensions {
    private int upperLayerAt;
    private int upperLayer;
    private int upperLayerNextHeaderAt;
    private int espAt;
    private int espNextHeaderAt;
    private int fragmentAt;

    /**
     * Walks the chain of a packet whose fixed header is valid. ESP, an unknown header and the payload of a later fragment
     * end it.
     *
     * @param memory where the packet lies
     * @param at position of the fixed header
     * @param end position after the packet
     * @return false if the chain is cut short by the end of the packet, or has a second fragment header (RFC 8200 §4.1)
     */
    public boolean walk(Memory memory, int at, int end) {
        int nextHeaderAt = at + Ipv6Header.NEXT_HEADER_AT;
        int next = memory.octet(nextHeaderAt);
        int position = at + Ipv6Header.OCTETS;
        espAt = position;
        espNextHeaderAt = nextHeaderAt;
        fragmentAt = -1;
        while (isExtension(next)) {
            if (end - position < 8) {
                return false;
            }
            int octets = headerOctets(memory, position, next);
            if (end - position < octets) {
                return false;
            }
            if (next == NextHeader.FRAGMENT) {
                if (fragmentAt >= 0) {
                    return false;
                }
                fragmentAt = position;
            }
            boolean outside =
                    next == NextHeader.HOP_BY_HOP || next == NextHeader.ROUTING || next == NextHeader.FRAGMENT;
            nextHeaderAt = position;
            next = memory.octet(position);
            position += octets;
            if (outside) {
                espAt = position;
                espNextHeaderAt = nextHeaderAt;
            }
            if (fragmentAt >= 0 && fragmentOffset(memory) != 0) {
                break;
            }
        }
        upperLayerAt = position;
        upperLayer = next;
        upperLayerNextHeaderAt = nextHeaderAt;
        return true;
    }

    private static boolean isExtension(int next) {
        return next == NextHeader.HOP_BY_HOP
                || next == NextHeader.ROUTING
                || next == NextHeader.FRAGMENT
                || next == NextHeader.DESTINATION_OPTIONS
                || next == NextHeader.AH;
    }

    private static int headerOctets(Memory memory, int at, int header) {
        return switch (header) {
            case NextHeader.FRAGMENT -> 8;
            case NextHeader.AH -> (memory.octet(at + 1) + 2) << 2; // RFC 4302 §2.2
            default -> (memory.octet(at + 1) + 1) << 3;
        };
    }

    /** {@return where the upper-layer header begins} */
    public int upperLayerAt() {
        return upperLayerAt;
    }

    /** {@return the protocol found there} */
    public int upperLayer() {
        return upperLayer;
    }

    /** {@return the position of the Next Header field that names the upper layer} */
    public int upperLayerNextHeaderAt() {
        return upperLayerNextHeaderAt;
    }

    /** {@return where ESP goes in transport mode} */
    public int espAt() {
        return espAt;
    }

    /** {@return the position of the Next Header field that names what stands at {@link #espAt()}} */
    public int espNextHeaderAt() {
        return espNextHeaderAt;
    }

    /**
     * {@return whether the packet is a fragment: a fragment header with an offset or with More Fragments; an atomic
     * fragment (RFC 6946) is whole}
     *
     * @param memory where the packet lies
     */
    public boolean isFragment(Memory memory) {
        return fragmentAt >= 0 && (memory.int16(fragmentAt + 2) & 0xfff9) != 0;
    }

    /**
     * {@return the fragment offset in octets, 0 without a fragment header}
     *
     * @param memory where the packet lies
     */
    public int fragmentOffset(Memory memory) {
        return fragmentAt < 0 ? 0 : memory.int16(fragmentAt + 2) & 0xfff8;
    }
}
