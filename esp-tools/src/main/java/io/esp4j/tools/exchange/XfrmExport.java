package io.esp4j.tools.exchange;

import io.esp4j.crypto.Transform;
import io.esp4j.policy.AddressRange;
import io.esp4j.policy.IpPrefix;
import io.esp4j.policy.NextLayerProtocol;
import io.esp4j.policy.Selector;
import io.esp4j.policy.ValueSet;
import io.esp4j.sa.Lifetime;
import io.esp4j.sa.UdpEncapsulation;
import io.esp4j.tools.sa.SaEntry;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Writes SAs as {@code ip xfrm state} shows them. The number stands in both directions' fields, since the SA file does not say
 * which it is. Stateless.
 */
final class XfrmExport implements Export {
    private static final int WINDOW_OF_OLD_CONTEXT = 32;

    @Override
    public String write(SaEntry sa) throws UnsupportedException {
        StringBuilder text = new StringBuilder();
        boolean any = sa.selector().equals(Selector.ANY);
        text.append("src ").append(sa.source()).append(" dst ").append(sa.destination());
        text.append("\n\tproto esp spi 0x")
                .append(HexFormat.of().toHexDigits(sa.spi()))
                .append(" reqid 0 mode ");
        text.append(sa.mode().name().toLowerCase(Locale.ROOT));
        boolean extended = sa.esn() || sa.replayWindow() > WINDOW_OF_OLD_CONTEXT;
        text.append("\n\treplay-window ").append(extended ? 0 : sa.replayWindow());
        if (any || sa.esn()) {
            text.append(" flag").append(any ? " af-unspec" : "").append(sa.esn() ? " esn" : "");
        }
        text.append('\n');
        appendKeys(text, sa);
        appendEncapsulation(text, sa.udpEncapsulation(), sa.source().v6());
        appendNumbers(text, sa, extended);
        if (sa.tfc() != 0) {
            text.append("\ttfcpad ").append(sa.tfc()).append('\n');
        }
        appendSelector(text, sa.selector(), sa.source().v6());
        appendLifetime(text, sa.lifetime());
        return text.toString();
    }

    private static void appendKeys(StringBuilder text, SaEntry sa) throws UnsupportedException {
        Transform transform = sa.transform();
        if (transform.implicitIv()) {
            throw new UnsupportedException("transform " + transform + " has no name in the kernel");
        }
        int icvBits = transform.icvOctets() * 8;
        if (transform.combined()) {
            text.append("\taead ").append(XfrmAlgorithms.combined(transform));
            text.append(" 0x")
                    .append(KeyText.ofKey(sa))
                    .append(' ')
                    .append(icvBits)
                    .append('\n');
        } else {
            text.append("\tauth-trunc ").append(XfrmAlgorithms.hmac(transform));
            text.append(" 0x").append(KeyText.ofIntegrityKey(sa)).append(' ').append(icvBits);
            text.append("\n\tenc ").append(XfrmAlgorithms.encryption(transform));
            text.append(" 0x").append(KeyText.ofKey(sa)).append('\n');
        }
    }

    private static void appendEncapsulation(StringBuilder text, UdpEncapsulation udp, boolean v6) {
        if (udp != null) {
            text.append("\tencap type espinudp sport ").append(udp.sourcePort());
            text.append(" dport ").append(udp.destinationPort());
            text.append(" addr ").append(v6 ? "::" : "0.0.0.0").append('\n');
        }
    }

    private static void appendNumbers(StringBuilder text, SaEntry sa, boolean extended) {
        String low = "0x" + Integer.toHexString((int) sa.sequence());
        if (!extended) {
            text.append("\tanti-replay context: seq ")
                    .append(low)
                    .append(", oseq ")
                    .append(low);
            text.append(", bitmap 0x00000000\n");
            return;
        }
        String high = "0x" + Integer.toHexString((int) (sa.sequence() >>> 32));
        int words = (sa.replayWindow() + 31) / 32;
        text.append("\tanti-replay esn context:\n\t seq-hi ")
                .append(high)
                .append(", seq ")
                .append(low);
        text.append(", oseq-hi ").append(high).append(", oseq ").append(low);
        text.append("\n\t replay_window ").append(sa.replayWindow());
        text.append(", bitmap-length ").append(words).append("\n\t");
        text.append(" 00000000".repeat(words)).append(" \n");
    }

    private static void appendSelector(StringBuilder text, Selector selector, boolean v6) throws UnsupportedException {
        if (selector.equals(Selector.ANY)) {
            return;
        }
        text.append("\tsel src ").append(prefix(selector.sources(), selector.destinations(), v6));
        text.append(" dst ").append(prefix(selector.destinations(), selector.sources(), v6));
        ValueSet protocols = selector.protocols();
        if (!protocols.isAny()) {
            text.append(" proto ").append(NextLayerProtocol.name(Integer.parseInt(protocols.toString())));
        }
        appendPort(text, " sport ", selector.sourcePorts());
        appendPort(text, " dport ", selector.destinationPorts());
        text.append(" \n");
    }

    /** An absent side takes the family of the other one, or of the SA. */
    private static String prefix(List<AddressRange> ranges, List<AddressRange> others, boolean v6) {
        if (ranges.isEmpty()) {
            boolean family6 = others.isEmpty() ? v6 : others.get(0).v6();
            return family6 ? "::/0" : "0.0.0.0/0";
        }
        AddressRange range = ranges.get(0);
        return range.isSingle() ? new IpPrefix(range.first(), range.first().octets() * 8).toString() : range.toString();
    }

    private static void appendPort(StringBuilder text, String word, ValueSet ports) throws UnsupportedException {
        if (ports.isAny()) {
            return;
        }
        String port = ports.toString();
        if (!port.matches("[0-9]+")) {
            throw new UnsupportedException("selector with ports " + port + ": the kernel has single ports only");
        }
        text.append(word).append(port);
    }

    private static void appendLifetime(StringBuilder text, Lifetime lifetime) {
        if (lifetime.equals(Lifetime.UNLIMITED)) {
            return;
        }
        text.append("\tlifetime config:\n\t  limit: soft ").append(limit(lifetime.softOctets()));
        text.append("(bytes), hard ").append(limit(lifetime.hardOctets())).append("(bytes)");
        text.append("\n\t  limit: soft ").append(limit(lifetime.softPackets()));
        text.append("(packets), hard ").append(limit(lifetime.hardPackets())).append("(packets)");
        text.append("\n\t  expire add: soft ").append(lifetime.softSeconds());
        text.append("(sec), hard ").append(lifetime.hardSeconds()).append("(sec)");
        text.append("\n\t  expire use: soft 0(sec), hard 0(sec)\n");
    }

    private static String limit(long limit) {
        return limit == 0 ? "(INF)" : Long.toString(limit);
    }
}
