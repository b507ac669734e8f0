package io.esp4j.io.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Finds the IP packet in a frame: skips the link-layer header and any number of VLAN tags. Any octets of any length
 * give an answer, never an exception. Stateless.
 *
 * <pre>
 * Ethernet         destination (6) ‖ source (6) ‖ type (2)
 * VLAN tag         type 0x8100, 0x88a8 or 0x9100, then control (2) ‖ type (2), repeatedly
 * Linux cooked 1   packet type (2) ‖ ARPHRD (2) ‖ length (2) ‖ address (8) ‖ type (2)
 * Linux cooked 2   type (2) ‖ reserved (2) ‖ interface (4) ‖ ARPHRD (2) ‖ packet type (1) ‖ length (1) ‖ address (8)
 * </pre>
 *
 * <p>Not looked into: 802.3 length frames (LLC/SNAP), PPPoE, MPLS, MACsec.
 */
public final class LinkLayer {
    /** The frame carries something else than IP, or ends inside its link-layer header. */
    public static final int NOT_IP = -1;

    /** The link layer announces IPv4 or IPv6, but no octet follows or its version field says otherwise. */
    public static final int MALFORMED = -2;

    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86dd;
    private static final int FAMILY_OCTETS = 4;
    private static final int ETHERNET_OCTETS = 14;
    private static final int COOKED_OCTETS = 16;
    private static final int COOKED_2_OCTETS = 20;
    private static final int VLAN_TAG_OCTETS = 4;
    private static final int ANY_VERSION = 0;

    private static final VarHandle U16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle I32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private LinkLayer() {}

    /**
     * Octets of link layer before the IP header, or {@link #NOT_IP} or {@link #MALFORMED}.
     *
     * @param frame holds the frame at {@code offset}, {@code length} octets long
     * @throws IndexOutOfBoundsException if the frame is not inside the array, whatever its octets are
     */
    public static int ipOffset(LinkType linkType, byte[] frame, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, frame.length);
        return switch (linkType) {
            case ETHERNET -> afterType(frame, offset, length, ETHERNET_OCTETS - 2, ETHERNET_OCTETS);
            case LINUX_COOKED -> afterType(frame, offset, length, COOKED_OCTETS - 2, COOKED_OCTETS);
            case LINUX_COOKED_2 -> afterType(frame, offset, length, 0, COOKED_2_OCTETS);
            case RAW, RAW_12, RAW_14 -> raw(frame, offset, length);
            case IPV4 -> announced(frame, offset, length, 0, 4);
            case IPV6 -> announced(frame, offset, length, 0, 6);
            case NULL -> afterFamily(frame, offset, length, true);
            case LOOP -> afterFamily(frame, offset, length, false);
        };
    }

    /** The type field is at {@code typeAt}; the payload, which may begin with VLAN tags, at {@code payloadAt}. */
    private static int afterType(byte[] frame, int offset, int length, int typeAt, int payloadAt) {
        if (length < payloadAt) {
            return NOT_IP;
        }
        int type = u16(frame, offset + typeAt);
        int payload = payloadAt;
        while (type == 0x8100 || type == 0x88a8 || type == 0x9100) {
            if (length - payload < VLAN_TAG_OCTETS) {
                return NOT_IP;
            }
            type = u16(frame, offset + payload + 2);
            payload += VLAN_TAG_OCTETS;
        }
        return switch (type) {
            case TYPE_IPV4 -> announced(frame, offset, length, payload, 4);
            case TYPE_IPV6 -> announced(frame, offset, length, payload, 6);
            default -> NOT_IP;
        };
    }

    private static int afterFamily(byte[] frame, int offset, int length, boolean eitherByteOrder) {
        if (length < FAMILY_OCTETS) {
            return NOT_IP;
        }
        int family = (int) I32.get(frame, offset);
        int version = versionOfFamily(family);
        if (version == ANY_VERSION && eitherByteOrder) {
            version = versionOfFamily(Integer.reverseBytes(family));
        }
        return version == ANY_VERSION ? NOT_IP : announced(frame, offset, length, FAMILY_OCTETS, version);
    }

    /** AF_INET is 2 everywhere; AF_INET6 differs: Linux 10, Windows 23, NetBSD and OpenBSD 24, FreeBSD 28, Darwin 30. */
    private static int versionOfFamily(int family) {
        return switch (family) {
            case 2 -> 4;
            case 10, 23, 24, 28, 30 -> 6;
            default -> ANY_VERSION;
        };
    }

    /** Without an announcement the version field alone says whether this is IP. */
    private static int raw(byte[] frame, int offset, int length) {
        if (length == 0) {
            return NOT_IP;
        }
        int version = version(frame, offset);
        return version == 4 || version == 6 ? 0 : NOT_IP;
    }

    private static int announced(byte[] frame, int offset, int length, int payload, int version) {
        return length > payload && version(frame, offset + payload) == version ? payload : MALFORMED;
    }

    private static int version(byte[] frame, int at) {
        return (frame[at] & 0xf0) >>> 4;
    }

    private static int u16(byte[] frame, int at) {
        return (short) U16.get(frame, at) & 0xffff;
    }
}
