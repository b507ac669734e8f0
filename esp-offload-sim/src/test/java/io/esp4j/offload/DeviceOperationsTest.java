package io.esp4j.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.offload.control.CommandStatus;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.driver.AddReply;
import io.esp4j.offload.driver.SaStatistics;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.host.HostSa;
import io.esp4j.offload.host.Place;
import io.esp4j.offload.host.Protection;
import io.esp4j.offload.host.SendOptions;
import io.esp4j.offload.mac.SwitchMode;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.sa.SaBuilder;
import io.esp4j.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The device's operations, what can't be offloaded, and what happens when the device is not there. */
class DeviceOperationsTest {
    private static OffloadSa sa(int number, SaDirection direction, OffloadMode mode) {
        return Lab.sa(number, direction, mode, UnaryOperator.identity());
    }

    @ParameterizedTest
    @EnumSource(
            value = OffloadMode.class,
            names = {"CRYPTO", "PACKET"})
    @DisplayName("L1 state add, delete, free, offload-ok, advance ESN and update statistics, in crypto and packet mode")
    void shouldOfferOperations(OffloadMode mode) {
        Lab lab = Lab.plain();
        List<AddReply> added = new ArrayList<>();
        lab.a.physical().stateAdd(sa(7, SaDirection.TRANSMIT, mode), added::add);
        lab.network.run();
        assertTrue(added.get(0).ok());

        HostSa out = lab.transmit(mode);
        lab.receive(mode);
        for (int number = 0; number < 3; number++) {
            lab.send(out, Lab.inner(number));
        }
        List<SaStatistics> statistics = new ArrayList<>();
        lab.a.physical().updateStatistics(out.handle(), statistics::add);
        lab.network.run();
        long octets = lab.wire.esp().stream()
                .mapToLong(seen -> mode == OffloadMode.CRYPTO ? seen.esp().length : seen.packet().length)
                .sum();
        assertEquals(new SaStatistics(CommandStatus.OK, 3, octets, 4), statistics.get(0));

        if (mode == OffloadMode.CRYPTO) {
            lab.a.physical().advanceEsn(out.handle(), out.spi(), 100);
            lab.network.run();
            assertEquals(100, lab.a.agent().position(out.handle()));
            lab.a.physical().advanceEsn(out.handle(), out.spi(), 50);
            lab.network.run();
            assertEquals(100, lab.a.agent().position(out.handle()), "never back");
        }

        List<SaStatistics> deleted = new ArrayList<>();
        lab.a.physical().stateDelete(out.handle(), deleted::add);
        lab.network.run();
        lab.a.physical().stateFree(out.handle());
        assertEquals(CommandStatus.OK, deleted.get(0).status());
        assertEquals(1, lab.a.agent().saCount());
        lab.a.physical().updateStatistics(out.handle(), statistics::add);
        lab.network.run();
        assertEquals(CommandStatus.NOT_FOUND, statistics.get(1).status());
    }

    private static Frame framed(Lab lab, byte[] packet) {
        Frame frame = lab.network.frames().make(packet);
        frame.view(frame.offset() - 14, frame.length() + 14);
        return frame;
    }

    @Test
    @DisplayName(
            "L1 L3 offload-ok refuses options, extension headers, fragments and nested transforms, packet by packet")
    void shouldJudgePackets() {
        Lab lab = Lab.plain();
        byte[] plain = Lab.inner(1);
        byte[] ah = plain.clone();
        ah[9] = 51;
        byte[] fragment = plain.clone();
        fragment[6] = 0x20;
        byte[] v6 = Packets.udp6("2001:db8::1", "2001:db8::2", 1, 100, false);
        byte[] extended = Packets.udp6("2001:db8::1", "2001:db8::2", 1, 100, true);
        List<byte[]> packets = List.of(plain, v6, Packets.withOptions(plain), extended, ah, fragment);
        List<Boolean> verdicts = packets.stream()
                .map(packet -> {
                    Frame frame = framed(lab, packet);
                    return lab.a.physical().offloadOk(frame, frame.offset() + 14, false);
                })
                .toList();
        assertEquals(List.of(true, true, false, false, false, false), verdicts);
        Frame encrypted = framed(lab, plain);
        assertFalse(lab.a.physical().offloadOk(encrypted, encrypted.offset() + 14, true));
    }

    @Test
    @DisplayName("L2 not supported: silently software in crypto mode, an error in packet mode")
    void shouldFallBackSilently() {
        Lab lab = new Lab(Network.builder(1).deviceTransforms(transform -> false));
        HostSa crypto = lab.transmit(OffloadMode.CRYPTO);
        assertEquals(Place.SOFTWARE, crypto.place());
        lab.receive(OffloadMode.NONE);
        lab.send(crypto, Lab.inner(1));
        assertArrayEquals(Lab.inner(1), lab.received.get(0).packet());
        HostSa packet = lab.install(lab.a.host(), sa(1, SaDirection.TRANSMIT, OffloadMode.PACKET));
        assertEquals(Place.GONE, packet.place());
        assertEquals(CommandStatus.NOT_SUPPORTED, packet.status());
        lab.send(packet, Lab.inner(2));
        assertEquals(1, lab.wire.all().size());
    }

    @ParameterizedTest
    @EnumSource(
            value = OffloadMode.class,
            names = {"CRYPTO", "PACKET"})
    @DisplayName("L2 any other error is an error, in both modes")
    void shouldReportErrors(OffloadMode mode) {
        Lab lab = Lab.with(Parameter.SAD_CAPACITY, 0);
        HostSa full = lab.transmit(mode);
        assertEquals(Place.GONE, full.place());
        assertEquals(CommandStatus.NO_SPACE, full.status());
    }

    @ParameterizedTest
    @EnumSource(SaDirection.class)
    @DisplayName(
            "K1 transmit and receive state are installed one without the other; the one that failed is software as if never tried")
    void shouldInstallIndependently(SaDirection there) {
        Lab lab = Lab.plain();
        OffloadMode out = there == SaDirection.TRANSMIT ? OffloadMode.CRYPTO : OffloadMode.NONE;
        OffloadMode in = there == SaDirection.RECEIVE ? OffloadMode.CRYPTO : OffloadMode.NONE;
        HostSa transmit = lab.transmit(out);
        lab.receive(in);
        assertEquals(1, lab.a.agent().saCount() + lab.b.agent().saCount());
        lab.send(transmit, Lab.inner(1));
        assertEquals(
                there == SaDirection.RECEIVE ? Protection.CRYPTO_OFFLOAD : Protection.SOFTWARE,
                lab.received.get(0).protection());
        assertEquals(there == SaDirection.TRANSMIT ? 1 : 0, lab.total(Counter.TX_ENCRYPTED));
    }

    @Test
    @DisplayName("K1 after a failed add, wire and deliveries are those of software that never tried")
    void shouldBeAsIfNeverTried() {
        Lab tried = Lab.with(Parameter.SAD_CAPACITY, 0);
        List<HostSa> installed = new ArrayList<>();
        tried.a.host().installAnyhow(sa(0, SaDirection.TRANSMIT, OffloadMode.CRYPTO), installed::add);
        tried.network.run();
        Lab never = Lab.with(Parameter.SAD_CAPACITY, 0);
        HostSa software = never.transmit(OffloadMode.NONE);
        for (int number = 0; number < 5; number++) {
            tried.send(installed.get(0), Lab.inner(number));
            never.send(software, Lab.inner(number));
        }
        assertEquals(5, tried.wire.all().size());
        for (int i = 0; i < 5; i++) {
            assertArrayEquals(
                    never.wire.all().get(i).frame(), tried.wire.all().get(i).frame());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = OffloadMode.class,
            names = {"CRYPTO", "PACKET"})
    @DisplayName("K2 what should be encrypted and can't be is dropped, never sent in clear")
    void shouldDropWhatCantBeEncrypted(OffloadMode mode) {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(mode);
        lab.send(out, Lab.inner(1));
        lab.a.physical().removeAll(status -> {}); // behind the host's back
        lab.network.run();
        lab.send(out, Lab.inner(2));
        lab.send(out, Lab.large(3, 3), Lab.CUT);
        assertEquals(1, lab.wire.all().size());
        assertEquals(4, lab.total(Counter.TX_DROP_NO_SYNC_DATA));
        lab.assertBookIsClosed();
    }

    @Test
    @DisplayName("K2 too many packets for the crypto unit: the rest is dropped, not sent in clear")
    void shouldDropOnOverload() {
        Lab lab = new Lab(Network.builder(1)
                .with(Parameter.AGENT_QUEUE_FRAMES, 4)
                .with(Parameter.AGENT_CRYPTO_BITS_PER_SECOND, 10_000_000));
        HostSa out = lab.transmit(OffloadMode.PACKET);
        for (int number = 0; number < 20; number++) {
            lab.a.host().send(out, Lab.inner(number));
        }
        lab.network.run();
        assertTrue(lab.total(Counter.TX_DROP_OVERLOAD) > 0);
        assertEquals(20, lab.wire.esp().size() + lab.total(Counter.TX_DROP_OVERLOAD));
        assertEquals(lab.wire.esp().size(), lab.wire.all().size());
    }

    @Test
    @DisplayName(
            "K6 for a packet out of order the driver supplies SA, high half and number, and the device goes on from there")
    void shouldGoOnFromWhereTheDriverSays() {
        Lab lab = Lab.plain();
        UnaryOperator<SaBuilder> nearWrap = builder -> builder.esn(true).sequence(0xffff_fffdL);
        HostSa out = lab.transmit(OffloadMode.CRYPTO, nearWrap);
        lab.receive(OffloadMode.NONE, nearWrap);
        lab.send(out, Lab.inner(1));
        for (int number = 2; number < 6; number++) { // software takes the numbers across the wrap
            lab.send(out, Lab.inner(number), SendOptions.PLAIN.inSoftware());
        }
        assertEquals(0, lab.total(Counter.TX_OOO));
        lab.send(out, Lab.inner(6));
        assertEquals(1, lab.total(Counter.TX_OOO));
        lab.send(out, Lab.inner(7));
        assertEquals(1, lab.total(Counter.TX_OOO));
        assertEquals(
                LongStream.rangeClosed(0xffff_fffeL, 0x1_0000_0004L).boxed().toList(), lab.wire.ivs());
        assertEquals(7, lab.received.size());
        assertEquals(0x1_0000_0005L, lab.a.agent().position(out.handle()));
    }

    /** A machine with two ports, its SA on the first. */
    private static Counter sendByOtherPort(OffloadMode mode, List<Integer> left) {
        Network network = Network.builder(1).build();
        Machine two = network.machine("two", IpAddress.parse(Lab.A), SwitchMode.VEB, 2);
        Machine far = network.machine("far", IpAddress.parse(Lab.B));
        network.connect(two, far);
        network.tap(two, 1);
        Wire other = Wire.of(two.link(1));
        HostSa out = two.host().install(sa(0, SaDirection.TRANSMIT, mode), done -> {});
        network.run();
        two.host().send(out, Lab.inner(1), SendOptions.PLAIN.via(1));
        network.run();
        left.add(other.esp().size());
        assertEquals(other.all().size(), other.esp().size());
        return two.host().counters().value(Counter.TX_FALLBACK) == 1 ? Counter.TX_FALLBACK : Counter.TX_DROP_NO_OFFLOAD;
    }

    @Test
    @DisplayName("L3 another egress device: software in crypto mode, drop in packet mode")
    void shouldNotOffloadOtherEgress() {
        List<Integer> left = new ArrayList<>();
        assertEquals(Counter.TX_FALLBACK, sendByOtherPort(OffloadMode.CRYPTO, left));
        assertEquals(Counter.TX_DROP_NO_OFFLOAD, sendByOtherPort(OffloadMode.PACKET, left));
        assertEquals(List.of(1, 0), left);
    }

    @Test
    @DisplayName(
            "L3 nested transforms, too long, IPv4 options, IPv6 extensions: software in crypto mode, drop in packet mode")
    void shouldNotOffloadWhatDevicesCantDo() {
        for (OffloadMode mode : List.of(OffloadMode.CRYPTO, OffloadMode.PACKET)) {
            Lab lab = Lab.plain();
            HostSa out = lab.transmit(mode);
            lab.receive(OffloadMode.NONE);
            byte[] tooLong = Packets.fragmentable(Packets.udp(Lab.INNER_A, Lab.INNER_B, 3, 1460), 7);
            lab.send(out, Lab.inner(1), SendOptions.PLAIN.withNesting());
            lab.send(out, Packets.withOptions(Lab.inner(2)));
            lab.send(out, Packets.udp6("2001:db8::1", "2001:db8::2", 4, 100, true));
            lab.send(out, tooLong);
            boolean crypto = mode == OffloadMode.CRYPTO;
            assertEquals(0, lab.total(Counter.TX_ENCRYPTED));
            assertEquals(crypto ? 4 : 0, lab.total(Counter.TX_FALLBACK));
            assertEquals(crypto ? 0 : 4, lab.total(Counter.TX_DROP_NO_OFFLOAD));
            assertEquals(crypto ? 4 : 0, lab.received.size());
            if (crypto) {
                assertArrayEquals(tooLong, lab.received.get(3).packet(), "fragmented on the wire, whole again");
                assertTrue(lab.total(Counter.FRAGMENTED) > 0);
            }
            lab.assertBookIsClosed();
        }
    }

    @Test
    @DisplayName(
            "L8 a reset flushes the SAs: crypto mode goes on in software, and in the device again where the numbers stood")
    void shouldSurviveResetInCryptoMode() {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.CRYPTO);
        HostSa in = lab.receive(OffloadMode.CRYPTO);
        lab.send(out, Lab.large(3, 1), Lab.CUT);
        lab.a.physical().reset();
        lab.b.agent().reset();
        lab.network.simulation().runUntil(lab.network.simulation().nowNanos() + 20_000);
        assertEquals(Place.SOFTWARE, out.place());
        assertEquals(Place.SOFTWARE, in.place());
        assertEquals(0, lab.a.agent().saCount());
        lab.network.run();
        assertEquals(Place.CRYPTO_OFFLOAD, out.place());
        assertEquals(Place.CRYPTO_OFFLOAD, in.place());
        assertEquals(4, lab.a.agent().position(out.handle()));
        assertEquals(3, lab.b.agent().position(in.handle()));
        lab.send(out, Lab.large(3, 2), Lab.CUT);
        assertEquals(LongStream.rangeClosed(1, 6).boxed().toList(), lab.wire.sequences());
        assertEquals(6, lab.received.size());
        assertEquals(Protection.CRYPTO_OFFLOAD, lab.received.get(5).protection());
    }

    @Test
    @DisplayName("L8 while the device is down software sends on, and after it the numbers follow those of software")
    void shouldCountSoftwareDuringReset() {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.CRYPTO);
        lab.receive(OffloadMode.NONE);
        lab.send(out, Lab.inner(1));
        // What is sent through a device that is down can't leave it: these are sent as it comes up, before it has the
        // SA again.
        long up = lab.network.simulation().nowNanos() + lab.network.simulation().value(Parameter.RESET_NANOS);
        lab.a.agent().reset();
        lab.network.simulation().runUntil(up + 1000);
        for (int number = 2; number < 5; number++) {
            lab.a.host().send(out, Lab.inner(number));
        }
        lab.network.run();
        lab.send(out, Lab.inner(5));
        assertEquals(LongStream.rangeClosed(1, 5).boxed().toList(), lab.wire.sequences());
        assertTrue(lab.total(Counter.TX_SOFTWARE) > 0);
        assertEquals(2, lab.total(Counter.TX_ENCRYPTED));
        assertEquals(5, lab.received.size());
    }

    @Test
    @DisplayName(
            "L8 packet mode drops while the device is down, and then neither repeats a number nor accepts one twice")
    void shouldDropDuringResetInPacketMode() {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.PACKET);
        HostSa in = lab.receive(OffloadMode.PACKET);
        for (int number = 1; number <= 3; number++) {
            lab.send(out, Lab.inner(number));
        }
        List<byte[]> seen = lab.wire.all().stream().map(Wire.Seen::frame).toList();
        lab.a.agent().reset();
        lab.b.agent().reset();
        lab.network.simulation().runUntil(lab.network.simulation().nowNanos() + 20_000);
        assertEquals(Place.WAITING, out.place());
        lab.a.host().send(out, Lab.inner(4));
        lab.network.run();
        assertEquals(1, lab.total(Counter.TX_DROP_NO_OFFLOAD));
        assertEquals(Place.PACKET_OFFLOAD, out.place());
        assertEquals(4, lab.a.agent().position(out.handle()));
        assertEquals(3, lab.b.agent().position(in.handle()));
        lab.send(out, Lab.inner(5));
        assertEquals(List.of(1L, 2L, 3L, 4L), lab.wire.sequences());
        assertEquals(4, lab.received.size());
        for (byte[] replay : seen) { // the window's contents were lost with the device
            lab.a.link().accept(lab.network.frames().make(replay));
        }
        lab.network.run();
        assertEquals(4, lab.received.size());
        assertEquals(3, lab.total(Counter.RX_DROP_NO_OFFLOAD));
    }
}
