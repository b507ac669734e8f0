package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static io.esp4j.wire.Ipv6Packet.v6;
import static io.esp4j.wire.Packets.hex;
import static io.esp4j.wire.Packets.join;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.PaddingCheck;
import io.esp4j.sa.SaBuilder;
import io.esp4j.wire.Packets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Authentic packets whose plaintext, sealed by the oracle, makes no sense. */
class MalformedPlaintextTest {
    private static byte[] wire(Gateways gateways, long number, byte[] text) {
        EspOracle oracle = gateways.keys.oracle(false);
        byte[] esp = oracle.seal(Sas.SPI, number, new byte[oracle.ivOctets], text);
        return v4().protocol(50).payload(esp).build();
    }

    private static Arguments kind(String name, SaBuilder sa, byte[] text) {
        return Arguments.of(name, sa, text);
    }

    private static byte[] with(byte[] packet, int at, int octet) {
        packet[at] = (byte) octet;
        return packet;
    }

    static Stream<Arguments> kinds() {
        SaBuilder tunnel = Sas.tunnel(Sas.GCM);
        SaBuilder transport = Sas.transport(Sas.GCM, false);
        SaBuilder beet = Sas.beet(Sas.GCM, false, false);
        byte[] v4 = v4().payload(Packets.count(18)).build();
        byte[] v6 = v6().payload(Packets.count(18)).build();
        byte[] none = {0, 4};
        byte[] none6 = {0, 41};
        return Stream.of(
                kind("empty payload", tunnel, none),
                kind("empty payload", transport, hex("0006")),
                kind("empty payload behind padding", tunnel, hex("0102 0204")),
                kind("empty payload behind padding", transport, hex("01020304 0411")),
                kind("pad length one more than there is", tunnel, join(v4, hex("0102 2904"))),
                kind("pad length 255", tunnel, join(v4, hex("ff04"))),
                kind("pad length 255", transport, hex("00112233 ff06")),
                kind("next header of an upper layer", tunnel, join(v4, hex("0006"))),
                kind("IPv6 that is called IPv4", tunnel, join(v6, none)),
                kind("IPv4 that is called IPv6", tunnel, join(v4, hex("0000"), none6)),
                kind("IP version 5", tunnel, join(with(v4.clone(), 0, 0x55), none)),
                kind("header length 16", tunnel, join(with(v4.clone(), 0, 0x44), none)),
                kind("header longer than the total", tunnel, join(with(v4.clone(), 0, 0x4f), none)),
                kind("total below the header", tunnel, join(with(v4.clone(), 3, 19), none)),
                kind("inner IPv4 length one beyond the payload", tunnel, join(with(v4.clone(), 3, 39), none)),
                kind("inner IPv4 length 65535", tunnel, join(with(with(v4.clone(), 2, 255), 3, 255), none)),
                kind("inner IPv6 length one beyond the payload", tunnel, join(with(v6.clone(), 5, 19), none6)),
                kind("IPv4 header cut", tunnel, join(Packets.slice(v4, 0, 19), hex("01 0104"))),
                kind("IPv6 header cut", tunnel, join(Packets.slice(v6, 0, 39), hex("01 0129"))),
                kind("BEET options cut", beet, hex("11000400 010101 005e")),
                kind("BEET options longer than the payload", beet, hex("11020400 01010101 0000 005e")),
                kind("BEET options padded beyond themselves", beet, hex("11000500 01010101 0000 005e")),
                kind("BEET options not of whole words", beet, hex("11000300 01010101 0000 005e")),
                kind(
                        "BEET options longer than an IPv4 header",
                        beet,
                        join(hex("11060400"), new byte[54], hex("005e"))));
    }

    @ParameterizedTest(name = "{displayName} [{0}, {1}]")
    @DisplayName("R25 malformed plaintext is discarded, counted and audited, after the window moved")
    @MethodSource("kinds")
    void shouldDiscardMalformedPlaintext(String kind, SaBuilder sa, byte[] text) {
        List<String> audited = new ArrayList<>();
        Gateways created = Gateways.of(sa, settings -> settings.audit(event -> audited.add(event.toString()), 100));
        try (Gateways gateways = created) {
            byte[] wire = wire(gateways, 9, text);

            assertEquals(InboundOutcome.MALFORMED_PLAINTEXT, gateways.tryOpen(wire), kind);
            assertEquals(0, gateways.bench.burst.nextHeader(0), "a next header is shown of accepted packets only");

            assertEquals(9, gateways.in.highestSequence());
            assertEquals(1, gateways.in.count(InboundOutcome.MALFORMED_PLAINTEXT));
            assertEquals(1, gateways.in.packets());
            assertEquals(1, audited.size());
            assertTrue(audited.get(0).contains("MALFORMED_PLAINTEXT spi=0x1000 sequence=0x9"));
            assertEquals(InboundOutcome.REPLAYED, gateways.tryOpen(wire));
        }
    }

    static Stream<Arguments> regionsAndChecks() {
        return Stream.of(true, false)
                .flatMap(direct -> Stream.of(PaddingCheck.values()).map(check -> Arguments.of(direct, check)));
    }

    @ParameterizedTest(name = "{displayName} [direct {0}, {1}]")
    @DisplayName("R25 a pad length that reaches in front of the region is malformed like any other that is too large")
    @MethodSource("regionsAndChecks")
    void shouldNotReadInFrontOfTheRegion(boolean direct, PaddingCheck check) {
        List<SaBuilder> modes =
                List.of(Sas.tunnel(Sas.GCM), Sas.transport(Sas.GCM, false), Sas.beet(Sas.GCM, false, false));
        for (SaBuilder sa : modes) {
            try (Gateways gateways = Gateways.of(sa.paddingCheck(check))) {
                byte[] wire = wire(gateways, 1, hex("0000 ff04"));
                Memory region = direct ? Memory.allocateDirect(wire.length) : Memory.of(new byte[wire.length]);
                region.write(0, wire, 0, wire.length);
                Burst burst = new Burst(1);
                burst.reset(region);
                burst.add(0, wire.length);
                gateways.receiver.decapsulate(burst);
                assertEquals(InboundOutcome.MALFORMED_PLAINTEXT, burst.inbound(0));
            }
        }
    }

    @Test
    @DisplayName("R11 R25 the inner length decides what is padding: every shorter one is cut off there")
    void shouldStripByInnerLength() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            for (int octets = 20; octets <= 120; octets++) {
                byte[] inner = v4().payload(Packets.count(octets - 20)).build();
                byte[] text = join(inner, new byte[120 - octets], hex("0004"));
                assertArrayEquals(inner, gateways.open(wire(gateways, octets, text)));
            }
        }
    }

    @Test
    @DisplayName("R25 any plaintext at all is judged as a plain reading of RFC 4303 §3.4.4, 791 and 8200 has it")
    void shouldJudgeAnyPlaintext() {
        long seed = System.nanoTime();
        System.out.println("random plaintexts, seed " + seed);
        Random random = new Random(seed);
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.NULL))) {
            for (int number = 1; number <= 20_000; number++) {
                byte[] text = Packets.random(random, 2 + random.nextInt(70));
                text[text.length - 1] = new byte[] {4, 41, 59, 6}[random.nextInt(4)];
                text[text.length - 2] = (byte) random.nextInt(random.nextBoolean() ? 256 : 16);
                text[0] = new byte[] {0x45, 0x46, 0x60, 0x50, 0}[random.nextInt(5)];
                if (text.length > 6) {
                    text[2] = 0;
                    text[3] = (byte) random.nextInt(80);
                    text[4] = 0;
                    text[5] = (byte) random.nextInt(30);
                }
                byte[] expected = inner(text);
                InboundOutcome outcome = gateways.tryOpen(wire(gateways, number, text));
                assertEquals(expected == null ? verdict(text) : InboundOutcome.ACCEPTED, outcome, "seed " + seed);
                if (expected != null) {
                    assertArrayEquals(expected, gateways.bench.packet(), "seed " + seed);
                }
            }
        }
    }

    private static InboundOutcome verdict(byte[] text) {
        return text[text.length - 1] == 59 ? InboundOutcome.DUMMY : InboundOutcome.MALFORMED_PLAINTEXT;
    }

    /** The inner packet of a plaintext, or null. The outer header is Not-ECT, so ECN changes nothing. */
    private static byte[] inner(byte[] text) {
        int nextHeader = text[text.length - 1];
        int payload = text.length - 2 - (text[text.length - 2] & 0xff);
        boolean v4 = nextHeader == 4 && payload >= 20 && text[0] >>> 4 == 4;
        boolean v6 = nextHeader == 41 && payload >= 40 && text[0] >>> 4 == 6;
        if (v4) {
            int header = (text[0] & 15) * 4;
            int total = Packets.int16(text, 2);
            return header >= 20 && total >= header && total <= payload ? Packets.slice(text, 0, total) : null;
        }
        int total = v6 ? 40 + Packets.int16(text, 4) : 0;
        return v6 && total <= payload ? Packets.slice(text, 0, total) : null;
    }
}
