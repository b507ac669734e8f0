package io.esp4j.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.memory.Memory;
import io.esp4j.offload.control.Command;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaCodec;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.frame.ReceiveStatus;
import io.esp4j.offload.host.Delivery;
import io.esp4j.offload.host.HostSa;
import io.esp4j.offload.host.Protection;
import io.esp4j.offload.link.Impairment;
import io.esp4j.offload.mac.FlowHash;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.offload.simulation.TraceEvent;
import io.esp4j.offload.simulation.TraceEvent.Step;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What devices and hosts do with received packets. */
class ReceiveTest {
    private static final long WRAP = 0x1_0000_0000L;

    private static UnaryOperator<SaBuilder> esnAt(long last) {
        return builder -> builder.esn(true).sequence(last);
    }

    private static byte[] segment(int index) {
        return Packets.tcp(Lab.INNER_A, Lab.INNER_B, 1 + 100 * index, Packets.payload(index, 100));
    }

    @ParameterizedTest
    @EnumSource(OffloadMode.class)
    @DisplayName(
            "O2 ciphertexts never merge, the inner flow does: five ESP packets on the wire, one packet at the application")
    void shouldDecryptBeforeCoalescing(OffloadMode mode) {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.CRYPTO);
        lab.receive(mode);
        lab.b.host().coalesce(true);
        lab.send(out, Lab.large(5, 1), Lab.CUT);
        assertEquals(5, lab.wire.esp().size());
        assertEquals(1, lab.received.size());
        assertEquals(5, lab.received.get(0).segments());
        byte[] expected = Lab.large(5, 1);
        byte[] merged = lab.received.get(0).packet();
        assertArrayEquals(Arrays.copyOfRange(expected, 40, 540), Arrays.copyOfRange(merged, 40, 540));
        assertEquals(4, lab.total(Counter.COALESCED));
        lab.assertBookIsClosed();
    }

    @Test
    @DisplayName("O2 ESP that nobody here can open is not merged either")
    void shouldNotMergeCiphertexts() {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.CRYPTO);
        lab.b.host().coalesce(true);
        lab.send(out, Lab.large(5, 1), Lab.CUT);
        assertEquals(5, lab.total(Counter.XFRM_IN_NO_STATES));
        assertEquals(0, lab.total(Counter.COALESCED));
    }

    @Test
    @DisplayName("O2 plaintext and ciphertext of one flow never merge")
    void shouldNotMergePlaintextWithCiphertext() {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.NONE);
        lab.receive(OffloadMode.CRYPTO);
        lab.b.host().coalesce(true);
        lab.network
                .neighbours()
                .enter(IpAddress.parse(Lab.INNER_B), lab.b.physical().address());
        for (int index = 0; index < 6; index++) { // one flow: two encrypted, two in clear, two encrypted
            lab.a.host().send(index / 2 == 1 ? null : out, segment(index));
        }
        lab.network.run();
        assertEquals(
                List.of(Protection.CRYPTO_OFFLOAD, Protection.CLEAR, Protection.CRYPTO_OFFLOAD),
                lab.received.stream().map(Delivery::protection).toList());
        assertEquals(
                List.of(2, 2, 2), lab.received.stream().map(Delivery::segments).toList());
    }

    @Test
    @DisplayName("O3 the SPI feeds the flow hash: one SPI takes one queue, many spread over all")
    void shouldSpreadSpis() {
        Lab lab = Lab.plain();
        int queues = (int) lab.network.simulation().value(Parameter.RX_QUEUES);
        List<HostSa> out = new ArrayList<>();
        for (int number = 0; number < 64; number++) {
            out.add(lab.install(
                    lab.a.host(), Lab.sa(number, SaDirection.TRANSMIT, OffloadMode.NONE, UnaryOperator.identity())));
        }
        for (int i = 0; i < 64; i++) {
            lab.send(out.get(0), Lab.inner(i));
        }
        assertEquals(1, usedQueues(lab, queues), "one SPI");
        for (HostSa sa : out) {
            lab.send(sa, Lab.inner(1));
        }
        assertEquals(queues, usedQueues(lab, queues), "64 SPIs");

        Lab without = Lab.plain();
        without.b.physical().hash(new FlowHash(false));
        for (int number = 0; number < 64; number++) {
            OffloadSa sa = Lab.sa(number, SaDirection.TRANSMIT, OffloadMode.NONE, UnaryOperator.identity());
            without.send(without.install(without.a.host(), sa), Lab.inner(1));
        }
        assertEquals(1, usedQueues(without, queues), "64 SPIs that the hash does not see");
    }

    private static int usedQueues(Lab lab, int queues) {
        int used = 0;
        for (int queue = 0; queue < queues; queue++) {
            used += lab.b.physical().queueFrames(queue) > 0 ? 1 : 0;
        }
        return used;
    }

    @Test
    @DisplayName("O3 the hash is Toeplitz: the verification values of Receive Side Scaling")
    void shouldHashAsVerified() {
        byte[] tcp = Packets.tcp("66.9.149.187", "161.142.100.80", 1, new byte[10]);
        ByteBuffer.wrap(tcp).putShort(20, (short) 2794).putShort(22, (short) 1766);
        assertEquals(0x51ccc178, new FlowHash(true).of(Memory.of(tcp), 0, tcp.length));
        byte[] fragment = Packets.ipChecksum(tcp);
        fragment[6] = 0x20;
        assertEquals(0x323e8fc2, new FlowHash(true).of(Memory.of(fragment), 0, fragment.length));
    }

    @ParameterizedTest
    @EnumSource(
            value = OffloadMode.class,
            names = {"CRYPTO", "PACKET"})
    @DisplayName("K3 what the device can't decrypt comes up exactly as it was on the wire, with the reason")
    void shouldHandUpFailuresUntouched(OffloadMode mode) {
        AgentBench bench = new AgentBench(Parameter.SAD_CAPACITY, 8);
        OffloadSa receive = Lab.sa(0, SaDirection.RECEIVE, mode, UnaryOperator.identity());
        bench.command(Command.ADD_SA, SaCodec.write(bench.owned(receive)));
        byte[] wire = Prepared.seal(Lab.sa(0, SaDirection.TRANSMIT, mode, UnaryOperator.identity()), Lab.inner(1));
        byte[] fragment = Packets.fragmentable(wire, 5);
        fragment[6] = 0x20;
        Packets.ipChecksum(fragment);
        byte[] badChecksum = wire.clone();
        badChecksum[10] ^= 1;
        for (int at = 20; at < wire.length; at += 7) {
            byte[] damaged = wire.clone();
            damaged[at] ^= 4;
            if (at >= 28) { // elsewhere SPI or number are others
                check(bench, damaged, ReceiveStatus.ICV_MISMATCH);
            }
        }
        check(bench, fragment, ReceiveStatus.FRAGMENT);
        check(bench, badChecksum, ReceiveStatus.BAD_CHECKSUM);
        bench.arrive(bench.packet(wire));
        if (mode == OffloadMode.PACKET) {
            check(bench, wire, ReceiveStatus.REPLAYED);
        }
    }

    @Test
    @DisplayName(
            "K3 a packet that is authentic and makes no sense inside comes up as it was, although packet offload had taken it apart")
    void shouldHandUpNonsenseUntouched() {
        AgentBench bench = new AgentBench(Parameter.SAD_CAPACITY, 8);
        OffloadSa tunnel = Lab.sa(0, SaDirection.RECEIVE, OffloadMode.PACKET, UnaryOperator.identity());
        bench.command(Command.ADD_SA, SaCodec.write(bench.owned(tunnel)));
        UnaryOperator<SaBuilder> transport = builder -> SaParameters.transport(
                Lab.SPI, builder.build().transform(), IpAddress.parse(Lab.A), IpAddress.parse(Lab.B));
        OffloadSa sender = Lab.sa(0, SaDirection.TRANSMIT, OffloadMode.NONE, transport);
        check(bench, Prepared.seal(sender, Packets.udp(Lab.A, Lab.B, 1, 100)), ReceiveStatus.MALFORMED);
    }

    private static void check(AgentBench bench, byte[] wire, ReceiveStatus reason) {
        bench.toMac().clear();
        bench.arrive(bench.packet(wire));
        byte[] up = bench.toMac().get(0);
        assertEquals(reason, ReceiveStatus.of(up[15]));
        assertArrayEquals(wire, Arrays.copyOfRange(up, 30, up.length));
    }

    @Test
    @DisplayName("K4 each packet carries its mark: decrypted by the device, by software, or never encrypted")
    void shouldMarkEachPacket() {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.CRYPTO);
        HostSa other =
                lab.install(lab.a.host(), Lab.sa(1, SaDirection.TRANSMIT, OffloadMode.NONE, UnaryOperator.identity()));
        lab.receive(OffloadMode.CRYPTO);
        lab.install(lab.b.host(), Lab.sa(1, SaDirection.RECEIVE, OffloadMode.NONE, UnaryOperator.identity()));
        lab.send(out, Lab.inner(1));
        lab.send(other, Lab.inner(2));
        lab.send(null, Packets.udp(Lab.A, Lab.B, 3, 100));
        assertEquals(
                List.of(Protection.CRYPTO_OFFLOAD, Protection.SOFTWARE, Protection.CLEAR),
                lab.received.stream().map(Delivery::protection).toList());
    }

    @Test
    @DisplayName("K4 a packet with a bad checksum is not offloaded")
    void shouldNotOffloadBadChecksum() {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.CRYPTO);
        lab.receive(OffloadMode.CRYPTO);
        lab.a.link().impair(frame -> {
            frame.memory().octet(frame.offset() + 24, frame.memory().octet(frame.offset() + 24) ^ 1);
            return 1;
        });
        lab.send(out, Lab.inner(1));
        assertEquals(1, lab.total(Counter.RX_BAD_CHECKSUM));
        assertEquals(0, lab.total(Counter.RX_DECRYPTED));
        assertEquals(1, lab.total(Counter.RX_HEADER_ERROR));
    }

    @Test
    @DisplayName("K5 the device asks to resynchronise only installed contexts, and what it asks carries no key")
    void shouldAskWithoutKeys() {
        AgentBench bench = new AgentBench(Parameter.SAD_CAPACITY, 8);
        OffloadSa sa = Lab.sa(0, SaDirection.RECEIVE, OffloadMode.CRYPTO, esnAt(0));
        bench.command(Command.ADD_SA, SaCodec.write(bench.owned(sa)));
        bench.toMac().clear();
        for (int number = 1; number <= 8; number++) {
            OffloadSa stranger = Lab.sa(9, SaDirection.TRANSMIT, OffloadMode.NONE, esnAt(number));
            bench.arrive(bench.packet(Prepared.seal(stranger, Lab.inner(number))));
        }
        assertEquals(0, requests(bench).size(), "no context, no request");
        for (int number = 1; number <= 2; number++) {
            OffloadSa ahead = Lab.sa(0, SaDirection.TRANSMIT, OffloadMode.NONE, esnAt(WRAP + 40 + number));
            bench.arrive(bench.packet(Prepared.seal(ahead, Lab.inner(number))));
        }
        List<byte[]> requests = requests(bench);
        assertEquals(1, requests.size());
        byte[] request = requests.get(0);
        byte[] body =
                ByteBuffer.allocate(12).putInt(1).putInt(Lab.SPI).putInt(43).array();
        assertArrayEquals(body, Arrays.copyOfRange(request, 22, request.length), "handle, SPI, low half; nothing else");
    }

    private static List<byte[]> requests(AgentBench bench) {
        return bench.toMac().stream()
                .filter(frame -> frame[12] == (byte) 0x88
                        && frame[13] == (byte) 0xb5
                        && frame[14] == Command.RESYNC_REQUEST.ordinal())
                .toList();
    }

    @Test
    @DisplayName(
            "K7 after loss across a high half the device asks, packets pass to software, and the host's word brings it back")
    void shouldResynchroniseHighHalf() {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.CRYPTO, esnAt(0));
        lab.receive(OffloadMode.CRYPTO, esnAt(0));
        lab.send(out, Lab.inner(1));
        assertEquals(Protection.CRYPTO_OFFLOAD, lab.received.get(0).protection());
        // 2^32 packets are lost: the sender goes on far ahead with the same key.
        lab.a.host().remove(out, () -> {});
        lab.network.run();
        HostSa ahead = lab.transmit(OffloadMode.CRYPTO, esnAt(WRAP + 100));
        int sent = 0;
        while (lab.total(Counter.RX_RESYNC_ANSWERED) == 0 && sent < 2000) {
            sent++;
            lab.send(ahead, Lab.inner(1 + sent));
        }
        assertEquals(2, lab.total(Counter.RX_ERR), "two tries, then the device knows that it does not know");
        assertTrue(lab.total(Counter.RX_OUT_OF_SYNC) > 0);
        assertTrue(lab.total(Counter.RX_RESYNC_REQUESTED) > 0);
        assertEquals(1, lab.total(Counter.RX_RESYNC_ANSWERED));
        Delivery last = lab.received.get(lab.received.size() - 1);
        assertEquals(Protection.SOFTWARE, last.protection(), "software resynchronised, and decrypted it");
        int before = lab.received.size();
        lab.send(ahead, Lab.inner(9999));
        assertEquals(before + 1, lab.received.size());
        assertEquals(Protection.CRYPTO_OFFLOAD, lab.received.get(before).protection());
        assertArrayEquals(Lab.inner(9999), lab.received.get(before).packet());
        lab.assertBookIsClosed();
    }

    @Test
    @DisplayName("K7 a wrap without loss is tracked by the device itself")
    void shouldTrackHighHalf() {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.CRYPTO, esnAt(WRAP - 4));
        lab.receive(OffloadMode.CRYPTO, esnAt(WRAP - 4));
        for (int number = 0; number < 8; number++) {
            lab.send(out, Lab.inner(number));
        }
        assertEquals(8, lab.total(Counter.RX_DECRYPTED));
        assertEquals(8, lab.received.size());
        assertEquals(0, lab.total(Counter.RX_RESYNC_REQUESTED));
    }

    @Test
    @DisplayName(
            "K7 K8 while the host stays silent the device asks again after 2, 4, 8 ... 128 packets, and 128 from then on")
    void shouldBackOff() {
        Lab lab = Lab.plain();
        lab.receive(OffloadMode.CRYPTO, esnAt(0));
        // Somebody without the key sends: software accepts none of it, so that there is nothing to confirm.
        HostSa forger = lab.install(
                lab.a.host(), Lab.sa(9, SaDirection.TRANSMIT, OffloadMode.NONE, b -> Prepared.withSpi(Lab.SPI)
                        .apply(b)
                        .esn(true)));
        List<TraceEvent> trace = lab.network.simulation().trace().record();
        List<Integer> asked = new ArrayList<>();
        for (int packet = 1; packet <= 700; packet++) {
            long before = lab.total(Counter.RX_RESYNC_REQUESTED);
            lab.send(forger, Lab.inner(packet));
            if (lab.total(Counter.RX_RESYNC_REQUESTED) > before) {
                asked.add(packet);
            }
        }
        assertEquals(List.of(2, 6, 14, 30, 62, 126, 254, 382, 510, 638), asked);
        assertEquals(0, lab.total(Counter.RX_RESYNC_ANSWERED));
        assertEquals(asked.size() - 1, lab.total(Counter.RX_RESYNC_SKIPPED));
        assertEquals(0, lab.received.size());
        assertTrue(trace.stream().anyMatch(event -> event.step() == Step.RESYNCHRONISED));
    }

    @Test
    @DisplayName("K7 one forged packet throws nothing out of step, and counters tell loss from reordering")
    void shouldCount() {
        Lab lab = Lab.plain();
        HostSa out = lab.transmit(OffloadMode.CRYPTO, esnAt(0));
        lab.receive(OffloadMode.CRYPTO, esnAt(0));
        HostSa forger = lab.install(
                lab.a.host(), Lab.sa(9, SaDirection.TRANSMIT, OffloadMode.NONE, b -> Prepared.withSpi(Lab.SPI)
                        .apply(b)
                        .esn(true)));
        lab.send(out, Lab.inner(1));
        lab.send(forger, Lab.inner(2));
        int[] frames = {0};
        lab.a.link().impair(new Impairment() {
            @Override
            public int copies(io.esp4j.offload.frame.Frame frame) {
                frames[0]++;
                return 1;
            }

            @Override
            public long delayNanos(io.esp4j.offload.frame.Frame frame) {
                return frames[0] == 1 ? 50_000 : 0;
            }
        });
        lab.a.host().send(out, Lab.inner(3));
        lab.a.host().send(out, Lab.inner(4));
        lab.network.run();
        assertEquals(3, lab.total(Counter.RX_DECRYPTED));
        assertEquals(1, lab.total(Counter.RX_ERR));
        assertEquals(1, lab.total(Counter.RX_OOO));
        assertEquals(0, lab.total(Counter.RX_RESYNC_REQUESTED));
        assertEquals(3, lab.received.size());
    }
}
