package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static io.esp4j.wire.Ipv6Packet.v6;

import io.esp4j.crypto.Transform;
import io.esp4j.sa.Mode;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.UdpEncapsulation;
import io.esp4j.wire.Packets;
import java.util.ArrayList;
import java.util.List;

/** A mode, the families of outer and inner header, and whether ESP travels in UDP. */
record Shape(Mode mode, boolean outerV6, boolean innerV6, boolean udp) {

    /** Every shape there is: in transport mode the two headers are one. */
    static List<Shape> all() {
        List<Shape> shapes = new ArrayList<>();
        for (boolean udp : new boolean[] {false, true}) {
            for (boolean outerV6 : new boolean[] {false, true}) {
                shapes.add(new Shape(Mode.TRANSPORT, outerV6, outerV6, udp));
                for (boolean innerV6 : new boolean[] {false, true}) {
                    shapes.add(new Shape(Mode.TUNNEL, outerV6, innerV6, udp));
                    shapes.add(new Shape(Mode.BEET, outerV6, innerV6, udp));
                }
            }
        }
        return shapes;
    }

    SaBuilder builder(Transform transform) {
        SaBuilder builder =
                switch (mode) {
                    case TUNNEL -> Sas.tunnel(transform, outerV6);
                    case TRANSPORT -> Sas.transport(transform, outerV6);
                    case BEET -> Sas.beet(transform, outerV6, innerV6);
                };
        return udp ? builder.udpEncapsulation(new UdpEncapsulation(4500, 4500)) : builder;
    }

    /** Octets before the SPI. */
    int espAt() {
        return (outerV6 ? 40 : 20) + (udp ? 8 : 0);
    }

    /** A packet between the SA's inner addresses, of which BEET keeps everything. */
    byte[] packet(int payloadOctets) {
        byte[] payload = Packets.count(payloadOctets);
        return innerV6
                ? v6().flowLabel(0).protocol(200).payload(payload).build()
                : v4().identification(0)
                        .fragmentation(0x4000)
                        .protocol(200)
                        .payload(payload)
                        .build();
    }

    /** What ESP carries of it. */
    byte[] payload(byte[] packet) {
        return mode == Mode.TUNNEL ? packet : Packets.slice(packet, innerV6 ? 40 : 20, packet.length);
    }

    int nextHeader() {
        return mode != Mode.TUNNEL ? 200 : innerV6 ? 41 : 4;
    }

    byte[] esp(byte[] wire) {
        return Packets.slice(wire, espAt(), wire.length);
    }

    @Override
    public String toString() {
        return mode + (innerV6 ? " 6" : " 4") + (outerV6 ? "-in-6" : "-in-4") + (udp ? " in UDP" : "");
    }
}
