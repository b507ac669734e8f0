package io.esp4j.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.Transform;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.host.Delivery;
import io.esp4j.offload.host.HostSa;
import io.esp4j.offload.host.Protection;
import io.esp4j.offload.host.SendOptions;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** K11: with offload and without it, the wire and the order on it are the same. */
class IdentityTest {
    private static List<byte[]> wire(OffloadMode mode, UnaryOperator<SaBuilder> change, boolean transport) {
        Lab lab = new Lab(Network.builder(1).ivs(part -> new Random(7)));
        HostSa out = lab.transmit(mode, change);
        lab.receive(OffloadMode.NONE, change);
        String from = transport ? Lab.A : Lab.INNER_A;
        String to = transport ? Lab.B : Lab.INNER_B;
        for (int number = 0; number < 12; number++) { // every length of padding
            byte[] packet = Packets.udp(from, to, number, 100 + number);
            lab.send(out, number % 2 == 0 ? packet : Packets.fragmentable(packet, number));
        }
        lab.send(out, Packets.tcp(from, to, 1, Packets.payload(1, 555)), Lab.CUT);
        byte[] fragmentable = Packets.fragmentable(Packets.tcp(from, to, 1, Packets.payload(1, 333)), 99);
        lab.send(out, fragmentable, Lab.CUT);
        assertEquals(22, lab.received.size());
        assertEquals(mode == OffloadMode.NONE ? 0 : 22, lab.total(Counter.TX_ENCRYPTED));
        return lab.wire.all().stream().map(Wire.Seen::frame).toList();
    }

    private static void assertSame(List<byte[]> expected, List<byte[]> found) {
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), found.get(i), "frame " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "aes128gcm16",
        "aes256gcm16",
        "aes128gcm8",
        "aes128gcm16-iiv",
        "aes256ccm16",
        "aes128gmac",
        "chacha20poly1305",
        "aes256-sha256",
        "null-sha512"
    })
    @DisplayName(
            "K11 offload on or off, crypto or packet mode, the wire shows the same octets for the same keys and numbers")
    void shouldShowSameOctets(String name) {
        for (boolean esn : new boolean[] {false, true}) {
            UnaryOperator<SaBuilder> change = builder -> SaParameters.tunnel(
                            Lab.SPI, Transform.named(name), IpAddress.parse(Lab.A), IpAddress.parse(Lab.B))
                    .esn(esn)
                    .sequence(esn ? 0xffff_fff8L : 7);
            List<byte[]> software = wire(OffloadMode.NONE, change, false);
            assertSame(software, wire(OffloadMode.CRYPTO, change, false));
            assertSame(software, wire(OffloadMode.PACKET, change, false));
        }
    }

    @Test
    @DisplayName("K11 in transport mode too")
    void shouldShowSameOctetsInOtherModes() {
        UnaryOperator<SaBuilder> transport = builder -> SaParameters.transport(
                Lab.SPI, builder.build().transform(), IpAddress.parse(Lab.A), IpAddress.parse(Lab.B));
        List<byte[]> software = wire(OffloadMode.NONE, transport, true);
        assertSame(software, wire(OffloadMode.CRYPTO, transport, true));
        assertSame(software, wire(OffloadMode.PACKET, transport, true));
    }

    @Test
    @DisplayName("K11 in a tunnel over IPv6 too, whichever version the packets are")
    void shouldShowSameOctetsOverIpv6() {
        List<byte[]> software = wireOverIpv6(OffloadMode.NONE);
        assertSame(software, wireOverIpv6(OffloadMode.CRYPTO));
        assertSame(software, wireOverIpv6(OffloadMode.PACKET));
    }

    private static List<byte[]> wireOverIpv6(OffloadMode mode) {
        Lab lab = new Lab(Network.builder(1).ivs(part -> new Random(7)));
        HostSa out = lab.transmit(mode, Lab.overIpv6());
        lab.receive(OffloadMode.NONE, Lab.overIpv6());
        for (int number = 0; number < 12; number++) {
            lab.send(out, Packets.udp6(Lab.INNER_A6, Lab.INNER_B6, number, 100 + number, false));
            lab.send(out, Lab.inner(number));
        }
        lab.send(out, Packets.tcp6(Lab.INNER_A6, Lab.INNER_B6, 1, Packets.payload(1, 555)), Lab.CUT);
        assertEquals(30, lab.received.size());
        assertEquals(mode == OffloadMode.NONE ? 0 : 30, lab.total(Counter.TX_ENCRYPTED));
        assertTrue(lab.wire.esp().stream().allMatch(Wire.Seen::isV6));
        return lab.wire.all().stream().map(Wire.Seen::frame).toList();
    }

    @Test
    @DisplayName("K11 no reordering is added: software and device take turns on one SA, and its numbers leave in order")
    void shouldNotReorder() {
        Lab lab = new Lab(Network.builder(1).with(Parameter.AGENT_CRYPTO_BITS_PER_SECOND, 500_000_000));
        HostSa out = lab.transmit(OffloadMode.CRYPTO);
        lab.receive(OffloadMode.CRYPTO);
        for (int number = 0; number < 120; number++) {
            SendOptions options = number % 3 == 1 ? SendOptions.PLAIN.inSoftware() : SendOptions.PLAIN;
            lab.a.host().send(out, Lab.inner(number), options);
        }
        lab.network.run();
        assertEquals(LongStream.rangeClosed(1, 120).boxed().toList(), lab.wire.sequences());
        List<Integer> order =
                lab.received.stream().map(d -> Packets.number(d.packet(), 28)).toList();
        assertEquals(120, order.size());
        assertEquals(order.stream().sorted().toList(), order);
    }

    @Test
    @DisplayName(
            "K11 in crypto mode a device that can't keep up drops nothing on receive: the rest comes up as it was, in order")
    void shouldDropNothingOnReceive() {
        Lab lab = new Lab(Network.builder(1)
                .with(Parameter.AGENT_QUEUE_FRAMES, 8)
                .with(Parameter.AGENT_CRYPTO_BITS_PER_SECOND, 500_000_000));
        HostSa out = lab.transmit(OffloadMode.NONE);
        lab.receive(OffloadMode.CRYPTO);
        for (int number = 0; number < 300; number++) {
            lab.a.host().send(out, Lab.inner(number));
        }
        lab.network.run();
        assertTrue(lab.total(Counter.RX_OVERLOAD) > 0);
        assertEquals(300, lab.received.size());
        assertEquals(300 - lab.total(Counter.RX_OVERLOAD), lab.total(Counter.RX_DECRYPTED));
        List<Integer> order =
                lab.received.stream().map(d -> Packets.number(d.packet(), 28)).toList();
        assertEquals(order.stream().sorted().toList(), order);
    }

    /** When packets in clear arrive, between others that the device decrypts. */
    private static List<Long> timesInClear(long cryptoRate) {
        Lab lab = new Lab(Network.builder(1)
                .with(Parameter.DMA_BITS_PER_SECOND, 0)
                .with(Parameter.RX_QUEUES, 64)
                .with(Parameter.AGENT_CRYPTO_BITS_PER_SECOND, cryptoRate));
        HostSa out = lab.transmit(OffloadMode.NONE);
        lab.receive(OffloadMode.CRYPTO);
        for (int number = 0; number < 200; number++) {
            lab.a
                    .host()
                    .send(
                            number % 4 == 3 ? null : out,
                            number % 4 == 3 ? Packets.udp(Lab.A, Lab.B, number, 50) : Lab.inner(number));
        }
        lab.network.run();
        List<Long> times = new ArrayList<>();
        for (Delivery delivery : lab.received) {
            if (delivery.protection() == Protection.CLEAR) {
                times.add(delivery.nanos());
            }
        }
        return times;
    }

    @Test
    @DisplayName("K11 overload of the agent does not slow flows that it does not serve")
    void shouldNotSlowOthers() {
        List<Long> idle = timesInClear(0);
        assertEquals(50, idle.size());
        assertEquals(idle, timesInClear(10_000_000));
    }

    @Test
    @DisplayName("K11 a run is the same every time: every frame, every counter, every event")
    void shouldRepeat() {
        List<String> one = run();
        assertEquals(one, run());
        assertTrue(one.size() > 100);
    }

    private static List<String> run() {
        Lab lab = new Lab(Network.builder(99));
        var trace = lab.network.simulation().trace().record();
        lab.a
                .link()
                .impair(io.esp4j.offload.link.Impairment.random(
                        lab.network.simulation().random("link"), 0.1, 0.1, 0.2, 5000));
        HostSa out = lab.transmit(OffloadMode.CRYPTO);
        lab.install(lab.b.host(), Lab.sa(0, SaDirection.RECEIVE, OffloadMode.CRYPTO, UnaryOperator.identity()));
        for (int number = 0; number < 60; number++) {
            lab.a.host().send(out, Lab.large(3, number), Lab.CUT);
        }
        lab.network.run();
        List<String> all = new ArrayList<>();
        trace.forEach(event -> all.add(event.toString()));
        lab.network.simulation().counters().forEach(counters -> all.add(counters.toString()));
        lab.wire.all().forEach(seen -> all.add(seen.nanos() + " " + java.util.Arrays.toString(seen.frame())));
        return all;
    }
}
