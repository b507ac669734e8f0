package io.esp4j.sa;

import io.esp4j.crypto.Transform;
import io.esp4j.replay.ReplayWindow;
import io.esp4j.replay.SequenceNumbers;
import io.esp4j.sad.SadMatch;

/** What the RFCs forbid an SA to be. Stateless. */
final class SaRules {
    private static final int FIRST_FREE_SPI = 256;
    private static final int LEAST_MTU = 68; // RFC 791 §3.2
    private static final int MAX_FLOW_LABEL = 0xfffff;

    private SaRules() {}

    static void check(SaParameters sa, boolean legacyAllowed) {
        Transform transform = sa.transform();
        require(
                Integer.compareUnsigned(sa.spi(), FIRST_FREE_SPI) >= 0,
                "spi " + Integer.toUnsignedString(sa.spi()) + ": expected 256 to 4294967295 (0 to 255 are reserved)");
        require(
                legacyAllowed || !transform.legacy(),
                "transform " + transform + ": HMAC-SHA1-96 is only for old peers and must be allowed as legacy");
        checkAddresses(sa);
        checkSequence(sa);
        checkHeaders(sa);
    }

    private static void checkAddresses(SaParameters sa) {
        require(
                sa.source().v6() == sa.destination().v6(),
                "source " + sa.source() + " and destination " + sa.destination() + ": expected two of one family");
        if (sa.mode() == Mode.BEET) {
            require(
                    sa.innerSource().v6() == sa.innerDestination().v6(),
                    "inner source " + sa.innerSource() + " and inner destination " + sa.innerDestination()
                            + ": expected two of one family");
        }
        require(
                sa.natOriginal() == null || sa.mode() == Mode.TRANSPORT,
                "original addresses before a NAT: expected in transport mode only");
        require(
                !sa.carriedBySocket() || sa.match() == SadMatch.SPI,
                "match " + sa.match() + " of an SA carried by a socket, which keeps the addresses: expected SPI");
    }

    /** RFC 4303 §3.4.3: anti-replay and ESN; RFC 8750 §7: implicit IVs need one sender. */
    private static void checkSequence(SaParameters sa) {
        int window = sa.replayWindow();
        require(
                window >= 0 && window <= ReplayWindow.MAX_WINDOW_PACKETS,
                "replay window " + window + ": expected 0 (off) or 1 to " + ReplayWindow.MAX_WINDOW_PACKETS
                        + " packets");
        require(!sa.esn() || window > 0, "replay window 0 with ESN: the inference of ESN needs the window");
        require(
                sa.esn() || !SequenceNumbers.isAbove(sa.sequence(), SequenceNumbers.MAX_32_BIT),
                "sequence 0x" + Long.toHexString(sa.sequence()) + ": expected at most 0xffffffff without ESN");
        if (sa.severalSenders()) {
            require(window == 0, "replay window " + window + " with several senders: expected 0 (RFC 4303 §3.4.3)");
            require(
                    !sa.transform().implicitIv(),
                    "transform " + sa.transform()
                            + " with several senders: an implicit IV needs one sender (RFC 8750)");
        }
    }

    private static void checkHeaders(SaParameters sa) {
        require(sa.mtu() >= LEAST_MTU, "mtu " + sa.mtu() + ": expected 68 or more octets");
        require(sa.hopLimit() >= 1 && sa.hopLimit() <= 255, "hop limit " + sa.hopLimit() + ": expected 1 to 255");
        require(sa.dscp() >= -1 && sa.dscp() <= 63, "dscp " + sa.dscp() + ": expected 0 to 63, or -1 to copy");
        require(sa.dscp() == -1 || sa.dscpMap() == null, "dscp " + sa.dscp() + " and a map: expected one of them");
        require(
                sa.flowLabel() == 0 || !sa.flowLabelCopied(),
                "flow label " + sa.flowLabel() + " and copied: expected one of them");
        require(
                sa.mode() == Mode.TUNNEL || !sa.dummies(),
                "dummies: expected in tunnel mode only, in others an IP packet of protocol 59 is one");
        require(
                sa.flowLabel() >= 0 && sa.flowLabel() <= MAX_FLOW_LABEL,
                "flow label " + sa.flowLabel() + ": expected 0 to 1048575");
        require(
                sa.mode() == Mode.TUNNEL || sa.trafficFlowPadding().equals(TrafficFlowPadding.NONE),
                "traffic flow padding: expected in tunnel mode only, where the inner packet has its own length");
        require(
                !sa.carriedBySocket() || sa.mode() == Mode.TUNNEL,
                "carried by a socket: expected in tunnel mode only, " + sa.mode() + " needs the packet's own header");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
