package io.esp4j.offload.scenario;

import io.esp4j.memory.Memory;
import io.esp4j.offload.frame.EthernetHeader;
import io.esp4j.wire.EspHeader;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;

/** A frame as a link carried it. Threads: immutable. */
public final class WireFrame {
    /** What it is. */
    public enum Kind {
        /** An ESP packet. */
        ESP,
        /** A fragment of an ESP packet. */
        ESP_FRAGMENT,
        /** An IP packet in clear. */
        CLEAR,
        /** Anything else. */
        OTHER
    }

    private final long nanos;
    private final String link;
    private final long frame;
    private final byte[] octets;
    private final Kind kind;
    private final long esp;
    private final long iv;
    private final int espAt;

    WireFrame(long nanos, String link, long frame, byte[] octets) {
        this.nanos = nanos;
        this.link = link;
        this.frame = frame;
        this.octets = octets;
        Memory memory = Memory.of(octets);
        EthernetHeader ethernet = new EthernetHeader();
        boolean ip = ethernet.walk(memory, 0, octets.length)
                && ethernet.isIp()
                && octets.length - ethernet.payloadAt() >= Ipv4Header.OCTETS
                && IpHead.isValid(memory.int64(ethernet.payloadAt()), octets.length - ethernet.payloadAt());
        int at = ethernet.payloadAt();
        boolean v6 = ip && IpHead.isV6(memory.int64(at));
        boolean isEsp =
                ip && memory.octet(at + (v6 ? Ipv6Header.NEXT_HEADER_AT : Ipv4Header.PROTOCOL_AT)) == NextHeader.ESP;
        boolean fragment = isEsp && !v6 && IpHead.v4IsFragment(memory.int64(at));
        espAt = at + (v6 ? Ipv6Header.OCTETS : Ipv4Header.OCTETS);
        boolean whole =
                isEsp && (!fragment || !IpHead.v4IsLaterFragment(memory.int64(at))) && octets.length >= espAt + 16;
        kind = !ip ? Kind.OTHER : !isEsp ? Kind.CLEAR : fragment ? Kind.ESP_FRAGMENT : Kind.ESP;
        esp = whole ? memory.int64(espAt) : 0;
        iv = whole ? memory.int64(espAt + EspHeader.OCTETS) : 0;
    }

    /** {@return when it began to leave} */
    public long nanos() {
        return nanos;
    }

    /** {@return the link's name} */
    public String link() {
        return link;
    }

    /** {@return the frame's number} */
    public long frame() {
        return frame;
    }

    /** {@return a copy of its octets, from the Ethernet header} */
    public byte[] octets() {
        return octets.clone();
    }

    /** {@return its length} */
    public int length() {
        return octets.length;
    }

    /** {@return what it is} */
    public Kind kind() {
        return kind;
    }

    /** {@return its SPI, 0 if it shows none} */
    public int spi() {
        return EspHeader.spi(esp);
    }

    /** {@return the low half of its number} */
    public int sequenceLow() {
        return EspHeader.sequenceLow(esp);
    }

    /** {@return the 8 octets behind the number: the IV where the transform sends one of 8} */
    public long iv() {
        return iv;
    }

    /** {@return a hash of what lies behind the IV: two texts under one nonce differ here} */
    int textHash() {
        int hash = 1;
        for (int i = espAt + 16; i < octets.length; i++) {
            hash = hash * 31 + octets[i];
        }
        return hash;
    }
}
